"""Boxes amid a story that speak of nothing that the story speaks of.

A paper sets its shop, its podcast, a quiz, another appeal at every look between two paragraphs, under a heading
and in a small block of its own. Whatever the words are, hardly any is the story's: no name, no figure, no
longer word. What a newsroom sets apart on the story's own matter has some of them.
"""

# ruff: noqa: E501  (tables of words are easier to keep in long lines)

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from variorum.stages.extract.body import HEADINGS
from variorum.stages.extract.endings import reports
from variorum.stages.extract.facts import is_fact
from variorum.stages.extract.layout import Layout
from variorum.stages.extract.named import says_facts
from variorum.stages.extract.tree import Element, Line
from variorum.text.caseless import Caseless

_LINES, _LONGEST, _TITLE = 8, 320, 60  # lines, characters of a box; characters of its heading
_OWN = 3  # telling words of a box, at least, for them to be none of the story's
_PARAGRAPHS = 4  # of a story in which words are looked for, at least
_LETTERS, _STEM = 6, 5  # of a word that tells something; of its beginning, which inflection leaves
_WORD = re.compile(r"[^\W\d_]+")
_FIGURE = re.compile(r"\d(?:[\d.,:]*\d)")
_GRAM = 4  # letters that words of other scripts have in common
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
# Longer words that any two texts may share.
_COMMON = Caseless(
    r"(?:about|after|again|against|almost|alread|althou|always|anoth|around|becaus|before|behind|being|betwee|befor|could|during|every|first|follow|friend|having|however|includ|inside|itself"
    r"|little|minut|months?|mornin|nothin|number|people|person|perhap|please|rathe|reader|really|should|second|severa|since|someon|someth|still|storie|thing|these|those|though|throug|today|togeth"
    r"|toward|under|until|week|weeks|where|whethe|which|while|withi|witho|world|would|years|yester|einige|immer|können|mehre|müssen|nachde|nicht|schon|seine|sollt|werde|wieder|würde|wurde|zwisch"
    r"|après|autre|avant|beauco|cette|comme|contre|depui|encore|entre|être|jamais|leurs|moins|notre|parce|pendan|peuven|plusi|pourqu|quand|quelqu|sans|toujou|toutes|aunque|cuando|desde|después"
    r"|donde|entonce|entre|estaba|hacia|hasta|mientra|mucho|muchos|nuestr|otros|porque|puede|siempr|sobre|también|tiene|todos|alcuni|anche|ancora|contro|dalla|della|delle|dopo|essere|hanno|mentre"
    r"|molto|nella|ogni|prima|quando|quell|quest|senza|sempre|sono|stata|stato|tutti|ainda|alguns|antes|contra|depois|durant|enquan|foram|mesmo|muito|nossa|nosso|outros|porque|quando|sempre|também|todos)\w*"
)


_ASKS_HOW = Caseless(
    r"\W{0,3}(?:how|what|where|when|who|why|can you|wie|was|wo|wann|wer|warum|wozu|so |comment|où|quand|qui|pourquoi|quoi|cómo|dónde|qué|quién|cuándo|por qué|come|dove|cosa|chi|perché|como|onde|quem|quando|porque)\b"
)
_QUOTES = frozenset('"“”„«»')
_TELEPHONE = re.compile(r"\d{3}[ /-]?\d{3,4}(?:[ /-]?\d{2,})?")


class Strange:
    """The boxes of one container that are strange to its story; verdicts are the caller's to keep."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout

    def is_one(self, box: Element, lines: Sequence[Line]) -> bool:
        """Whether a box amid the story is a heading over a few lines with none of the story's words."""
        layout = self.layout
        if not 1 < len(lines) <= _LINES or box in layout.homes or not layout.amid(lines[0]):
            return False
        title, *rest = lines
        marked = title.tag in HEADINGS or (title.bold >= len(title.text) - 2 and title.tag != "li")
        if not marked or len(title.text) > _TITLE or sum(len(x.text) for x in lines) > _LONGEST:
            return False
        if _ASKS_HOW.match(title.text) or any(_TELEPHONE.search(x.text) for x in rest):
            return False  # how to help, and whom to ring
        if any(reports(x.text) or not _QUOTES.isdisjoint(x.text) for x in rest):
            return False
        if (
            any("aside" in x.context for x in lines)
            or says_facts(box.node.attributes)
            or any(is_fact(x.text) for x in rest)
        ):
            return False
        if any(x.tag in ("td", "th", "dd", "dt") or "quote" in x.context for x in rest):
            return False
        if not layout.lines[box.last : box.last + 1] or self._goes_on_as_section(box):
            return False
        told = [units for i, units in self._words.items() if not box.first <= i < box.last]
        own = _telling((x.text for x in lines), everywhere=True) - self._of_the_house(lines)
        return len(told) >= _PARAGRAPHS and all(map(own.isdisjoint, told))

    def stands_apart(self, line: Line) -> bool:
        """Whether a line stands amid the story in a small box that is set unlike its paragraphs and has
        none of its words: perhaps the site's. It is kept; whether it turns over, its history tells."""
        layout = self.layout
        if not layout.amid(line) or not layout.is_set_apart(line):
            return False
        box = self._small_box(line)
        lines = layout.lines[box.first : box.last] if box else []
        if box is None or sum(len(x.text) for x in lines) > _LONGEST:
            return False
        if any("quote" in x.context or x.tag in ("td", "th", "dd", "dt") for x in lines):
            return False
        told = [units for i, units in self._words.items() if not box.first <= i < box.last]
        own = _telling((x.text for x in lines), everywhere=True) - self._of_the_house(lines)
        return len(own) >= _OWN and len(told) >= _PARAGRAPHS and all(map(own.isdisjoint, told))

    def _small_box(self, line: Line) -> Element | None:
        """The largest small element around a line that is no place of the story's."""
        box = None
        for e in line.element.ancestors():
            if e is self.layout.container or e in self.layout.homes or e.last - e.first > _LINES:
                break
            box = e
        return box

    def _of_the_house(self, lines: Sequence[Line]) -> frozenset[str]:
        """The words of the site's name where a box gives it: "Sandlow Echo Calendar" in a story of
        Sandlow."""
        text = " ".join(x.text for x in lines).casefold()
        named = [s for s in self.layout.anchor.sites if " " in s and s.casefold() in text]
        return _telling(named, everywhere=True)

    def _goes_on_as_section(self, box: Element) -> bool:
        """Whether other blocks beside this one begin with a heading of the same rank: then it is a
        section of a story that is told in blocks."""
        head = self.layout.lines[box.first]
        if head.tag not in HEADINGS:
            return False
        alike = 0
        for i in range(self.layout.span[0], self.layout.span[1] + 1):
            line = self.layout.lines[i]
            if line.tag == head.tag and line is not head:
                alike += any(
                    e.parent is box.parent and e.tag == box.tag for e in line.element.ancestors()
                )
        return alike > 0

    @cached_property
    def _words(self) -> dict[int, frozenset[str]]:
        """What each line of the story and its headline tell, by their places."""
        layout = self.layout
        told = [i for i, home in layout.home.items() if home in layout.homes]
        head = [layout.anchor.line] if layout.anchor.found else []
        return {i: _telling([layout.lines[i].text]) for i in (*head, *told)}


def _telling(texts: Iterable[str], *, everywhere: bool = False) -> frozenset[str]:
    """Beginnings of the longer words, the names, the figures of two signs and more; of words in other
    scripts any four letters in a row. ``everywhere``: a capital at the head of a sentence counts, too;
    the story has such a word for a name where it stands amid one."""
    found: set[str] = set()
    for text in texts:
        found.update(_FIGURE.findall(text))
        for word in _WORD.finditer(text):
            before = text[: word.start()].rstrip()[-1:]
            amid = everywhere or (bool(before) and before not in _OPENS)
            found.update(_units(word.group(), amid))
    return frozenset(found)


_OPENS = '.!?:“"«„'


def _units(word: str, amid: bool) -> Iterable[str]:
    if not _LATIN.match(word):
        return [word[i : i + _GRAM] for i in range(len(word) - _GRAM + 1)]
    small = word.casefold()
    name = amid and word[0].isupper() and len(word) > 2
    if name or (len(word) >= _LETTERS and not _COMMON.fullmatch(small)):
        return [small[:_STEM]]
    return []
