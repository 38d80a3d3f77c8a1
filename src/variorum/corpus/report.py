"""All answers in one page of HTML that needs nothing else: tables, drawings, and the SQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape
from typing import Any

from variorum.about import __version__
from variorum.corpus.answers import Answer
from variorum.corpus.history import Counts
from variorum.corpus.plots import draw
from variorum.model.times import iso
from variorum.stages.publish.render_layout import safe

_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 Charter, Georgia, serif; max-width: 54rem; margin: 2rem auto; padding: 0 1rem;
  color: #1a1a1a; background: #fff; overflow-wrap: anywhere; }
h1, h2 { line-height: 1.25; } h2 { border-top: 1px solid #bbb; padding-top: 1rem; margin-top: 2rem; }
.scroll { overflow-x: auto; } svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; font: .85rem/1.4 system-ui, sans-serif; }
th, td { text-align: right; padding: .15rem 1rem .15rem 0; vertical-align: top; }
th:first-child, td:first-child { text-align: left; }
thead th { border-bottom: 1px solid #bbb; } tbody th { font-weight: normal; }
pre { font: .75rem/1.4 ui-monospace, monospace; background: #f4f4f1; padding: .6rem; overflow-x: auto; }
.quiet { color: #555; font-size: .9rem; } summary { cursor: pointer; }
"""
# Tables of more rows are folded: their drawing says what most want to know.
_LONG = 40


def report(name: str, counts: Counts, answers: Sequence[Answer], now: datetime) -> str:
    """The page."""
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{_text(name)}: questions and answers</title><style>{_STYLE}</style></head><body>",
        f"<h1>{_text(name)}</h1>",
        f"<p>{counts.articles:,} articles, {counts.captures:,} captures, {counts.versions:,}"
        f" versions. Made on {iso(now)} by Variorum {__version__}.</p>",
        '<p class="quiet">The numbers state what was captured. “Announced” means that a notice of'
        " the publisher's own named the change in the text that was captured, and no more.</p>",
    ]
    for answer in answers:
        parts += _section(answer)
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _section(answer: Answer) -> Iterator[str]:
    asked = answer.question
    yield f'<section aria-labelledby="{asked.name}"><h2 id="{asked.name}">{_text(asked.title)}</h2>'
    yield f"<p>{_text(asked.says)}</p>"
    if not answer.rows:
        yield '<p class="quiet">There is nothing of the kind in this corpus.</p></section>'
        return
    drawing = draw(answer)
    if drawing is not None:
        yield f'<figure role="img" aria-label="{_text(asked.title)} The table says the same.">'
        yield f"{drawing}</figure>"
    long = len(answer.rows) > _LONG
    yield f"<details><summary>{len(answer.rows)} rows</summary>" if long else ""
    yield '<div class="scroll" tabindex="0"><table><thead><tr>'
    yield "".join(f'<th scope="col">{_text(c.replace("_", " "))}</th>' for c in answer.columns)
    yield "</tr></thead><tbody>"
    for first, *rest in answer.rows:
        cells = "".join(f"<td>{_text(value(cell))}</td>" for cell in rest)
        yield f'<tr><th scope="row">{_text(value(first))}</th>{cells}</tr>'
    yield f"</tbody></table></div>{'</details>' if long else ''}"
    yield f"<details><summary>SQL</summary><pre>{_text(asked.sql)}</pre></details></section>"


def value(cell: Any) -> str:
    """A cell as people read it."""
    if cell is None:
        return "–"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int):
        return f"{cell:,}"
    return str(cell)


def _text(text: str) -> str:
    return escape(safe(text))
