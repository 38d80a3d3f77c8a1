"""Boxes of facts, and quotations set large: part of the story, though set apart.

HTML's ``aside`` holds what is none of the story (other stories, forms, advertisements) and what is: a
box with the company's figures, the case in dates, a definition, how to book and whom to ring. Those have
a title and lines of facts, sentences or points, lead nowhere, ask nothing for the paper, and stand amid or
right after the story alone. A quotation set large most often repeats the story, and says nothing then; what it
says alone is the story's. A title over sentences is, amid the story, where these have the story's words.
"""

# ruff: noqa: E501  (tables of words are easier to keep in long lines)

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from variorum.stages.extract import counts, local, offers, phrases
from variorum.stages.extract.body import HEADINGS
from variorum.stages.extract.endings import SENTENCE_END
from variorum.stages.extract.layout import Layout
from variorum.stages.extract.named import says_facts, says_quotation
from variorum.stages.extract.tree import Element, Line
from variorum.stages.extract.vocabulary import shared, words_in
from variorum.text.caseless import Caseless

_QUOTES = frozenset("\"'“”„«»‘‚")
_QUOTED = frozenset({"blockquote", "q"})
_BULLETS = frozenset("•‣▪▸●◦·")
_LISTS = frozenset({"ul", "ol"})
_LEAST_POINTS = 2
_QUOTE_LINES = 3  # of words set large: with a name and an office
_SAID = 400  # characters of a quotation set large, at most
_TITLE = 80  # characters of a title, at most
_LABEL = 40  # characters before the colon of "Founded: 1858", at most
_LINES = range(3, 25)
_WORDS = 5  # of a sentence, at least
_POINT_WORDS = 3  # of a point, at least
_PROSE = 10  # words of a paragraph that explains, at least
_SHARED = 3  # of its words that the story has, too
# What no line of the story says, and what besides is no point of it.
ASKS = (
    offers.sells,
    phrases.is_advert,
    phrases.is_gate,
    phrases.is_invitation,
    phrases.is_promotion,
    phrases.is_prompt,
    phrases.is_read_more,
)
_NO_POINT = (*ASKS, counts.is_clock, counts.is_ticker, phrases.is_credit)


# What a newsroom calls what it adds to its own news.
_BESIDE_NEWS = Caseless(
    r"\W{0,3}(?:analysis|context|background|explained|explainer|in (?:numbers|brief|context)|what (?:it means|happens next|we know)|why it matters|the story so far|at a glance"
    r"|analyse|einordnung|hintergrund|zum hintergrund|das bedeutet|auf einen blick|contexte|décryptage|éclairage|repères|l['’]essentiel|análisis|contexto|las claves|en contexto|analisi|contesto|il punto|análise)\b"
)


def adds_to_news(title: str) -> bool:
    """Whether a box is called what a newsroom adds to its news: "Analysis: Magnus Tiller"."""
    return bool(_BESIDE_NEWS.match(title))


class Facts:
    """The boxes of facts of one container; verdicts are remembered."""

    def __init__(self, layout: Layout, known: Callable[[str], bool]) -> None:
        self.layout, self.known = layout, known
        self.boxes: dict[Element, bool] = {}
        self._letters: str | None = None

    def holds(self, line: Line) -> bool:
        """Whether a line that stands in an ``aside``, and in nothing else apart, is one of facts."""
        box = next(e for e in line.element.ancestors() if _opens(e))
        found = self.boxes.get(box)
        if found is None:
            found = self.boxes[box] = self.is_one(box)
        return found

    def quotes(self, line: Line) -> bool:
        """Whether a line stands amid the story in a small block called a quotation set large, whose words
        the story has nowhere else."""
        boxes = (e for e in line.element.ancestors() if says_quotation(e.node.attributes))
        box = next(boxes, None) if self.layout.amid(line) else None
        if box is None or box.last - box.first > _QUOTE_LINES:
            return False
        lines = self.layout.lines[box.first : box.last]
        return not any(x.links for x in lines) and self._is_quotation(box, lines)

    def is_one(self, box: Element) -> bool:
        layout = self.layout
        lines = layout.lines[box.first : box.last]
        if not lines or self._precedes(box) or any(x.links for x in lines):
            return False
        amid = layout.amid(lines[0]) and layout.amid(lines[-1])
        if not amid and not any(e in layout.homes for e in box.ancestors()):
            return False
        if any(box in e.ancestors() for e in layout.weighed.tree.inputs):
            return False
        if self._is_quotation(box, lines) or self._explains(box, lines):
            return True
        if len(lines) not in _LINES:
            return False
        texts = [x.text for x in lines]
        if local.is_player(texts) or local.is_readings(texts, layout.spoken_of):
            return False
        title, *rest = lines
        if not _is_title(title) or any(self.known(x.text) for x in lines):
            return False
        if says_facts(box.node.attributes) or adds_to_news(title.text):
            return not any(says(x.text) for x in lines for says in ASKS)
        told = sum(map(_tells, rest))
        return (told > 1 and told + 1 >= len(rest)) or _are_points(rest)

    def _is_quotation(self, box: Element, lines: Sequence[Line]) -> bool:
        """Whether somebody's words set large, with whose they are and no more, are told nowhere else
        in the story."""
        said, *whose = lines
        marked = said.text[0] in _QUOTES and said.text[-1] in _QUOTES
        marked = marked or _within(said, box, _QUOTED) or says_quotation(box.node.attributes)
        if not marked or len(said.text.split()) < _WORDS or len(said.text) > _SAID:
            return False
        if len(whose) > 2 or any(not _is_title(x) for x in whose):
            return False
        if any(self.known(x.text) or says(x.text) for x in lines for says in ASKS):
            return False
        words = said.text[: said.head] if len(whose) == 0 and said.head else said.text
        here = "aside" not in said.context
        return self._told().count(_letters(words)) <= here

    def _explains(self, box: Element, lines: Sequence[Line]) -> bool:
        """Whether a box amid the story is a title over one or two paragraphs on its own matter: longer
        boxes are known by their form."""
        title, *rest = lines
        first, last = self.layout.span
        if not 1 <= len(rest) <= 2 or not first < box.first <= box.last <= last:
            return False
        if title.tag not in HEADINGS or not _is_title(title):
            return False
        if any(self.known(x.text) or says(x.text) for x in lines for says in ASKS):
            return False
        words = words_in(
            self.layout.lines[i].text
            for i in self.layout.home
            if i not in range(box.first, box.last)
        )
        told = all(_tells(x) and len(x.text.split()) >= _PROSE for x in rest)
        asked = 1 if adds_to_news(title.text) else _SHARED
        return told and sum(shared(x.text, words) for x in lines) >= asked

    def _told(self) -> str:
        """The letters of what the story says outside everything that is set apart."""
        if self._letters is None:
            layout = self.layout
            held = layout.lines[layout.container.first : layout.container.last]
            self._letters = "".join(_letters(x.text) for x in held if "aside" not in x.context)
        return self._letters

    def _precedes(self, box: Element) -> bool:
        """Whether a box begins before the story: before its container, or not after the headline in it."""
        layout = self.layout
        at = layout.start + (layout.start == layout.anchor.line and layout.anchor.found)
        return box.first < at

    def _is_called_facts(self, line: Line) -> bool:
        """Whether a line stands in a small box that calls itself one of facts, and none of whose lines
        leads away or asks for something."""
        box = next((e for e in line.element.ancestors() if says_facts(e.node.attributes)), None)
        if box is None or box in self.layout.large or box.last - box.first not in _LINES:
            return False
        lines = self.layout.lines[box.first : box.last]
        return not any(x.links or says(x.text) for x in lines for says in ASKS)

    def lists(self, line: Line) -> bool:
        """Whether a line outside any ``aside`` stands in a small box that is a title with facts and no
        more ("Opening hours", "Saturday: 10am to 1pm"), however its lines are set."""
        layout = self.layout
        if not (layout.amid(line) or any(e in layout.large for e in line.element.ancestors())):
            return False
        if self._is_called_facts(line) or self._signs(line) or self._is_bulleted(line):
            return True
        if not is_fact(line.text):
            return False
        box = next((e for e in line.element.ancestors() if e.last - e.first > 1), None)
        if box is None or box in layout.large:
            return False
        first = box.first - (box.tag in _LISTS and self._heads(box))
        if box.last - first not in _LINES:
            return False
        title, *rest = layout.lines[first : box.last]
        if any(x.links or self.known(x.text) for x in (title, *rest)) or not _is_title(title):
            return False
        return not is_fact(title.text) and all(_is_own_fact(x.text) for x in rest)

    def _heads(self, points: Element) -> bool:
        """Whether the line before a list heads it: in a box with it alone, or as a heading."""
        before, box = self.layout.lines[points.first - 1], points.parent
        alone = box is not None and (box.first, box.last) == (points.first - 1, points.last)
        return points.first > 0 and (alone or before.tag in HEADINGS)

    def _signs(self, line: Line) -> bool:
        """Whether a line says whose words are set large right before it in its small box: "Fola Nash,
        librarian"."""
        at, layout = line.index, self.layout
        box = next((e for e in line.element.ancestors() if e.last - e.first > 1), None)
        if box is None or box in layout.large or box.last - box.first > _QUOTE_LINES:
            return False
        said = layout.lines[box.first].text
        marked = said[0] in _QUOTES and said[-1] in _QUOTES and len(said.split()) >= _WORDS
        if box.first == at or not marked or line.links or not _is_title(line):
            return False
        named = any(w[:1].isupper() for w in layout.lines[box.first + 1].text.split())
        return named and not (self.known(line.text) or any(says(line.text) for says in ASKS))

    def _is_bulleted(self, line: Line) -> bool:
        """Whether a line is a list made by hand: bullets within one block."""
        points = [p.strip() for p in line.text.split(line.text[0]) if p.strip()]
        if line.text[0] not in _BULLETS or len(points) < _LEAST_POINTS or line.links:
            return False
        return not any(says(p) for p in points for says in _NO_POINT)


def _within(line: Line, box: Element, tags: frozenset[str]) -> bool:
    """Whether a line stands in an element of ``tags`` in a box, or the box is one."""
    return any(e.tag in tags and e.depth >= box.depth for e in line.element.ancestors())


def _letters(text: str) -> str:
    """Letters and digits alone: the marks around words set large are its own."""
    return "".join(filter(str.isalnum, text.casefold()))


def _opens(element: Element) -> bool:
    """Whether what stands apart begins here."""
    return element.parent is None or "aside" not in element.parent.context


def _is_title(line: Line) -> bool:
    text = line.text
    ended = SENTENCE_END.search(text) and text[-1] != "?"
    if len(text) > _TITLE or ended or text[0] in _QUOTES:
        return False
    return not (phrases.is_advert(text) or phrases.ends_story(text) or phrases.is_read_more(text))


_IN_A_YEAR = re.compile(r"(?:1\d|20)\d\d(?:[–-]\d{2,4})?\s?[:–—-]?\s[^\W\d_]")


# What a recipe takes: "80g of barley", "2 EL Öl".
_AMOUNT = Caseless(
    r"(?:about |etwa |environ )?(?:\d{1,4}(?:[.,/–-]\d{1,4})? ?[½¼¾⅓⅔]?|[½¼¾⅓⅔]) ?(?:k?g|kilos?|m?l|cl|dl|litres?|liters?|oz|ounces?|lbs?|pounds?|tbsps?|tsps?|tablespoons?|teaspoons?|cups?|pinch(?:es)?|cloves?|slices?|sprigs?|el|tl|prisen?|liter"
    r"|cuill(?:ère|erée)s?|c\. à (?:soupe|café)|litros?|cucharad(?:as?|itas?)|tazas?|gramos?|grammi|cucchiai(?:ni)?|litri|colher(?:es)?|xícaras?|gramas?)\b"
)


def is_fact(text: str) -> bool:
    """A name and what it is, a year and what happened, or what a recipe takes: "Founded: 1858", "1921
    Rebuilt after a fire", "80g of barley"."""
    if _IN_A_YEAR.match(text) or _AMOUNT.match(text):
        return True
    label, colon, value = text.partition(":")
    return bool(colon) and 0 < len(label) <= _LABEL and bool(value.strip())


def _is_own_fact(text: str) -> bool:
    return is_fact(text) and not (counts.is_clock(text) or phrases.is_invitation(text))


def _are_points(lines: Sequence[Line]) -> bool:
    """Instructions and contact details: short points, half of them with figures, none of them the
    site's own words, a clock, a count or an offer."""
    points = [x.text for x in lines]
    if sum(map(_has_figure, points)) * 2 < len(points):
        return False
    return not any(says(text) for text in points for says in _NO_POINT) and all(
        len(text.split()) >= _POINT_WORDS for text in points
    )


def _has_figure(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _tells(line: Line) -> bool:
    """A fact or a sentence, and none of the site's own."""
    text = line.text
    if phrases.is_prompt(text) or phrases.is_invitation(text) or phrases.is_promotion(text):
        return False
    if is_fact(text):
        return True
    return len(text.split()) >= _WORDS and SENTENCE_END.search(text) is not None
