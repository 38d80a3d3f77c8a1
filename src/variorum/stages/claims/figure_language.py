"""Which language's numbers a text writes: a cheap hint from its commonest little words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from variorum.model import Document
from variorum.stages.claims.lexicon import words as word_set

Language = Literal["en", "fr", "de", "es"]

_MARKERS: dict[Language, frozenset[str]] = {
    "en": word_set("the of and to in was were is for that with on by from at as it he"),
    "fr": word_set("le la les des du et est dans une que qui pour sur par au aux ont été"),
    "de": word_set("der die das und den von zu mit ist nicht ein eine dem des auf sich im"),
    "es": word_set("el la los las del y que en por con una se para es al lo fue han"),
}
_KNOWN: dict[str, Language] = {"en": "en", "fr": "fr", "de": "de", "es": "es"}
_OTHERS = frozenset(_MARKERS) - {"en"}
_OF_OTHERS = frozenset().union(*(_MARKERS[code] for code in _OTHERS))
_ALL_MARKERS = _MARKERS["en"] | _OF_OTHERS
_WORD = re.compile(r"[^\W\d_]+")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_BLANKS = {code: " " for code in range(128) if not chr(code).isalpha()}
_SAMPLE = 2000  # code points looked at: two paragraphs of little words settle it


def language_of(text: str, declared: str | None = None) -> Language:
    """English unless another of the four has clearly (half again) more of its little words; a
    language that the page declares needs only as many as English, and as any other."""
    return _guess(text[:_SAMPLE], (declared or "")[:2].lower())


def language_in(document: Document) -> Language:
    """The language of a document's numbers: the one it declares, if known here, else the likeliest."""
    code = (document.language or "")[:2].lower()
    return _KNOWN[code] if code in _KNOWN else language_of(document.text)


@lru_cache(maxsize=256)
def _guess(sample: str, declared: str = "") -> Language:
    words = list(filter(_ALL_MARKERS.__contains__, _words(sample.lower())))
    english, others = (sum(map(m.__contains__, words)) for m in (_MARKERS["en"], _OF_OTHERS))
    if others <= 1.5 * english and declared not in _OTHERS:
        return "en"
    counts = {language: sum(map(m.__contains__, words)) for language, m in _MARKERS.items()}
    best = max(counts, key=lambda language: (counts[language], language == declared))
    clear = counts[best] >= 2 and counts[best] > 1.5 * counts["en"]
    if best != "en" and clear:
        return best
    told: Language = next((language for language in counts if language == declared), "en")
    return told if counts[told] >= counts["en"] else "en"


def _words(sample: str) -> list[str]:
    """The runs of letters of a sample in lower case. Marks become blanks first: splitting at those is
    several times faster than a search for letters."""
    for mark in set(_FOREIGN.findall(sample)):
        if _WORD.match(mark) is None:
            sample = sample.replace(mark, " ")
    return sample.translate(_BLANKS).split() if sample.isascii() else _WORD.findall(sample)
