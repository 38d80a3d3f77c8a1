"""Who is said to have said it, compared; and a key for one speaker across articles."""

from __future__ import annotations

import re

from variorum.model import Claim, Speaker
from variorum.model.claim import ChangeKind
from variorum.stages.claims.lexicon import words as word_set
from variorum.text.typography import fold

_TITLES = word_set(
    """
    mr mrs ms miss dr prof professor sir dame lord lady sen senator rep gov governor president
    minister secretary chancellor king queen prince princess pope rev reverend father sister
    judge justice mayor captain capt colonel col general gen lieutenant lt major maj sergeant
    sgt chief superintendent inspector detective constable pc cllr councillor former ex acting
    deputy prime foreign interior home herr frau monsieur madame m mme señor señora don the
    """
)
_ANONYMOUS = re.compile(
    r"\b(?:sources?|insiders?|(?:a|one|two|three|several|some|another|the) "
    r"(?:person|people|officials?|"
    r"witness(?:es)?|relatives?|residents?|neighbou?rs?|friends?|diplomats?|employees?|workers?|"
    r"survivors?|passengers?|onlookers?|bystanders?|aides?|executives?|man|woman|victims?)|"
    r"people (?:familiar|with knowledge|briefed|close)|person (?:familiar|close)|witness(?:es)?|"
    r"anonym\w+|(?:the )?(?:person|people))\b",
    re.IGNORECASE,
)
_PRONOUN = word_set("he she they we i you it who er sie il elle ils elles él ella ellos the")
_NAME = re.compile(r"[^\W\d_][\w’'-]*")


def speaker_key(speaker: Speaker) -> str | None:
    """What one speaker is known by across articles, or None when that would be a guess.

    Conservative: a person needs a first and a last name ("ana weiss"), an organisation its name of
    more than one word or all capitals; a surname alone, a role, a group, an anonymous source, an
    artefact and a guessed resolution have no key.
    """
    if speaker.name is None or speaker.guess:
        return None
    words = _name_words(speaker.name)
    if speaker.kind == "person":
        return " ".join(words) if len(words) > 1 else None
    if speaker.kind == "organisation":
        telling = len(words) > 1 or speaker.name.removeprefix("the ").isupper()
        return " ".join(words) if words and telling else None
    return None


def _name_words(name: str) -> list[str]:
    words = [w.lower().removesuffix("'s") for w in _NAME.findall(fold(name))]
    return [w for w in words if w not in _TITLES and w != "s"]


def same_speaker(old: Speaker, new: Speaker) -> bool:
    """Whether two resolved speakers of one article are one: a name is part of the other's."""
    if old.name is None or new.name is None:
        return old.name is new.name
    mine, theirs = _name_words(old.name), _name_words(new.name)
    if not mine or not theirs:
        return mine == theirs
    return set(mine) <= set(theirs) or set(theirs) <= set(mine)


def standing(claim: Claim, text: str) -> str:
    """named | anonymous | other: how the source of a claim stands in the text.

    "the army", "aid workers" are neither: everybody knows who they are, and nobody does.
    """
    written = text[claim.source[0] : claim.source[1]] if claim.source else ""
    if claim.speaker.kind == "anonymous" or _ANONYMOUS.match(written):
        return "anonymous"
    if _has_name(claim.speaker.name or "") or _has_name(written):
        return "named"
    return "anonymous" if _ANONYMOUS.search(written) else "other"


def _has_name(written: str) -> bool:
    """Whether a capital letter stands in it besides the first word's."""
    words = _NAME.findall(written)
    return any(w[0].isupper() and w.lower() not in _TITLES | _PRONOUN for w in words[1:]) or (
        len(words) == 1 and words[0][0].isupper() and words[0].lower() not in _PRONOUN | _TITLES
    )


def speaker_change(old: Claim, new: Claim, old_text: str, new_text: str) -> ChangeKind | None:
    """named, anonymised, reattributed, or None when it is the same speaker, or nobody can say."""
    if old.source is None or new.source is None:
        return None
    was, now = old_text[slice(*old.source)], new_text[slice(*new.source)]
    if fold(was).lower() == fold(now).lower():
        return None
    before, after = standing(old, old_text), standing(new, new_text)
    if {was.lower(), now.lower()} & _PRONOUN and (before == "anonymous") != (after == "anonymous"):
        return None  # whoever "he" is, he was named or not before
    if before == "anonymous" and after == "named":
        return "named"
    if before == "named" and after == "anonymous":
        return "anonymised"
    if same_speaker(old.speaker, new.speaker) or _shares_head(was, now):
        return None
    if before == "named" and after == "other" and _just_spoke(new, old.speaker, was, new_text):
        return None
    if after == "named" and before == "other" and _just_spoke(old, new.speaker, now, old_text):
        return None
    if before == "named" and _by_role(now, old.speaker):
        return "anonymised"
    if after == "named" and _by_role(was, new.speaker):
        return "named"
    pronoun = {w.lower() for w in _NAME.findall(was)[:1] + _NAME.findall(now)[:1]} & _PRONOUN
    unresolved = old.speaker.name is None or new.speaker.name is None
    return (
        None
        if pronoun and (unresolved or old.speaker.guess or new.speaker.guess)
        else ("reattributed")
    )


_LATELY = 500  # letters before a description in which the person described spoke last
_BESIDE = 20  # letters before a name in which its verb may stand: "said Dana Holt"
_SAID = re.compile(r"\b(?:said|says|told|tells|added|adds|explained|explains)\b")


def _just_spoke(described: Claim, named: Speaker, written: str, text: str) -> bool:
    """Whether a description follows the name that is ``written`` in the other version: “…,” Dana Holt
    told reporters. According to the researcher, …", "a Lakewatch report … says the charity"."""
    if described.source is None:
        return False
    start, end = described.source
    if text[start : start + 4].lower() != "the " or _has_name(text[start:end]):
        return False
    before = text[max(0, start - _LATELY) : start]
    name = before.rfind(written.rsplit(maxsplit=1)[-1])
    if name < 0:
        return False
    head = _name_words(text[start:end])[-1:]
    if not _BODIES.isdisjoint(head):
        return True
    persons = described.speaker.kind == named.kind == "person"
    return persons and _SAID.search(before, max(0, name - _BESIDE)) is not None


# What any organisation may be called when it was named before
_BODIES = frozenset(["body", "group", "charity", "organisation", "organization", "association"])


_WHOSE = re.compile(r"\b(?:for|of|at|from|in|with|who)\b")


def _by_role(written: str, named: Speaker) -> bool:
    """Whether a source without a name is known by the role of one who is named in the other text:
    "the project leader for X"."""
    role = _name_words(named.role or "")
    head = _name_words(_WHOSE.split(written, maxsplit=1)[0])
    return bool(role) and bool(head) and head[-1] == role[-1] and set(head) <= set(role)


_ROOT = 7  # letters by which two nouns are of one root


def _shares_head(was: str, now: str) -> bool:
    """Whether the written sources share a name word or their last word: "the army", "army"."""
    mine, theirs = _name_words(was), _name_words(now)
    if not mine or not theirs:
        return mine == theirs
    shorter, longer = sorted((mine, theirs), key=len)
    if longer[: len(shorter)] == shorter and len(shorter) > 1:
        return True  # "the coffee chain" / "the coffee chain, X"
    roots = [{w[:_ROOT] for w in words if len(w) >= _ROOT} for words in (mine, theirs)]
    if was[1:].islower() and now[1:].islower() and roots[0] & roots[1]:
        return True  # "the scientists behind the research" / "the researchers"
    capitals = {w.lower() for w in _NAME.findall(was) + _NAME.findall(now) if w[0].isupper()}
    a, b = sorted((mine[-1], theirs[-1]), key=len)
    if b.startswith(a) and b[len(a) :] in ("s", "es", "n", "en"):
        return True  # "nach Angaben des Vereins" / "laut Verein"
    return a == b or bool(set(mine[1:]) & set(theirs[1:]) & capitals)
