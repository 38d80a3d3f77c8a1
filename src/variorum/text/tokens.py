"""Words, figures, marks: the pieces that are compared and shown."""

from __future__ import annotations

import re

from variorum.model.span import Token
from variorum.text.typography import fold

_TOKEN = re.compile(
    r"""
    [-+−]?[$€£¥]\s?\d+(?:[.,]\d+)*[kmbnKMBN]{0,2}(?!\w) |   # money with its sign
    \d+(?:[.,:]\d+)*(?:%|[^\W\d_]+)? |                       # figures, times, 3.5m, 21st, 5%
    [^\W\d_]+(?:['’.-][^\W\d_]+)* |                          # words, don't, U.S, ex-wife
    \s+ | . """,
    re.VERBOSE | re.DOTALL,
)


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of ``text[start:end]``, white space left out; offsets are into ``text``."""
    stop = len(text) if end is None else end
    return [
        Token(m.start(), m.end(), m.group(), fold(m.group()))
        for m in _TOKEN.finditer(text, start, stop)
        if not m.group().isspace()
    ]
