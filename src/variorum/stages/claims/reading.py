"""One tokenisation for all of the stage: words with class and place, sentences, paragraphs.

A shallow reading, no parse: a word's class comes from the lexicon, else from its ending and its
capital. Everything is kept in parallel lists, which cost a fraction of an object a token.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import compress

from variorum.stages.claims.figures import begins_number, number_starters
from variorum.stages.claims.hedges import begins_hedge, hedge_starters, worth_trying
from variorum.stages.claims.lexicon import Lexicon, Remembered, english, words
from variorum.stages.claims.tokens import tokens

_CLOCK = re.compile(r"[0-2]?\d[:.][0-5]\d(am|pm)?")
_HALVES_OF_DAY = frozenset(["am", "pm", "gmt", "bst", "et", "cet"])
_DOUBLE = frozenset(['"', "“", "”", "„", "‟", "«", "»", "''", "``", "〝", "〞", "＂"])
_SINGLE = frozenset(["'", "‘", "’", "‚", "‛", "‹", "›"])
_MARKS = {
    **dict.fromkeys(_DOUBLE, '"'),
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
# Tokens after which a sentence is cut whatever comes: the longest sentences of news run to about
# 150, lists without a full stop further; the cut bounds the work for each cue.
_LONGEST_DATELINE = 12  # tokens
_LONGEST = 300
_ENDS = frozenset(".?!…") | {"...", "...."}
_AFTER_END = frozenset([*_DOUBLE, *_SINGLE, ")", "]"])
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
_NAMES_LIKE_VERBS = ("fred", "dred", "mmed", "hmed", "amed", "gned")
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


class Reading:
    """A text read once. Token i is ``text[start[i]:end[i]]``; ``tag[i]`` its class:

    D determiner, S possessive, P pronoun, O object pronoun, R preposition, C and/or/but,
    U because/while, T that, W who/how, X auxiliary, A adverb, Z time word, # number, M name,
    N noun or unknown, V past form, E -ed form, B base or -s form, G -ing form,
    and marks: '"' q , . - : ( ), and a for the stop of an abbreviation. ``tags`` are the same as
    one string, to be searched. ``triggers``, ``numbers`` and ``hedges`` are the tokens at which an
    attribution, a figure and a hedge may begin, in English; ``size`` is the number of tokens,
    ``vocabulary`` their words in lower case.
    """

    __slots__ = (
        "end", "hedges", "lex", "low", "numbers", "para_first", "paragraph", "sent_first",
        "sentence", "size", "start", "tag", "tags", "text", "titles", "triggers", "vocabulary", "word",
    )  # fmt: skip

    def __init__(self, text: str) -> None:
        self.text = text
        self.lex: Lexicon = english()
        self.word, self.start, self.end = tokens(text, 0, len(text))
        self.size = len(self.word)
        facts = list(map(_FACTS.__getitem__, self.word))
        self.low: list[str] = [fact[0] for fact in facts]
        self.vocabulary = frozenset(self.low)
        self.tag: list[str] = [fact[1] for fact in facts]
        sought = "".join([fact[2] for fact in facts]).encode()
        self.paragraph, self.para_first = self._paragraphs()
        self.sentence, self.sent_first = self._sentences(_places(_TELLING, sought))
        self.titles: set[int] = set()
        self._capitals("".join([fact[3] for fact in facts]))
        self._names_like_words(_places(_BY_NEIGHBOURS, sought))
        self.triggers = _places(_TRIGGERS, sought)
        self.numbers = _places(_NUMBERS, sought)
        self.hedges = worth_trying(self.low, _places(_HEDGES, sought))
        self.tags = "".join(self.tag)

    def __len__(self) -> int:
        return self.size

    def sentence_end(self, i: int) -> int:
        """The index after the last token of token i's sentence."""
        number = self.sentence[i] + 1
        return self.sent_first[number] if number < len(self.sent_first) else len(self.word)

    def paragraph_end(self, i: int) -> int:
        """The index after the last token of token i's paragraph."""
        number = self.paragraph[i] + 1
        return self.para_first[number] if number < len(self.para_first) else len(self.word)

    def token_at(self, offset: int) -> int:
        """The last token that starts at or before ``offset`` (0 if none)."""
        return max(0, bisect_right(self.start, offset) - 1)

    def titled(self, i: int) -> bool:
        """Whether token i stands in a line that gives every long word a capital."""
        return self.sentence[i] in self.titles

    def said(self, a: int, b: int) -> str:
        """The text of tokens [a, b)."""
        return self.text[self.start[a] : self.end[b - 1]] if b > a else ""

    def spaced(self, i: int) -> bool:
        """Whether white space (or the start of the text) stands before token i."""
        return i == 0 or self.start[i] > self.end[i - 1]

    # -- paragraphs and sentences ----------------------------------------------------------------
    def _paragraphs(self) -> tuple[list[int], list[int]]:
        firsts, text, n = [0] if self.word else [], self.text, self.size
        lines = text.replace("\r", "\n") if "\r" in text else text
        at = lines.find("\n")
        while at >= 0:
            i = bisect_left(self.start, at)
            if i >= n:
                break
            if i > 0 and self._breaks(i, text[self.end[i - 1] : self.start[i]]):
                firsts.append(i)
            at = lines.find("\n", self.start[i])
        return _numbered(firsts, n), firsts

    def _breaks(self, i: int, gap: str) -> bool:
        """A blank line parts paragraphs; so does a line end, unless the line was only wrapped."""
        if gap.count("\n") > 1 or gap.count("\r") > 1:
            return True
        before = self.word[i - 1]
        return (
            before in _ENDS
            or before in _AFTER_END
            or before == ":"
            or not self.word[i][0].isalpha()
            or self.word[i][0].isupper()
        )

    def _sentences(self, telling: list[int]) -> tuple[list[int], list[int]]:
        """``telling``: the tokens that end a sentence, or begin one without the stop before it."""
        word, n = self.word, len(self.word)
        begins = set(self.para_first)
        begins.update(filter(None, map(self._dateline_end, self.para_first)))
        last = 0
        for i in telling:
            if word[i] in _ENDS:
                nxt = self._after_stop(i) if i + 1 < n else 0
                if nxt:
                    begins.add(nxt)
                    last = nxt
                elif word[i] == "." and self._word_follows(i, begins) and not self.spaced(i):
                    self.tag[i] = "a"
            elif i - 1 > last and i not in begins and self._lost_stop(i):
                begins.add(i)
                last = i
        firsts: list[int] = []
        for first in sorted(begins):
            while firsts and first - firsts[-1] > _LONGEST:
                firsts.append(firsts[-1] + _LONGEST)
            firsts.append(first)
        while firsts and n - firsts[-1] > _LONGEST:
            firsts.append(firsts[-1] + _LONGEST)
        return _numbered(firsts, n), firsts

    def _word_follows(self, i: int, begins: set[int]) -> bool:
        """Whether the text goes on after the stop at i in the same paragraph, marks that close
        passed over."""
        j, n = i + 1, len(self.word)
        while j < n and self.word[j] in _AFTER_END and not self.spaced(j):
            j += 1
        return j < n and j not in begins

    def _dateline_end(self, first: int) -> int:
        """The token after a dateline ("OSLO, May 3 (Wire) —") at the head of a paragraph, or 0."""
        word = self.word
        if word[first][0].isdigit():
            return self._clock_end(first)
        if not (word[first].isupper() and len(word[first]) > 2):
            return 0
        for j in range(first + 1, min(first + _LONGEST_DATELINE, len(word) - 1)):
            if self.tag[j] == "-":
                return j + 1 if self.spaced(j + 1) or len(word[j]) > 1 or word[j] in "–—" else 0
            if not (word[j][0].isupper() or word[j][0].isdigit() or word[j] in ",.()"):
                return 0
        return 0

    def _clock_end(self, first: int) -> int:
        """The token after the time that heads an entry of a live page ("10.42am Police say"), or
        0."""
        word, j = self.word, first + 1
        clock = _CLOCK.fullmatch(word[first])
        if clock is None or j >= len(word):
            return 0
        if word[j].lower() in _HALVES_OF_DAY:
            j += 1
        elif len(word[first]) < len("9.30am") - 1 and not clock.group(1):
            return 0  # "3.5 Million…"; "09.20 The minister…" is an entry
        if j < len(word) and self.tag[j] in "-:":
            j += 1
        opens = j < len(word) and (word[j][0].isupper() or self.tag[j] in '"q')
        return j if opens else 0

    def _after_stop(self, i: int) -> int:
        """The token that starts a new sentence after the stop at i, or 0."""
        word, n = self.word, len(self.word)
        j = i + 1
        while j < n and word[j] in _AFTER_END and not self.spaced(j):
            j += 1
        if j >= n or not self.spaced(j):
            return 0
        first = word[j]
        if first[0].islower() or first in ",;:)-–—":
            return 0
        if word[i] == "." and i and j == i + 1 and not self.spaced(i):
            before = self.low[i - 1]
            if before in self.lex.never_end or (
                len(before) == 1 and before.isalpha() and before != "i"
            ):
                return 0
            if (before in self.lex.rarely_end or "." in before) and first not in self.lex.starters:
                return 0 if first not in _DOUBLE else j
        return j

    def _lost_stop(self, i: int) -> bool:
        """A capitalised "The", "He"… amid a sentence: its full stop is missing in the source."""
        if i + 1 >= len(self.word) or not self.spaced(i):
            return False
        before, after = self.word[i - 1], self.word[i + 1]
        return (
            before[0].islower()
            and before.isalpha()
            and after[0].islower()
            and self.tag[i - 1] in "NEGA#"
            and self.low[i - 1] not in self.lex.cues
        )

    # -- capitals --------------------------------------------------------------------------------
    def _capitals(self, shapes: str) -> None:
        """A capital at the head of a sentence or in a title says little: ask the lexicon."""
        firsts, tag, low, word = self.sent_first, self.tag, self.low, self.word
        tags, heads = self.lex.tags, set(self.sent_first)
        amid = {low[k] for k in all_of("M", "".join(tag)) if k not in heads}
        for number, first in enumerate(firsts):
            i = first
            stop = firsts[number + 1] if number + 1 < len(firsts) else len(word)
            while i < stop and tag[i] in '"q(-.:':
                i += 1
            sure = i < stop and low[i] not in tags and low[i] in amid  # "Lolly" says, as elsewhere
            if i < stop and tag[i] == "M" and not sure and not self._given(i):
                tag[i] = tags.get(low[i]) or ("A" if _adverb(low[i]) else _by_ending(low[i], "M"))
                if tag[i] == "G" and low[i] not in tags and tag[i + 1 : i + 2] == ["M"]:
                    tag[i] = "M"  # "Downing Street"
                if tag[i] == "E" and low[i] not in tags and low[i].endswith(_NAMES_LIKE_VERBS):
                    tag[i] = "M"  # "Alfred", "Mohammed"
            if stop - first <= 40 and _title_case(shapes, first, stop):
                self.titles.add(number)
                for j in range(first, stop):
                    if tag[j] == "M" and low[j] in tags:
                        tag[j] = tags[low[j]]

    def _names_like_words(self, places: list[int]) -> None:
        """Words that are names, and numbers of houses that are, by what stands beside them."""
        tag, low, word = self.tag, self.low, self.word
        for i in places:
            named = tag[i + 1 : i + 2] == ["M"] and (i == 0 or tag[i - 1] not in "R#Z")
            if named and word[i] in _MONTHS_AND_NAMES:
                tag[i] = "M"  # "Jan Morawski", not "in June Labour…"
        for i in places:
            if word[i] in _NUMBERS_OF_HOUSES:
                self._house(i)
        for i in places:
            noun_after = low[i] == "lead" and tag[i] == "B" and tag[i + 1 : i + 2] == ["N"]
            if noun_after and tag[i - 1] in "BVDS":
                tag[i] = "J"  # "says lead author X"

    def _house(self, i: int) -> None:
        """ "No 10", "Number 11": names of who works there, not numbers."""
        k = i - 1 if i and self.word[i - 1] != "." else i - 2
        if (
            k >= 0
            and self.word[k] in ("No", "Number")
            and self.tag[i + 1 : i + 2] not in (["N"], ["M"])
        ):
            self.tag[k : i + 1] = ["M"] + ["a"] * (i - 1 - k) + ["M"]

    def _given(self, i: int) -> bool:
        """Whether the word that heads a sentence is a first name; one that is another word too
        ("Hope", "Bill") when a name follows it."""
        low = self.low[i]
        if low not in self.lex.first_names:
            return False
        return low not in self.lex.tags or self.tag[i + 1 : i + 2] == ["M"]


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


_NUMBERS_OF_HOUSES = frozenset(["10", "11"])
_MONTHS_AND_NAMES = frozenset(["Jan", "Jun", "April", "May", "June", "August"])
_ENDS_OR_LOST = _LOST | _ENDS

# What is sought among the tokens is written as one letter a token, so that the places of interest are
# found by one translation of a string instead of by one question a token.
_TELL, _TRIGGER, _NAMELIKE, _NUMBER, _HEDGE = 1, 2, 4, 8, 16
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef"


def _sought(word: str, low: str, plain: bool) -> str:
    """``plain``: of the letters a to z only, as most words are."""
    bits = _TELL if word in _ENDS_OR_LOST else 0
    if word in _MONTHS_AND_NAMES or word in _NUMBERS_OF_HOUSES:
        bits |= _NAMELIKE
    if plain:
        return _LETTERS[bits | _bits_of_words().get(low, 0)]
    if low in english().triggers:
        bits |= _TRIGGER
    if begins_number("en").tell(word):
        bits |= _NUMBER
    if begins_hedge("en").tell(word):
        bits |= _HEDGE
    return _LETTERS[bits]


@lru_cache(maxsize=1)
def _bits_of_words() -> dict[str, int]:
    """What seeks each word of letters."""
    told = {"lead": _NAMELIKE}
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
    return list(compress(range(len(letters)), letters.translate(table)))


def all_of(mark: str, tags: str, start: int = 0, stop: int | None = None) -> list[int]:
    """The places of one letter in a string of classes."""
    places: list[int] = []
    stop = len(tags) if stop is None else stop
    i = tags.find(mark, start, stop)
    while i >= 0:
        places.append(i)
        i = tags.find(mark, i + 1, stop)
    return places


def _shape(word: str) -> str:
    """C and s for words of four letters or more with and without a capital."""
    if len(word) < 4 or not word[0].isalpha():
        return "."
    return "C" if word[0].isupper() else "s"


def _title_case(shapes: str, first: int, stop: int) -> bool:
    capitals, others = shapes.count("C", first, stop), shapes.count("s", first, stop)
    if others > (stop - first) // 5:  # with more small words than that, no title
        return False
    return capitals + others >= 3 and capitals >= 0.8 * (capitals + others)


def _numbered(firsts: list[int], n: int) -> list[int]:
    """For each of n tokens the number of the piece it is in; ``firsts`` begin the pieces."""
    numbers: list[int] = []
    for number, (first, stop) in enumerate(zip(firsts, [*firsts[1:], n], strict=False)):
        numbers += [number] * (stop - first)
    return numbers


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
    if first.isdigit():
        return "#"
    if not first.isalpha():
        return "?"
    if _adverb(low):
        return "A"
    return _by_ending(low, "N")


_NAMES = frozenset(["may", "will", "march", "might"])


def _adverb(low: str) -> bool:
    return len(low) > 4 and low.endswith("ly") and low not in _NOT_LY


def _by_ending(low: str, other: str) -> str:
    if low[-1] == "d":
        past = low.endswith("ed") and (low[-3:-2] not in "eaiou" or low.endswith(_PAST))
        return "E" if past and len(low) > 4 else other
    if low[-1] == "g":
        return "G" if len(low) > 5 and low.endswith("ing") else other
    if other == "N" and low.endswith(_ADJECTIVE) and low not in _NO_ADJECTIVES:
        return "J"
    return other


_PAST = ("ied", "ued", "ayed", "oyed", "owed")


def _facts(word: str) -> tuple[str, str, str, str]:
    """A word in lower case, its class, what seeks it, and its shape."""
    plain = word.isascii() and word.isalpha()
    low = word.lower() if plain else word.lower().replace("’", "'")
    return low, _class_of(word, low), _sought(word, low, plain), _shape(word)


_FACTS = Remembered(_facts)
