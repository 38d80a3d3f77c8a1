"""Which claims take part in a comparison of versions: statements, not thoughts, wishes or rules.

A ledger also holds beliefs and intentions ("they hope to …", "you may find that …"). Whether such a
clause is read as attributed often turns on a word nearby; compared, they would be noise. Those of
the narrator ("we advise …", a publisher's own voice) and of the reader ("you") are left out too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.model import Claim, Span
from variorum.stages.claims.counted import is_plural
from variorum.stages.claims.figure_language import language_of
from variorum.stages.claims.lexicon import english
from variorum.stages.claims.lexicon import words as word_set
from variorum.stages.claims.names import is_role, name_lists
from variorum.stages.claims.quoted import quoted_spans

# Verbs whose clause is somebody's statement whatever its form
_SAYS = word_set(
    """
    say tell add claim argue insist maintain assert contend allege state declare proclaim warn
    caution admit concede acknowledge deny reiterate stress testify complain boast joke quip
    tweet accuse blame criticise criticize condemn denounce praise urge vow pledge promise
    threaten demand dismiss reject refute predict reply respond according insinuate purport
    """
)
# Verbs that also take things as objects ("confirmed cases"): a statement only with a clause
_SAYS_THAT = word_set(
    """
    confirm announce reveal report show find note explain suggest indicate conclude estimate
    disclose observe remark believe think fear rule hold write post recognise recognize
    """
)
_OWN_VOICE = re.compile(
    r"\W*(?:please|you|we|us|i|it|who|which|that|this|they who|those who|anyone)\b", re.IGNORECASE
)
# "I'll", "we've" in a copy that lost its apostrophes
_LOST_APOSTROPHE = re.compile(r"(?:I|We|You|They|He|She|It)(?:ll|ve|d|m|re)", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:he|she|they|some|many|others|most)", re.IGNORECASE)
_NAMING = re.compile(
    r"\b(?:call(?:s|ed|ing)?|name[sd]?|(?:en)?titled|dub(?:s|bed)|known|refer(?:s|red)?)\b",
    re.IGNORECASE,
)
_A_NAME = 5  # words of a name that somebody gives to something; longer ones are what they say of it
_PASSIVE = re.compile(r"(?:is|are|was|were|be|been|being)\b", re.IGNORECASE)
_READER = re.compile(r"\b(?:you|your|you[’']re|you[’']ll)\b", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:(?:if|whether|unless|should|must|can|cannot|can[’']t|may|might)\s+(?:\w+\s+){0,3}|"
    r"(?:difficult|hard|impossible|easy|able|free|required|invited|want|wants|need|needs|how|asked|"
    r"encouraged|authorisation|authorization|permission|licence|right|allowance|"
    r"opportunity|chance|way|criteria|requirements|additional)\s+(?:for\s+\w+\s+)?to\s+)\Z",
    re.IGNORECASE,
)
_CANNOT = re.compile(
    r"\b(?:can|cannot|can[’']t|requirements|criteria)\s+(?:to\s+)?(?:be\s+)?\Z", re.IGNORECASE
)
_TO_DO = re.compile(
    r"\b(?:to|can|cannot|must|be|being|should|may|in|by|of|for|when|while|before|after|without)\s+"
    r"(?:\w+\s+)?\Z",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"(?:can|could|may|might|must|should)\s+(?!not\b)|(?:\S+\s+){0,3}able\s+to\b", re.IGNORECASE
)
# Words that read like verbs of saying and are not: "a warning system", "claiming benefits",
# "admitted to hospital", "a claim to the throne", "to tell us about"
_NOUN = re.compile(
    r"claim(?:s|ed|ing)?\s+(?:for|back)\b|(?:warnings?|claims?|claiming|declaring|calls?|estimates?|reports?)\s+(?!(?:that|the|a|an|he|she|"
    r"it|they|his|her|its|their|there|this|these|no|not|on|of|for|to|people|them|us|him|all|any|some|"
    r"in)\b)[A-Za-z]|warnings?(?:,|\s+(?:has|have|had|is|are|was|were|remains?|in\s+(?:place|force))\b)|"
    r"den(?:y|ies|ied|ying)\s+(?:him|her|them|us|me|you|it|access|entry|bail|permission|treatment)\b|"
    r"found\s+(?:on|in|at|near|by|under|inside|among|within|across)\b|admitted\s+to\s+(?:the\s+|a\s+)?hospital|claims?\s+to\s+(?:the|a)\b|"
    r"condemned\s+to\b|urges?\s+to\b|sa(?:y|ys|id|ying)\s+(?:yes|no)\s+to\b|repl(?:y|ies|ied|ying)\s+to\s+(?:an?|the|his|her|their|our|this)\s+(?:\w+\s+){0,2}"
    r"(?:posts?|postings?|letters?|e-?mails?|messages?|quer(?:y|ies)|tweets?|adverts?|advertisements?|notes?|appeals?)\b|"
    r"tweet(?:s|ed|ing)?\s+(?:with|from|by|about|in)\b|(?:to\s+)?tell\s+(?:us|you|me)\b"
)
# "must carry a label to indicate that …": a purpose; "went on to confirm that" is a statement
_IN_ORDER_TO = re.compile(
    r"(?<!\bon)(?<!\bseemed)(?<!\bseems)(?<!\bappears)(?<!\bappeared)(?<!\bcontinued)(?<!\bcontinues)(?<!\bcontinue)\s+to\s+\Z"
)
_SHOWS = re.compile(r"(?:indicate|show|confirm|explain|demonstrate|prove|report|find|determine)\b")
# "were told to stay at home": those who hear it, not who says it
_WERE_TOLD = re.compile(
    r"(?:told|asked|urged|advised|ordered|instructed|encouraged|warned|invited|reminded)\s+(?:not\s+)?to\b"
)
# "the rules that would apply": a noun with a relative clause
_RELATIVE = re.compile(
    r"\s+(?:that|which)\s+(?:would|will|can|could|may|might|is|are|was|were|has|have|had|must|should)\b"
)
# "according to plan": by what measure, not by whose word
_MEASURE = re.compile(
    r"\b(?:sizes?|types?|circumstances|needs?|ages?|preferences?|abilit(?:y|ies)|height|weight|plan|"
    r"patterns?|methods?|formulas?|systems?|scales?|principles?|criteria|schedules?|doctrines?)\W*\Z|"
    r"\A(?:the\s+|their\s+|its\s+)?(?:nature|extent|degree|severity|complexity|length|number|amount|"
    r"level|kind|sort|size|type|age|location|circumstances)\s+of\b",
    re.IGNORECASE,
)
# "…, the report found." and "…, the firm announced on Monday", not "a hat found on the stairs"
_ENDS_THERE = re.compile(
    r"\s*(?:[.,;:!?”\"’)–—\n]|\Z)|\s+(?:on\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day|in\s+a\b|last\b|"
    r"this\b|today|yesterday|earlier|later|to\b|at\s+a\b)",
    re.IGNORECASE,
)
# "declared a quarantine zone" does it, "shared out according to need" tells by what measure
_PERFORMS = re.compile(r"\bdeclar(?:e|es|ed|ing)\s+an?\s", re.IGNORECASE)
_ALLOCATED = re.compile(
    r"\b(?:distributed|allocated|classified|classed|categori[sz]ed|arranged|organi[sz]ed|tuned|calculated|divided|shared\s+out|ranked|sorted|graded|paid|charged|vary|"
    r"varies|varied|differ|differs|adjusted|set|applied|used)\s+(?:[a-z]+ly\s+)?\Z",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"\W*that\b", re.IGNORECASE)
# "the states that it goes through can be found here": where to look
_IS_THERE = re.compile(
    r"\b(?:can|may)\s+(?:also\s+)?be\s+(?:found|read|seen|viewed|downloaded)\s+(?:here|below|above|online)\W*\Z",
    re.IGNORECASE,
)


MOSTLY = 0.6  # quoted share from which a mixed statement is taken for a quotation


def comparable(claims: Sequence[Claim], text: str) -> list[Claim]:
    """The claims that take part, in order."""
    foreign = language_of(text) != "en" if claims else False
    if text.islower():  # its capitals are lost, and names with them: only quotations are sure
        return [c for c in claims if c.type == "direct" and _takes_part(c, text, foreign)]
    return [c for c in claims if _takes_part(c, text, foreign)]


def _takes_part(claim: Claim, text: str, foreign: bool) -> bool:
    if _gives_a_name(claim, text):
        return False
    if claim.type == "direct":
        return claim.cue is not None or _quoted_share(claim, text) > 0
    if _is_to_be_done(claim, text, foreign):
        return False
    if foreign or (claim.type == "mixed" and _quoted_share(claim, text) > MOSTLY):
        return True
    if claim.cue is None or claim.source is None:
        if claim.type == "indirect" and is_impersonal(claim) and _is_word_of_mouth(claim, text):
            return True
        whole = not _cut_in_brackets(text[slice(*claim.content)])
        return (
            claim.type == "mixed" and whole
        )  # impersonal ("is believed to") is a hedge, compared as one
    source = text[slice(*claim.source)]
    if _nobody_else(claim, source) or _no_statement(claim.cue, source, text):
        return False
    if claim.type == "indirect" and (
        _is_title(claim, text)
        or _IS_THERE.search(text[slice(*claim.content)])
        or _is_scrap(claim, text)
        or _READER.search(text[slice(*claim.content)])
    ):
        return False  # "Minister for the Isles, Ann Roe said"; advice to the reader
    return _is_speech(claim, text)


# What somebody must have said: of "is believed to" and "is expected to" only the hedge is compared
_TOLD_OF = word_set("said alleged reported claimed rumoured rumored")


def _is_word_of_mouth(claim: Claim, text: str) -> bool:
    assert claim.cue is not None
    return not _TOLD_OF.isdisjoint(text[slice(*claim.cue)].lower().split())


def is_impersonal(claim: Claim) -> bool:
    """ "X was said to be Y": a verb of saying amid what is said, and nobody who says it."""
    start, end = claim.content
    return claim.source is None and claim.cue is not None and start < claim.cue[0] < end


def _nobody_else(claim: Claim, source: str) -> bool:
    """Whether a source is the narrator, the reader, an unresolved pronoun or no speaker at all."""
    first = (source.split(maxsplit=1) or [""])[0]
    acronym = len(first) > 1 and first.isupper()  # "US researchers", "WHO", "IT staff"
    if (_OWN_VOICE.match(source) and not acronym) or _LOST_APOSTROPHE.fullmatch(source):
        return True
    if _is_stray(source):
        return True
    return bool(_PRONOUN.fullmatch(source) and _PRONOUN.fullmatch(claim.speaker.name or "they"))


def _no_statement(cue: Span, source: str, text: str) -> bool:
    """Whether a cue only reads like one: a condition, a permission, a noun, a deed, a measure."""
    return bool(
        _CONDITION.search(_before_verb(cue, text))
        or _MODAL.match(text, cue[0])
        or any(_NOUN.match(text, at) for at in {cue[0], _verb(cue, text)})
        or _RELATIVE.match(text, cue[1])
        or _WERE_TOLD.match(text, _verb(cue, text))
        or (_IN_ORDER_TO.search(_before_verb(cue, text)) and _SHOWS.match(text, _verb(cue, text)))
        or _PERFORMS.search(text[cue[0] : cue[1] + 4])
        or _by_measure(cue, source, text)
        or _A_SERIES_OF.match(source + " " + text[slice(*cue)])
        or _A_SHARE.match(source + " " + text[slice(*cue)])
        or _TALES.match(source + " " + text[cue[0] : cue[1] + 4])
    )


# "a series of video calls", "these tales tell of knights"
_A_SERIES_OF = re.compile(
    r"(?:an?|the)\s+(?:series|number|range|list|set|round)\s+of\b.*\b(?:calls|claims|reports|warnings)\Z",
    re.IGNORECASE | re.DOTALL,
)
_TALES = re.compile(
    r".*\b(?:tales?|stor(?:y|ies)|legends?|poems?|songs?|novels?)\s+tells?\s+of\b", re.IGNORECASE
)


def _is_to_be_done(claim: Claim, text: str, foreign: bool) -> bool:
    """``to declare goods ‘not at risk’``: what one may or can do, not what anybody said."""
    if claim.cue is None:
        return False
    before = _before_verb(claim.cue, text)
    if claim.source is None and _TO_DO.search(before):
        return True
    return not foreign and _CANNOT.search(before) is not None


def _before_verb(cue: Span, text: str) -> str:
    """The words before the last one of a cue, its auxiliaries among them ("to declare")."""
    return text[max(0, cue[0] - 30) : _verb(cue, text)]


def _verb(cue: Span, text: str) -> int:
    """Where the last word of a cue begins."""
    return text.rfind(" ", cue[0], cue[1]) + 1 or cue[0]


def _gives_a_name(claim: Claim, text: str) -> bool:
    """``we call it "Polonius Alpha"``, ``a phenomenon called X``: words that are a name."""
    if claim.cue is None or not _NAMING.search(text[slice(*claim.cue)]):
        return False
    content = text[slice(*claim.content)]
    if len(content.split()) <= _A_NAME or _QUOTED_FIRST.match(content):
        return True
    thing = claim.source is not None and _A_THING.match(text, claim.source[0]) is not None
    return thing and text[slice(*claim.cue)].lower() in {"called", "named", "dubbed", "known"}


# What is called begins with the name itself: ``a “sick note”``, ``the "pulsation engine"``
_QUOTED_FIRST = re.compile(
    r"(?:(?:a|an|the|his|her|its|their|own)\s+){0,3}[“\"'‘«„]", re.IGNORECASE
)
_A_THING = re.compile(r"(?:a|an|some|something)\b", re.IGNORECASE)


def _by_measure(cue: Span, source: str, text: str) -> bool:
    """Whether "according to" tells by what something is measured or shared out."""
    if not text.startswith(("according", "According"), cue[0]):
        return False
    shared = _ALLOCATED.search(text[max(0, cue[0] - 24) : cue[0]]) is not None
    return shared or (source.islower() and _MEASURE.search(source) is not None)


def _is_title(claim: Claim, text: str) -> bool:
    """Whether a content before its source is a run of capitalised words: a title."""
    if claim.cue is None or claim.content[0] > claim.cue[0]:
        return False
    words = text[slice(*claim.content)].split()
    small = [w for w in words if w[0].islower()]
    return all(w in _OF for w in small) and len(words) <= 12


def _is_scrap(claim: Claim, text: str) -> bool:
    """Whether a content is no statement by its form: ``dismissed [the description]``, or words that
    begin with the stop of the sentence before."""
    content = text[slice(*claim.content)]
    if content[:1] in {".", ",", ";"} or _cut_in_brackets(content):
        return True
    words = content.split()
    if claim.negated and content.lower() in {"this", "that", "it"}:
        return False  # "The club denies this."
    if len(words) < 2:
        return not content.startswith(('"', "“", "'", "‘"))
    if words[0].lower() not in {"the", "a", "an", "this", "these", "it", "them"}:
        return False
    turned = claim.cue is not None and _TURNS_DOWN.search(text[slice(*claim.cue)]) is not None
    return (turned and len(words) <= 3) or (len(words) == 2 and words[0].lower() != "this")


def _cut_in_brackets(content: str) -> bool:
    """Whether a bracket closes that was opened before: ``to in Word as “Controls”) into the text``."""
    close = content.find(")")
    return close >= 0 and "(" not in content[:close]


_TURNS_DOWN = re.compile(
    r"\b(?:reject|dismiss|critici|prais|welcom|condemn|denounc|deni|deny|approv|back|oppos)",
    re.IGNORECASE,
)


_OF = frozenset({"of", "for", "the", "and", "to", "in", "at", "on"})


def _quoted_share(claim: Claim, text: str) -> float:
    """How much of a claim stands in quotation marks, 0..1."""
    start, end = max(0, claim.content[0] - 1), min(len(text), claim.content[1] + 1)
    return sum(e - s for s, e in quoted_spans(text, start, end)) / max(1, end - start)


# "modelling has today predicted": no speaker; nor does one end with an adjective
_WHEN = re.compile(
    r"(?:today|yesterday|tomorrow|now|then|recently|last|earlier|later)\b", re.IGNORECASE
)
# "enough to make people accuse them of idleness"
# "the percentage of people claiming to stream": how many, not who says it
_A_SHARE = re.compile(
    r"(?:the\s+|an?\s+)?(?:percentage|number|proportion|share)\s+of\b.*\b\w+ing\Z",
    re.IGNORECASE | re.DOTALL,
)
_MAKES_THEM = re.compile(r"(?:[a-z]+\s+){0,2}to\s+(?:make|let|help|get|lead|force)\b")
_TWO_SENTENCES = re.compile(r"(?:[a-z]{4,}|\ball)[.!?]\s")
_ADJECTIVE = re.compile(r"\b[a-z]+(?:nary|ious|eous|ful|less|able|ible)\Z")


def _is_stray(source: str) -> bool:
    """Words that no speaker ends with: a single small word that is no plural ("secure")."""
    words = source.split()
    if _WHEN.match(source) or _ADJECTIVE.search(source) or _TWO_SENTENCES.search(source):
        return True
    if _MAKES_THEM.match(source):
        return True
    if not source.islower() or any(map(is_plural, words)):
        return False
    if len(words) > 1:  # "two separate open", cut short before its noun
        return words[0] in {"two", "three", "four", "several", "a number", "many", "both"}
    return not _PRONOUN.fullmatch(source) and not _speaks(source)


def _speaks(noun: str) -> bool:
    """Whether a noun alone is one for a speaker, as headlines have it: "says union", "report finds"."""
    lists = name_lists()
    return noun in lists.org_nouns or is_role(lists, noun) or noun in english().artefacts


def _is_speech(claim: Claim, text: str) -> bool:
    assert claim.cue is not None
    cue = text[slice(*claim.cue)].lower()
    cues = english().cues
    lemmas = {cues[w].lemma if w in cues else w for w in re.findall(r"[a-z]+", cue)}
    if lemmas & _SAYS or (claim.type == "mixed" and lemmas & _SAYS_THAT):
        return True
    if _PASSIVE.match(cue):
        return False  # "is indicated by an asterisk"
    if not lemmas & _SAYS_THAT:
        return "calls" in cue or "called" in cue or "call" in lemmas
    following = text[claim.cue[1] : claim.cue[1] + 12]
    before = claim.content[1] <= claim.cue[0]  # "…, the report found"
    return (
        (before and _ENDS_THERE.match(text, claim.cue[1]) is not None)
        or _CLAUSE.match(following) is not None
        or _CLAUSE.match(text[claim.content[0] : claim.content[0] + 8]) is not None
    )
