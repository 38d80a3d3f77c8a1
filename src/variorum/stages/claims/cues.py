"""Where a text attributes: verbs of saying, "according to", impersonal passives, nouns."""

from __future__ import annotations

from variorum.stages.claims.cue import Cue
from variorum.stages.claims.cue_nouns import noun_cue, stated_noun
from variorum.stages.claims.cue_phrases import (
    according_to,
    in_ones_view,
    opening_artefact,
    per_somebody,
    phrase_cue,
)
from variorum.stages.claims.lexicon import BASE, ING, PAST, THIRD, CueVerb, words
from variorum.stages.claims.nounphrases import left_phrase, right_phrase
from variorum.stages.claims.reading import Reading
from variorum.stages.claims.subjects import Range, subject
from variorum.stages.claims.unanswered import informs, unanswered
from variorum.stages.claims.verbs import (
    BE,
    HAVE,
    OF_CLAUSES,
    STAND_ALONE,
    finite_follows,
    group_start,
    is_verb,
    mode_of,
)

_NEGATIONS = frozenset(["not", "never", "no", "neither", "nor", "cannot"])


def find_cues(
    reading: Reading, triggers: list[int], quoted: list[int], walls: bytearray
) -> list[Cue]:
    """The cues outside quotations among ``triggers``, in order. ``quoted[i]`` is -1 where token i stands in none,
    ``walls[i]`` is 1 where no clause may reach across."""
    found: list[Cue] = []
    taken = 0  # the end of the set phrase before
    low, tag, lex = reading.low, reading.tag, reading.lex
    verbs, phrases, nouns = lex.cues, lex.set_phrases, lex.attributing
    for i in triggers:
        if quoted[i] >= 0 or i < taken:
            continue
        word = low[i]
        idiom = _set_phrase(reading, i) if word in phrases else None
        if idiom is not None:
            cue = _verb_cue(reading, i, walls, idiom)
            taken = idiom[1] if cue is not None else 0
        elif word in verbs:
            cue = _verb_cue(reading, i, walls) if tag[i] != "M" else None
        else:
            cue = _cue_at(reading, i, walls)
        if cue is None and word in nouns:
            cue = _of_a_noun(reading, i)
        if cue is not None:
            found.append(cue)
    return found


def _set_phrase(reading: Reading, i: int) -> tuple[CueVerb, int] | None:
    """The set phrase that begins at i, or the answering of questions."""
    word, lex = reading.low[i], reading.lex
    found = _idiom(reading, i) if word in lex.idioms else None
    return unanswered(reading, i) if found is None and word in lex.answering else found


def _cue_at(reading: Reading, i: int, walls: bytearray) -> Cue | None:
    """What attributes by the word at i, no verb and no noun."""
    low, lex = reading.low, reading.lex
    word = low[i]
    if word == "according":
        return according_to(reading, i) if i + 1 < len(low) and low[i + 1] == "to" else None
    if word == "per":
        return per_somebody(reading, i)
    if word in lex.seen:
        return _seen(reading, i, walls)
    if word in ("in", "on") and i == reading.sent_first[reading.sentence[i]]:
        return in_ones_view(reading, i) or opening_artefact(reading, i)
    return None


def _of_a_noun(reading: Reading, i: int) -> Cue | None:
    """What attributes by the noun at i."""
    word, tag, lex = reading.low[i], reading.tag, reading.lex
    cue: Cue | None = None
    if word in lex.nouns["is"] and tag[i + 1 : i + 2] in _IS_OR_OF:
        cue = stated_noun(reading, i)
    said = word in lex.nouns["that"] or word == "calls"
    if cue is None and said and (tag[i] != "M" or _heads_sentence(reading, i)):
        cue = noun_cue(reading, i)
    return phrase_cue(reading, i) if cue is None and word in lex.phrases else cue


_LONGEST_OBJECT = 6  # tokens in which the noun for what others say is looked for


def _heads_sentence(reading: Reading, i: int) -> bool:
    """ "Assurances from the bank that": a noun with the capital of its sentence."""
    return (
        i == reading.sent_first[reading.sentence[i]]
        and "".join(reading.low[i + 1 : i + 2]) in _AFTER_NOUNS
    )


_AFTER_NOUNS = frozenset(["that", "from", "by"])
_IS_OR_OF: tuple[list[str], ...] = (["X"], ["R"])


def _idiom(reading: Reading, i: int) -> tuple[CueVerb, int] | None:
    """The set phrase that begins with the verb at i, and where it ends: "pour cold water on"."""
    low, tag = reading.low, reading.tag
    following = low[i + 1] if i + 1 < len(low) else ""
    for idiom in reading.lex.idioms[low[i]].before(following):
        end = i + 1 + len(idiom.rest)
        if end > len(low):
            continue
        if all(
            low[j] == word or (word == "*" and tag[j] in "SO")
            for j, word in enumerate(idiom.rest, start=i + 1)
        ) and _wanted_follows(reading, idiom.verb.frames, end):
            return idiom.verb, end
    return None


def _wanted_follows(reading: Reading, frames: frozenset[str], end: int) -> bool:
    """Whether what a set phrase wants stands after it: an amount, one's innocence, a fault."""
    if "informing" in frames:
        return informs(reading, end) and "as" not in reading.low[end + 1 : end + _LONGEST_OBJECT]
    if "amount" in frames:
        return _amount_follows(reading, end, "as" if "as" in frames else "at")
    following = reading.low[end : end + 3]
    if "plea" in frames:
        return following[1:2] == ["innocence"] and reading.tag[end] == "S"
    return "fault" not in frames or not _FAULTS.isdisjoint(following)


_FAULTS = words("liability responsibility blame guilt fault culpability wrongdoing")


def _amount_follows(reading: Reading, k: int, word: str) -> bool:
    """ "Put | the toll at nine", "put | losses at around £3m", "gave | the toll as six"."""
    tag, low = reading.tag, reading.low
    for j in range(k + 1, min(k + _LONGEST_OBJECT + 1, reading.sentence_end(k - 1) - 1)):
        if low[j] == word:
            counted = tag[j + 1] == "#" or "#" in tag[j + 2 : j + 4]
            so_far = low[j - 2 : j] == ["so", "far"]
            known = word == "as" and informs(reading, k + (tag[k] in "DS"))  # "gave the cause as"
            return (counted or known) and (
                so_far or tag[j - 1] in "NMBGEV"
            )  # not "put her feet up at ten"
        if tag[j] in ',.:"q-XPW' or (tag[j] == "V" and tag[j - 1] not in "DS"):
            return False  # but "put the cost at £3m"
    return False


def _answers(reading: Reading, end: int) -> bool:
    """Whether what others say stands after a set phrase that ends at token ``end``."""
    stop = min(end + _LONGEST_OBJECT, reading.sentence_end(end - 1))
    return any(reading.low[j] in reading.lex.deniable for j in range(end, stop))


def _verb_cue(
    reading: Reading, i: int, walls: bytearray, idiom: tuple[CueVerb, int] | None = None
) -> Cue | None:
    low, lex = reading.low, reading.lex
    verb = idiom[0] if idiom is not None else lex.cues[low[i]]
    floor = reading.sent_first[reading.sentence[i]]
    first, aux, chained, infinitive = group_start(reading, i, floor)
    if "state" in verb.frames:
        return _state_cue(
            reading, verb, Cue(first, i, i + 1, verb.lemma, verb.frames, "finite"), aux, walls
        )
    if (
        aux
        and not chained
        and (verb.form == THIRD or (verb.form == BASE and (aux in BE or aux in HAVE)))
    ):
        return None
    bound = not aux and not infinitive
    calls = bound and verb.form == PAST and verb.lemma in _CALLING
    if calls and idiom is None and _called_by(reading, i, floor):
        return Cue(i, i, i + 1, verb.lemma, verb.frames, "passive")
    if idiom is None and _no_verb_here(reading, i, first, bound):
        return None
    if verb.form == PAST and not aux and _attributive(reading, i, first, floor):
        return None
    mode = mode_of(verb.form, aux, chained, infinitive)
    if mode is None or (infinitive and verb.form == THIRD):
        return None  # "sent to | reports of a fire"
    lemma = verb.lemma
    if bound and verb.form == PAST and lemma in _OF_SOMEBODY and low[i + 1 : i + 2] == ["to"]:
        mode = "passive"  # "Drivers urged to stay at home"
    denied = lemma not in _DENIERS and _withheld(low, first, i)
    end, frames, turned = _with_its_words(reading, i, verb, idiom, denied=denied)
    negated = denied != turned if idiom is not None else denied or turned
    if lemma == "draw on":  # "would not be drawn on whether", "neither would be drawn on"
        nobody = first > floor and low[first - 1] in NOBODY
        mode = "finite" if denied or nobody else "none"
    elif lemma in _WITHHOLDING and low[i + 1 : i + 2] == ["to"]:
        negated = True
    cue = Cue(first, i, end, lemma, frames, mode, None, negated)
    if "hearing" in frames:
        return _hearing_cue(reading, cue, walls)
    if lemma == "describe" and bound and mode == "finite" and _described_by_nobody(reading, i):
        cue.mode = "passive"
    if low[i] in lex.impersonal and (mode == "passive" or _reduced(reading, i, first)):
        cue.mode = "impersonal"
    return _with_source(reading, cue, floor, walls)


_CALLING = frozenset(
    ["call", "dub", "describe", "brand", "label", "term", "hail", "condemn", "dismiss"]
)
_LONGEST_CALLED = 12  # tokens of "the people's poet" before "by"


def _called_by(reading: Reading, i: int, floor: int) -> bool:
    """ "Dubbed “the king” by fans, he…", "X, described by Y as “a force”, was": what a participle says."""
    if not (i == floor or reading.tag[i - 1] == ","):
        return False
    stop = min(reading.sentence_end(i), i + _LONGEST_CALLED)
    end = next((j for j in range(i + 1, stop) if reading.tag[j] in ",:"), stop)
    by = next((j for j in range(i + 1, end) if reading.low[j] == "by"), 0)
    return by > i + 1 or (by == i + 1 and "as" in reading.low[by:stop])


def _with_source(reading: Reading, cue: Cue, floor: int, walls: bytearray) -> Cue | None:
    """A cue whose words are known, with who says it; None where nobody can."""
    low, first = reading.low, cue.first
    short = cue.mode == "participle" and low[first - 2 : first] == ["short", "of"]
    short = short and first - 3 > floor
    begins, form = (first - 3, "finite") if short else (first, cue.mode)
    cue.source = subject(reading, begins, form, walls)  # "The report | stops short of saying"
    if "lore" in cue.frames:
        return _lore_cue(reading, cue)
    if cue.mode == "none" or (cue.source is not None and low[cue.source[0]] == "according"):
        return None  # "According to the police report, …"
    if cue.source is not None and cue.lemma in OF_CLAUSES:
        cue.source = _in_its_relative(reading, cue.source, first, cue.at)
    nobody = cue.source is not None and low[cue.source[0]] in NOBODY
    cue.negated = cue.negated or (nobody and cue.lemma not in _DENIERS)
    return cue


def _in_its_relative(reading: Reading, source: Range, first: int, i: int) -> Range:
    """ "The man who | prosecutors | say planned the raid": who says it stands after the pronoun."""
    start = left_phrase(reading, first, source[0])
    if start is None or start <= source[0] or reading.low[start - 1] not in _RELATIVE:
        return source
    return (start, first) if finite_follows(reading, i) else source


_RELATIVE = frozenset(["who", "whom", "which", "that"])


def _lore_cue(reading: Reading, cue: Cue) -> Cue | None:
    """ "Rumour | has it that": what nobody in particular says."""
    source, cue.source, cue.mode = cue.source, None, "lore"
    told = source is not None and reading.low[source[1] - 1] in reading.lex.nouns["lore"]
    return cue if told else None


def _hearing_cue(reading: Reading, cue: Cue, walls: bytearray) -> Cue | None:
    """ "The jury heard that": only where statements are heard."""
    cue.source = subject(reading, cue.first, cue.mode, walls)
    if cue.source is None or reading.lex.hearings.isdisjoint(reading.low[slice(*cue.source)]):
        return None
    cue.frames = _HEARD
    return cue


def _state_cue(reading: Reading, verb: CueVerb, cue: Cue, aux: str, walls: bytearray) -> Cue | None:
    """ "Was adamant that", "remains adamant"."""
    if verb.form != BASE or (aux not in BE and reading.low[cue.at - 1] not in _STAYING):
        return None
    cue.first -= aux not in BE
    cue.source = subject(reading, cue.first, "finite", walls)
    cue.negated = _withheld(reading.low, cue.first, cue.at)
    return None if cue.source is None else cue


def _withheld(low: list[str], first: int, i: int) -> bool:
    """Whether the group of the verb at i says that it is not said: "did not say", "has yet to say",
    "stopped short of | saying"."""
    if first > 1 and low[first - 1] == "of" and low[first - 2] == "short":
        return True
    return first < i and any(
        low[k] in _NEGATIONS
        or low[k] in _WITHHELD
        or low[k].endswith(("n't", "n’t"))
        or (low[k] == "yet" and low[k + 1] == "to")
        for k in range(first, i)
    )


def _no_verb_here(reading: Reading, i: int, first: int, bound: bool) -> bool:
    """Whether a word of the lexicon is no verb that attributes in its place; ``bound``: nothing of
    its group says that it is one."""
    verb = reading.lex.cues[reading.low[i]]
    if verb.lemma == "appeal" and "".join(reading.low[i + 1 : i + 2]) in _OF_APPEALS:
        return True  # "a federal appeals court"
    if _chained_to_report(reading, i) or (reading.tag[i - 1] == "-" and not reading.spaced(i)):
        return True  # "U.S.-listed shares"
    if verb.form in (BASE, THIRD) and bound and not is_verb(reading, i, first):
        return True
    if (
        verb.form == ING
        and (reading.tag[i - 1] in "DS" or reading.low[i - 1].endswith(("'s", "’s")))
        and i > reading.sent_first[reading.sentence[i]]
    ):
        return True  # "the warning", "the board's thinking"
    after = "".join(reading.low[i + 1 : i + 2])
    if verb.lemma in _KNOWING and "that" not in reading.low[i + 1 : i + 4]:
        return True  # "the recognised leader"
    if verb.lemma == "accuse" and verb.form == PAST and bound and after == "of":
        return True  # "Man accused of arson ‘was on phone’"
    if (
        verb.form == PAST
        and bound
        and reading.tags[i + 1 : i + 2] == "R"
        and _thing_led_in(reading, i)
    ):
        return True  # "In a video | posted on his website he said"
    by = after == "by" and reading.low[i + 2 : i + 3] not in _MEANS  # "a reality reflected by…"
    return by and verb.form == PAST and bound and "pass" not in verb.frames


def _thing_led_in(reading: Reading, i: int) -> bool:
    """Whether the noun before token i is a thing's after the preposition that opens the sentence."""
    low, first = reading.low, reading.sent_first[reading.sentence[i]]
    return low[i - 1] in reading.lex.artefacts and low[first] in ("in", "on") and i - first < 6


def _with_its_words(
    reading: Reading, i: int, verb: CueVerb, idiom: tuple[CueVerb, int] | None, *, denied: bool
) -> tuple[int, frozenset[str], bool]:
    """Where a verb ends with its particle or the words of its set phrase, the frames it then has,
    and whether it turns down what follows."""
    low, lex = reading.low, reading.lex
    end, frames = i + 1, verb.frames
    if idiom is not None:
        answers = "answer" in frames and _answers(reading, idiom[1])
        return idiom[1], frames | _OBJECT if answers else frames, answers or "denial" in frames
    if verb.lemma in _SCORNING and _answers(reading, end):
        return end, frames | _OBJECT, True  # "slams reports that she walked out"
    if denied and verb.lemma in _ACCEPTING and _answers(reading, end):
        return end, frames | _OBJECT, False  # "did not accept a suggestion that…"
    particle = lex.particles.get(verb.lemma)
    if not particle or end >= len(low) or low[end] not in particle:
        return end, frames, False
    phrase = f"{verb.lemma} {low[end]}"
    return end + 1, lex.phrasal.get(phrase, frames), phrase in _BRUSHED_OFF


_LIKE_ADJECTIVES = words(
    "repeated alleged claimed reported suggested disputed proposed expected promised stated perceived predicted"
)
_OF_APPEALS = words("court courts judge judges panel panels board tribunal process chamber")
_NEVER_PAST = words("written spoken sworn shown drawn foreseen")


def _attributive(reading: Reading, i: int, first: int, floor: int) -> bool:
    """ "an often repeated story", "three written warnings"; but "another said"."""
    low, tag = reading.low, reading.tag
    if low[i] in _NEVER_PAST and tag[i + 1 : i + 2] == ["N"]:
        return True
    if first > floor and tag[first - 1] in "GR" and low[i] in _LIKE_ADJECTIVES:
        return tag[i + 1 : i + 2] == ["N"]  # "of ignoring | repeated warnings"
    if first > floor and tag[first - 1] == "#" and low[i] in _LIKE_ADJECTIVES:
        several = tag[i + 1 : i + 2] in (["N"], ["B"])  # "Two | suggested routes"
        return several and low[i + 1].endswith("s")
    if first <= floor or tag[first - 1] not in "DSJ":
        return False
    alone = low[first - 1] in STAND_ALONE and (first - 1 == floor or tag[first - 2] in ",CU")
    return not alone


_ONLY_OF = frozenset(["thought", "understood", "rumoured", "rumored", "alleged", "reported"])


def _reduced(reading: Reading, i: int, first: int) -> bool:
    """ "migrants thought to be from Africa": the passive of a relative clause."""
    low = reading.low
    return (
        first == i
        and i > 0
        and (
            reading.tag[i - 1] in "NM" or (reading.tag[i - 1] == "," and reading.tag[i - 2] in "NM")
        )
        and low[i + 1 : i + 2] == ["to"]
        and (
            low[i + 2 : i + 3] in (["be"], ["have"])
            or (reading.tag[i - 1] == "," and reading.tags[i + 2 : i + 3] in tuple("BVN"))
            or (low[i] in _ONLY_OF and reading.tags[i + 2 : i + 3] in tuple("BV"))
        )
    )


def _described_by_nobody(reading: Reading, i: int) -> bool:
    """ "taken to hospital with injuries described as “serious”": nobody is said to describe them;
    but "X described as “absurd” the claim that…"."""
    tag, k, floor = reading.tag, i + 2, reading.sent_first[reading.sentence[i]]
    start = left_phrase(reading, i, floor)
    if reading.low[i + 1 : i + 2] != ["as"] or tag[i] != "E" or start is None:
        return False
    if start == floor or tag[start - 1] in "TW,CU" or not any(t in "VX" for t in tag[floor:start]):
        return False  # "a budget that the opposition described as"
    stop = reading.sentence_end(i)
    if k < stop and tag[k] in '"q':
        k = next((j + 1 for j in range(k + 1, stop) if tag[j] in '"q'), stop)
    else:
        k = right_phrase(reading, k, stop)
    return k >= stop or tag[k] in ".,RCU:-"


def _seen(reading: Reading, i: int, walls: bytearray) -> Cue | None:
    """ "One officer is seen pushing a migrant": what a camera saw."""
    after = reading.tag[i + 1] if i + 1 < reading.size else "."
    if after not in "G":
        return None
    floor = reading.sent_first[reading.sentence[i]]
    first, aux, _, _ = group_start(reading, i, floor)
    if aux not in BE:
        return None
    cue = Cue(first, i, i + 1, reading.low[i], frozenset(["seen"]), "seen")
    cue.source = subject(reading, cue.first, cue.mode, walls)
    return cue if cue.source is not None else None


def _chained_to_report(reading: Reading, i: int) -> bool:
    """ "declined to say": the cue is the verb after "to"."""
    low, cues = reading.low, reading.lex.cues
    if (
        reading.lex.cues[low[i]].lemma not in _WITHHOLDING
        or i + 2 >= len(low)
        or low[i + 1] != "to"
    ):
        return False
    following = cues.get(low[i + 2])
    return following is not None and following.form == BASE and bool(following.frames & _REPORTING)


_OBJECT = frozenset(["np"])
_HEARD = frozenset(["that", "bare", "inv"])
_DENIERS = frozenset(["deny", "dispute", "refute", "doubt"])
_OF_SOMEBODY = frozenset(
    [
        "urge",
        "order",
        "advise",
        "tell",
        "remind",
        "persuade",
        "instruct",
        "exhort",
        "implore",
        "warn",
    ]
)
NOBODY = frozenset(["no", "nobody", "none", "neither"])  # "No one at the firm admitted that…"
# "Said by telephone": how it was said, not who said it.
_MEANS = (
    ["phone"],
    ["telephone"],
    ["email"],
    ["e-mail"],
    ["text"],
    ["video"],
    ["letter"],
    ["radio"],
)
_KNOWING = frozenset(["recognise", "recognize"])
_ACCEPTING = frozenset(["accept", "believe", "recognise", "recognize"])
_STAYING = frozenset(["remained", "remains", "remain", "stayed"])
_BRUSHED_OFF = frozenset(["laugh off", "shrug off", "brush aside", "brush off", "play down"])
_SCORNING = frozenset(
    ["slam", "blast", "rubbish", "deride", "ridicule", "mock", "trash", "downplay"]
)
_WITHHELD = words(
    "refused refuses refuse refusing declined declines decline declining unable unwilling failed"
)
_WITHHOLDING = frozenset(["decline", "refuse"])
_ANSWERING = words("give provide offer name identify answer elaborate respond")
_REPORTING = frozenset(["that", "wh"])
