"""A text cut into sentences, paragraph by paragraph.

Rules of our own over the lists in :mod:`variorum.text.abbreviations`. One regular expression finds
the marks that may end a sentence; for each, the word before and the word after decide. Every
regular expression here is linear in the text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from variorum.model.span import Sentence, Span
from variorum.text.abbreviations import AFTER_HOUR, AFTER_ORDINAL, BRANDS, Words, words_of
from variorum.text.languages import base_language, guess_language

#: Name and version of the rules, for what is stored with texts they cut.
SPLITTER = "variorum-sentences/1"

_BREAK = re.compile(r"(\n[^\S\n]*\n\s*)")
_CLOSERS = r"""["'”’“‘»›)\]}」』）】〉》*_]"""
_MARK_PATTERN = (
    # begins with the signs alone, which the engine looks for quickly; possessive, and only at the
    # start of a run of them: linear whatever comes
    r"[.!?…؟۔।。！？｡．](?:"
    r"(?<=[.!?…؟۔।])(?<![.!?…؟۔।].)[.!?…؟۔।]*+(?:[ \u00a0]\.(?=\s|\Z))*+"
    rf"(?:[\u00a0\u202f ]?»)?{_CLOSERS}*+(?:\[\d{{1,3}}\])*+(?=(\s+)|\Z)"
    rf"|(?<=[。！？｡．])[。！？｡．]*+{_CLOSERS}*+"
    r"|(?<=[a-zà-ÿ]{3}[.!?])(?=[A-ZÀ-Þ][a-zà-ÿ]{1,30}[ ,])"
    r"|(?<=[.!?])[”’](?=[A-ZÀ-Þ“‘]))"
)
_MARK = re.compile(_MARK_PATTERN)
_BULLET = re.compile("[•▪●‣◦■]")
_MARK_OR_BULLET = re.compile(rf"{_MARK_PATTERN}|(?=\s[•▪●‣◦■]\s)")
_DASHES = "—–-"
_SPACED = "—–-*….«"
_OPENERS = "\"'“‘«‹„‚([{¿¡—–-*_「『（【…."
#: Signs that may open a sentence before its first letter.
_MOST_OPENERS = 12
#: What is left of a paragraph is no sentence if it is this short and has no letter.
_STUMP = 4
_NEXT_WORD = re.compile(r"\w+")
_INITIALS = re.compile(r"(?:\w\.-?)+\w\Z")
_SPEECH = re.compile(
    r"(?:[A-ZÀ-Þ]\S{0,30}\s){1,4}(?:says?|said|asks?|asked|adds?|added|told|tells|shouts?|shouted|yelled"
    r"|cried|wrote|tweeted|replied|demanded|exclaimed|wondered)\b"
)
_LINE_START = re.compile(
    r"\s*(?:[•▪●‣◦■*–—-]\s|\(?\d{1,3}[.)]\s|\(?[a-zA-Z][.)]\s|\d{1,2}[:.h]\d{2}\b)"
)
#: A paragraph of lines this long, the last one apart, is one wrapped by a machine.
_WRAPPED_FROM, _WRAPPED_TO = 45, 100
#: A full-width bracket is taken for closed after so many characters.
_QUOTATION = 400
#: Signs that a word before a mark does not reach over, and the most letters of it that are read.
_BEFORE_WORD = "(“\"'‘’«„[—–/"
_LONGEST_WORD = 30
#: Paragraphs up to this long are remembered: versions of a story share most of theirs.
_REMEMBERED = 4000
#: Texts up to this long are remembered whole, the last few.
_ASKED_AGAIN = 100_000


class Cuts(NamedTuple):
    """The sentences of a text in columns: where each begins, its paragraph, its text."""

    starts: Sequence[int]
    paragraphs: Sequence[int]
    texts: Sequence[str]

    def span(self, number: int) -> Span:
        """Where a sentence stands in the text."""
        start = self.starts[number]
        return start, start + len(self.texts[number])


def sentences(text: str, language: str | None = None) -> list[Sentence]:
    """The sentences of ``text`` in order; white space between them belongs to none.

    ``language`` is an ISO 639 code, with or without a region, or None (guessed). Paragraphs are
    set off by blank lines, and no sentence runs over one. A line break ends a sentence too, unless
    the lines were wrapped to one width.
    """
    code = base_language(language) or guess_language(text)
    return list(_asked_again(text, code) if len(text) <= _ASKED_AGAIN else _all(_cuts(text, code)))


def cuts(text: str, language: str | None = None) -> Cuts:
    """:func:`sentences` without their objects, which would cost as much as to find them."""
    code = base_language(language) or guess_language(text)
    return _cuts_again(text, code) if len(text) <= _ASKED_AGAIN else _cuts(text, code)


def _all(columns: Cuts) -> tuple[Sentence, ...]:
    rows = enumerate(zip(*columns, strict=True))
    return tuple(Sentence(k, start, start + len(t), number, t) for k, (start, number, t) in rows)


def _cuts(text: str, code: str | None) -> Cuts:
    starts: list[int] = []
    paragraphs: list[int] = []
    texts: list[str] = []
    number = at = 0
    parts = _BREAK.split(text)
    parts.append("")
    for paragraph, gap in zip(parts[::2], parts[1::2], strict=True):
        if paragraph:
            known = len(paragraph) <= _REMEMBERED
            found = _remembered(paragraph, code) if known else _cut(paragraph, code)
            for offset, piece in found:
                starts.append(at + offset)
                texts.append(piece)
            if found:
                paragraphs += [number] * len(found)
                number += 1
        at += len(paragraph) + len(gap)
    return Cuts(tuple(starts), tuple(paragraphs), tuple(texts))


def forget() -> None:
    """Forget the paragraphs and texts remembered, for measuring."""
    _remembered.cache_clear()
    _asked_again.cache_clear()
    _cuts_again.cache_clear()


@lru_cache(maxsize=4)
def _asked_again(text: str, code: str | None) -> tuple[Sentence, ...]:
    """The texts of the comparison at hand: each stage asks for their sentences, and they are the
    same string, so that finding them here costs nothing."""
    return _all(_cuts_again(text, code))


@lru_cache(maxsize=4)
def _cuts_again(text: str, code: str | None) -> Cuts:
    return _cuts(text, code)


@lru_cache(maxsize=2048)
def _remembered(paragraph: str, code: str | None) -> tuple[tuple[int, str], ...]:
    return _cut(paragraph, code)


def _cut(paragraph: str, code: str | None) -> tuple[tuple[int, str], ...]:
    """The sentences of one paragraph and where they begin, white space trimmed off each."""
    end = len(paragraph)
    if "\n" in paragraph:
        places: list[int] = []
        for line_start, line_end in _lines(paragraph):
            if line_start:
                places.append(line_start)
            places += _ends(paragraph, line_start, line_end, code)
    else:
        places = _ends(paragraph, 0, end, code)
    if not places and not (paragraph[0].isspace() or paragraph[-1].isspace()):
        return ((0, paragraph),)
    found: list[tuple[int, str]] = []
    for s, e in itertools.pairwise((0, *places, end)):
        piece = paragraph[s:e]
        bare = piece.strip()
        if bare:
            found.append((s + len(piece) - len(piece.lstrip()), bare))
    return tuple(found)


def _lines(paragraph: str) -> list[tuple[int, int]]:
    """The lines of a paragraph that stand for themselves; wrapped ones joined."""
    lines: list[tuple[int, int]] = []
    at = 0
    for line in paragraph.split("\n"):
        lines.append((at, at + len(line)))
        at += len(line) + 1
    lengths = [e - s for s, e in lines[:-1]]
    if len(lines) < 3 or min(lengths) < _WRAPPED_FROM or max(lengths) > _WRAPPED_TO:
        return lines
    joined = [lines[0]]
    for s, e in lines[1:]:
        if _LINE_START.match(paragraph, s, e):
            joined.append((s, e))
        else:
            joined[-1] = (joined[-1][0], e)
    return joined


def _ends(text: str, start: int, end: int, code: str | None) -> list[int]:
    """Where sentences end in ``text[start:end]``, its own end left out."""
    words = words_of(code)
    cuts: list[int] = []
    begin = start
    bullets = not text.isascii() and _BULLET.search(text, start, end)
    for mark in (_MARK_OR_BULLET if bullets else _MARK).finditer(text, start, end):
        found = mark.group()
        after = mark.end(mark.lastindex or 0)
        if (after >= end and found) or mark.start() == begin:
            continue
        if _is_end(text, begin, mark, after, end, words, code):
            begin = after if found else mark.start()
            cuts.append(begin)
    return cuts


def _is_end(
    text: str, begin: int, mark: re.Match[str], after: int, end: int, words: Words, code: str | None
) -> bool:
    found = mark.group()
    if not found:
        return True  # a bullet
    if found == "." and text[after].isalpha():  # as most are
        if text[after].islower():
            return _odd_capital(text, after)
        return _is_stop(text, begin, mark.start(), after, words, code, dashed=False)
    sign = found[0]
    if sign in "。！？｡．":
        return _is_wide_end(text, begin, mark.end(), found)
    at = _first_letter(text, after, end)
    follow = text[at]
    if follow.islower():
        return _odd_capital(text, at)
    if end - after <= _STUMP and not _NEXT_WORD.search(text, after, end):
        return False
    if sign == "." and found.count(".") == 1:
        dashed = text[after] in _DASHES
        if at > after and not dashed and len(found) > 1:
            return True
        return _is_stop(text, begin, mark.start(), at, words, code, dashed=dashed)
    return _is_loud_end(text, begin, mark.start(), found, at, words)


def _first_letter(text: str, at: int, end: int) -> int:
    """The first letter or figure from ``at`` on, past opening marks, dashes and ellipses."""
    stop = min(end - 1, at + _MOST_OPENERS)
    while at < stop and text[at] in _OPENERS:
        at += 1
        if text[at - 1] in _SPACED:
            while at < stop and text[at].isspace():
                at += 1
    return at


def _odd_capital(text: str, at: int) -> bool:
    """Whether a lower-case letter begins a name like *iPhone* or *eBay*."""
    return text[at + 1 : at + 2].isupper()


def _is_wide_end(text: str, begin: int, stop: int, found: str) -> bool:
    """Full-width marks end a sentence outside brackets, and not before a quoting particle."""
    inside = text[max(begin, stop - _QUOTATION) : stop]
    if inside.count("「") + inside.count("『") > inside.count("」") + inside.count("』"):
        return False
    if inside.count("（") > inside.count("）"):
        return False
    follow = text[stop]
    return not (found[-1] in "」』）" and ("ぁ" <= follow <= "ゟ" or follow in "、，,"))


def _is_loud_end(text: str, begin: int, dot: int, found: str, at: int, words: Words) -> bool:
    """``!``, ``?``, an ellipsis, and the Arabic and Indic marks."""
    follow = _word_at(text, at)
    if found[0] in "…." and len(found.strip("….")) == 0:
        return not (follow == "I" or (text[dot - 1].isspace() and follow not in words.starters))
    if found[0] == "!" and _word_before(text, begin, dot) in BRANDS:
        return follow in words.starters
    closed = len(found) > 1 and found[-1] in "\"'”’»"
    return not (closed and _SPEECH.match(text, at))


def _is_stop(
    text: str, begin: int, dot: int, at: int, words: Words, code: str | None, *, dashed: bool
) -> bool:
    """Whether the full stop at ``dot`` ends a sentence, the next word beginning at ``at``.

    ``dashed``: a dash stands between, as in datelines; after an abbreviation it ends nothing.
    """
    word = _word_before(text, begin, dot)
    if dashed and (word.rsplit(".", 1)[-1] in words.known or "." in word):
        return False
    if not word:
        return dot > begin
    if word.isalpha():
        if len(word) == 1:
            return _after_initial(text, at, word, words)
        if word not in words.known:
            return True
        return _after_abbreviation(text, at, word, words)
    if word.isdigit():
        return _after_number(text, begin, dot, at, word, words, code)
    if _INITIALS.match(word):
        follow = _word_at(text, at)
        if word.lower() in ("a.m", "p.m"):
            return follow not in AFTER_HOUR and not text[at].isdigit()
        if word.islower():
            return False
        return follow in words.starters and text[at + len(follow) : at + len(follow) + 1] != "."
    tail = word.rsplit("-", 1)[-1]
    return tail not in words.known or _after_abbreviation(text, at, tail, words)


def _after_abbreviation(text: str, at: int, word: str, words: Words) -> bool:
    if text[at].isdigit():
        return word not in words.numbered and word not in words.always
    follow = _word_at(text, at)
    if word in words.ending:
        return True
    if word in words.titles:
        return word in ("St", "Sr") and follow in words.starters
    if word in words.always:
        return follow in words.starters
    return True


def _after_initial(text: str, at: int, word: str, words: Words) -> bool:
    """After one letter: a person's initial, a lettered thing (*plan B*), an abbreviation."""
    if not word.isupper():
        return False
    follow = _word_at(text, at)
    return follow in words.starters and text[at + len(follow) : at + len(follow) + 1] != "."


def _after_number(
    text: str, begin: int, dot: int, at: int, word: str, words: Words, code: str | None
) -> bool:
    """After a figure: a list's number, a German ordinal, or the end."""
    if dot - len(word) == begin and len(word) <= 3:
        return False
    follow = _word_at(text, at)
    if len(word) <= 3 and follow in AFTER_ORDINAL:
        return False
    if len(word) > 2:
        return True
    return code != "de" or follow in words.starters


def _word_at(text: str, at: int) -> str:
    found = _NEXT_WORD.match(text, at)
    return found.group() if found else ""


def _word_before(text: str, begin: int, dot: int) -> str:
    """What stands before a mark, back to white space or an opening sign."""
    before = text[max(begin, dot - _LONGEST_WORD) : dot]
    if not before or before[-1].isspace():
        return ""
    word = before.rsplit(None, 1)[-1]
    if word.isalnum():
        return word
    at = len(word)
    while at and word[at - 1] not in _BEFORE_WORD:
        at -= 1
    return word[at:]
