"""What the archive shows of its results: renderers of a Collation, feeds, exports."""

from variorum.stages.publish.render_apparatus import apparatus
from variorum.stages.publish.render_html import inline_html, side_by_side_html
from variorum.stages.publish.render_tei import tei
from variorum.stages.publish.render_terminal import terminal
from variorum.stages.publish.render_unified import unified

__all__ = ["apparatus", "inline_html", "side_by_side_html", "tei", "terminal", "unified"]
