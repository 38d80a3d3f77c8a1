"""A Collation as HTML: inline, and side by side. Every text is escaped; no styles, no scripts."""

from __future__ import annotations

from html import escape

from variorum.model import Collation, Document


def inline_html(collation: Collation, old: Document, new: Document) -> str:
    """One column: the new text with what was added marked and what went struck through."""
    parts = []
    for n, s in enumerate(collation.segments):
        anchor = f' id="c{n}"' if s.op != "same" or s.moved else ""
        parts.append(
            f"<span{anchor}>" + "".join(_word(sign, text) for sign, text in s.words) + "</span>"
        )
    return '<div class="vx-inline">' + "".join(parts) + "</div>"


def side_by_side_html(collation: Collation, old: Document, new: Document) -> str:
    """Paired rows, old beside new."""
    rows = []
    for s in collation.segments:
        left = "".join(_word(sign, text) for sign, text in s.words if sign != "+")
        right = "".join(_word(sign, text) for sign, text in s.words if sign != "-")
        rows.append(f"<tr><td>{left}</td><td>{right}</td></tr>")
    return '<table class="vx-sides">' + "".join(rows) + "</table>"


def _word(sign: str, text: str) -> str:
    tag = {"=": "", "-": "del", "+": "ins"}[sign]
    return f'<{tag} class="vx-{tag}">{escape(text)}</{tag}>' if tag else escape(text)
