"""Boxes of terms and what they are: "Employees", "7,450"; "Our rating: 3 out of 5"; a figure set large.

Pages set them as lists of terms, tables, or rows of small blocks, before the story, amid it and after it.
Line by line they look like what a page keeps up to date by itself: labels, times, counts. As a whole they are
the story's where every line is a term or its value, none leads away, asks or counts readers, and the box
has words of the story.
"""

# ruff: noqa: E501  (tables of words are easier to keep in long lines)

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import starmap

from variorum.stages.extract import counts, local
from variorum.stages.extract.body import HEADINGS
from variorum.stages.extract.dates import labels_stamp
from variorum.stages.extract.facts import ASKS
from variorum.stages.extract.layout import Layout
from variorum.stages.extract.tree import Element, Line
from variorum.stages.extract.vocabulary import words_in
from variorum.text.audience import counts_audience
from variorum.text.caseless import Caseless

_LONGEST = 80  # characters of a line
_COUNTED = 4  # words of what a single figure counts, at least
_LABEL = 40  # characters before the colon of "Founded: 1858", at most
_MOST = 24  # lines of a box
_SHARED = 2  # words of the story, for a box amid it: one more before or after it, one less in a list or table
# What a service of prices tells of a share, and what is answered in a poll.
_MOVES = Caseless(
    r"\W{0,2}(?:(?:last |share |closing |opening )?(?:price|quote)|(?:day'?s |daily )?(?:change|range|high|low)|volume|bid|ask|open|(?:previous |prev )?close"
    r"|market cap(?:itali[sz]ation)?|kurs|eröffnung|schlusskurs|tageshoch|tagestief|umsatz|ouverture|clôture|variation|volumen|apertura|cierre|chiusura"
    r"|yes|no|maybe|don'?t know|unsure|undecided|ja|nein|weiß nicht|oui|non|sans opinion|sí|no sé|sì|non so|sim|não)\W{0,2}",
)
_WORTH = re.compile(r"\d ?[^\W\d_]{5}")  # "£2.3 million" is no share's price
# How long something takes, no time of the page's: "52 minutes".
_LASTS = Caseless(
    r"(?:about |around |some )?\d{1,4} ?(?:min(?:ute)?s?|hours?|days?|weeks?|months?|years?|minuten|stunden?|tage?|wochen?|monate?|jahre?|heures?|jours?|semaines?|mois|ans"
    r"|minutos?|horas?|días?|semanas?|meses|años|minuti|ore|giorni|settimane|mesi|anni|dias|anos)\.?"
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?!\d| ?%)")
_FIGURE = re.compile(r"[^\w\s]{0,2}\d[\d.,]{0,12}\s?(?:%|\w{1,10}|[£$€])?")
_WORD = re.compile(r"[^\W\d_]{3}")
_VALUE = re.compile(r"[£$€¥]\s?\d|\d\s?[£$€¥]|^[+−-]?\d[\d.,\s]*$")  # a price, or a number alone
_SIDES = 2  # of a match
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_UNTIMED = 2  # rows that tell no time, beside one that does
_SCORE = re.compile(r"\d{1,3} ?[–:-] ?\d{1,3}(?: \([^()]{1,20}\))?")
_RESULT = re.compile(
    r"(?=\S)[^\d.!?]{3,40}? ?\d{1,3}(?: ?[–-] ?| : )\d{1,3} ?(?=\S)[^\d.!?]{3,40}"
)  # "Northgate Rovers 2–1 Southam Town"
_POINTS = re.compile(r"\d{1,3}")
# What a recipe's figures are called.
_COOKS = Caseless(
    r"\W{0,2}(?:serves|servings|makes|yields?|prep(?:aration)?(?: time)?|cook(?:ing)?(?: time)?|bak(?:e|ing)(?: time)?|chill(?:ing)?|rest(?:ing)?|total(?: time)?|calories|kcal|difficulty"
    r"|portionen|personen|zubereitung(?:szeit)?|vorbereitung|koch(?:en|zeit)|back(?:en|zeit)|ruhezeit|gesamt(?:zeit)?|personnes|parts|préparation|cuisson|repos|raciones|porciones|preparación|cocción|reposo"
    r"|porzioni|dosi|preparazione|cottura|riposo|porções|preparo|cozimento)\W{0,2}"
)
# When and where something is held.
_WHEN = Caseless(
    r"\W{0,2}(?:when|times?|date(?: and time)?|starts?|begins|doors(?: open)?|hours|uhrzeit|zeit|beginn|datum|wann|einlass|quand|heure|horaires?|date et heure|cuándo|hora|fecha|horario|quando|ora|orario|data(?: e ora)?|horário|início)\W{0,2}"
)
_WHERE = Caseless(
    r"\W{0,2}(?:where|place|venue|location|address|room|meeting point|ort|wo|treffpunkt|veranstaltungsort|adresse|lieu|où|lugar|dónde|sede|dirección|dove|luogo|indirizzo|onde|local|endereço)\W{0,2}"
)
_OF = r"\d{1,2}(?:[.,]5)?\s?(?:/|out of|von|sur|de|su)\s?\d{1,3}"
_VERDICT = r"(?:(?:our |the |critic['’]?s?['’]? |star )?(?:rating|verdict|score)|(?:unsere )?(?:be)?wertung|note|valoración|calificación|nota|voto|valutazione|avaliação)\s?:?\s?"
_RATING = Caseless(
    rf"\W{{0,3}}{_VERDICT}{_OF}(?: \w{{4,9}})?\W{{0,3}}|{_OF} (?:stars?|sternen?|étoiles|estrellas|stelle|estrelas)\W{{0,3}}"
)
_STARS = Caseless(rf"(?:{_VERDICT})?[★☆⭐✩✭✮✯½]{{3,10}}")
_VOTES = Caseless(
    r"\b(?:votes?|ratings|reviews|readers?|users?|rate (?:this|it)|your rating|stimmen|bewertungen|avis|votos|voti|reseñas)\b"
)
_LISTS, _CELLS = frozenset({"dl", "table"}), frozenset({"dd", "td", "th"})
LISTED = _CELLS | {"dt"}

Pair = tuple[str, str]


class Terms:
    """The boxes of terms of one container; verdicts are remembered."""

    def __init__(self, layout: Layout, known: Callable[[str], bool]) -> None:
        self.layout, self.known = layout, known
        self.boxes: dict[Element, bool] = {}

    def holds(self, line: Line) -> bool:
        """Whether a line stands in such a box."""
        if line.links or len(line.text) > _LONGEST:
            return False
        if self._is_rating(line):
            return True
        box = self._box(line)
        if box is None:
            return self._is_statistic(line)
        found = self.boxes.get(box)
        if found is None:
            found = self.boxes[box] = self._is_one(box)
        return found

    def is_value(self, line: Line) -> bool:
        """Whether a line is the figure that a list of the story gives for a term ("Price", "£315,000"):
        others of its values are words, which those of a ticker are not, or all are a recipe's; and it
        counts no readers."""
        if line.tag != "dd" or line.links:
            return False
        if not _VALUE.search(line.text) and not counts.is_clock(line.text):  # "about 900 years"
            return False
        box = next((e for e in line.element.ancestors() if e.tag == "dl"), None)
        if box is None or box.first <= self.layout.container.first:
            return False
        lines = self.layout.lines
        if counts_page(lines[line.index - 1].text, line.text):
            return False
        listed = lines[box.first : box.last]
        values = [x.text for x in listed if x.tag == "dd" and x is not line]
        if any(_WORD.search(x) and not counts.is_clock(x) for x in values):
            return True
        return len(values) > 0 and all(_COOKS.fullmatch(x.text) for x in listed if x.tag == "dt")

    def are_told_below(self, box: Element) -> bool:
        """Whether a list of terms right below the story is of its matter: with values that are words; none
        leads away, and none is what a page says of itself (when it was put there, by whom, in which section)."""
        lines = self.layout.lines[box.first : box.last]
        if any(x.links or self.known(x.text) or says(x.text) for x in lines for says in ASKS):
            return False
        pairs = pairs_of(lines)
        if len(pairs) < _SIDES or len(lines) > _MOST or any(starmap(moves_by_itself, pairs)):
            return False
        if any(labels_stamp(term) or _is_timed((term, value)) for term, value in pairs):
            return False
        return sum(bool(_WORD.search(value)) for _, value in pairs) >= _SIDES

    def _is_rating(self, line: Line) -> bool:
        """Whether a line is the critic's verdict in points or stars, and no count of what readers
        gave."""
        text, layout = line.text, self.layout
        if not (_RATING.fullmatch(text) or _STARS.fullmatch(text)):
            return False
        if not layout.start <= line.index <= layout.core[1]:
            return False
        beside = layout.lines[max(0, line.index - 1) : line.index + 2]
        return not any(_VOTES.search(x.text) for x in beside)

    def _box(self, line: Line) -> Element | None:
        """The largest element around a line that is no more than a box: a few short lines."""
        found, seen = None, 0
        for e in line.element.ancestors():
            count = e.last - e.first
            if e is self.layout.container or e in self.layout.large or count > _MOST:
                break
            if count > seen:
                if any(len(x.text) > _LONGEST for x in self.layout.lines[e.first : e.last]):
                    break
                found, seen = (e if count > 1 else None), count
        return found

    def _is_one(self, box: Element) -> bool:
        lines = self.layout.lines[box.first : box.last]
        texts = [x.text for x in lines]
        if any(x.links or self.known(x.text) or says(x.text) for x in lines for says in ASKS):
            return False
        if any("://" in text for text in texts):
            return False
        if _is_result(texts) and lines[0].index <= self.layout.core[1]:
            return self._shared(box.first, box.last) >= _SHARED
        if len(set(texts)) < len(texts):
            return False
        if local.is_player(texts) or local.is_readings(texts, self.layout.spoken_of):
            return False
        pairs = pairs_of(lines)
        amid = self.layout.amid(lines[0])
        if not pairs or texts[0].endswith("?"):
            return False
        held = any(_WHERE.fullmatch(term) for term, _ in pairs)
        others = [p for p in pairs if not (held and _WHEN.fullmatch(p[0]))]
        if any(map(_is_timed, others)) and not _tells_times(others):
            return False
        if any(starmap(moves_by_itself, others)):
            return False
        if len(pairs) == 1 and not (amid and self._is_figure(box, texts)):
            return False
        asked = _SHARED + (not amid) - (box.tag in _LISTS or lines[-1].tag in _CELLS) - held
        if len(pairs) == 1 and max(len(x.split()) for x in texts) >= _COUNTED:
            asked -= 1
        if box.tag == "dl" and lines[0].index > self.layout.span[1] and self.are_told_below(box):
            return True
        return self._shared(box.first, box.last) >= asked

    def _is_statistic(self, line: Line) -> bool:
        """Whether a line amid the story, alone in its box, is a figure set apart with what it counts."""
        pair = _parts(line)
        if pair is None or not any(map(_FIGURE.fullmatch, pair)) or not self.layout.amid(line):
            return False
        if self.known(line.text) or any(says(line.text) for says in ASKS):
            return False
        if moves_by_itself(*pair) or max(len(x.split()) for x in pair) < _COUNTED:
            return False
        return self._shared(line.index, line.index + 1) >= _SHARED - 1

    def _is_figure(self, box: Element, texts: Sequence[str]) -> bool:
        """Whether a box is a figure set large with what it counts, and no picture."""
        if len(texts) != 2 or not any(map(_FIGURE.fullmatch, texts)):
            return False
        return all(not box.first <= s.line < box.last for s in self.layout.weighed.tree.spots)

    def _shared(self, first: int, last: int) -> int:
        """How many words of lines [first, last) the rest of the story has, with its headline and what
        stands under that."""
        here = Counter(w for i in range(first, last) if i in self._own for w in self._words(i))
        said = words_in(x.text for x in self.layout.lines[first:last])
        return sum(self._told[w] > here[w] for w in said)

    @cached_property
    def _own(self) -> frozenset[int]:
        """The lines of the story, its headline and the one under that."""
        anchor = self.layout.anchor
        return frozenset(self.layout.home).union(
            range(anchor.line, min(anchor.line + 2, len(self.layout.lines))) if anchor.found else ()
        )

    @cached_property
    def _told(self) -> Counter[str]:
        """On how many of these lines each word stands."""
        return Counter(w for i in self._own for w in self._words(i))

    def _words(self, i: int) -> frozenset[str]:
        return words_in([self.layout.lines[i].text])


def _is_result(texts: Sequence[str]) -> bool:
    """Whether lines are the result of a match: two names with one score, or a figure each."""
    if any(map(_RESULT.fullmatch, texts)):
        return True
    named = sum(bool(_WORD.search(x)) for x in texts)
    scores, figures = (sum(map(bool, map(p.fullmatch, texts))) for p in (_SCORE, _POINTS))
    return named >= _SIDES and (scores == 1 or (scores == 0 and figures == _SIDES))


def pairs_of(lines: Sequence[Line]) -> list[Pair]:
    """Terms with their values, where a box is these and a title; empty where it is anything else."""
    found: list[Pair] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        term, colon, value = line.text.partition(": ")
        if colon and 0 < len(term) <= _LABEL and value.strip():
            found.append((term, value))
        elif pair := _parts(line):
            found.append(pair)
        elif at + 1 < len(lines) and _are_paired(line, lines[at + 1]):
            found.append((line.text, lines[at + 1].text))
            at += 1
        elif line.tag == "dd" and found:
            found.append((found[-1][0], line.text))
        elif at and line.tag not in HEADINGS:
            return []
        at += 1
    return found


def _parts(line: Line) -> Pair | None:
    """A row in one line: the term in bold type or a span of its own, and its value."""
    term, value = line.text[: line.head].strip(), line.text[line.head :].strip()
    whole = term and value and len(term) <= _LABEL and line.tag not in HEADINGS
    return (term, value) if whole else None


def _are_paired(one: Line, other: Line) -> bool:
    """Whether two lines are a term and its description, or all that some block or row holds."""
    if one.tag == "dt" and other.tag == "dd":
        return True
    row = next((e for e in one.element.ancestors() if e.last - e.first > 1), None)
    return row is not None and (row.first, row.last) == (one.index, other.index + 1)


def _is_timed(pair: Pair) -> bool:
    """Whether one of two texts is a time, as when something was written or put on the page."""
    return any(
        _CLOCK.match(x) or (counts.is_clock(x) and _WORD.search(x))
        for x in pair
        if not _LASTS.fullmatch(x)
    )


def _tells_times(pairs: Sequence[Pair]) -> bool:
    """Whether times are told among other things, and none is the moment of a certain day, as pages say when
    they were written."""
    untimed = sum(not _is_timed(p) for p in pairs)
    return untimed >= _UNTIMED and not any(
        _YEAR.search(x) for p in pairs if _is_timed(p) for x in p
    )


def counts_page(one: str, other: str) -> bool:
    """Whether a row counts readers, or says when the page was made or how long it takes to read."""
    one, other = one.strip(), other.strip()
    texts = (f"{other} {one}", f"{one} {other}", f"{one}: {other}")
    return any(says(x) for x in texts for says in _OF_THE_PAGE)


_OF_THE_PAGE = (counts.is_clock, counts.is_ticker, counts_audience)


def moves_by_itself(one: str, other: str) -> bool:
    """Whether a row counts the page's own, prices a share or counts answers."""
    if counts_page(one, other):
        return True
    moves = _MOVES.fullmatch(one.strip()) or _MOVES.fullmatch(other.strip())
    return bool(moves) and not _WORTH.search(other)
