"""One tokenisation for all of the stage: words with class and place, sentences, paragraphs.

A shallow reading, no parse: a word's class comes from the lexicon, else from its ending and its
capital. Everything is kept in parallel lists, which cost a fraction of an object a token.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from variorum.stages.claims.lexicon import Lexicon, english, words
from variorum.stages.claims.word_facts import (
    AFTER_END,
    DOUBLE_MARKS,
    ENDS,
    MONTHS_AND_NAMES,
    NAMES_LIKE_VERBS,
    NOMINAL,
    NUMBERS_OF_HOUSES,
    TIMES_IN_TITLES,
    Words,
    class_by_ending,
    is_adverb,
)

if TYPE_CHECKING:
    from variorum.stages.claims.memory import Memory, Place

_CLOCK = re.compile(r"[0-2]?\d[:.][0-5]\d(am|pm)?")
_NOUNS = (["N"], ["M"], ["J"])
_MONTHS = words(
    "januar jänner februar märz april mai juni juli august september oktober november dezember"
)
_ARTICLES = words("the a an le la les il elle un une der die das er sie ein eine el los las una")
_TITLES = words("mr mrs ms miss dr prof president prime sir lord lady judge")
_STATES = words(
    "ill mass wash ark ore miss pa ala ind kan del fla mo ga la va md minn mont neb okla tex"
)
_BEFORE_ORDINALS = words("am im zum zur vom beim dem der den des seinem ihrem seinen ihren")
_HALVES_OF_DAY = frozenset(["am", "pm", "gmt", "bst", "et", "cet"])
# Tokens after which a sentence is cut whatever comes: the longest sentences of news run to about
# 150, lists without a full stop further; the cut bounds the work for each cue.
_LONGEST_DATELINE = 12  # tokens
_LONGEST = 300


class Reading:
    """A text read once. Token i is ``word[i]``, from ``start[i]`` of the text on; ``tag[i]`` its class:

    D determiner, S possessive, P pronoun, O object pronoun, R preposition, C and/or/but,
    U because/while, T that, W who/how, X auxiliary, A adverb, Z time word, # number, M name,
    N noun or unknown, V past form, E -ed form, B base or -s form, G -ing form,
    and marks: '"' q , . - : ( ), and a for the stop of an abbreviation. ``tags`` are the same as
    one string, to be searched. ``triggers``, ``numbers`` and ``hedges`` are the tokens at which an
    attribution, a figure and a hedge may begin, in English; ``size`` is the number of tokens;
    ``places`` are what is remembered of each paragraph, None where nothing is.
    """

    __slots__ = (
        "hedges", "lex", "low", "numbers", "para_end", "para_first", "paragraph", "places",
        "sent_end", "sent_first", "sentence", "size", "start", "tag", "tags", "text", "titles",
        "triggers", "word",
    )  # fmt: skip

    def __init__(self, text: str, memory: Memory | None = None) -> None:
        self.text = text
        self.places: list[Place] | None = None
        self.lex: Lexicon = english()
        told = Words(text) if memory is None or "\r" in text else memory.words(text)
        self.word, self.start = told.word, told.start
        self.low, self.tag = told.low, told.tag
        self.triggers, self.numbers, self.hedges = told.triggers, told.numbers, told.hedges
        self.size = len(self.word)
        self.para_first = told.paragraphs
        self.para_end = [*self.para_first[1:], self.size]
        self.paragraph = _numbered(self.para_first, self.size)
        self.sentence, self.sent_first = self._sentences(told.telling)
        self.sent_end = [*self.sent_first[1:], self.size]
        self.titles: set[int] = set()
        self._capitals(told.shapes)
        self._names_like_words(told.neighboured)
        self.tags = "".join(self.tag)

    def __len__(self) -> int:
        return self.size

    def sentence_end(self, i: int) -> int:
        """The index after the last token of token i's sentence."""
        return self.sent_end[self.sentence[i]]

    def paragraph_end(self, i: int) -> int:
        """The index after the last token of token i's paragraph."""
        return self.para_end[self.paragraph[i]]

    def titled(self, i: int) -> bool:
        """Whether token i stands in a line that gives every long word a capital."""
        return self.sentence[i] in self.titles

    def stop(self, i: int) -> int:
        """Where token i ends in the text."""
        return self.start[i] + len(self.word[i])

    def said(self, a: int, b: int) -> str:
        """The text of tokens [a, b)."""
        return self.text[self.start[a] : self.stop(b - 1)] if b > a else ""

    def spaced(self, i: int) -> bool:
        """Whether white space (or the start of the text) stands before token i."""
        return i == 0 or self.text[self.start[i] - 1].isspace()

    # -- paragraphs and sentences ----------------------------------------------------------------
    def _sentences(self, telling: list[int]) -> tuple[list[int], list[int]]:
        """``telling``: the tokens that end a sentence, or begin one without the stop before it."""
        word, n = self.word, len(self.word)
        begins = set(self.para_first)
        begins.update(filter(None, map(self._dateline_end, self.para_first)))
        last = 0
        for i in telling:
            if word[i] in ENDS:
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
        while j < n and self.word[j] in AFTER_END and not self.spaced(j):
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
        while j < n and word[j] in AFTER_END and not self.spaced(j):
            j += 1
        if j >= n or not self.spaced(j):
            return 0
        first = word[j]
        if first[0].islower() or first in ",;:)-–—":
            return 0
        if word[i] == "." and i and j == i + 1 and not self.spaced(i):
            before = self.low[i - 1]
            if len(before) < 3 and before.isdigit() and self._ordinal(i - 1, first):
                return 0
            initial = len(before) == 1 and before.isalpha() and before != "i"
            if before == "no" and not first[0].isdigit() and first[0] != "#":
                return j  # "said no. Ann Tripp", not "no. 7"
            if before in self.lex.never_end or (initial and not self._article(j)):
                return 0
            if before in _STATES and self.word[i - 1][0].islower():
                return j  # "half were ill. Research…"
            dotted = "." in before and not before[0].isdigit()  # "e.g", but not "1.15am"
            if (before in self.lex.rarely_end or dotted) and first not in self.lex.starters:
                return 0 if first not in DOUBLE_MARKS else j
        return j

    def _article(self, j: int) -> bool:
        """ "…auf X. Der Minister": an article before a small word, no name ("A. Le Goff")."""
        follows = self.word[j + 1 : j + 2]
        return self.word[j].lower() in _ARTICLES and bool(follows) and follows[0][0].islower()

    def _ordinal(self, i: int, following: str) -> bool:
        """ "Am 3. September", "im 19. Jahrhundert": German writes ordinals with a full stop."""
        return following.lower() in _MONTHS or (i > 0 and self.low[i - 1] in _BEFORE_ORDINALS)

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
        firsts, tag, low = self.sent_first, self.tag, self.low
        tags, heads = self.lex.tags, set(self.sent_first)
        amid = {low[k] for k in all_of("M", "".join(tag)) if k not in heads}
        for number, (first, stop) in enumerate(zip(firsts, self.sent_end, strict=False)):
            i = first
            while i < stop and tag[i] in '"q(-.:':
                i += 1
            sure = i < stop and low[i] not in tags and low[i] in amid  # "Lolly" says, as elsewhere
            if i < stop and tag[i] == "M" and not sure and not self._given(i):
                tag[i] = tags.get(low[i]) or (
                    "A" if is_adverb(low[i]) else class_by_ending(low[i], "M")
                )
                if tag[i] == "G" and low[i] not in tags and tag[i + 1 : i + 2] == ["M"]:
                    tag[i] = "M"  # "Downing Street"
                if tag[i] == "E" and low[i] not in tags and low[i].endswith(NAMES_LIKE_VERBS):
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
            if named and word[i] in MONTHS_AND_NAMES:
                tag[i] = "M"  # "Jan Morawski", not "in June Labour…"
        for i in places:
            if word[i] in NUMBERS_OF_HOUSES:
                self._house(i)
        for i in places:
            noun_after = low[i] == "lead" and tag[i] == "B" and tag[i + 1 : i + 2] == ["N"]
            if noun_after and tag[i - 1] in "BVDS":
                tag[i] = "J"  # "says lead author X"
            if low[i] in TIMES_IN_TITLES and word[i][0].isupper() and self._in_a_title(i):
                tag[i] = "M"  # "the Western Morning News"
            if low[i] in NOMINAL and tag[i - 1] == "D" and tag[i + 1 : i + 2] not in _NOUNS:
                tag[i] = "N"  # "the accused denies it", not "the accused man"

    def _in_a_title(self, i: int) -> bool:
        """Whether a time stands in a name: "The Sunday Times", not "the Sunday Mr X left"."""
        tag, before = self.tag, self.low[i - 1] if i else ""
        if tag[i + 1 : i + 2] != ["M"] or self.low[i + 1] in _TITLES:
            return False
        generic = self.low[i] in ("morning", "evening", "weekend")
        return before == "the" or (generic and tag[i - 1] == "M")

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


def all_of(mark: str, tags: str, start: int = 0, stop: int | None = None) -> list[int]:
    """The places of one letter in a string of classes."""
    places: list[int] = []
    stop = len(tags) if stop is None else stop
    i = tags.find(mark, start, stop)
    while i >= 0:
        places.append(i)
        i = tags.find(mark, i + 1, stop)
    return places


def _title_case(shapes: str, first: int, stop: int) -> bool:
    others = shapes.count("s", first, stop)
    if others > (stop - first) // 5:  # with more small words than that, no title
        return False
    capitals = shapes.count("C", first, stop)
    return capitals + others >= 3 and capitals >= 0.8 * (capitals + others)


def _numbered(firsts: list[int], n: int) -> list[int]:
    """For each of n tokens the number of the piece it is in; ``firsts`` begin the pieces."""
    numbers: list[int] = []
    for number, (first, stop) in enumerate(zip(firsts, [*firsts[1:], n], strict=False)):
        numbers += [number] * (stop - first)
    return numbers
