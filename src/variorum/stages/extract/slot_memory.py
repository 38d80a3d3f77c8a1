"""Which slots of a site's template hold what is not of the story, learned from its own pages.

What stands in a story's own places shares its words: the names, the things, the figures of the rest
of that story, rather than those of another one. What a promotion, an advertisement or a writer's box
says shares no more with the story it stands in than with any other. So for each slot the words are
counted that stand in the rest of its own story and not in another of the site, and the other way
round; words that stand in both say nothing. And a slot of the site's says its phrases again on other
stories, while a newsroom seldom repeats three words in the same place. A slot on enough stories that
repeats itself and whose words belong to them no more than to others is furniture, whatever it says
next; so is one whose lines nearly always say so themselves ("Sign up", a writer's box).

On pages of four invented templates such slots repeated .3 to 1.0 of their phrases and the story's own
places less than .05; of the words of leads and key points .16 to .37 were their story's beyond chance,
of those of furniture less than .03. The thresholds stand between.

What is settled stays settled: the text of a version can be read again with what is known later.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from variorum.model import Page, Slot, reasons
from variorum.stages.extract.slots import is_site_s, leads_on
from variorum.text.remember import remembered
from variorum.text.typography import fold

# Guesses on the careful side, checked on pages of sites with several stories each.
_STORIES = 3  # different stories a slot must stand on
_PHRASES = 8  # phrases it must have said on them, the first one left out
_RELATED = 0.04  # share of its words that may be the story's own beyond chance
_REPEATED = 0.3  # share of its phrases that it said on other stories too
_LARGE = 0.35  # share of a story that makes the slot the story's own place
_KEPT_STORIES = 6  # stories whose words are kept to compare with
_MOST_ARTICLES = 8  # stories counted for one slot
_MOST_SLOTS, _SLACK = 300, 30
_MOST_SETTLED = 1_000  # a site that renames its elements every day is not learned for ever
_MOST_WORDS = 1_500  # of one story
_PARTS = 9  # of a history as it is written down
_MOST_PHRASES = 60  # of one slot on one story
_WORD = re.compile(r"[^\W\d_]+|\d+")
_SIGNS = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_LEAST, _STEM = 4, 6  # letters of a word, and of what is left of it without its ending


@dataclass(frozen=True, slots=True)
class SlotHistory:
    """What a slot said so far: on which stories, how many words, how many of them stand in the rest
    of its own story only (``own``) or in others only (``others``, of an average other story); how
    many phrases after the first story, and how many of them again."""

    articles: tuple[str, ...] = ()
    words: int = 0
    own: float = 0.0
    others: float = 0.0
    large: int = 0
    phrases: frozenset[int] = frozenset()
    told: int = 0
    again: int = 0
    judged: int = 0

    @property
    def is_furniture(self) -> bool:
        if self.large or len(self.articles) < _STORIES:
            return False
        if self.judged >= _STORIES and self.judged * 3 >= len(self.articles) * 2:
            return True
        if self.told < _PHRASES or self.again < _REPEATED * self.told:
            return False
        return self.own - self.others <= _RELATED * self.words

    def to_list(self) -> list[Any]:
        numbers = (self.words, round(self.own, 2), round(self.others, 2), self.large)
        return [
            list(self.articles),
            *numbers,
            sorted(self.phrases),
            self.told,
            self.again,
            self.judged,
        ]

    @classmethod
    def from_list(cls, data: Sequence[Any]) -> SlotHistory:
        articles, words, own, others, large, phrases, told, again, judged = data
        return cls(
            tuple(map(str, articles)),
            int(words),
            float(own),
            float(others),
            int(large),
            frozenset(map(int, phrases)),
            int(told),
            int(again),
            int(judged),
        )


@dataclass(frozen=True, slots=True)
class SlotMemory:
    """``seen``: name of a slot -> its history; ``stories``: article -> the words of its story, the
    newest last; ``settled``: the slots known to be furniture. Immutable; :meth:`with_page` gives a
    new one."""

    seen: Mapping[str, SlotHistory] = field(default_factory=dict)
    stories: Mapping[str, frozenset[int]] = field(default_factory=dict)
    settled: frozenset[str] = frozenset()

    def with_page(self, article: str, page: Page) -> SlotMemory:
        """As it is after one more page of an article."""
        said = _Said(page)
        others = [words for key, words in self.stories.items() if key != article]
        if any(_is_copy(said.lines.keys(), other) for other in others):
            return self
        seen = dict(self.seen)
        if others:
            for name, ranges in said.slots.items():
                old = seen.pop(name, SlotHistory())
                seen[name] = _grown(old, article, said, ranges, others)
        settled = self.settled
        if len(settled) < _MOST_SETTLED:
            settled |= {name for name in said.slots if name in seen and seen[name].is_furniture}
        stories = {k: v for k, v in self.stories.items() if k != article}
        stories[article] = frozenset(sorted(said.lines)[:_MOST_WORDS])  # the same in every process
        while len(stories) > _KEPT_STORIES:
            del stories[next(iter(stories))]
        return SlotMemory(_pruned(seen), stories, settled)

    def to_dict(self) -> dict[str, Any]:
        return {
            "seen": {name: history.to_list() for name, history in self.seen.items()},
            "stories": {name: sorted(words) for name, words in self.stories.items()},
            "settled": sorted(self.settled),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> SlotMemory:
        return cls(
            {str(k): SlotHistory.from_list(v) for k, v in data["seen"].items() if len(v) == _PARTS},
            {str(k): frozenset(map(int, v)) for k, v in data["stories"].items()},
            frozenset(map(str, data["settled"])),
        )


def _is_copy(story: Set[int], other: Set[int]) -> bool:
    """Whether two stories are one under two names: half of either's words stand in the other."""
    return 2 * len(story & other) > max(len(story), len(other))


class _Said:
    """The words of one page's story. ``lines``: word -> on how many lines it stands; ``slots``: name
    -> where it stands."""

    def __init__(self, page: Page) -> None:
        blocks = page.blocks
        nothing: frozenset[int] = frozenset()
        self.judged = [is_site_s(b.why) and b.why != reasons.ELSEWHERE for b in blocks]
        self.why = [b.why for b in blocks]
        asked = [is_site_s(b.why) or leads_on(b.why) for b in blocks]
        here = [b.kept or a or b.role == "headline" for a, b in zip(asked, blocks, strict=True)]
        self.words = [words_of(b.text) if h else nothing for b, h in zip(blocks, here, strict=True)]
        own = [b.kept or b.role == "headline" for b in blocks]
        self.told = [w if o else nothing for w, o in zip(self.words, own, strict=True)]
        self.lines = Counter(word for words in self.told for word in words)
        self.sizes = [len(b.text) if b.kept else 0 for b in blocks]
        self.size = sum(self.sizes) or 1
        self.slots: dict[str, list[Slot]] = {}
        self.texts = [b.text for b in page.blocks]
        for slot in page.slots:
            self.slots.setdefault(slot.name, []).append(slot)

    def phrases(self, at: int) -> frozenset[int]:
        return phrases_of(self.texts[at]) if self.words[at] else frozenset()


def _grown(
    old: SlotHistory,
    article: str,
    said: _Said,
    ranges: Sequence[Slot],
    others: Sequence[frozenset[int]],
) -> SlotHistory:
    if article in old.articles or len(old.articles) >= _MOST_ARTICLES:
        return old
    where = sorted(
        {i for slot in ranges for i in range(slot.first, min(slot.last, len(said.words)))}
    )
    words = frozenset(w for i in where for w in said.words[i])
    here = Counter(w for i in where for w in said.told[i])
    rest = {w for w in words if said.lines[w] > here[w]}
    rare = {w for w, n in Counter(w for other in others for w in other).items() if n == 1}
    common = {w for other in others for w in other}
    own = float(len(rest - common))
    foreign = len((words & rare) - rest) / len(others)
    # A name that two boxes of one page share, of two kinds ("my-6 px-4"), tells how they look.
    kinds = {said.why[slot.first] for slot in ranges if slot.first < len(said.why)}
    judged = len(kinds) == 1 and all(said.judged[i] for i in where)
    large = sum(said.sizes[i] for i in where) > _LARGE * said.size
    phrases = frozenset(p for i in where for p in said.phrases(i))
    return SlotHistory(
        (*old.articles, article),
        old.words + len(words),
        old.own + own,
        old.others + foreign,
        old.large + large,
        old.phrases | frozenset(sorted(phrases)[:_MOST_PHRASES]),
        old.told + (len(phrases) if old.articles else 0),
        old.again + len(phrases & old.phrases),
        old.judged + judged,
    )


def _pruned(seen: dict[str, SlotHistory]) -> dict[str, SlotHistory]:
    """Within bounds: slots seen on the fewest stories go first, the oldest before the newer."""
    if len(seen) <= _MOST_SLOTS + _SLACK:
        return seen
    by_worth = sorted(seen, key=lambda name: len(seen[name].articles))
    for name in by_worth[: len(seen) - _MOST_SLOTS]:
        del seen[name]
    return seen


@remembered
def words_of(text: str) -> frozenset[int]:
    """The words of a text that may tell one story from another, as numbers; pairs of signs where a
    script sets no spaces."""
    plain = fold(text).casefold()
    words = {
        w[:_STEM]
        for w in _WORD.findall(_SIGNS.sub(" ", plain))
        if len(w) >= _LEAST or not w.isascii()
    }
    signs = {run[i : i + 2] for run in _SIGNS.findall(plain) for i in range(len(run) - 1)}
    return frozenset(zlib.crc32(w.encode("utf-8", "replace")) & 0xFFFFFF for w in words | signs)


@remembered
def phrases_of(text: str) -> frozenset[int]:
    """Every three words in a row of a text, as numbers; the whole of a shorter one."""
    words = _WORD.findall(fold(text).casefold())
    rows = [words[i : i + 3] for i in range(max(1, len(words) - 2))]
    return frozenset(zlib.crc32(" ".join(r).encode("utf-8", "replace")) & 0xFFFFFF for r in rows)
