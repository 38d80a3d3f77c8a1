"""Attributed statements of a document: found, typed, resolved, with hedges and figures."""

from __future__ import annotations

from variorum.model import Claim, Document, Speaker
from variorum.model.span import Span
from variorum.stages.claims.reading import Reading
from variorum.stages.claims.statements import Finder, Statement

_TRIM = " \t\r\n\xa0.,;:!?—–-…"
_MARKS = "“”\"'‘’`«»„‟‚‹›"


def attributed_statements(document: Document) -> list[Claim]:
    """The claims of a document in reading order, offsets into its text."""
    return [claim for claim, _ in _found(document)]


def explained(document: Document) -> list[str]:
    """One line a claim, with the rule that found it."""
    text = document.text
    return [
        f"{c.type} [{s.rule}]: {text[c.content[0] : c.content[1]]}" for c, s in _found(document)
    ]


def _found(document: Document) -> list[tuple[Claim, Statement]]:
    reading = Reading(document.text)
    if not len(reading):
        return []
    finder = Finder(reading)
    out = []
    for s in finder.run():
        claim = _claim(reading, finder, s)
        if claim is not None:
            out.append((claim, s))
    return out


def _claim(reading: Reading, finder: Finder, s: Statement) -> Claim | None:
    spans = [x for x in (_chars(reading, a, b) for a, b in s.parts) if x is not None]
    if not spans:
        return None
    quoted = finder.quoted
    inside = outside = 0
    for a, b in s.parts:
        for i in range(a, b):
            if reading.word[i][0].isalnum():
                if quoted[i] >= 0:
                    inside += 1
                else:
                    outside += 1
    kind = "direct" if inside and not outside else "mixed" if inside else "indirect"
    source = _chars(reading, *s.source) if s.source else None
    cue = _chars(reading, *s.cue) if s.cue else None
    speaker = Speaker(reading.said(*s.source)) if s.source else Speaker()
    return Claim(kind, (spans[0][0], spans[-1][1]), tuple(spans), cue, source, speaker, s.negated)


def _chars(reading: Reading, a: int, b: int) -> Span | None:
    while a < b and reading.tag[a] in ",.-:)":
        a += 1
    while b > a and reading.tag[b - 1] in ",-:(":
        b -= 1
    return (reading.start[a], reading.end[b - 1]) if b > a else None
