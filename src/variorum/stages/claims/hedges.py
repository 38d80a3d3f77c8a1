"""Words that say how surely something is said to be so, and whether a statement is a denial.

Two kinds of words: hedges ("allegedly", "is believed to", "may") and approximators ("around",
"at least", "up to"), which count only beside a figure. The vocabulary is data
(``lexicons/hedges.toml``). One pattern finds every candidate; small rules then turn down the false
friends: May the month, "could" of ability, "like" that compares, "in connection with" a sport.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from variorum.model import Hedge
from variorum.stages.claims.figure_language import Language, language_of
from variorum.stages.claims.lexicon import read_toml

_BE = ("is", "are", "was", "were", "be", "been", "being", "am")
_ADVERB = r"(?:\s+(?:widely|also|now|still|not|generally|commonly|only|then|long|all|both|since))?"
_NUMBER = re.compile(
    r"(?:\s+(?:the|a|an))?\s+(?:[-+−]?[$€£¥]|(?:US|A|C|NZ)\$|\d|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    r"hundred|thousand|million|billion|hundreds|thousands|millions|billions|dozen|dozens|half|third|"
    r"quarter|zwei|drei|deux|trois|dos|tres|mille|mil|cent|cien|a\s+(?:dozen|hundred|thousand|third|"
    r"quarter|million|half)|every|all)\b)",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def hedge_lexicon() -> dict[str, Any]:
    """``lexicons/hedges.toml``, read once."""
    return read_toml("hedges.toml")


def find_hedges(text: str, start: int, end: int) -> list[Hedge]:
    """The words of ``text[start:end]`` that say how surely, in order; offsets into ``text``.

    No two overlap. ``Hedge.kind`` is "hedge" or "approximator".
    """
    return hedges_between(text, start, end, language_of(text))


def hedges_between(text: str, start: int, end: int, language: Language) -> list[Hedge]:
    """:func:`find_hedges` in a language that is known."""
    found: list[Hedge] = []
    firsts, free = _phrases(language), start
    for word in _WORD.finditer(text, start, end):
        low = word.group().lower()
        if low not in firsts or word.start() < free:
            continue
        match = _beginning(language, low).match(text, word.start(), end)
        if match is None:
            continue
        span, kind = match.span(), match.lastgroup or "plain"
        if not _RULES.get(kind, _always)(text, span, end):
            continue
        label = "approximator" if kind.startswith("approx") else "hedge"
        found.append(Hedge(span, text[span[0] : span[1]], label))
        free = span[1]
    return found


_WORD = re.compile(r"(?<![\w’'-])[^\W\d_]+")


@lru_cache(maxsize=4)
def _phrases(language: Language) -> dict[str, list[tuple[str, str]]]:
    """The patterns of hedges by the word that they begin with: (kind, pattern), longest first."""
    data, out = hedge_lexicon(), dict[str, list[tuple[str, str]]]()

    def add(kind: str, phrases: list[str], tail: str = "") -> None:
        for phrase in sorted(phrases, key=len, reverse=True):
            first = re.match(r"[^\W\d_]+", phrase)
            if first is not None:
                pattern = re.escape(phrase).replace(r"\ ", r"\s+") + tail
                out.setdefault(first.group(), []).append((kind, pattern))

    if language != "en":
        add("approx_plain", data["other"][f"{language}_approximators"])
        add("other", data["other"][language])
    add("plain", data["plain"] + data["nouns"])
    believed = "|".join(data["believed"])
    add("believed", list(_BE), rf"{_ADVERB}\s+(?:{believed})\s+(?:to|that)(?=\s)")
    add("thought", data["thought"], r"\s+to(?=\s+(?:be|have)\b)")
    add("seem", data["seem"], r"(?:\s+not)?\s+to(?=\s)")
    add("bare", data["seem_bare"], r"(?=\s+(?:\w+ed|\w+ing|like|as|un\w+|likely|that)\b)")
    add("modal", data["modals"])
    add("approx", data["approximator_before"])
    add("approx_after", data["approximator_after"])
    return out


@lru_cache(maxsize=1024)
def _beginning(language: Language, first: str) -> re.Pattern[str]:
    """One pattern of all hedges that begin with a word; compiled when the word is first met."""
    groups: dict[str, list[str]] = {}
    for kind, pattern in _phrases(language)[first]:
        groups.setdefault(kind, []).append(pattern)
    whole = "|".join(f"(?P<{kind}>{'|'.join(found)})" for kind, found in groups.items())
    return re.compile(rf"(?:{whole})(?!\w)", re.IGNORECASE)


def _always(text: str, span: tuple[int, int], end: int) -> bool:
    del text, span, end
    return True


_MONTH_BEFORE = re.compile(
    r"(?:\b(?:in|on|of|by|since|until|till|from|last|next|this|early|late|mid|before|after|every|to|"
    r"and|between|through|during|for)|\d(?:st|nd|rd|th)?|mid-)\s*\Z",
    re.IGNORECASE,
)
_MONTH_AFTER = re.compile(
    r"\s+\d|\s*[,.;:)]|\s+(?:and|to|or|day|bank|election|elections|this|last)\b"
)
_AFTER_MODAL = re.compile(
    r"\s+(?!(?:and|or|the|a|an|of|in|on|at|for|with|from|was|is|were|said)\b)[a-z]"
)


def _is_modal(text: str, span: tuple[int, int], end: int) -> bool:
    word = text[span[0] : span[1]]
    if word[0].isupper() and word.lower() == "may":
        if _MONTH_AFTER.match(text, span[1], end):
            return False
        before = text[max(0, span[0] - 12) : span[0]]
        if _MONTH_BEFORE.search(before) or not _opens_sentence(text, span[0]):
            return False
    if not _AFTER_MODAL.match(text, span[1], end):
        return False
    return word.lower() != "could" or not _is_ability(text, span, end)


def _opens_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 4) : at].rstrip(" \u00a0\"“‘'")
    return not before or before[-1] in ".!?\n:"


_ABLE = re.compile(r"\s+(?:not\s+|n't\s+|hardly\s+|barely\s+|only\s+|even\s+)*([a-z]+)")
_NO_ONE = re.compile(
    r"(?:\b(?:so\s+(?:that\s+)?(?:he|she|they|we|I|it|people)|how|as\s+\w+\s+as\s+\w+|all\s+\w+|"
    r"wish|if)\s*)\Z",
    re.IGNORECASE,
)
_NEGATED_COULD = re.compile(r"(?:n't|n’t|\s+not|\s+no\s+longer|\s+never)\b", re.IGNORECASE)


def _is_ability(text: str, span: tuple[int, int], end: int) -> bool:
    """Whether this "could" tells what one was able to do: denied, or of the senses, or wished."""
    if _NEGATED_COULD.match(text, span[1], end):
        return True
    verb = _ABLE.match(text, span[1], end)
    if verb is not None and verb.group(1) in hedge_lexicon()["ability_verbs"]:
        return True
    return _NO_ONE.search(text[max(0, span[0] - 24) : span[0]]) is not None


def _beside_number(text: str, span: tuple[int, int], end: int) -> bool:
    """An approximator counts only with a figure right after it."""
    return _NUMBER.match(text, span[1], end) is not None


_FIGURE_BEFORE = re.compile(r"(?:\d|\b(?:dozen|hundred|thousand|million|two|three|four|five|six))"
                            r"(?:\S*)(?:\s+[\w-]+){0,2}\s*\Z")  # fmt: skip


def _after_number(text: str, span: tuple[int, int], end: int) -> bool:
    del end
    return _FIGURE_BEFORE.search(text[max(0, span[0] - 40) : span[0]]) is not None


_SPORT_OR_TRAIN = re.compile(r"\s+(?:the\s+)?(?:rail|wifi|internet)\b", re.IGNORECASE)


def _is_plain(text: str, span: tuple[int, int], end: int) -> bool:
    """Turn down the false friends among the plain words."""
    word = text[span[0] : span[1]].lower()
    if word == "supposed":
        return not text[span[1] : span[1] + 4].lower().startswith(" to ")
    if word == "in connection with":
        return not _SPORT_OR_TRAIN.match(text, span[1], end)
    if word == "likely":
        return not text[max(0, span[0] - 4) : span[0]].lower().endswith(("un", "ly "))
    return True


_RULES = {
    "plain": _is_plain,
    "modal": _is_modal,
    "approx": _beside_number,
    "approx_after": _after_number,
}


# -- denial ---------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Negation:
    cue: re.Pattern[str]
    before: re.Pattern[str]
    opening: re.Pattern[str]


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
        re.compile(rf"\W*(?:that\s+)?(?:{any_of(data['content_opens'])})(?!\w)", re.IGNORECASE),
    )


def is_negated(text: str, cue: tuple[int, int] | None, content: tuple[int, int]) -> bool:
    """Whether a statement turns its content down, or says that something is not so.

    By its cue ("denied", "did not say"), or by the opening of its content ("no evidence that …").
    Two negatives make none ("did not deny").
    """
    rules = _negation()
    if cue is None:
        return rules.opening.match(text, *content) is not None
    words = text[cue[0] : cue[1]]
    turned = rules.cue.search(words) is not None
    inside = re.search(r"\b(?:not|never|nor)\b|n['’]t\b", words, re.IGNORECASE) is not None
    denied = inside or rules.before.search(text[max(0, cue[0] - 24) : cue[0]]) is not None
    opens = not turned and rules.opening.match(text, *content) is not None
    return (turned != denied) or opens
