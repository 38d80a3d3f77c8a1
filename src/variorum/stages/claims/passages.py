"""One changed passage of two versions: its words on both sides, and where they differ.

A passage is what a segment of the collation links: one or more sentences of each side. Only words
and figures are compared, in lower case and folded typography: punctuation never makes a change of
a claim. Quotation marks are looked at apart (``quoted``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, compress

from rapidfuzz.distance import Indel

from variorum.model import Hedge, Span
from variorum.stages.claims.faded import NOTHING, Faded, only_ascii, without_ligatures
from variorum.stages.claims.figure_language import Language
from variorum.stages.claims.hedges import hedges_between
from variorum.text.remember import Vocabulary
from variorum.text.tokens import normal, pieces

_SIGNS = frozenset("%$£€¥")


def _lowered(piece: str) -> str | None:
    """A word as compared; "" for a mark that does not count, None for words that a hyphen joins."""
    norm = normal(piece)
    if norm.isalpha():
        return norm.lower()
    if norm not in _SIGNS and not any(map(str.isalnum, norm)):
        return ""
    return None if "-" in norm and norm[0] not in "-+" else _bare(norm)


def _bare(norm: str) -> str:
    return norm.lower().replace("'", "").strip(".")


_LOWERED = Vocabulary(_lowered)


@dataclass(slots=True)
class Side:
    """The words of one side: ``start[k]``, ``end[k]`` into ``text``, ``word[k]`` as compared.

    ``fresh[k]``: the word has no equal on the other side. ``used[k]``: a change that has been
    reported already accounts for it. ``twin[k]``: the equal word's number on the other side, or -1.
    """

    text: str
    ranges: tuple[Span, ...]
    language: Language
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    word: list[str] = field(default_factory=list)
    fresh: list[bool] = field(default_factory=list)
    used: list[bool] = field(default_factory=list)
    twin: list[int] = field(default_factory=list)
    _hedges: list[Hedge] | None = None

    @property
    def hedges(self) -> list[Hedge]:
        """The hedges of this side, read when first asked for."""
        if self._hedges is None:
            self._hedges = [
                hedge
                for start, end in self.ranges
                for hedge in hedges_between(self.text, start, end, self.language)
            ]
        return self._hedges

    def __post_init__(self) -> None:
        starts, ends, words = self.start, self.end, self.word
        for first, last in self.ranges:
            parts = pieces(self.text[first:last])
            places = list(accumulate(map(len, parts), initial=first))
            lowered = list(map(_LOWERED.__getitem__, parts[1::2]))
            if None not in lowered:
                starts += compress(places[1:-1:2], lowered)
                ends += compress(places[2::2], lowered)
                words += filter(None, lowered)
                continue
            for start, end, low in zip(places[1:-1:2], places[2::2], lowered, strict=True):
                if low is None:
                    self._add(start, end, normal(self.text[start:end]))
                elif low:
                    self._put(start, end, low)
        self.fresh = [True] * len(self.word)
        self.used = [False] * len(self.word)
        self.twin = [-1] * len(self.word)

    def _add(self, start: int, end: int, norm: str) -> None:
        """Take a hyphenated word as its parts ("end-point" is "end point")."""
        if end - start != len(norm):
            self._put(start, end, _bare(norm))
            return
        for part in norm.split("-"):
            if part:
                self._put(start, start + len(part), _bare(part))
            start += len(part) + 1

    def _put(self, start: int, end: int, word: str) -> None:
        self.start.append(start)
        self.end.append(end)
        self.word.append(word)

    def within(self, span: Span) -> range:
        """The numbers of the words that ``span`` touches."""
        first = bisect_right(self.end, span[0])
        return range(first, max(first, bisect_left(self.start, span[1])))

    def touched(self, span: Span) -> bool:
        """Whether a word of ``span`` is new and not yet accounted for."""
        return any(self.fresh[k] and not self.used[k] for k in self.within(span))

    def use(self, words: Sequence[int] | range) -> None:
        for k in words:
            self.used[k] = True

    def quote(self, first: int, last: int) -> str:
        """The text of words ``[first, last)``, white space made plain."""
        if first >= last:
            return ""
        end = self.end[last - 1]
        written = self.text[self.start[first] : end]
        if self.text[end : end + 1] == ")" and written.count("(") > written.count(")"):
            written += ")"
        return " ".join(written.split())

    def span(self, first: int, last: int) -> Span | None:
        return (self.start[first], self.end[last - 1]) if first < last else None

    def covers(self, span: Span) -> bool:
        return any(s < span[1] and span[0] < e for s, e in self.ranges)


@dataclass(frozen=True, slots=True)
class Hunk:
    """Words ``old`` of one side in the place of words ``new`` of the other; one may be empty."""

    old: range
    new: range


@dataclass(slots=True)
class Passage:
    """Two sides and their hunks, in reading order. ``headline``: both stand in headlines; ``lost``:
    what one of the texts has lost altogether; ``in_place``: a neighbour is linked as well."""

    old: Side
    new: Side
    hunks: list[Hunk]
    headline: bool = False
    lost: Faded = NOTHING
    in_place: bool = True
    repeated: bool = False

    @property
    def astray(self) -> bool:
        """Whether nothing says that the sides belong together: a sentence that its version has more
        than once, amid other neighbours."""
        return self.repeated and not self.in_place

    def same_words(self, old: Sequence[int] | range, new: Sequence[int] | range) -> bool:
        """Whether two runs of words read alike but for white space (and ligatures that were lost)."""
        was = "".join(self.old.word[k] for k in old)
        now = "".join(self.new.word[k] for k in new)
        if was == now:
            return True
        if self.lost.letters and without_ligatures(was) & without_ligatures(now):
            return True
        return self.lost.signs and only_ascii(was) == only_ascii(now)

    @property
    def alike(self) -> float:
        """The share of words that both sides have, 0..1."""
        total = len(self.old.word) + len(self.new.word)
        return 2 * (len(self.old.twin) - self.old.twin.count(-1)) / total if total else 1.0

    def hunk_at(self, *, old: int | None = None, new: int | None = None) -> Hunk | None:
        """The hunk that holds a word of one side."""
        for hunk in self.hunks:
            if (old is not None and old in hunk.old) or (new is not None and new in hunk.new):
                return hunk
        return None

    def use_hunks(self, old: Sequence[int] | range, new: Sequence[int] | range) -> None:
        """Account for every hunk that touches these words."""
        for hunk in self.hunks:
            if any(k in hunk.old for k in old) or any(k in hunk.new for k in new):
                self.old.use(hunk.old)
                self.new.use(hunk.new)


def passage(old: Side, new: Side, headline: bool = False, lost: Faded = NOTHING) -> Passage:
    """Compare two sides word by word (the longest common sequence of words)."""
    hunks: list[Hunk] = []
    for code in Indel.opcodes(old.word, new.word):
        if code.tag == "equal":
            was, now = slice(code.src_start, code.src_end), slice(code.dest_start, code.dest_end)
            old.fresh[was] = new.fresh[now] = [False] * (was.stop - was.start)
            old.twin[was] = range(now.start, now.stop)
            new.twin[now] = range(was.start, was.stop)
        else:
            _add(hunks, code.src_start, code.src_end, code.dest_start, code.dest_end)
    both = Passage(old, new, [], headline, lost)
    both.hunks = _slid([h for h in hunks if not _spacing(h, both)], old, new)
    return both


def _spacing(hunk: Hunk, both: Passage) -> bool:
    """Whether the words differ in their white space only ("web site"/"website"); they then count
    as accounted for."""
    same = both.same_words(hunk.old, hunk.new)
    if same:
        both.old.use(hunk.old)
        both.new.use(hunk.new)
    return same


def _add(hunks: list[Hunk], a: int, b: int, c: int, d: int) -> None:
    if hunks and hunks[-1].old.stop == a and hunks[-1].new.stop == c:
        last = hunks.pop()
        a, c = last.old.start, last.new.start
    hunks.append(Hunk(range(a, b), range(c, d)))


def _slid(hunks: list[Hunk], old: Side, new: Side) -> list[Hunk]:
    """Make one hunk of two replacements with one equal function word between: the word only
    happened to stand on both sides ("at the gate" / "near the wall")."""
    out: list[Hunk] = []
    for hunk in hunks:
        gap = range(out[-1].old.stop, hunk.old.start) if out else range(0)
        if len(gap) == 1 and old.word[gap[0]] in _GLUE and _replaces(out[-1]) and _replaces(hunk):
            last, k = out.pop(), gap[0]
            j = old.twin[k]
            old.fresh[k] = new.fresh[j] = True
            old.twin[k] = new.twin[j] = -1
            hunk = Hunk(range(last.old.start, hunk.old.stop), range(last.new.start, hunk.new.stop))
        out.append(hunk)
    return out


def _replaces(hunk: Hunk) -> bool:
    return bool(hunk.old) and bool(hunk.new)


_GLUE = frozenset({"of", "the", "a", "an", "to", "and", "in"})
