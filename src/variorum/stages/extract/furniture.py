"""What a site shows on every page whatever the story, learned from its own history.

A line that stands on several *different* articles of a site is the site's, not the story's. Lines
are kept as digests with the figures of labels masked, so that "12 comments" and "7 comments" are
one. The figures of a sentence stay: newsrooms use their sentences again ("The inquiry will take 5
days."), and the figure is what was said. Captures of the same article count once, whatever their
number: a paragraph is never furniture because its own article was looked at often, nor because one
story stands at several addresses (:func:`_name_of`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from variorum.model import Page, reasons
from variorum.stages.extract.slot_memory import SlotMemory
from variorum.text.remember import remembered
from variorum.text.typography import fold

# Different articles a line must stand on. Background paragraphs are copied from story to story by
# their own newsroom, so prose needs more. Guesses, on the careful side.
_LABEL_NEEDS, _PROSE_NEEDS = 3, 6
_PROSE, _SENTENCE = 120, 60  # characters of prose, and of a line that ends as a sentence does
_STOP = re.compile(r"""[.!?…。！？؟]["'”’»)\]]*$""")
# Bounds of what is kept per site: about the lines of the last twenty articles.
_MOST_LINES, _MOST_ARTICLES = 6_000, 8
_SAME = 0.5  # of a story's paragraphs that another address has, too
_SLACK = 600  # pruned once in a while, not at every page
_NO_NAMES: Mapping[str, str] = MappingProxyType({})
_FIGURES = re.compile(r"\d+(?:[.,:]\d+)*")


@dataclass(frozen=True, slots=True)
class SiteFurniture:
    """``seen``: digest of a line -> digests of the articles that showed it (at most eight);
    ``slots``: the spots of the template that hold what is none of a story.

    Immutable; :func:`learn` gives a new one.
    """

    seen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    slots: SlotMemory = field(default_factory=SlotMemory)

    def knows(self, text: str) -> bool:
        """Whether a line stands on enough other stories of this site to be no part of this one."""
        if not self.seen:
            return False
        articles = self.seen.get(digest(text), ())
        return len(articles) >= (_PROSE_NEEDS if _is_prose(text) else _LABEL_NEEDS)

    def would_clear(self, page: Page) -> bool:
        """Whether a page would lose lines of its story if it were read with what is known now."""
        if any(map(self.knows, page.document.paragraphs)):
            return True
        there = (s for s in page.slots if s.name in self.slots.settled)
        return any(block.kept for s in there for block in page.blocks[s.first : s.last])

    def has_cleared(self, page: Page, told: Sequence[str]) -> bool:
        """Whether a text that was read from a page once holds lines that are known for the site's
        now; ``page`` is the page read again with what is known."""
        if any(map(self.knows, told)):
            return True
        cleared = {block.text for block in page.blocks if block.why == reasons.ELSEWHERE}
        return not cleared.isdisjoint(told)

    def shared(self) -> dict[str, Any]:
        """What a reader of pages needs of all this, a small part (:meth:`of_shared`): the lines that
        :meth:`knows` may say yes to, with the number of their articles, and the settled slots."""
        lines = {k: len(v) for k, v in self.seen.items() if len(v) >= _LABEL_NEEDS}
        return {"lines": lines, "slots": sorted(self.slots.settled)}

    @classmethod
    def of_shared(cls, data: Mapping[str, Any]) -> SiteFurniture:
        """What knows the same as the one that gave :meth:`shared`; not for learning from."""
        lines = {str(k): ("",) * min(int(n), _MOST_ARTICLES) for k, n in data["lines"].items()}
        return cls(lines, SlotMemory(settled=frozenset(map(str, data["slots"]))))

    def to_dict(self) -> dict[str, Any]:
        lines = {k: list(v) for k, v in self.seen.items()}
        return {"lines": lines, "slots": self.slots.to_dict()}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> SiteFurniture:
        lines = data.get("lines")
        if not isinstance(lines, Mapping):
            return cls()
        seen = {str(k): tuple(map(str, v)) for k, v in lines.items() if isinstance(v, list)}
        slots = data.get("slots")
        return cls(seen, SlotMemory.from_dict(slots) if slots else SlotMemory())


def learn(known: SiteFurniture | None, article: str, page: Page) -> SiteFurniture:
    """``known`` with the lines of one more page; ``article`` names the story (its id or canonical
    URL), the same for all its captures and aliases. Pages that are no article teach nothing."""
    if str(page.kind) != "article":
        return known or SiteFurniture()
    site = known or SiteFurniture()
    name, own = _name_of(site, _key(article), page)
    lines = _with_lines(site, name, page.visible, own)
    return replace(lines, slots=lines.slots.with_page(name, page))


def _name_of(known: SiteFurniture, key: str, page: Page) -> tuple[str, dict[str, str]]:
    """The name under which a page's lines are learned, with what remembers it: its article's, or that
    of an article with the same headline that has most of its paragraphs, too: the same story at
    another address."""
    document = page.document
    alias, head = f"={key}", f"={digest(f'headline: {document.headline}')}"
    name = known.seen.get(alias, (key,))[0]
    other = known.seen.get(head, (name,))[0]
    if other != name:
        paragraphs = [digest(text) for text in document.paragraphs]
        there = sum(other in known.seen.get(d, ()) for d in paragraphs)
        name = other if there > _SAME * len(paragraphs) else name
    return name, {alias: name, head: name}


def learn_lines(known: SiteFurniture | None, article: str, lines: Iterable[str]) -> SiteFurniture:
    """As :func:`learn`, from the visible lines alone."""
    return _with_lines(known, _key(article), lines)


def _with_lines(
    known: SiteFurniture | None, key: str, lines: Iterable[str], own: Mapping[str, str] = _NO_NAMES
) -> SiteFurniture:
    """``own``: what else is to be remembered, each under its name in the place of articles."""
    seen = dict(known.seen) if known else {}
    for name in dict.fromkeys(digest(line) for line in lines if len(line) > 2):
        articles = seen.pop(name, ())  # popped and put back: the newest stand last
        if key not in articles and len(articles) < _MOST_ARTICLES:
            articles = (*articles, key)
        seen[name] = articles
    for name, value in own.items():
        seen.pop(name, None)
        seen[name] = (value,)
    return SiteFurniture(_pruned(seen), known.slots if known else SlotMemory())


def _key(article: str) -> str:
    return hashlib.sha256(article.encode("utf-8", "replace")).hexdigest()[:8]


def _pruned(seen: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Within bounds: lines seen on one article only go first, the oldest before the newer."""
    if len(seen) <= _MOST_LINES + _SLACK:
        return seen
    by_worth = sorted(seen, key=lambda name: len(seen[name]))  # stable: oldest first among equals
    for name in by_worth[: len(seen) - _MOST_LINES]:
        del seen[name]
    return seen


@remembered
def digest(text: str) -> str:
    """What a line is known by: typography, case and (in labels) figures do not count. A figure alone
    is what it says: every other one would be it, too."""
    plain = fold(text).casefold()
    if not _is_prose(plain) and any(map(str.isalpha, plain)):
        plain = _FIGURES.sub("0", plain)
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()[:12]


def _is_prose(text: str) -> bool:
    return len(text) >= _PROSE or (len(text) >= _SENTENCE and bool(_STOP.search(text)))
