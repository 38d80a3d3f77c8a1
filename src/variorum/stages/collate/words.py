"""The words that differ between two passages."""

from __future__ import annotations

import re

from rapidfuzz.distance import Indel

from variorum.model import Word

_PIECE = re.compile(r"\s+|[$€£¥]?\d+(?:[.,:]\d+)*[%\w]*|\w+(?:['’-]\w+)*|.", re.DOTALL)


def word_edits(old: str, new: str) -> tuple[Word, ...]:
    """The pieces of ``old`` (``=`` and ``-``) and of ``new`` (``=`` and ``+``), in order."""
    if old == new:
        return (("=", old),) if old else ()
    a, b = _PIECE.findall(old), _PIECE.findall(new)
    words: list[Word] = []
    for op in Indel.opcodes(a, b):
        before, after = (
            "".join(a[op.src_start : op.src_end]),
            "".join(b[op.dest_start : op.dest_end]),
        )
        if op.tag == "equal":
            words.append(("=", before))
            continue
        words += [("-", before)] if before else []
        words += [("+", after)] if after else []
    return tuple(words)
