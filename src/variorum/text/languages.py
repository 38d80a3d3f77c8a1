"""Which language a text is in, when nobody says: a vote of its commonest words."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

_COMMON = {
    "en": "the of and to in that was for is on with said he his at by from has have are been were",
    "fr": "le la les des et est dans une pour que qui sur pas du au avec par ont sont plus cette",
    "de": "der die das und ist nicht von mit den dem ein eine auf sich im für auch als in er sie",
    "es": "el los las del que con una por para como más fue pero su sus han está este según muy",
    "it": "il che di della gli per non una sono con del alla nel anche più dei ha delle è ma",
    "pt": "os as do da em não uma com para que dos das ao foi mais pelo pela são também à no",
}
_WORD = re.compile(r"[^\W\d_]+")
#: Letters looked at; a lead paragraph or two settles it.
_ENOUGH = 1000
_VOTES: dict[str, tuple[str, ...]] = {}
for _code, _words in _COMMON.items():
    for _word in _words.split():
        _VOTES[_word] = (*_VOTES.get(_word, ()), _code)


def base_language(tag: str | None) -> str | None:
    """``en`` of ``en-GB``; None of nothing."""
    return re.split("[-_]", tag.strip().lower(), maxsplit=1)[0] or None if tag else None


def guess_language(text: str) -> str | None:
    """An ISO 639-1 code for a text in one of six Latin-script languages; None if unsure."""
    return _vote(text[:_ENOUGH])


@lru_cache(maxsize=512)
def _vote(text: str) -> str | None:
    votes: dict[str, int] = {}
    cast = Counter(filter(_VOTES.__contains__, _WORD.findall(text.lower())))
    for word, times in cast.items():
        for code in _VOTES[word]:
            votes[code] = votes.get(code, 0) + times
    ranked = sorted(votes, key=lambda code: -votes[code])
    if not ranked or (len(ranked) > 1 and votes[ranked[0]] == votes[ranked[1]]):
        return None
    return ranked[0]
