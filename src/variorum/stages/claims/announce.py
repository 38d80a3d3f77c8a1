"""Whether the publisher said so: a notice in the new version that was not in the old one.

A notice names a change by what went or came: the figure, the day, the words. Else it describes one:
it says that somebody was misquoted, speaks of what is counted, or is about the only edit there is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from variorum.model import ClaimChange
from variorum.stages.claims.dates import find_dates
from variorum.stages.claims.figure_language import Language
from variorum.stages.claims.figures import figures_between
from variorum.stages.claims.layout import Layout
from variorum.stages.claims.lexicon import words as word_set
from variorum.stages.claims.notes import (
    Note,
    Sentence,
    new_notes,
    tells,
    topic_of,
    values,
    words_of,
)
from variorum.stages.claims.only_edit import is_only_edit
from variorum.stages.claims.same_dates import day_of
from variorum.stages.claims.speaker_words import TITLES, Names, names_of
from variorum.stages.claims.wording import squeezed, stem
from variorum.text.typography import fold

# Words of a change's sentence that a notice must share to name it by its topic alone. A guess:
# on the project's own pairs two are too few (a notice about a name shares the story's subject).
TOPIC = 4
_SPOKEN = frozenset(
    ["quote", "reworded", "negated", "hedged", "unhedged", "dropped", "reattributed", "named", "anonymised"]
)  # fmt: skip
_SHOWN = re.compile(r"“([^”]*)”")
_NUMERAL = re.compile(r"(?<![\d.,])\d+(?:[.,]\d{1,2})?(?![\d.,]*\d)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a change stands: its sentences, who says it, in which language; whether in the headline,
    and whether it is the only edit."""

    sentences: tuple[str, ...]
    names: Names
    language: Language
    headline: bool
    alone: bool

    @property
    def stems(self) -> set[str]:
        return {stem(w) for text in self.sentences for w in words_of(text) if tells(w)}


def announced(changes: Sequence[ClaimChange], laid: Layout) -> list[ClaimChange]:
    """The changes with the verdict of the notices: "names this", "other" (there is a notice, but
    about something else) or "none"."""
    notes = new_notes(laid.old, laid.new)
    if not notes:
        return [_with(change, "none") for change in changes]
    alone = is_only_edit(changes, laid)
    places = [_place(change, laid, alone) for change in changes]
    named = [any(_names(n, c, p) for n in notes) for c, p in zip(changes, places, strict=True)]
    told = {p.names for p, yes in zip(places, named, strict=True) if yes}
    # Of somebody whose words the notice gives, it does not mean the others.
    yes = [
        named[k] or any(_describes(n, c, p, p.names in told) for n in notes)
        for k, (c, p) in enumerate(zip(changes, places, strict=True))
    ]
    said = [c for c, known in zip(changes, yes, strict=True) if known]
    return [
        _with(c, "names this" if known or any(_is_echo(c, other) for other in said) else "other")
        for c, known in zip(changes, yes, strict=True)
    ]


def _is_echo(change: ClaimChange, other: ClaimChange) -> bool:
    """Whether a change is one that is announced, told of the same words in another place: a
    quotation that stands in a sub-heading too."""
    if change.kind != other.kind or not change.before or not change.after:
        return False
    now, then = squeezed(change.after), squeezed(other.after)
    return squeezed(change.before) == squeezed(other.before) and (now in then or then in now)


def _with(change: ClaimChange, verdict: str) -> ClaimChange:
    return replace(
        change, announced=verdict == "names this", details={**change.details, "notice": verdict}
    )


def _place(change: ClaimChange, laid: Layout, alone: bool) -> Place:
    before = laid.sentence_old(change.old_span) if change.old_span else ""
    after = laid.sentence_new(change.new_span) if change.new_span else ""
    span, head = change.new_span or change.old_span, laid.new.headline
    return Place(
        tuple(filter(None, (after, before))),
        names_of(change, laid.old.text, laid.new.text),
        laid.language,
        bool(head and span and span[1] <= len(head)),
        alone,
    )


# -- by what went or came ---------------------------------------------------------------------------
def _names(note: Note, change: ClaimChange, place: Place) -> bool:
    if change.kind == "figure":
        return any(
            _gives(note, written, place.language) for written in (change.before, change.after)
        )
    if change.kind in {"reattributed", "named", "anonymised"} and _gives_speaker(note, change):
        return True
    gone, come = _telling(change.before), _telling(change.after)
    if change.kind in {"quote", "reworded", "negated"} and (gone ^ come) & note.words:
        return True
    if change.kind in {"hedged", "unhedged"}:
        return bool((gone ^ come) & note.words) and _shares_topic(note, place)
    if change.kind in _SPOKEN and any(
        _lets_say(s, place.names, gone | come) for s in note.sentences
    ):
        return True
    return _shares_topic(note, place)


def _gives(note: Note, written: str, language: Language) -> bool:
    """Whether a notice gives a figure or date, in this or another shape ("£15m", "£15 million")."""
    figures = figures_between(written, 0, len(written), language)
    if figures:
        bare = {float(n.replace(",", ".")) for n in _NUMERAL.findall(written)}
        told = {v for f in figures for v in values(f)}
        return bool(told & note.figures or bare & note.bare)  # "of 14, not 12" for "14 million"
    days = {day_of(written[a:b]) for a, b, sort in find_dates(written, 0, len(written))
            if sort == "day"}  # fmt: skip
    plain = fold(written).lower()
    return bool(days & note.days) or (bool(plain) and _stands_in(plain, note.text))


def _stands_in(words: str, text: str) -> bool:
    """Whether words stand in a text, and not as a part of others: "2 May" is not in "12 May"."""
    at = text.find(words)
    while at >= 0:
        around = text[at - 1 : at] + text[at + len(words) : at + len(words) + 1]
        if not any(map(str.isalnum, around)):
            return True
        at = text.find(words, at + 1)
    return False


def _gives_speaker(note: Note, change: ClaimChange) -> bool:
    names = {
        word.lower()
        for claim in (change.old, change.new)
        if claim is not None and claim.speaker.name
        for word in claim.speaker.name.split()
        if word[0].isupper()
    }
    names |= {w for w in words_of(f"{change.before} {change.after}") if len(w) > 3}
    return bool(_uncommon(names - TITLES) & note.words)


def _lets_say(sentence: Sentence, names: Names, telling: set[str]) -> bool:
    """ "Ms Osei said there was no recession": a name, a verb of saying right behind it, and a word of
    what was changed."""
    at = names.say(sentence, who=True)
    said = () if at is None else sentence.order[at:]
    return bool({stem(w) for w in telling} & {stem(w) for w in said})


def _shares_topic(note: Note, place: Place) -> bool:
    telling = {stem(w) for w in _telling(place.sentences[0])} if place.sentences else set()
    return len((telling - place.names.stems) & note.stems) >= TOPIC


# -- by a description -------------------------------------------------------------------------------
def _describes(note: Note, change: ClaimChange, place: Place, spared: bool) -> bool:
    if change.kind == "figure" and any(_speaks_of(s, change, place) for s in note.sentences):
        return True
    if not spared and any(_says_misquoted(s, change, place.names) for s in note.sentences):
        return True
    if change.kind == "added" and any(_brings(s, place.names) for s in note.sentences):
        return True
    if place.headline and any(s.says("headline") and s.says("changed") for s in note.sentences):
        return True
    return place.alone and _is_about(note, place)


def _speaks_of(sentence: Sentence, change: ClaimChange, place: Place) -> bool:
    """ "The number of patients was wrong", "the figure for interest was changed": a sentence without
    a figure that names what is counted, or, where nothing is ("£96,000"), the topic."""
    sums, counts = sentence.says("sums"), _says_number(sentence, place.language)
    if sentence.figures or not (sums or counts):
        return False
    shown = " ".join(_SHOWN.findall(change.statement))
    if {w for w in _telling(shown) if w.isalpha()} & sentence.words:
        return True
    figures = figures_between(shown, 0, len(shown), place.language)
    counted = [f.counted for f in figures if f.counted]
    if _telling(" ".join(counted)) or not (sums or counted):
        return False  # something else is counted
    shared = place.stems & topic_of(_uncommon(set(sentence.words)))
    return len(shared) >= (_THE_SAME if counted else 1)  # people are counted everywhere


def _says_number(sentence: Sentence, language: Language) -> bool:
    return sentence.says("counts") or (language == "fr" and "nombre" in sentence.words)


def _says_misquoted(sentence: Sentence, change: ClaimChange, names: Names) -> bool:
    """ "An earlier version misquoted Ms Hesper", "the mayor's remarks have been corrected", "we
    reported wrongly what the mayor said"."""
    if change.kind not in _SPOKEN and (change.kind != "figure" or sentence.figures):
        return False
    if not names.stand_in(sentence):
        return False
    if sentence.says("misquoted"):
        return True
    words = {stem(w) for w in _telling(f"{change.before} {change.after}")}
    said = sentence.says("speech") or names.say(sentence) is not None
    return sentence.says("changed") and (said or len(words & sentence.stems) >= _THE_SAME)


# Words that a notice must share with what was changed, or with its sentence, to mean it: "the chief
# asks us to make clear that some did hear a bell".
_THE_SAME = 2


def _brings(sentence: Sentence, names: Names) -> bool:
    """ "Updated with the council's response": what somebody says came."""
    return names.stand_in(sentence) and sentence.says("reply")


_CORRECTS = frozenset(["correction", "clarification"])


def _is_about(note: Note, place: Place) -> bool:
    """Whether a notice can be about the only edit there is: it tells of a change, has no figures,
    days or quoted words of its own (they would be the edit's), is not about a name or a picture,
    and speaks of what the sentence speaks of, or of nothing at all."""
    about_a_name = place.language == "es" and "nombre" in note.words
    if about_a_name or note.says("beside") or note.figures or note.quotes or note.dates > 1:
        return False
    if note.kind not in _CORRECTS and not note.says("changed"):
        return False
    if any(s.says("passage") and s.says("changed") for s in note.sentences):
        return True  # "a sentence in this report was changed": there is but one
    return not note.topic or bool(note.topic & place.stems)


def _telling(text: str) -> set[str]:
    return _uncommon({w for w in words_of(text) if tells(w)})


def _uncommon(words: set[str]) -> set[str]:
    return words - _COMMON


_COMMON = word_set(
    """
    said say says told people year years new first last version earlier previous article story
    report corrected correction clarification updated update amended misstated incorrectly
    changed make clear add added page name percent number
    """
)
