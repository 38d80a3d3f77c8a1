"""Questions that are not answered, and what is not given: "did not respond to written questions about",
"did not return messages seeking comment on", "would not give her surname", "gave no motive"."""

from __future__ import annotations

from variorum.stages.claims.lexicon import CueVerb, words
from variorum.stages.claims.nounphrases import right_phrase
from variorum.stages.claims.reading import Reading

_TO = frozenset(["respond", "reply"])
_ASKED = words(
    "question questions request requests inquiry inquiries enquiry enquiries email emails e-mail e-mails message "
    "messages call calls letter letters query queries text texts voicemail voicemails"
)
_SEEKING = words("seeking requesting asking inviting")
_ABOUT = words("about on over regarding concerning")
_MODIFIERS = "DSJ#EGNAV"
_LONGEST = 7  # tokens of "several of our detailed written"
_FRAMES = frozenset(["np", "wh", "refused"])
_LEMMA = "answer questions"


def unanswered(reading: Reading, i: int) -> tuple[CueVerb, int] | None:
    """The verb at i with all up to what was asked about, and where that begins."""
    verb = reading.lex.answering.get(reading.low[i])
    if verb is None:
        return None
    low, tag, stop = reading.low, reading.tag, reading.sentence_end(i)
    k = i + 1 + (verb.lemma in _TO)
    if verb.lemma in _TO and low[i + 1 : i + 2] != ["to"]:
        return None
    end = min(stop, k + _LONGEST)
    while k < end and low[k] not in _ASKED and tag[k] in _MODIFIERS:
        k += 1
    if k >= end or low[k] not in _ASKED:
        return None
    while k + 1 < end and low[k + 1] in _ASKED:
        k += 1
    asked = _asked_about(reading, k + 1, stop)
    return None if asked is None else (CueVerb(_LEMMA, verb.form, _FRAMES), asked)


def _asked_about(reading: Reading, k: int, stop: int) -> int | None:
    """Where begins what the questions whose noun ends before k were about; None where nothing tells."""
    low, tag = reading.low, reading.tag
    if low[k : k + 1] == ["from"]:
        k = right_phrase(reading, k + 1, stop)
    sought = low[k : k + 1] == ["for"] or (k < stop and low[k] in _SEEKING)
    while sought and k < stop and (low[k] in _SEEKING or tag[k] == "J" or low[k] in _SOUGHT):
        k += 1
    if k + 1 >= stop:
        return None
    if sought and (tag[k] == "W" or low[k] in ("whether", "if")):
        return k
    aired = low[k : k + 3] == ["on", "the", "record"]
    return k + 1 if low[k] in _ABOUT and not aired else None


_SOUGHT = words("for comment further more a response clarification any")


_INFORMATION = words(
    "name names surname surnames age ages date dates motive motives reason reasons detail details figure figures "
    "number numbers timeline timetable timeframe explanation explanations breakdown estimate estimates cause "
    "identity identities nationality nationalities price prices deadline evidence indication proof answer answers "
    "information specifics justification comment rationale location sum amount"
)
_MORE = words(
    "further immediate other specific exact precise full first last official real clear additional"
)


def informs(reading: Reading, end: int) -> bool:
    """Whether what is or is not given at token ``end`` is information: "surname", "further details"."""
    low, k = reading.low, end
    while k < reading.size and (low[k] in _MORE or reading.tag[k] == "J"):
        k += 1
    after = low[k + 1 : k + 2]
    return low[k : k + 1] != [] and low[k] in _INFORMATION and after not in (["is"], ["was"])
