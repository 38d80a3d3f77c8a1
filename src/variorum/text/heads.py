"""Which words a pattern cannot do without, read from its source.

A table of phrases is an alternation, each alternative with words of its own. A word is known by its
head, its first five letters; a text in which no head of a pattern stands need not be searched for it.
Where the source says too little (an alternative without a word) there is no answer, and every text is
searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

_HEAD = 5  # letters
_WORD, _SIGN = re.compile(r"\w+"), re.compile(r"[^\w\s]")
_BARE = "".join(c if c.isalnum() or c == "_" else " " for c in map(chr, range(128)))
# Signs of scripts that set no spaces or join their words: Hebrew and Arabic, Thai, Han, kana, Hangul.
_WIDE = re.compile("[\u0590-\u0fff\u3000-\ud7ff\uf900-\uffff]")
# Heads that stand in every other sentence: another word of the phrase tells more.
_COMMON_WORDS = """
    a about after al als also an and are as at auf aus be been but by can con das dass de del dem den der des
    die do down e el en es est et for from had has have he her het him his how i il in into is it its just la
    le les like lo los make more most my new no nos not now nous of off on one or our out over para per por
    pour said see she show sich sie sind so some such sur take than that the their them there these they this
    those three time to try two u un una und up us use van von vous was way we well were what when which who
    will with would y years you your
"""
_FREQUENT_WORDS = """
    acces alrea artic avail becom chang conte conti every exper first follo free full get gover how infor
    inter keep king level made money next offer only other pages peopl perso play polic publi quest read
    reade reach repor repub start state still stori story suppo thank thing think under updat view video
    where while week work world
"""
_COMMON, _FREQUENT = frozenset(_COMMON_WORDS.split()), frozenset(_FREQUENT_WORDS.split())
_RUN = "\0"  # before a run of signs among heads

Needs = tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]


def heads_in(text: str) -> frozenset[str]:
    """The heads of the words of a text (in small letters)."""
    words = text.translate(_BARE).split() if text.isascii() else _WORD.findall(text)
    return frozenset([word[:_HEAD] for word in words])


def is_wide(text: str) -> bool:
    """Whether a text has signs of scripts that set no spaces or join their words."""
    return not text.isascii() and _WIDE.search(text) is not None


def heads_of(source: str) -> Needs | None:
    """Heads, other runs of signs and such of wide ones: where none of them stands, the pattern
    ``source`` (in small letters) is not found. None where that cannot be said."""
    try:
        items = _Source(source).whole()
    except (_UnclearError, IndexError):
        return None
    found, _ = _of_group(items, False)
    if found is None:
        return None
    runs = sorted(x[1:] for x in found if x.startswith(_RUN))
    heads = frozenset(x for x in found if not x.startswith(_RUN))
    return heads, tuple(x for x in runs if not is_wide(x)), tuple(filter(is_wide, runs))


class _UnclearError(Exception):
    """The source has something that is not understood here."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A part of a sequence. ``what``: "sign" (a letter or sign as it is), "edge" (``\\b``), "gap" (what
    is no letter), "maybe" (a gap or nothing), "some" (anything or nothing), "group", "perhaps" (a group
    or nothing)."""

    what: str
    sign: str = ""
    group: tuple[tuple[_Item, ...], ...] = ()


_Group = Sequence[Sequence[_Item]]
_EDGE, _GAP, _MAYBE, _SOME = _Item("edge"), _Item("gap"), _Item("maybe"), _Item("some")


def _optional(item: _Item) -> _Item:
    """A part that may be left out."""
    if item.what == "group":
        return replace(item, what="perhaps")
    return _MAYBE if item.what == "gap" else _SOME


class _Source:
    """Reads the source of a pattern into items."""

    def __init__(self, source: str) -> None:
        self.source, self.at = source, 0

    def whole(self) -> tuple[tuple[_Item, ...], ...]:
        found = self.alternatives()
        if self.at < len(self.source):
            raise _UnclearError
        return found

    def alternatives(self) -> tuple[tuple[_Item, ...], ...]:
        found: list[tuple[_Item, ...]] = []
        items: list[_Item] = []
        while self.at < len(self.source) and self.source[self.at] != ")":
            if self.source[self.at] == "|":
                self.at += 1
                found.append(tuple(items))
                items = []
                continue
            items.extend(self.repeated(self.atom()))
        return (*found, tuple(items))

    def atom(self) -> _Item | None:
        """The next part; None for one that takes no letter."""
        sign = self.source[self.at]
        self.at += 1
        if sign == "(":
            return self.group()
        if sign == "[":
            return self.signs()
        if sign == "\\":
            return self.escaped()
        if sign == "^":
            return _EDGE
        if sign == "$":
            return None
        if sign in "*+?{":
            raise _UnclearError
        return _SOME if sign == "." else _Item("sign", sign)

    def escaped(self) -> _Item | None:
        sign = self.source[self.at]
        self.at += 1
        if sign in "sW":
            return _GAP
        if sign == "b":
            return _EDGE
        if sign in "wdSD":
            return _SOME
        if sign.isalnum():
            raise _UnclearError
        return _Item("sign", sign)

    def signs(self) -> _Item:
        start = self.at
        self.at += self.source[self.at] == "^"
        self.at += self.source[self.at] == "]"
        while self.source[self.at] != "]":
            self.at += 2 if self.source[self.at] == "\\" else 1
        self.at += 1
        return _GAP if self.source[start : self.at - 1] in ("^\\w", "\\s", "\\W") else _SOME

    def group(self) -> _Item | None:
        opened = re.compile(r"\?(?::|P<\w+>|(<?[=!]))").match(self.source, self.at)
        if opened is None and self.source[self.at] == "?":
            raise _UnclearError
        self.at = opened.end() if opened else self.at
        inside = self.alternatives()
        self.at += 1
        looks = opened is not None and opened.group(1)
        return None if looks else _Item("group", group=inside)

    def repeated(self, item: _Item | None) -> Iterator[_Item]:
        """A part with what stands behind it: how often it is there."""
        often = re.compile(r"(?:([*+?])|\{(\d*)(?:,\d*)?\})[?+]?").match(self.source, self.at)
        if often is not None:
            self.at = often.end()
        if item is None:
            return
        least = often is None or often.group(1) == "+" or int(often.group(2) or 0) > 0
        if not least:
            yield _optional(item)
            return
        yield item
        if often is not None and item is not _GAP:
            yield _SOME


def _of_group(group: _Group, starts: bool) -> tuple[frozenset[str] | None, bool]:
    """What one looks for in an alternation, and whether the next letter begins a word."""
    each = [_Sequence(starts).read(items) for items in group]
    found: frozenset[str] | None = frozenset()
    for wanted, _ in each:
        found = None if wanted is None or found is None else found | wanted
    return found, all(after for _, after in each)


class _Sequence:
    """One alternative. ``word`` is what is read of the word that stands here, None amid one of which
    the beginning is not known; ``run`` are the signs as they are up to here."""

    def __init__(self, starts: bool) -> None:
        self.found: list[frozenset[str]] = []
        self.word: str | None = "" if starts else None
        self.run = ""

    def read(self, items: Sequence[_Item]) -> tuple[frozenset[str] | None, bool]:
        """The best of what each text must hold one of, None where nothing is; and whether the next
        letter begins a word."""
        for item in items:
            self.take(item)
        starts = self.word == ""
        self.end_word(False)
        self.end_run()
        return min(self.found, key=_cost, default=None), starts

    def take(self, item: _Item) -> None:
        if item.what != "sign" or is_wide(item.sign) != is_wide(self.run[-1:]):
            self.end_run()
        if item.what == "sign":
            self.run += item.sign
        if item.what == "sign" and _WORD.match(item.sign):
            self.word = None if self.word is None else self.word + item.sign
            return
        self.end_word(item.what in ("sign", "edge", "gap"))
        if item.what in ("group", "perhaps"):
            began = self.word == ""
            inner, after = _of_group(item.group, began)
            if inner is not None and item.what == "group":
                self.found.append(inner)
            self.word = "" if after and (began or item.what == "group") else None
        elif item.what == "some" or (item.what == "maybe" and self.word != ""):
            self.word = None
        else:
            self.word = ""

    def end_word(self, whole: bool) -> None:
        word = self.word
        if word and (whole or len(word) >= _HEAD):
            self.found.append(frozenset([word[:_HEAD]]))

    def end_run(self) -> None:
        run, self.run = self.run.strip(), ""
        if is_wide(run) or _SIGN.search(run) or len(run) > 2:
            self.found.append(frozenset([_RUN + run]))


def _cost(wanted: frozenset[str]) -> int:
    return sum(map(_cost_of, wanted))


def _cost_of(one: str) -> int:
    if one.startswith(_RUN):
        return _cost_of_run(one[1:])
    if one in _COMMON:
        return 100
    if one in _FREQUENT:
        return 10
    return 1 if len(one) >= _HEAD else 3


def _cost_of_run(run: str) -> int:
    if is_wide(run):
        return 1 if len(run) > 1 else 5
    return 100 if run.isalpha() and (len(run) < _HEAD or run in _COMMON) else 15
