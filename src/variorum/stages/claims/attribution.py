"""Attributed statements: quotations with the nearest verb of saying, and its name."""

from __future__ import annotations

import re

from variorum.model import Claim, Document, Speaker

_QUOTE = re.compile(r"[“\"«„]([^“”\"«»„\n]{2,2000})[”\"»“]")
_CUE = re.compile(r"\b(?:said|says|told|added|wrote|asked|tweeted|according to)\b")
_NAME = re.compile(r"(?:[A-Z][\w.'’-]+ ?){1,4}|\b(?:he|she|they)\b")


def attributed_statements(document: Document) -> list[Claim]:
    """Quotations of more than a few words, each with the cue and name in its own paragraph."""
    text, found = document.text, []
    for quote in _QUOTE.finditer(text):
        before = text.rfind("\n", 0, quote.start()) + 1
        after = text.find("\n", quote.end())
        after = len(text) if after < 0 else after
        cue = _CUE.search(text, quote.end(), min(after, quote.end() + 80)) or _CUE.search(
            text, max(before, quote.start() - 80), quote.start()
        )
        if cue is None:
            continue
        name = _NAME.search(text, quote.end(), cue.start()) if cue.start() > quote.end() else None
        name = name or _NAME.search(text, cue.end(), min(after, cue.end() + 60))
        speaker = Speaker(name.group().strip(), kind="person", guess=True) if name else Speaker()
        source = None if name is None else (name.start(), name.start() + len(name.group().rstrip()))
        span = quote.span()
        found.append(Claim("direct", span, (span,), cue.span(), source, speaker))
    return found


def explained(document: Document) -> list[str]:
    """One line a claim."""
    text = document.text
    return [
        f"{c.type}: {text[c.content[0] : c.content[1]]}" for c in attributed_statements(document)
    ]
