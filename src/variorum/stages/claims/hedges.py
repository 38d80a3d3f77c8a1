"""Words that say how surely something is said to be so, and whether a statement is a denial.

Two kinds of words: hedges ("allegedly", "is believed to", "may") and approximators ("around",
"at least", "up to"), which count only beside a figure. The vocabulary is data
(``lexicons/hedges.toml``). One pattern finds every candidate; small rules then turn down the false
friends: May the month, "could" of ability, "like" that compares, "in connection with" a sport.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from variorum.model import Hedge
from variorum.stages.claims.figure_language import Language, language_of
from variorum.stages.claims.foreign_hedges import (
    is_expected,
    is_hearsay,
    is_reported,
    is_rough_number,
    is_rough_time,
)
from variorum.stages.claims.lexicon import Remembered, read_toml
from variorum.stages.claims.lexicon import words as word_set

_BE = ("is", "are", "was", "were", "be", "been", "being", "am")
_NOT_TO = r"(?:\s+not)?\s+to"
_ADVERBS = word_set("widely also now still not generally commonly only then long all both since")
_ADVERB = rf"(?:\s+(?:{'|'.join(sorted(_ADVERBS))}))?"
_NUMBER = re.compile(
    r"\s+an?\s+(?:hour|minute|day|week|fortnight|month|year|decade|century|mile|metre|meter|tonne|fifth|"
    r"sixth|eighth|tenth)\b|(?:\s+(?:the|a|an|another|otros|otras|weitere[rn]?))?\s+(?:[-+−]?[$€£¥]|(?:US|A|C|NZ)\$|\d(?![\d]*(?:st|nd|rd|th)\b)|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    r"hundred|thousand|million|billion|hundreds|thousands|millions|billions|dozen|dozens|half|"
    r"zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|hundert\w*|"
    r"tausend\w*|millionen|deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze|quinze|vingt|"
    r"trente|quarante|cinquante|soixante|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|"
    r"veinte|treinta|cuarenta|cincuenta|mille|mil|miles|milliers|centaines|cent|cien|cientos|medio|"
    r"media|une?\s+(?:douzaine|dizaine|quinzaine|vingtaine|trentaine|centaine|demi\w*|million)|"
    r"una\s+(?:docena|decena|quincena|veintena|treintena|cuarta|tercera)|un\s+(?:centenar|millar|tercio|cuarto)|"
    r"a\s+(?:dozen|hundred|thousand|third|quarter|million|half)|every|all)\b)",
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
    firsts = _phrases(language)
    words = _WORD.finditer(text, start, end)
    beginnings = [(m.start(), low) for m in words if (low := m.group().lower()) in firsts]
    return hedges_at(text, end, language, beginnings)


Beginning = tuple[int, str]  # a place of the text, and the word there that begins some hedge


def hedge_words(
    text: str, words: Sequence[str], starts: Sequence[int], language: Language
) -> list[Beginning]:
    """Where among the tokens a hedge may begin: at a word that no hyphen or apostrophe ties to
    what stands before it."""
    found: list[Beginning] = []
    inside = map(begins_hedge(language).__getitem__, words)
    for beginnings, start in zip(inside, starts, strict=True):
        for offset, low in beginnings:
            before = text[start - 1] if offset == 0 and start > 0 else " "
            if before == " " or _TIED.match(before) is None:
                found.append((start + offset, low))
    return found


def hedges_at(
    text: str, end: int, language: Language, beginnings: Iterable[Beginning]
) -> list[Hedge]:
    """:func:`hedges_between` with the :func:`hedge_words` of the stretch known."""
    found: list[Hedge] = []
    free = 0
    for at, low in beginnings:
        if at < free:
            continue
        match = _beginning(language, low).match(text, at, end)
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
_TIED = re.compile(r"[\w’'-]")


@lru_cache(maxsize=4)
def begins_hedge(language: Language) -> Remembered[tuple[Beginning, ...]]:
    """The words inside a token that begin some hedge."""
    firsts = _phrases(language)

    def test(token: str) -> tuple[Beginning, ...]:
        if token.isascii() and token.isalpha():  # most words by far
            low = token.lower()
            return ((0, low),) if low in firsts else ()
        parts = ((m.start(), m.group().lower()) for m in _WORD.finditer(token))
        return tuple((at, low) for at, low in parts if low in firsts)

    return Remembered(test)


def worth_trying(low: Sequence[str], places: Sequence[int]) -> list[int]:
    """Those of the ``places`` of beginnings, in English, after which stands a word that can go on
    with the hedge: most "the" are not "the best part of", most "is" not "is believed to"."""
    words, heads = _second_words()
    after = [*low[1:], ""]
    pairs = zip(places, map(low.__getitem__, places), map(after.__getitem__, places), strict=True)
    near = [i for i, one, two in pairs if one not in heads or two[:2] in heads[one]]
    return [i for i in near if low[i] not in words or after[i].startswith(words[low[i]])]


@lru_cache(maxsize=1)
def _second_words() -> tuple[dict[str, tuple[str, ...]], dict[str, frozenset[str]]]:
    """What the word after the first of a hedge begins with, and the first two letters of that; only of
    words that are none alone."""
    told: dict[str, tuple[str, ...]] = {}
    for first, patterns in _phrases("en").items():
        seconds = [_seconds(kind, pattern[len(first) :]) for kind, pattern in patterns]
        if all(seconds):
            told[first] = tuple({word for words in seconds for word in words})
    heads = {first: frozenset(word[:2] for word in words) for first, words in told.items()}
    return told, heads


def _seconds(kind: str, rest: str) -> tuple[str, ...]:
    """The second words of one pattern without its first; none where it may do without."""
    if kind == "believed":
        return (*_ADVERBS, *hedge_lexicon()["believed"])
    if rest.startswith(_NOT_TO):
        return ("not", "to")
    plain = re.match(r"\\s\+([a-z]+)", rest)
    return (plain.group(1),) if plain is not None else ()


# After "believed to": no verb, so that "to" is no infinitive's
_NO_VERB = (
    r"(?:the|a|an|this|that|his|her|its|their|my|our|your|some|him|them|us|me|\w+sel(?:f|ves))\b"
)


@lru_cache(maxsize=4)
def hedge_starters(language: Language) -> frozenset[str]:
    """The words that some hedge begins with."""
    return frozenset(_phrases(language))


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
        add("approx", data["other"][f"{language}_approximators"])
        add("other", data["other"][language])
        add("approx_after", data["other"].get(f"{language}_after", []))
        for kind in _FOREIGN:
            add(kind, data["other"].get(f"{language}_{kind.removeprefix('approx_')}", []))
    believed = "|".join(data["believed"])
    add("believed", list(_BE), rf"{_ADVERB}\s+(?:{believed})\s+(?:to|that)(?=\s)")
    add("thought", data["thought"], r"\s+to(?=\s+(?:be|have)\b)")
    add("thought_any", data["thought_any"], rf"\s+to(?=\s+(?!{_NO_VERB})[a-z])")
    add("seem", data["seem"], rf"{_NOT_TO}(?=\s)")
    add(
        "bare",
        data["seem_bare"],
        r"(?=\s+(?:\w+ed|\w+ing|like|as\s+(?:if|though)|un\w+|likely|that)\b)",
    )
    add("plain", data["plain"] + data["nouns"])
    add("suggest", data["suggest"])
    add("suspect", data["suspect"])
    add("possible", ["possible"])
    add("modal", data["modals"])
    add("approx_some", ["at least"], rf"(?=\s+(?:{'|'.join(data['some'])})\b)")
    add("approx_loose", data["approximator_loose"])
    add("approx_priced", ["estimated", "valued"], r"(?=\s+at\s+[$€£¥\d])")
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
    r"\s+in\s+(?:theory|principle|time|turn|fact|practice|part)\b|"
    r"\s+(?!(?:and|or|the|a|an|of|in|on|at|for|with|from|was|is|were|said)\b)[a-z]"
)


# "whatever you may have heard": granted, not doubted
_CONCEDES = re.compile(
    r"\b(?:what|who|how|which|where|when)ever\s+(?:\S+\s+){0,2}\Z", re.IGNORECASE
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
    if _CONCEDES.search(text[max(0, span[0] - 30) : span[0]]):
        return False
    return word.lower() != "could" or not _is_ability(text, span, end)


def _opens_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 4) : at].rstrip(" \u00a0\"“‘'")
    return not before or before[-1] in ".!?\n:"


_ABLE = re.compile(r"\s+(?:not\s+|n't\s+|hardly\s+|barely\s+|only\s+|even\s+)*([a-z]+)")
_NO_ONE = re.compile(
    r"(?:\b(?:nobody|no\s+one|no-one|none|so\s+(?:that\s+)?(?:he|she|they|we|I|it|people)|how|as\s+\w+\s+as\s+\w+|all\s+\w+|"
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


_TIME = (
    r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|fortnights?|months?|years?|"
    r"decades?|centuries|seasons?|matches|games?|rounds?|innings|stages|pages)"
)
_DURING = re.compile(
    rf"\s{{1,4}}(?:the\s{{1,4}})?[\w-]{{1,40}}(?:\s{{1,4}}\w{{1,40}})?[\s-]{{1,4}}{_TIME}\b"
    r"(?!\s+(?:old|ago|late)\b|-old)"
)
_AGED_THING = re.compile(r"\s+(?:an?\s+|the\s+)?[\w,]{1,40}-year-old\s+[a-z]")


@lru_cache(maxsize=1)
def lasting() -> frozenset[str]:
    """Words after which "over five months" is a bound, not the time in which something happened."""
    return frozenset(hedge_lexicon()["lasting"].split())


_LAST_WORD = re.compile(r"([A-Za-z]+)\s+\Z")


# "nearly all", "almost every"; not "takes over all tasks"
# "A person close to one of the bidders": no amount
_ONE_OF = re.compile(r"(?:\s+the)?\s+one\s+of\b", re.IGNORECASE)
# "Misled them over a £2m contract": about what; not "over a million", "over the 900"
_OF_A_SUM = re.compile(r"\s+an?\s+(?:[£$€¥]|\d)")
# "About a minute apart", "about a mile away": how far
_A_UNIT_APART = re.compile(
    r"\s+an?\s+[a-z]+\s+(?:apart|away|ago|later|earlier|after|before|from|long|wide|deep|high|tall|old)\b"
)
_NEAR_ALL = frozenset({"nearly", "almost", "virtually", "not quite", "close to"})


def _beside_number(text: str, span: tuple[int, int], end: int) -> bool:
    """An approximator counts only with a figure right after it; "over five months" is a bound only
    where a length of time is told, and "over a 200-year-old oak" is none."""
    number = _NUMBER.match(text, span[1], end)
    if number is None:
        return False
    word = text[span[0] : span[1]].lower()
    if number.group().lower().endswith((" all", " every")):
        return word in _NEAR_ALL
    if _ONE_OF.match(text, span[1], end):
        return False
    if word == "about" and _A_UNIT_APART.match(text, span[1], end):
        return True
    if word in {"over", "under"} and _OF_A_SUM.match(text, span[1], end):
        return False
    if word in {"about", "some"} and number.group().lower().split()[0] in ("a", "an"):
        return word == "about" and (_lasts(text, span[0]) or _opens_sentence(text, span[0]))
    return word not in {"over", "under"} or not is_during(text, span, end)


def is_during(text: str, span: tuple[int, int], end: int) -> bool:
    """Whether "over" (``span``) before a figure means "in the course of" or "about"."""
    if _AGED_THING.match(text, span[1], end):
        return True
    if not _DURING.match(text, span[1], end):
        return False
    return not _lasts(text, span[0]) and not _opens_sentence(text, span[0])


def _lasts(text: str, at: int) -> bool:
    """Whether the word before ``at`` tells that a length of time follows: "took", "for"."""
    word = _LAST_WORD.search(text[max(0, at - 20) : at])
    return word is not None and word.group(1).lower() in lasting()


_ABOUT_POSSIBLE = re.compile(
    r"\b(?:it|that|this)(?:\s+(?:is|was|would\s+be|may\s+be|seems|seemed|remains|remained)|['’]s)\s+(?:(?:also|still|quite|entirely|"
    r"very|always|perfectly|certainly)\s+)?\Z",
    re.IGNORECASE,
)
_POSSIBLE_TO = re.compile(r"\s+(?:to|for|only|thanks|because|by|with|without|through)\b")


def _is_possibility(text: str, span: tuple[int, int], end: int) -> bool:
    """``it is possible that …``; not ``possible to visit``, ``not possible``."""
    if _POSSIBLE_TO.match(text, span[1], end):
        return False
    return _ABOUT_POSSIBLE.search(text[max(0, span[0] - 32) : span[0]]) is not None


_SUGGESTS = re.compile(
    r"\s*(?:\Z|[.;,:!?\n”\"’])|\s+(?:that|there|it|they|he|she|the|this|these|those|some|many|most|"
    r"otherwise|so|as\s+much)\b",
    re.IGNORECASE,
)


def _is_tentative(text: str, span: tuple[int, int], end: int) -> bool:
    """``the study suggests that …``; not ``suggested meeting at noon``, ``suggested a name``."""
    return span[1] == end or _SUGGESTS.match(text, span[1], end) is not None


_SUSPECTING = re.compile(r"(?:[a-z]s|\b(?:police|who|we|they|I|people))\s+\Z")
_SUSPECTED = re.compile(r"\s+(?:that|the|an?|he|she|it|they|there|foul|arson|some)\b")


def _is_suspicion(text: str, span: tuple[int, int], end: int) -> bool:
    """``investigators suspect a ring``; not ``the suspect``."""
    if _SUSPECTED.match(text, span[1], end) is None:
        return False
    return _SUSPECTING.search(text[max(0, span[0] - 12) : span[0]]) is not None


# "a claim to trial", "rival claims to the throne": nouns
_CLAIM_NOUN = re.compile(
    r"(?:\b(?:a|an|the|his|her|its|their|my|your|our|this|that|any|no|legal|libel|rival|insurance|"
    r"asylum|benefit)\s+)\Z",
    re.IGNORECASE,
)
_TO_A_THING = re.compile(r"\s+(?:the|a|an|his|her|their|its|trial|court|\d)", re.IGNORECASE)


def _is_seeming(text: str, span: tuple[int, int], end: int) -> bool:
    if not text[span[0] : span[1]].lower().startswith("claim"):
        return True
    if _TO_A_THING.match(text, span[1], end):
        return False
    return _CLAIM_NOUN.search(text[max(0, span[0] - 14) : span[0]]) is None


_FIGURE_BEFORE = re.compile(r"(?:\d|\b(?:dozen|hundred|thousand|million|two|three|four|five|six))"
                            r"(?:\S*)(?:\s+[\w%€-]+){0,2}\s*\Z")  # fmt: skip


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


# Kinds of hedge of other languages, with what turns down their false friends
_FOREIGN: dict[str, Callable[[str, tuple[int, int], int], bool]] = {
    "hearsay": is_hearsay,
    "expected": is_expected,
    "reported": is_reported,
    "approx_rough": is_rough_number,
    "approx_clock": is_rough_time,
}

_RULES = {
    **_FOREIGN,
    "plain": _is_plain,
    "modal": _is_modal,
    "suggest": _is_tentative,
    "suspect": _is_suspicion,
    "possible": _is_possibility,
    "seem": _is_seeming,
    "approx": _beside_number,
    "approx_after": _after_number,
}


# -- denial ---------------------------------------------------------------------------------------
