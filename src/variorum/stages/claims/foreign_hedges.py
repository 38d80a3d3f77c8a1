"""Hedges of French, German and Spanish that depend on what stands around them.

A conditional tells hearsay ("aurait reçu"), but after a past verb of saying only what was then to come
("a promis qu'il n'y aurait pas de départs"); "soll" reports with a perfect infinitive ("soll gerufen
haben") and plans without; "une trentaine de" is a rough number, "gegen 15 Uhr" a rough time.
"""

from __future__ import annotations

import re

_WINDOW = 200  # letters of a sentence that are looked at
_ENDS = re.compile(r"[.!?;:\n]")
_THAT = re.compile(r"\bqu(?:e\b|['’])", re.IGNORECASE)
# Participles and past forms of French verbs of saying: after them a conditional is a future
_SAID = re.compile(
    r"\b(?:dit|indiqué|précisé|estimé|assuré|promis|déclaré|affirmé|annoncé|ajouté|expliqué|souligné|"
    r"prévenu|confirmé|juré|répondu|garanti|jugé|répété|rappelé|décidé)\b",
    re.IGNORECASE,
)
_HAVING = re.compile(r"a(?:urait|uraient)\b", re.IGNORECASE)
_DONE = re.compile(
    r"\s+(?:(?:pas|plus|jamais|déjà|donc|ainsi|été|tous|toutes|même|aussi|bien|également|notamment)\s+){0,2}"
    r"\w+(?:é|ée|és|ées|i|is|it|u|us|ert|eint|int)\b",
    re.IGNORECASE,
)


def is_hearsay(text: str, span: tuple[int, int], end: int) -> bool:
    """Whether a French conditional tells what the writer does not vouch for."""
    begin = _sentence_begin(text, span[0])
    thats = [that.start() for that in _THAT.finditer(text, begin, span[0])]
    if not thats or _SAID.search(text, begin, thats[-1]) is None:
        return True
    perfect = _HAVING.match(text, span[0]) is not None
    return perfect and _DONE.match(text, span[1], end) is not None


def _sentence_begin(text: str, at: int) -> int:
    begin = max(0, at - _WINDOW)
    for stop in _ENDS.finditer(text, begin, at):
        begin = stop.end()
    return begin


_PERFECT = re.compile(r"\b(?:haben|sein)\b")


def is_reported(text: str, span: tuple[int, int], end: int) -> bool:
    """Whether a German "soll" tells hearsay: its clause ends in a perfect infinitive, or in "sein"."""
    stop = _ENDS.search(text, span[1], min(end, span[1] + _WINDOW))
    return _PERFECT.search(text, span[1], stop.start() if stop else end) is not None


_ROUGHLY = re.compile(
    r"(?:\b(?:environ|au\s+moins|jusqu['’]à|quelque|presque|près\s+d['’]|plus\s+d['’]|moins\s+d['’]|à\s+peine|"
    r"al\s+menos|más\s+de|menos\s+de|cerca\s+de|casi|hasta|alrededor\s+de|apenas))\s*\Z",
    re.IGNORECASE,
)


def is_rough_number(text: str, span: tuple[int, int], end: int) -> bool:
    """ "Une trentaine de parents"; not "au moins une trentaine", which is one hedge already."""
    del end
    return _ROUGHLY.search(text[max(0, span[0] - 16) : span[0]]) is None


_CLOCK = re.compile(
    r"\s+(?:\d{1,2}(?:[.:]\d\d)?\s*(?:Uhr|h\b|heures?\b)|Mitternacht|Mittag|minuit\b|midi\b|medianoche\b|"
    r"mediodía\b|las?\s+(?:\d|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)\b)"
)


def is_rough_time(text: str, span: tuple[int, int], end: int) -> bool:
    """ "Gegen 15 Uhr", "vers 15 heures", "hacia las cuatro"; not "gegen Lindau"."""
    return _CLOCK.match(text, span[1], end) is not None


_INFINITIVE = re.compile(r"\s+(?:être|avoir)\b")


def is_expected(text: str, span: tuple[int, int], end: int) -> bool:
    """ "Le jugement devrait être rendu en mai": what is expected, not what one ought to do."""
    return _INFINITIVE.match(text, span[1], end) is not None
