"""Watching: what a source is, which articles it lists, when to look at them again. Pure."""

from variorum.stages.watch.classify import classify
from variorum.stages.watch.discover import discover
from variorum.stages.watch.listing import Classified, Listing, Unreadable
from variorum.stages.watch.opml import Outline, read_opml, write_opml
from variorum.stages.watch.schedule import Look, LookFacts, next_look

__all__ = [
    "Classified",
    "Listing",
    "Look",
    "LookFacts",
    "Outline",
    "Unreadable",
    "classify",
    "discover",
    "next_look",
    "read_opml",
    "write_opml",
]
