"""Verbs in their place: whether a form that may be a noun is one ("he claims that", "his claims that"),
and the group of words that it stands in ("has repeatedly declined to say")."""

from __future__ import annotations

from variorum.stages.claims.lexicon import ING, PAST, THIRD
from variorum.stages.claims.nounphrases import clause_subject, left_phrase
from variorum.stages.claims.reading import Reading
from variorum.stages.claims.subjects import modified_subject

BE = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "isn't",
        "aren't",
        "wasn't",
        "weren't",
        "am",
    ]
)
HAVE = frozenset(["has", "have", "had", "having", "hasn't", "haven't", "hadn't"])
STAND_ALONE = frozenset(
    ["another", "both", "each", "some", "many", "most", "several", "few", "neither", "all"]
)
_NOUN_TAGS = frozenset("DSJ#")
PARENTS = frozenset(
    ["mother", "father", "mum", "mom", "dad", "parent", "grandmother", "grandfather", "gran", "grandad"]
)  # fmt: skip
_AS_MANY = (["as", "many"], ["as", "much"], ["as", "few"])  # "say | as many as 30 were hurt"
_FOLLOWERS = 'TWDSPOMN"R#JAG:,q'  # classes that can follow "they say"


def is_verb(reading: Reading, i: int, first: int) -> bool:
    """Whether token i, whose verb group begins at ``first``, is a verb rather than a noun."""
    tag = reading.tag
    j = first - 1
    floor = reading.sent_first[reading.sentence[i]]
    if j < floor:
        return False
    if _in_relative(reading, i, first, floor):
        return True
    known = _by_word_before(reading, i, j, floor)
    if known is not None:
        return known or _ends_a_modifier(reading, i, first, floor)
    after = _class_after(reading, i)
    third = reading.lex.cues[reading.low[i]].form == THIRD
    before = "N" if tag[j] == "S" or reading.low[j].endswith("-old") else tag[j]
    if before == "," and third and after == "R" and _that_behind_adjunct(reading, i):
        return True  # "X, who worked there, | writes in his memoir that"
    if before in '"q,-':
        return _after_mark(reading, first, floor, before, after, third) or _say_experts(reading, i)
    if before in "NMZ)aJB":
        if reading.low[i] in reading.lex.nouns["that"] and _verb_before(reading, j, floor):
            return False  # "brushed aside claims that"
        if _object_before(reading, j, floor):
            return False
        if third:
            return _third_after_noun(reading, i, j, after)
        return _base_after_noun(reading, i, first, floor, after)
    if before in "EG":
        return _ends_a_modifier(reading, i, first, floor)
    if before == "C" and not third:  # "Doctors have tried it, and say that…"
        return after == "T" and _plural_before(reading, first, floor)
    return before == "C" and third and after in 'TDSP"MW'


def _class_after(reading: Reading, i: int) -> str:
    """The class of what follows the verb at i and its particle."""
    k = i + 1 + has_particle(reading, i)  # "…, points out | Maria Lopez"
    if reading.low[k : k + 1] == ["there"]:
        return "P"  # "X denies | there is a ban"
    if k + 1 < reading.size and reading.tag[k] == "B" and reading.tag[k + 1] in "XVE.":
        return "N"  # "says | pay is too low", "blame | stress."
    return reading.tag[k] if k < reading.size else "."


def has_particle(reading: Reading, i: int) -> bool:
    """Whether the particle of a two-word verb stands after token i."""
    particles = reading.lex.particles.get(reading.lex.cues[reading.low[i]].lemma)
    return bool(particles) and "".join(reading.low[i + 1 : i + 2]) in (particles or ())


_ADJUNCT = 9  # tokens of "in a forthcoming memoir" before its "that"
MODALS = frozenset(["will", "would", "can", "could", "may", "might", "must", "shall", "should"])


def _in_relative(reading: Reading, i: int, first: int, floor: int) -> bool:
    """ "a car which police | believe was stolen", "The notebook, which experts for the crown | say is":
    between who says it and the verb of what is said, in a clause whose subject the pronoun is."""
    tag, low = reading.tag, reading.low
    if not finite_follows(reading, i):
        return False
    start = left_phrase(reading, first, floor)
    if start is not None and start - 1 > floor and low[start - 1] == "what":
        return reading.lex.cues[low[i]].lemma in OF_CLAUSES
    if (
        start is not None
        and start > floor
        and tag[start - 1] == "R"
        and low[start - 2].endswith("s")
    ):
        start = left_phrase(reading, start - 1, floor)
    if start is None or start - 2 < floor or low[start - 1] not in ("which", "who", "that"):
        return False
    if tag[start - 2] == ",":
        return True
    if reading.lex.cues[low[i]].lemma in OF_CLAUSES and tag[start - 2] in "NM)":
        return True
    return tag[start - 2] in "NM)" and left_phrase(reading, start - 1, floor) != floor


def finite_follows(reading: Reading, i: int) -> bool:
    """Whether the verb of a relative clause stands right after the verb of saying at i."""
    tag = reading.tag
    if i + 2 >= reading.size:
        return False
    third = tag[i + 1] == "B" and reading.lex.verb_forms.get(reading.low[i + 1]) == "third"
    return tag[i + 1] in "XV" or ((tag[i + 1] == "E" or third) and tag[i + 2] in "DS#MRAN")


# What is said with these is a clause, never a thing: "the car that they say | hit him".
OF_CLAUSES = frozenset(
    ["say", "think", "believe", "suspect", "allege", "claim", "insist", "fear", "reckon"]
)


def _object_before(reading: Reading, j: int, floor: int) -> bool:
    """Whether the nouns that end at token j follow a verb after a modal: "would carry telephone |
    signals". Not inside "what they would call progress | signals"."""
    tag = reading.tag
    while j > floor + 1 and tag[j] in "NJ":
        j -= 1
    bare = tag[j] in "BNV" and reading.low[j - 1] in MODALS
    return j > floor + 1 and bare and not {"W", "T"} & set(tag[floor:j])


def _by_word_before(reading: Reading, i: int, j: int, floor: int) -> bool | None:
    """What the word before decides alone; None where it does not."""
    tag, low = reading.tag, reading.low
    before = tag[j]
    if before == "S" and j > floor and low[j - 1] == "of":  # "a colleague of his says"
        return None
    if before in "P" or (before == "W" and low[j] in ("who", "which")):
        return True
    if low[j].endswith("-old") and j > floor and tag[j - 1] == "D":
        return None  # "The 66-year-old | claims that"
    if before == "B" and j > floor and low[j - 1] == "to":
        return False  # "to deny reports that"
    if before == "#" and j > floor + 1 and low[j - 1] == "of" and low[j - 2] in PARENTS:
        return reading.lex.cues[low[i]].form == THIRD  # "The mother of three | claims that"
    if before == "#" and (j == floor or low[j - 1] in ("all", "the", "both")):
        noun = (
            low[i] in reading.lex.nouns["that"]
        )  # "All three | deny murder", "The two | say it is"
        follows = tag[i + 1 : i + 2] in tuple([t] for t in ("TPDSM" if noun else "TPDSMNJ"))
        return follows and reading.lex.cues[low[i]].form != THIRD
    if before == "D" and low[j] in STAND_ALONE and (j == floor or tag[j - 1] in ",CU"):
        return reading.lex.cues[low[i]].form != THIRD  # "Both deny the charges"
    if before in _NOUN_TAGS or before in "RSVOG" or low[j].endswith(("'s", "’s")):
        return False
    return None


def _ends_a_modifier(reading: Reading, i: int, first: int, floor: int) -> bool:
    """ "Engineers who asked not to be named | say they…", "A man living nearby | says that": after a
    relative clause or participle of the subject, a verb that is no noun, before a clause."""
    low, after = reading.low, reading.tag[i + 1 : i + 2]
    if low[i] in reading.lex.nouns["that"] or not after or after[0] not in "TPDSM":
        return False
    found = modified_subject(reading, floor, first)
    if found is None or found[0] + 1 >= found[1]:
        return False
    head = clause_subject(reading, floor, first)
    several = head is not None and _plural(low[head[1] - 1])
    return several != (reading.lex.cues[low[i]].form == THIRD)


def _say_experts(reading: Reading, i: int) -> bool:
    """ "Storm kills 12, | say police": as headlines end."""
    if reading.low[i] != "say" or reading.tag[i - 1] != "," or i + 1 >= reading.size:
        return False
    end = reading.sentence_end(i)
    noun = end - 1 if reading.tag[end - 1] != "." else end - 2
    return i < noun <= i + 3 and reading.tag[noun] == "N" and _plural(reading.low[noun])


def _after_mark(
    reading: Reading, first: int, floor: int, before: str, after: str, third: bool
) -> bool:
    if before == ",":
        if not third and _plural_before(reading, first, floor):
            return True
        return after in ("MDNSJPTWOG#,." if third else "PT")
    return after in ("MDNSJPTW,.#" if third else "MDNSJ")  # "“…,” | says one teenager"


def _that_behind_adjunct(reading: Reading, i: int) -> bool:
    """Whether a "that" stands soon behind a verb and a phrase of place or time."""
    return "T" in reading.tag[i + 2 : min(i + _ADJUNCT, reading.sentence_end(i))]


def _third_after_noun(reading: Reading, i: int, j: int, after: str) -> bool:
    """ "the union claims": third person after a noun or name."""
    low, tag = reading.low, reading.tag
    k = j
    while k > 0 and tag[k] in "NJG":
        k -= 1
    if tag[k] == "#" and k < j and after not in "TDPS":
        return False  # "seven big questions"
    if after == "R" and low[i] in reading.lex.nouns["that"]:
        # "Current fears about…", but "a former butler claims in a memoir that"
        return not _plural(low[j]) and _that_behind_adjunct(reading, i)
    if after == "X" and j == reading.sent_first[reading.sentence[i]]:
        return False  # "Similar claims were made"
    if after in 'TWDSPO".' or low[i + 1 : i + 2] in (["he"], ["she"], ["it"], ["there"]):
        return True
    singular = not _plural(low[j]) and after in "MN#XAGRJq,:"
    return singular or tag[j] == "M"


def _base_after_noun(reading: Reading, i: int, first: int, floor: int, after: str) -> bool:
    """ "the unions claim": the base form after a plural."""
    tag, low, j = reading.tag, reading.low, first - 1
    if after == "." and any(tag[k] == "," for k in range(floor, j)):
        return True  # "…, documents seen by the paper suggest."
    if after == "T" and low[i] not in reading.lex.nouns["that"] and tag[j] in "NM":
        return True  # "Orr's team calculate that"
    plural = _plural(low[j]) or _plural_before(reading, first, floor)
    coordinated = any(tag[k] == "C" for k in range(max(floor, j - 4), j))
    verb_only = low[i] not in reading.lex.nouns["that"] and after in "TPDSM"
    several = plural or coordinated or (tag[j] == "M" and (after in "T" or verb_only))
    several = several or (low[j] in _OF_SEVERAL and (verb_only or after == "P"))
    amount = after == "U" and low[i + 1 : i + 3] in _AS_MANY
    return several and (after in _FOLLOWERS or amount)


def _plural(low: str) -> bool:
    return low in _PLURALS or (
        low.endswith(("s", "men")) and not low.endswith(("ss", "us", "is", "specimen", "omen"))
    )


def _verb_before(reading: Reading, j: int, floor: int) -> bool:
    """Whether the clause has its verb already, one that no bare clause can follow."""
    low, tag, cues = reading.low, reading.tag, reading.lex.cues
    for k in range(j, max(floor, j - 12), -1):
        if tag[k] in ',.:"CUTW-':
            return False
        if tag[k] in "VE" and tag[k - 1] in "NMPA":
            return low[k] not in cues or "bare" not in cues[low[k]].frames
    return False


def _plural_before(reading: Reading, first: int, floor: int) -> bool:
    """Whether the clause's subject is a plural: "The signatories, who include X, say"."""
    if _names_in_a_row(reading, floor, first):
        return True
    found = clause_subject(reading, floor, first)
    if found is None or any(t not in "A,ZC" for t in reading.tag[floor : found[0]]):
        return False
    for k in range(found[0], found[1]):
        if reading.tag[k] in "R,":
            break
        last = reading.low[k]
        if reading.tag[k + 1] in "R,WXE" or reading.low[k + 1] in ("who", "whose"):
            return _plural(last) and not last.endswith("'s")
    return False


def _names_in_a_row(reading: Reading, floor: int, first: int) -> bool:
    """ "Anton Prewitt, 41, and Sian Mallory, 38, | deny": two names with their ages."""
    tags, low = reading.tags[floor:first], reading.low[floor:first]
    return tags[:1] == "M" and tags.count("C") == 1 and "and" in low and not tags.strip("Ma,#C")


# "The club | say", "the family | deny": one that has many, as British papers write.
_OF_SEVERAL = frozenset(
    [
        "club", "team", "band", "family", "government", "council", "duo", "majority", "minority", "board",
        "firm", "company", "party", "force", "union", "crew", "side", "group", "squad", "committee",
    ]
)  # fmt: skip
_PLURALS = frozenset(
    [
        "people",
        "police",
        "men",
        "women",
        "officials",
        "critics",
        "media",
        "others",
        "democrats",
        "republicans",
        "staff",
        "crew",
        "couple",
        "pair",
        "clergy",
        "public",
        "data",
    ]
)


def group_start(reading: Reading, i: int, floor: int) -> tuple[int, str, bool, bool]:
    """The first token of the verb group, its nearest auxiliary, whether chained, an infinitive."""
    tag, low, chain = reading.tag, reading.low, reading.lex.chain
    j, aux, chained, infinitive, first = i - 1, "", False, False, i
    while j >= floor and i - j < 12:
        if tag[j] == "X" or (tag[j] == "Z" and low[j] in ("may", "will")):
            aux = aux or low[j]
            first = j
        elif tag[j] == "A" or low[j] == "neither":
            pass
        elif (low[j] == "to" and j > floor and j + 1 == first) or (
            low[j] == "to" and tag[j + 1] == "A"
        ):
            k = j - 1
            while k >= floor and tag[k] == "A":
                k -= 1
            infinitive = infinitive or not aux
            if k >= floor and low[k] in chain and tag[k] not in "DN":
                chained = True
                first = k
                j = k
                if tag[k] == "X":
                    aux = aux or low[k]
                elif tag[k] in "NJ":
                    pass
            else:
                first = j
                break
        else:
            break
        j -= 1
    while first - 1 > floor and (tag[first - 1] == "A" or low[first - 1] == "neither"):
        first -= 1
    return first, aux, chained, infinitive


def mode_of(form: str, aux: str, chained: bool, infinitive: bool) -> str | None:
    """How a verb attributes, by its form and what :func:`group_start` found before it."""
    if infinitive and not chained:
        return "infinitive"
    if form == ING:
        return "finite" if aux in BE or chained else "participle"
    if form == PAST and aux in BE:
        return "passive"
    return "finite"
