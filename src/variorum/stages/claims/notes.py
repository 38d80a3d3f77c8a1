"""The publisher's own notices in a document: where they stand, which are new, and what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from variorum.model import Document, Figure, Span
from variorum.stages.claims.dates import find_dates
from variorum.stages.claims.figure_language import Language, language_in
from variorum.stages.claims.figures import figures_between
from variorum.stages.claims.lexicon import read_toml
from variorum.stages.claims.quoted import quoted_spans
from variorum.stages.claims.same_dates import day_of
from variorum.stages.claims.wording import carries, stem
from variorum.text.sentences import cuts
from variorum.text.tokens import tokenize
from variorum.text.typography import fold

_NOTICE = re.compile(
    # The label is set off: "Corrections officers were attacked" is no notice.
    r"\W*(?:(?:corrections?|clarifications?|corrected)\b(?=\s?(?:[^\w\s]|\n|\Z)|\s(?:on|at|and|to|appended)\b|\s\d)|"
    r"update[d]?\b[^.!?]{0,40}:|editor['’]s note\b|amendment\b|erratum\b|"
    r"this (?:article|story|report|page|piece|post|headline)\b[^.]{0,60}\b"
    r"(?:was|were|has been|have been|corrects|corrected|updated|amended|clarifies)|"
    r"(?:an?|in an?) (?:earlier|previous|original) version\b|the original version\b|"
    r"we (?:apologi[sz]e|are happy to|have amended|have corrected)\b|"
    r"(?:berichtigung|korrektur|anmerkung der redaktion|rectificatif|erratum|correctif|"
    r"corrección|fe de errores|rectificación)\b)",
    re.IGNORECASE,
)
_PART = 30  # letters of a paragraph that is known for a part of a notice under its label


def is_notice(paragraph: str) -> bool:
    """Whether a paragraph reads like the publisher's own note about the text."""
    return _NOTICE.match(paragraph) is not None


def notice_spans(document: Document) -> list[Span]:
    """Where the notices that the extractor found stand in the text of a document."""
    if not document.notices:
        return []
    told = [fold(n.text) for n in document.notices]
    numbers = {n.paragraph for n in document.notices}
    spans, at = [], 0
    for number, paragraph in enumerate(document.paragraphs):
        at = document.text.find(paragraph, at)
        if at < 0:
            break
        if number in numbers or _is_among(fold(paragraph), told):
            spans.append((at, at + len(paragraph)))
        at += len(paragraph)
    return spans


def _is_among(paragraph: str, notices: Iterable[str]) -> bool:
    """Whether a paragraph is a notice, or what stands under the label of one."""
    return any(
        paragraph == text or (len(paragraph) >= _PART and text.endswith(f": {paragraph}"))
        for text in notices
    )


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a notice: its words in order and as a set, the stems of those that say
    something, its figures, and whether these are all without a unit or what they count."""

    order: tuple[str, ...]
    words: frozenset[str]
    stems: frozenset[str]
    figures: frozenset[object]
    bare: bool

    def says(self, what: str) -> bool:
        """Whether a word of a list of ``lexicons/notices.toml`` stands in it."""
        return any(is_listed(what, word) for word in self.words)


@dataclass(frozen=True, slots=True)
class Note:
    """A notice that is new: its kind ("" for a paragraph that reads like one), its text in folded
    small letters, its sentences, figures and days, how many dates it has, and whether it quotes."""

    kind: str
    text: str
    sentences: tuple[Sentence, ...]
    figures: frozenset[object]
    days: frozenset[str]
    dates: int
    quotes: bool

    @property
    def bare(self) -> frozenset[object]:
        """The figures of sentences that have nothing but numbers ("14, not 12")."""
        return frozenset().union(*(s.figures for s in self.sentences if s.bare))

    @property
    def words(self) -> frozenset[str]:
        return frozenset().union(*(s.words for s in self.sentences))

    @property
    def stems(self) -> frozenset[str]:
        return frozenset().union(*(s.stems for s in self.sentences))

    def says(self, what: str) -> bool:
        return any(s.says(what) for s in self.sentences)

    @property
    def topic(self) -> frozenset[str]:
        return topic_of(self.words)


def topic_of(words: Iterable[str]) -> frozenset[str]:
    """The stems of the words that tell what a notice is about; "this article was corrected" is about
    nothing."""
    return frozenset(
        stem(w) for w in words if w.isalpha() and tells(w) and not is_listed("plain", w)
    )


def new_notes(old: Document, new: Document) -> list[Note]:
    """The notices of ``new`` that ``old`` does not have, as the extractor marked them or as
    paragraphs that read like one."""
    came = list(_notices(new, frozenset(old.paragraphs)))
    before = {fold(t).lower() for _, t in _notices(old, frozenset())} if came else set()
    fresh = {fold(t).lower(): (kind, t) for kind, t in reversed(came)}
    language = language_in(new)
    return [read(*fresh[low], language) for low in fresh if low not in before]


def _notices(document: Document, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The notices of a document with their kinds; paragraphs that are ``known`` need no reading."""
    yield from ((n.kind, n.text) for n in document.notices)
    yield from (("", p) for p in document.paragraphs if p not in known and is_notice(p))


def read(kind: str, text: str, language: Language) -> Note:
    """A notice, read in the language of its document."""
    figures = figures_between(text, 0, len(text), language)
    dates = find_dates(text, 0, len(text))
    return Note(
        kind,
        fold(text).lower(),
        tuple(_sentence(part, language) for part in cuts(text, language).texts),
        frozenset(v for f in figures for v in values(f)),
        frozenset(day_of(text[a:b]) for a, b, sort in dates if sort == "day"),
        sum(sort in _CALENDAR for _, _, sort in dates),
        bool(quoted_spans(text, 0, len(text))),
    )


_CALENDAR = frozenset(["day", "month", "year", "years"])


def _sentence(text: str, language: Language) -> Sentence:
    order = _without_label(text)
    found = figures_between(text, 0, len(text), language)
    return Sentence(
        order,
        frozenset(order),
        frozenset(stem(w) for w in order if tells(w)),
        frozenset(v for f in found for v in values(f)),
        all(f.unit is None and f.counted is None for f in found),
    )


def _without_label(text: str) -> tuple[str, ...]:
    """The words of a sentence without those before a colon that only say what it is: "Correction, 15
    March 2025:"."""
    label, colon, rest = text.partition(":")
    if colon and all(is_listed("plain", w) for w in words_of(label) if w.isalpha()):
        return tuple(words_of(rest))
    return tuple(words_of(text))


def values(figure: Figure) -> tuple[float, ...]:
    """A figure's value; both ends of a range ("from two to three")."""
    return figure.value if isinstance(figure.value, tuple) else (figure.value,)


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, folded, without "l'" before and "'s" behind."""
    words = (t.norm.lower().strip("'.-\"") for t in tokenize(fold(text)) if t.norm[0].isalnum())
    return [_bare(word) if "'" in word else word for word in words]


def _bare(word: str) -> str:
    before, _, rest = word.partition("'")
    return rest if len(rest) > _ELIDED >= len(before) else word.removesuffix("'s")


_ELIDED = 2  # letters before an apostrophe: "l'emprunt", "d'euros", "qu'elle"


def tells(word: str) -> bool:
    """Whether a word tells what something is about."""
    return carries(word) and len(word) > 2


@lru_cache(maxsize=1)
def _lists() -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    """Each list of the lexicon: whole words, and beginnings of words."""
    lists = {name: text.split() for name, text in read_toml("notices.toml").items()}
    return {
        name: (
            frozenset(w for w in words if not w.endswith("*")),
            tuple(w[:-1] for w in words if w.endswith("*")),
        )
        for name, words in lists.items()
    }


def is_listed(what: str, word: str) -> bool:
    """Whether a word is in a list of ``lexicons/notices.toml``."""
    whole, beginnings = _lists()[what]
    return word in whole or word.startswith(beginnings)
