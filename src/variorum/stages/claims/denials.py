"""What is denied, what is said not to have been said, and what says that something is not so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from variorum.stages.claims.hedges import hedge_lexicon
from variorum.stages.claims.lexicon import read_toml


@dataclass(frozen=True, slots=True)
class _Negation:
    cue: re.Pattern[str]
    before: re.Pattern[str]
    before_ends: tuple[str, ...]  # the last words of what ``before`` finds: a cheap first test
    opening: re.Pattern[str]
    opening_words: frozenset[str]  # the words that it begins with


@lru_cache(maxsize=1)
def _negation() -> _Negation:
    data = hedge_lexicon()["negation"]

    def any_of(phrases: list[str]) -> str:
        ordered = sorted(phrases, key=len, reverse=True)
        return "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in ordered)

    return _Negation(
        re.compile(rf"(?<!\w)(?:{any_of(data['cues'])})(?!\w)", re.IGNORECASE),
        re.compile(
            rf"(?:(?<!\w)(?:{any_of(data['before_cue'])})|n['’]t)\s+(?:\w+\s+)?\Z", re.IGNORECASE
        ),
        ("n't", "n’t", *{phrase.split()[-1].lower() for phrase in data["before_cue"]}),
        re.compile(rf"\W*(?:that\s+)?(?:{any_of(data['content_opens'])})(?!\w)", re.IGNORECASE),
        frozenset(["that", *(phrase.split()[0] for phrase in data["content_opens"])]),
    )


_NO = re.compile(
    r"\b(?:not|never|nor|ne|pas|nicht|nunca|jamás|tampoco)\b|n['’]t\b"
    r"|\bn['’](?!t\b)\w|\A(?:no|ni)\b",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(r"\s(?:\w+\s){0,2}?nicht\b(?! nur)[^.]*\Z")  # "sagte nicht, ob"
_GERMAN_GAP = 32  # letters between a cue and the clause that it does not say


@lru_cache(maxsize=4096)
def _cue_turns(words: str) -> tuple[bool, bool]:
    """Whether a cue turns its content down ("denied"), and whether it is turned down itself
    ("did not say")."""
    return _negation().cue.search(words) is not None, _NO.search(words) is not None


def _turned_before(text: str, at: int) -> bool:
    """Whether the words before a cue turn it down: "never", "did not"."""
    rules, before = _negation(), text[max(0, at - 24) : at]
    ends, words = rules.before_ends, before.lower().rsplit(None, 2)[-2:]
    if not words or not (words[-1].endswith(ends) or words[0].endswith(ends)):
        return False
    return rules.before.search(before) is not None


def _turned_after(text: str, at: int, content: tuple[int, int]) -> bool:
    """Whether a German "nicht" stands behind its verb: "sagte nicht, ob er geht", "bestätigte das
    | nicht"; not "sagte, er gehe nicht"."""
    if not at < content[0] <= at + _GERMAN_GAP:
        return False
    gap = text[at : content[0]]
    if "," in gap:
        return "nicht" in gap and _NOT_AFTER.match(gap) is not None
    short = content[1] - content[0] <= _GERMAN_GAP and gap.isspace()
    return short and text.endswith(" nicht", *content) and "," not in text[slice(*content)]


def is_negated(text: str, cue: tuple[int, int] | None, content: tuple[int, int]) -> bool:
    """Whether a statement turns its content down, or says that something is not so.

    By its cue ("denied", "did not say"), or by the opening of its content ("no evidence that …").
    Two negatives make none ("did not deny").
    """
    if cue is None:
        return _opens_negated(text, content)
    turned, inside = _cue_turns(text[cue[0] : cue[1]])
    denied = inside or _turned_before(text, cue[0]) or _turned_after(text, cue[1], content)
    return (turned != denied) or (not turned and _opens_negated(text, content))


def negation(text: str, cue: tuple[int, int] | None, lemma: str) -> str:
    """What kind of no a negated statement is: "denied" (its cue turns it down), "not said" (the
    source is said not to have said it), or "says that it is not so" (by its own words)."""
    if cue is None:
        return "says that it is not so"
    said = text[max(0, cue[0] - len("short of ")) : cue[1]].lower()
    if lemma in _idioms("silent"):
        return "not said"
    if lemma in _idioms("denial", "answer"):
        return "denied"
    if lemma == WITHHELD or _REFUSED.search(said) or _turned_before(text, cue[0]):
        return "not said"
    return "denied" if _cue_turns(said)[0] else "says that it is not so"


_REFUSED = re.compile(
    r"\b(?:not|never|no|neither|nor|yet to|cannot|unable|unwilling|failed|refus\w+|declin\w+|short of)\b"
    r"|n['’]t\b"
)
WITHHELD = "refusal"  # the lemma of what other languages say that somebody does not tell


@lru_cache(maxsize=4)
def _idioms(*marks: str) -> frozenset[str]:
    """Set phrases with one of the marks: those that turn down what follows ("pour cold water on"), or are
    silent on it ("dodge")."""
    idioms = read_toml("cues_en.toml")["idioms"].items()
    return frozenset(i for i, frames in idioms if set(marks) & set(frames.split()))


def _opens_negated(text: str, content: tuple[int, int]) -> bool:
    rules = _negation()
    first = _FIRST_WORD.match(text, *content)
    if first is None or first.group(1).lower() not in rules.opening_words:
        return False
    return rules.opening.match(text, *content) is not None


_FIRST_WORD = re.compile(r"\W*+(\w++)")
