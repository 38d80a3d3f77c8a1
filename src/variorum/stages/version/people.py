"""By-lines as sets of names, so that "By A and B", "A, B" and ("A", "B") are one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from variorum.stages.version.folding import plain

_LEAD = re.compile(
    r"^(?:by|from|words by|story by|written by|reporting by|von|par|por|di|da|de|door|af|av|od"
    r"|text|texte|texto|testo)\b[:\s]+",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[,;|/&•·]|\band\b|\bund\b|\bet\b|\by\b|\be\b|\bund\b|\n|、|،)\s*")
# What stands beside a name in some templates and is none.
_NO_NAME = re.compile(
    r"\d|\b(?:min(?:ute)?s? read|full profile|view (?:all )?(?:posts|profile|bio)|all posts"
    r"|follow|staff reporter|contributor|correspondent|updated|published)\b",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[^\w\s'-]+")


def names(byline: Iterable[str]) -> frozenset[str]:
    """The names of a by-line, in lower case: a template may set them in capitals."""
    found = set()
    for line in byline:
        for part in _BETWEEN.split(_LEAD.sub("", plain(line))):
            name = " ".join(_MARKS.sub(" ", part).casefold().split())
            if name and not _NO_NAME.search(name):
                found.add(name)
    return frozenset(found)
