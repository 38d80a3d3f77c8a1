"""A Collation as a TEI critical apparatus (parallel segmentation)."""

from __future__ import annotations

from xml.sax.saxutils import escape

from variorum.model import Collation, Document


def tei(collation: Collation, old: Document, new: Document) -> str:
    """One ``<app>`` for each place where the witnesses ``#old`` and ``#new`` differ."""
    body = []
    for s in collation.segments:
        for sign, text in s.words:
            wit = {"-": "#old", "+": "#new"}.get(sign)
            body.append(
                f'<app><rdg wit="{wit}">{escape(text)}</rdg></app>' if wit else escape(text)
            )
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>'
        + "".join(body)
        + "</p></body></text></TEI>"
    )
