"""What single words say: their class, what may begin at them, their shape; and where in a text they
stand.

A text's words are read in one pass, or put together from stretches read before: between two blank lines
nothing that is told here depends on what stands beyond.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from operator import itemgetter
from sys import intern
from typing import NamedTuple

from variorum.stages.claims.figures import holds_number, number_starters, words_and_digits
from variorum.stages.claims.hedges import begins_hedge, hedge_starters, worth_trying
from variorum.stages.claims.lexicon import Remembered, english, words
from variorum.stages.claims.tokens import tokens

BLANK_LINE = "\n\n"

DOUBLE_MARKS = frozenset(['"', "“", "”", "„", "‟", "«", "»", "''", "``", "〝", "〞", "＂"])
_SINGLE = frozenset(["'", "‘", "’", "‚", "‛", "‹", "›"])
_MARKS = {
    **dict.fromkeys(DOUBLE_MARKS, '"'),
    **dict.fromkeys(_SINGLE, "q"),
    **dict.fromkeys(".?!…", "."),
    **dict.fromkeys(["..", "...", "....", "....."], "."),
    **dict.fromkeys(["-", "–", "—", "--", "---", "―"], "-"),
    **dict.fromkeys(":;", ":"),
    **dict.fromkeys("([{", "("),
    **dict.fromkeys(")]}", ")"),
    ",": ",",
    **dict.fromkeys("$£€¥", "#"),
    **dict.fromkeys("@#&/%+*", "N"),
}
ENDS = frozenset(".?!…") | {"...", "...."}
AFTER_END = frozenset([*DOUBLE_MARKS, *_SINGLE, ")", "]"])
_ADJECTIVE = ("ous", "ful", "ive", "ible", "able", "ical", "less", "ish")
_VERBS_LIKE_ADJECTIVES = words(
    "finish punish publish vanish establish demolish abolish cherish perish wish drive give live "
    "arrive survive receive believe leave save serve enable cable table blame bless dress press "
    "access process address possess progress express stress guess"
)
_NOUNS_LIKE_ADJECTIVES = words(
    "detective executive representative captive fugitive native relative operative initiative archive "
    "conservative objective alternative collective directive incentive motive perspective narrative "
    "locomotive constable vegetable timetable fish dish radish"
)
_NO_ADJECTIVES = _VERBS_LIKE_ADJECTIVES | _NOUNS_LIKE_ADJECTIVES
NAMES_LIKE_VERBS = ("fred", "dred", "mmed", "hmed", "amed", "gned")
_NOT_LY = frozenset(
    [
        "family",
        "reply",
        "supply",
        "ally",
        "rally",
        "assembly",
        "july",
        "italy",
        "only",
        "early",
        "likely",
    ]
)


_LOST = frozenset(
    [
        "The",
        "He",
        "She",
        "It",
        "They",
        "We",
        "But",
        "However",
        "This",
        "These",
        "Those",
        "There",
        "A",
        "An",
        "In",
    ]
)


NUMBERS_OF_HOUSES = frozenset(["10", "11"])
# Participles that stand for somebody: "the accused denies it".
NOMINAL = frozenset(["accused", "deceased", "injured", "wounded", "bereaved", "displaced"])
MONTHS_AND_NAMES = frozenset(["Jan", "Jun", "April", "May", "June", "August"])
# In the names of papers: "the Western Morning News".
TIMES_IN_TITLES = words(
    "morning evening monday tuesday wednesday thursday friday saturday sunday weekend"
)
_ENDS_OR_LOST = _LOST | ENDS

# What is sought among the tokens is written as one letter a token, so that the places of interest are
# found by one translation of a string instead of by one question a token.
_TELL, _TRIGGER, _NAMELIKE, _NUMBER, _HEDGE = 1, 2, 4, 8, 16
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef"


def _sought(word: str, low: str) -> str:
    """What seeks a word that is not of the letters a to z alone."""
    bits = _TELL if word in _ENDS_OR_LOST else 0
    if word in NUMBERS_OF_HOUSES:
        bits |= _NAMELIKE
    if low in english().triggers:
        bits |= _TRIGGER
    parts = words_and_digits(word)
    if holds_number(parts, "en"):
        bits |= _NUMBER
    if not hedge_starters("en").isdisjoint(parts) and begins_hedge("en").tell(word):
        bits |= _HEDGE
    return _LETTERS[bits]


@lru_cache(maxsize=1)
def _bits_of_words() -> dict[str, int]:
    """What seeks each word of letters."""
    told = dict.fromkeys(["lead", *NOMINAL, *TIMES_IN_TITLES], _NAMELIKE)
    for bit, listed in (
        (_TRIGGER, english().triggers),
        (_NUMBER, number_starters("en")),
        (_HEDGE, hedge_starters("en")),
    ):
        for word in listed:
            told[word] = told.get(word, 0) | bit
    return told


def _holding(bit: int) -> bytes:
    """A table that turns the letters with that bit into ones and all others into noughts."""
    letters = [letter for bits, letter in enumerate(_LETTERS) if bits & bit]
    return bytes(chr(code) in letters for code in range(256))


_TELLING, _TRIGGERS, _BY_NEIGHBOURS, _NUMBERS, _HEDGES = map(
    _holding, (_TELL, _TRIGGER, _NAMELIKE, _NUMBER, _HEDGE)
)


def _places(table: bytes, letters: bytes) -> list[int]:
    found: list[int] = []
    marked = letters.translate(table)
    at = marked.find(1)
    while at >= 0:
        found.append(at)
        at = marked.find(1, at + 1)
    return found


def _shape(word: str) -> str:
    """C and s for words of four letters or more with and without a capital."""
    if len(word) < 4 or not word[0].isalpha():
        return "."
    return "C" if word[0].isupper() else "s"


def _class_of(word: str, low: str) -> str:
    mark = _MARKS.get(word)
    if mark:
        return mark
    tags = english().tags
    known = tags.get(low)
    first = word[0]
    if first.isupper():
        if (
            known
            and known in "DSPORCUTWXZ"
            and low != "us"
            and not (known in "XZ" and low in _NAMES)
        ):
            return "N" if word.isupper() and len(word) > 1 and known not in "DP" else known
        elided = low[:2] in ("l'", "d'", "c'", "j'", "n'", "s'", "m'") and word[2:3].islower()
        return "N" if elided else "M"
    if known:
        return known
    if low[:3] in _WITH_ARTICLE and word[3:4].isupper():
        return "M"  # "Leila al-Sayed"
    if first.isdigit():
        return "#"
    if not first.isalpha():
        return "?"
    if is_adverb(low):
        return "A"
    return class_by_ending(low, "N")


_WITH_ARTICLE = ("al-", "el-", "ad-", "an-", "ar-", "as-", "at-", "az-")
_NAMES = frozenset(["may", "will", "march", "might"])


def is_adverb(low: str) -> bool:
    return len(low) > 4 and low.endswith("ly") and low not in _NOT_LY


def class_by_ending(low: str, other: str) -> str:
    if low[-1] == "d":
        past = low.endswith("ed") and (low[-3:-2] not in "eaiou" or low.endswith(_PAST))
        return "E" if past and len(low) > 4 else other
    if low[-1] == "g":
        return "G" if len(low) > 5 and low.endswith("ing") and low != "beijing" else other
    if other == "N" and low.endswith(_ADJECTIVE) and low not in _NO_ADJECTIVES:
        return "J"
    return other


_PAST = ("ied", "ued", "ayed", "oyed", "owed")


def _facts(word: str) -> tuple[str, str, str]:
    """A word, in lower case too; its class, what seeks it and its shape, a letter each."""
    low, letters = _read(word)
    # One string for all words alike: what is met again and again is at hand in the machine.
    return word, (word if word == low else low), intern(letters)


def _read(word: str) -> tuple[str, str]:
    if not (word.isascii() and word.isalpha()):
        low = word.lower().replace("’", "'")
        return low, _class_of(word, low) + _sought(word, low) + _shape(word)
    low = word.lower()
    bits = _bits_of_words().get(low, 0)
    if word == low:  # most words by far
        return low, _class_of_small(low) + _LETTERS[bits] + ("s" if len(low) > 3 else ".")
    if word in _LOST:
        bits |= _TELL
    if word in MONTHS_AND_NAMES:
        bits |= _NAMELIKE
    return low, _class_of(word, low) + _LETTERS[bits] + _shape(word)


def _class_of_small(low: str) -> str:
    """The class of a word of small letters."""
    known = english().tags.get(low)
    if known:
        return known
    return "A" if is_adverb(low) else class_by_ending(low, "N")


_FACTS = Remembered(_facts)
_WORD, _LOW, _THREE_LETTERS = map(itemgetter, range(3))


class Words:
    """The words of a text, in parallel lists (see ``Reading``), and which of them are of interest:
    ``paragraphs`` begin one, ``telling`` end a sentence or begin one whose stop was lost,
    ``neighboured`` are names or not by what stands beside them. ``shapes`` has a letter a word.
    """

    __slots__ = (
        "hedges", "low", "neighboured", "numbers", "paragraphs", "shapes", "start", "tag",
        "telling", "triggers", "word",
    )  # fmt: skip

    def __init__(self, text: str) -> None:
        words, self.start = tokens(text, 0, len(text))
        facts = list(map(_FACTS.__getitem__, words))
        self.word: list[str] = list(map(_WORD, facts))
        self.low: list[str] = list(map(_LOW, facts))
        letters = "".join(map(_THREE_LETTERS, facts))
        self.tag: list[str] = list(letters[::3])
        sought = letters[1::3].encode()
        self.shapes = letters[2::3]
        self.paragraphs = _paragraphs(text, self.word, self.start)
        self.telling = _places(_TELLING, sought)
        self.neighboured = _places(_BY_NEIGHBOURS, sought)
        self.triggers = _places(_TRIGGERS, sought)
        self.numbers = _places(_NUMBERS, sought)
        self.hedges = worth_trying(self.low, _places(_HEDGES, sought))

    def copy(self) -> Words:
        """These words, whose classes may then be changed."""
        other = Words.__new__(Words)
        for name in Words.__slots__:
            setattr(other, name, getattr(self, name))
        other.tag = list(self.tag)
        return other


class Stretch(NamedTuple):
    """The words [first, stop) of a text, to stand so many characters further on in another."""

    words: Words
    first: int
    stop: int
    shift: int


def joined(stretches: Iterable[Stretch]) -> Words:
    """The words of a text that is made of stretches of others, with blank lines between."""
    whole = Words("")
    shapes: list[str] = []
    ends: list[int] = []
    for told, a, b, shift in stretches:
        by = len(whole.word) - a
        whole.word += told.word[a:b]
        whole.low += told.low[a:b]
        whole.tag += told.tag[a:b]
        whole.start += [at + shift for at in told.start[a:b]]
        shapes.append(told.shapes[a:b])
        whole.paragraphs += _moved(told.paragraphs, a, b, by)
        whole.telling += _moved(told.telling, a, b, by)
        whole.neighboured += _moved(told.neighboured, a, b, by)
        whole.triggers += _moved(told.triggers, a, b, by)
        whole.numbers += _moved(told.numbers, a, b, by)
        whole.hedges += _moved(told.hedges, a, b - 1, by)
        if b > a and _begins_hedge(told.word[b - 1]):
            ends.append(by + b - 1)
    whole.shapes = "".join(shapes)
    if ends:  # a hedge that may begin there goes on with the word beyond
        whole.hedges = sorted([*whole.hedges, *worth_trying(whole.low, ends)])
    return whole


def _moved(places: list[int], a: int, b: int, by: int) -> list[int]:
    """Those of ``places``, in order, that lie in [a, b), so many words further on."""
    return [at + by for at in places[bisect_left(places, a) : bisect_left(places, b)]]


def _begins_hedge(word: str) -> bool:
    return bool(_LETTERS.index(_FACTS[word][2][1]) & _HEDGE)


def _paragraphs(text: str, word: list[str], start: list[int]) -> list[int]:
    """The words that begin a paragraph."""
    firsts, n = [0] if word else [], len(word)
    lines = text.replace("\r", "\n") if "\r" in text else text
    at = lines.find("\n")
    while at >= 0:
        i = bisect_left(start, at)
        if i >= n:
            break
        if i > 0 and _breaks(word, i, text[at : start[i]]):
            firsts.append(i)
        at = lines.find("\n", start[i])
    return firsts


def _breaks(word: list[str], i: int, gap: str) -> bool:
    """A blank line parts paragraphs; so does a line end, unless the line was only wrapped."""
    if gap.count("\n") > 1 or gap.count("\r") > 1:
        return True
    before = word[i - 1]
    return (
        before in ENDS
        or before in AFTER_END
        or before == ":"
        or not word[i][0].isalpha()
        or word[i][0].isupper()
    )
