"""Whether the publisher said so: a notice in the new version that was not in the old one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from variorum.model import ClaimChange, Document, Figure
from variorum.stages.claims.figures import find_figures
from variorum.stages.claims.lexicon import words as word_set
from variorum.stages.claims.reattribution import _TITLES as TITLES
from variorum.stages.claims.wording import carries, stem
from variorum.text.tokens import tokenize
from variorum.text.typography import fold

_NOTICE = re.compile(
    r"\W*(?:corrections?\b|clarifications?\b|corrected\b|update[d]?\b[^.!?]{0,40}:|"
    r"editor['’]s note\b|"
    r"amendment\b|erratum\b|this (?:article|story|report|page|piece|post|headline)\b[^.]{0,60}\b"
    r"(?:was|were|has been|have been|corrects|corrected|updated|amended|clarifies)|"
    r"(?:an?|in an?) (?:earlier|previous|original) version\b|the original version\b|"
    r"we (?:apologi[sz]e|are happy to|have amended|have corrected)\b|"
    r"(?:berichtigung|korrektur|anmerkung der redaktion|rectificatif|erratum|correctif|"
    r"corrección|fe de errores|rectificación)\b)",
    re.IGNORECASE,
)
# Words of a change's sentence that a notice must share to name it by its topic alone. A guess:
# on the project's own pairs two are too few (a notice about a name shares the story's subject).
TOPIC = 4
_COMMON = word_set(
    """
    said say says told people year years new first last version earlier previous article story
    report corrected correction clarification updated update amended misstated incorrectly
    changed make clear add added page name percent number
    """
)


_AMOUNTS = frozenset(["number", "numbers", "figure", "figures", "amount", "age", "sum", "digits"])


@dataclass(frozen=True, slots=True)
class Announced:
    """The new notices of a version, read once: their text, words and figures."""

    texts: tuple[str, ...]
    words: frozenset[str]
    stems: frozenset[str]
    figures: frozenset[object]

    def verdict(self, change: ClaimChange, context: str) -> str:
        """ "names this", "other" (a notice, but about something else) or "none".

        ``context`` is the sentence that the change stands in.
        """
        if not self.texts:
            return "none"
        return "names this" if self._names(change, context) else "other"

    def _names(self, change: ClaimChange, context: str) -> bool:
        if change.kind == "figure":
            told = self._figure(change.before) or self._figure(change.after)
            return told or self._what_is_counted(change)
        if change.kind in {"reattributed", "named", "anonymised"} and self._speaker(change):
            return True
        telling = _telling(change.before) ^ _telling(change.after)
        if change.kind in {"quote", "reworded", "negated"} and telling & self.words:
            return True
        if change.kind in {"hedged", "unhedged"}:
            return bool(telling & self.words) and self._topic(context)
        return self._topic(context)

    def _figure(self, written: str) -> bool:
        values = {v for f in find_figures(written) for v in _values(f)}
        if values:
            return bool(values & self.figures)
        plain = fold(written).lower()
        return bool(plain) and any(plain in text for text in self.texts)

    def _what_is_counted(self, change: ClaimChange) -> bool:
        """ "The number of patients was wrong": a notice without a figure names what it counts."""
        if self.figures or _AMOUNTS.isdisjoint(self.words):
            return False
        return bool((_telling(change.statement) - _AMOUNTS - {"became"}) & self.words)

    def _speaker(self, change: ClaimChange) -> bool:
        names = {
            word.lower()
            for claim in (change.old, change.new)
            if claim is not None and claim.speaker.name
            for word in claim.speaker.name.split()
            if word[0].isupper()
        }
        names |= {w for w in _words(f"{change.before} {change.after}") if len(w) > 3}
        return bool((names - TITLES - _COMMON) & self.words)

    def _topic(self, context: str) -> bool:
        telling = {stem(w) for w in _telling(context)}
        return len(telling & self.stems) >= TOPIC


def new_notices(old: Document, new: Document) -> Announced:
    """The notices of ``new`` that ``old`` does not have, as the extractor marked them or as
    paragraphs that read like one."""
    came = list(_notices(new, frozenset(old.paragraphs)))
    before = {fold(t).lower() for t in _notices(old, frozenset())} if came else set()
    fresh = tuple(dict.fromkeys(t for n in came if (t := fold(n).lower()) not in before))
    words = frozenset(w for text in fresh for w in _words(text))
    figures = frozenset(v for text in fresh for f in find_figures(text) for v in _values(f))
    return Announced(fresh, words, frozenset(map(stem, words)) - _COMMON, figures)


def _values(figure: Figure) -> tuple[float, ...]:
    """A figure's value; both ends of a range ("from two to three")."""
    return figure.value if isinstance(figure.value, tuple) else (figure.value,)


def is_notice(paragraph: str) -> bool:
    """Whether a paragraph reads like the publisher's own note about the text."""
    return _NOTICE.match(paragraph) is not None


def _notices(document: Document, known: frozenset[str]) -> Iterable[str]:
    """The notices of a document; paragraphs that are ``known`` need no reading."""
    yield from (n.text for n in document.notices)
    yield from (p for p in document.paragraphs if p not in known and is_notice(p))


def _words(text: str) -> list[str]:
    return [t.norm.lower().strip("'.-\"") for t in tokenize(fold(text)) if t.norm[0].isalnum()]


def _telling(text: str) -> set[str]:
    return {w for w in _words(text) if carries(w) and len(w) > 2 and w not in _COMMON}
