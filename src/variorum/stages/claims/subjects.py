"""The subject of a verb: who is said to say it, found by walking left from the verb."""

from __future__ import annotations

from variorum.stages.claims.nounphrases import clause_subject, left_phrase, verbal
from variorum.stages.claims.reading import Reading

Range = tuple[int, int]


def _floor(reading: Reading, i: int, walls: bytearray) -> int:
    """How far to the left a clause around token i may begin: its sentence, after a wall."""
    floor = reading.sent_first[reading.sentence[i]]
    return max(floor, walls.rfind(1, floor, i) + 1)


def subject(reading: Reading, first: int, mode: str, walls: bytearray) -> Range | None:
    """The subject of the verb group that begins at token ``first``; None where none is seen. ``walls``:
    see ``Workspace``."""
    if mode in ("participle", "infinitive"):
        return None
    floor = _floor(reading, first, walls)
    tag, low = reading.tag, reading.low
    end = first
    if end <= floor:
        return None
    before = tag[end - 1]
    if low[end - 1] == "there":
        return (end - 1, end)
    if before == "W" and low[end - 1] in ("who", "which"):
        return (end - 1, end)
    if before == "T":
        return (end - 1, end)
    if before == ",":
        return _across_parenthesis(reading, floor, end)
    if before == "-":
        return _across_dashes(reading, floor, end)
    bare = end
    while bare - 1 > floor and tag[bare - 1] in "ZA":  # "Karen Lund late Thursday told…"
        bare -= 1
    if bare < end and reading.low[bare - 1] in ("this", "last", "next"):
        bare -= 1  # "Reports in Italy | this week claimed"
    if bare < end and tag[bare - 1] in "NMP":
        end = bare
    start = _before_its_object(reading, end, floor) or left_phrase(reading, end, floor)
    if start is None or start >= end:
        return modified_subject(reading, floor, end)
    start, end = _whole_relative(reading, start, end, floor)
    if start == floor + 3 and tag[floor:start] == ["M", "M", ","] and tag[end - 1] == "N":
        return (floor, end)  # "Dana Crewe, harbour chief executive | said"
    return (_somebody_of(reading, start, floor), end)


_OBJECT_PRONOUNS = frozenset(["it", "him", "her", "them"])


def _before_its_object(reading: Reading, end: int, floor: int) -> int | None:
    """ "The man who found it | said", "Those who saw him | say": where a subject begins whose relative
    clause ends in a pronoun; None for any other."""
    tag, low, k = reading.tag, reading.low, end - 2
    if low[end - 1] not in _OBJECT_PRONOUNS or k <= floor or tag[k] not in "VEB":
        return None
    while k > floor and tag[k] in "VEBXA":
        k -= 1
    if low[k] not in ("who", "which", "that") or k <= floor:
        return None
    if low[k - 1] in _ANYBODY:
        return k - 1
    return left_phrase(reading, k, floor) if tag[k - 1] in "NM" else None


def _whole_relative(reading: Reading, start: int, end: int, floor: int) -> Range:
    """'the man who met X said': the phrase before the verb is only the tail of its subject."""
    whole = _with_modifiers(reading, start, floor)
    if whole is not None:
        return (whole, end)
    tag, low, lex = reading.tag, reading.low, reading.lex
    j = start - 1
    if j <= floor or tag[end - 1] == "P":
        return (start, end)
    head = _relative_begins(reading, start, floor)
    if head is not None:
        return (head, end)
    if tag[j] == "R":
        j -= 1
        if j <= floor or tag[j] not in "EG":
            return (start, end)
    if tag[j] in "VEXG" or (tag[j] == "B" and j > floor and tag[j - 1] == "W"):
        k = j
        while k > floor and tag[k] in "VEXAGB" and tag[k - 1] not in "W":
            k -= 1
        if k > floor and tag[k - 1] == "W" and low[k - 1] in ("who", "whose", "which"):
            head = left_phrase(reading, k - 1, floor)
            if head is not None:
                return (head, end)
        plain = low[j] not in lex.cues or "bare" not in lex.cues[low[j]].frames
        if (
            plain
            and tag[j] in "EG"
            and j - 1 > floor
            and tag[j - 1] in "NM"
            and tag[start] not in "P"
        ):
            head = left_phrase(reading, j, floor)
            if head is not None and head == floor:
                return (head, end)
    return (start, end)


def _relative_begins(reading: Reading, start: int, floor: int) -> int | None:
    """Where a subject begins whose relative clause ends in the phrase at ``start``."""
    tag, low, j = reading.tag, reading.low, start - 1
    if tag[j] == "B" and j > floor + 1 and low[j - 1] in ("that", "who", "which"):
        return _that_head(reading, j, floor)  # "the agency that runs | the station"
    if tag[j] not in "RVEXT":
        return None
    return (_that_head if tag[j] == "T" else _relative_head)(reading, start, floor)


_EDGES = frozenset(',.:"q(CU-)')
_SUBORDINATING = frozenset(["after", "before", "since", "until", "as", "than", "like"])
_RELATIVES = frozenset(["who", "which", "whose", "where", "whom"])
_LONGEST_MODIFIER = 30  # tokens
_LONGEST_APPOSITION = 15  # tokens


def _with_modifiers(reading: Reading, start: int, floor: int) -> int | None:
    """ "A man accused of poisoning | his neighbour's fish", "a school where pupils fell ill": where
    the subject begins whose participle, preposition or relative clause ends in the phrase."""
    tag = reading.tag
    if start <= floor or tag[start] in "PO":
        return None
    edge = start
    while edge > floor and start - edge < _LONGEST_MODIFIER:
        joins = tag[edge - 1] == "C" and tag[edge] == "E"  # "posted by X and verified by Y"
        if tag[edge - 1] in _EDGES and not joins:
            break
        edge -= 1
    found = clause_subject(reading, edge, start)
    if found is not None and found[1] - 1 > found[0] and tag[found[1] - 1] == "G":
        found = (found[0], found[1] - 1)  # "Rebels | holding the town"
    if found is None or found[1] >= start or found[0] < floor or tag[found[0]] in "PO":
        return None
    return found[0] if _modifies(reading, found[1], start) else None


def modified_subject(reading: Reading, floor: int, end: int) -> Range | None:
    """ "Engineers who asked not to be named", "Residents living nearby": the clause's subject whose
    relative clause or participle ends right before its verb at ``end``; None where there is none."""
    found = clause_subject(reading, floor, end)
    tag = reading.tag
    if found is None or found[1] >= end or tag[found[0]] in "PO" or tag[end - 1] in "CUWO":
        return None
    k = found[1]
    if tag[k] in "EV" and (
        (k + 1 < end and tag[k + 1] in "DSMNJ#") or (tag[k - 1] == "M" and k - 1 > floor)
    ):
        return None  # "Sanders answered a question"
    return (found[0], end) if _modifies(reading, k, end) else None


def _modifies(reading: Reading, k: int, stop: int) -> bool:
    """Whether tokens [k, stop) can all belong to a noun phrase before them: no verb of their own
    but a participle's or a relative clause's, and nobody who says something."""
    tag, low, cues = reading.tag, reading.low, reading.lex.cues
    participle = tag[k] in "EGR" or (tag[k] == "V" and low[k] in reading.lex.participles)
    that = _that_does(reading, k, stop)
    if low[k] not in _RELATIVES and not participle and not that:
        return False
    relative = False
    for j in range(k, stop):
        if low[j] in _RELATIVES or (that and j == k):
            relative = True
            continue
        if low[j] in _SUBORDINATING or tag[j] == "W":  # "reacted with fury after a minister said"
            if relative and any(t in "VX" for t in tag[j + 1 : stop]):
                continue  # "a bride whose wedding was off after the venue went bust"
            return False
        if tag[j] == "T" or (tag[j] in "XP" and not relative):
            return False
        if tag[j] == "V" and j > k and not relative:
            return False
        if low[j] in cues and tag[j] in "VEB" and "bare" in cues[low[j]].frames:
            return False
    return True


def _that_does(reading: Reading, k: int, stop: int) -> bool:
    """ "A firm | that lost the contract": a "that" which is the subject of the verb after it."""
    tag = reading.tag
    if reading.low[k] != "that" or k < 2 or k + 1 >= stop:
        return False
    noun = tag[k - 1] in "NMG" or (tag[k - 1] == "B" and tag[k - 2] in "DSNJM")
    return noun and tag[k + 1] in "VXEB"


def _relative_head(reading: Reading, start: int, floor: int) -> int | None:
    """Where the phrase before a "who" or "whose" begins that has no comma around it."""
    for k in range(start - 1, max(floor, start - 15), -1):
        if reading.tag[k] in ',.:"-' or reading.low[k] in _SUBORDINATING:
            return None  # "a runner who came third has gone after | officials found"
        if reading.low[k] in ("who", "whose", "which") or _that_does(reading, k, start):
            if reading.tag[k - 1] not in "NMB#":
                return None  # "it is not clear who raised it"
            return left_phrase(reading, k, floor)
    return None


_ANYBODY = frozenset(
    ["nobody", "everyone", "everybody", "someone", "somebody", "anyone", "anybody", "those"]
)
_LONGEST_PAIR = 15  # tokens of "neither the council nor" before the verb's subject


def _somebody_of(reading: Reading, start: int, floor: int) -> int:
    """Where "nobody at | the club" and "neither the council nor | the police" begin."""
    tag, low, j = reading.tag, reading.low, start - 1
    if j > floor and tag[j] == "R" and low[j - 1] in _ANYBODY:
        return j - 1
    if j > floor and low[j] == "nor":
        for k in range(j - 1, max(floor, j - _LONGEST_PAIR) - 1, -1):
            if low[k] == "neither":
                return k
            if tag[k] in "VEX.:":
                break
    return start


def _that_head(reading: Reading, start: int, floor: int) -> int | None:
    """Where "a charity that | runs food banks" begins, whose verb reads like a noun."""
    verb = reading.lex.verb_forms.get(reading.low[start], "")
    if verb not in ("third", "past") or reading.tag[start - 2] not in "NM":
        return None
    return left_phrase(reading, start - 1, floor)


def with_apposition(reading: Reading, found: Range, stop: int) -> Range:
    """ "His team, Polarlys, …": a subject with the name in apposition to it."""
    first, end = found
    if end >= stop or reading.tag[end] != ",":
        return found
    for k in range(end + 1, min(stop, end + _LONGEST_APPOSITION)):
        if reading.tag[k] == ",":
            return (first, k) if reading.tag[k - 1] in "NM#)" else found
        if reading.tag[k] in "XVT.":
            break
    return found


def _past_time(reading: Reading, start: int, stop: int) -> int:
    """ "Last night | the minister", "On Sunday | the minister": without when it was said."""
    k = start
    while k < stop and (
        reading.tag[k] == "Z" or reading.low[k] in ("last", "this", "next", "early", "late")
    ):
        k += 1
    return k if start < k < stop and reading.tag[k] in "DSM" else start


def _across_dashes(reading: Reading, floor: int, end: int) -> Range | None:
    """ "X – who owns the mill – reckons": the subject stands before the first dash."""
    for j in range(end - 2, floor, -1):
        if reading.tag[j] == "-":
            start = left_phrase(reading, j, floor)
            return None if start is None else (start, j)
    return None


def _after_a_clause(reading: Reading, lead: int, floor: int) -> bool:
    """ "It comes weeks after | her husband, X, said": a clause of its own follows the word at lead;
    not "After the hearing, X, said"."""
    subordinate = reading.low[lead] in _SUBORDINATING
    return subordinate and any(verbal(reading, k) for k in range(floor + 1, lead))


def _role_and_name(reading: Reading, start: int, comma: int, close: int) -> bool:
    """ "Its chief executive, | Hana Vrba,": a description and, between commas, a name alone; "neighbour
    Joan Pye, | 70,": or an age."""
    name = reading.tags[comma + 1 : close]
    if name == "#":
        return True
    return reading.tag[start] in "DS" and name[:1] == "M" and not name.strip("MaJN")


def _said(reading: Reading, floor: int, end: int) -> bool:
    """Whether a clause with its verb stands before the comma at ``end``."""
    found = clause_subject(reading, floor, end)
    if found is None:
        return False
    return any(verbal(reading, k) for k in range(found[1], end))


def _across_parenthesis(reading: Reading, floor: int, end: int) -> Range | None:
    """', a spokesman for X, said': the subject stands before the parenthesis."""
    tag, low = reading.tag, reading.low
    close = end - 1
    j, tries = close - 1, 0
    while j > floor and tries < 6:
        if tag[j] == ",":
            tries += 1
            start = left_phrase(reading, j, floor)
            if start is not None and low[start] != "according" and tag[start] != "Z":
                if tag[start] == "O" or low[start] == "her":  # "The deputy who saved her, a baker,"
                    start = _relative_head(reading, start, floor) or start
                lead = start - 1
                opens = (
                    lead < floor or tag[lead] in "CUTW-:," or _after_a_clause(reading, lead, floor)
                )
                inner = tag[j + 1]
                adjunct = lead == floor and tag[lead] == "R"  # "After the hearing, the mayor, X,"
                if (opens and inner != "C") or (inner in "WGD" and not adjunct):
                    if lead < floor or tag[lead] != "," or tries >= 6:
                        return (_past_time(reading, start, j), close)
                    earlier = left_phrase(reading, lead, floor)
                    named = _role_and_name(reading, start, j, close)
                    if (
                        earlier is None
                        or tag[start] == "P"
                        or (named and _said(reading, floor, lead))
                    ):
                        return (start, close)
        elif tag[j] in ":":
            break
        j -= 1
    found = clause_subject(reading, floor, close)
    if found is not None and found[1] < close:
        modified = reading.low[found[1]] in _RELATIVES or tag[found[1]] in "EGT"
        if tag[found[1]] == "," or modified:
            return (found[0], close)
    return found
