"""A text cut into sentences, paragraph by paragraph."""

from __future__ import annotations

import re

from variorum.model.span import Sentence

_PARAGRAPH = re.compile(r"\S(?:.*?\S)?(?=\s*\n\s*\n|\s*\Z)", re.DOTALL)
_STOP = re.compile(r"""[.!?…。！？؟]+["'”’»)\]]*(?=\s|$)|[。！？]""")
_NOT_END = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Lt|Sgt|Sen|Rep|Gov|Rev|No|Nos|vs|etc|Inc|Ltd|Co|Jr|Sr)"
    r"|\b[A-Z](?:\.[A-Z])*)\.$"
)


def sentences(text: str, language: str | None = None) -> list[Sentence]:
    """The sentences of ``text`` in order; white space between them belongs to none.

    ``language`` is an ISO 639 code or None (unknown).
    """
    found: list[Sentence] = []
    for number, paragraph in enumerate(_PARAGRAPH.finditer(text)):
        for start, end in _split(text, *paragraph.span()):
            found.append(Sentence(len(found), start, end, number, text[start:end]))
    return found


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if _NOT_END.search(text, begin, stop.end()) and stop.end() < end:
            continue
        spans.append((begin, stop.end()))
        begin = stop.end()
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        spans.append((begin, end))
    return spans
