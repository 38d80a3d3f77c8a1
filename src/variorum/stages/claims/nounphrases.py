"""Noun phrases without a parser: to the left of a verb (its subject), to the right, of a clause."""

from __future__ import annotations

from variorum.stages.claims.reading import Reading

_NOUNISH = frozenset("MNJ#ZGBDSa")
_PREPS_LEFT = frozenset(
    [
        "of",
        "in",
        "for",
        "at",
        "from",
        "with",
        "on",
        "to",
        "against",
        "behind",
        "near",
        "by",
        "under",
        "around",
    ]
)
_ROLE_WORDS = ("er", "or", "an", "st", "nt", "ive", "ess")
MAX_PHRASE = 60  # tokens; the longest sources of news (name, role, relative clause) stay below


def verbal(reading: Reading, i: int) -> bool:
    """Whether token i, by itself and its neighbours, is a finite verb or an auxiliary."""
    tag = reading.tag[i]
    if tag in ("X", "V"):
        return True
    before = reading.tag[i - 1] if i else "."
    if tag == "E":
        return before not in "DSRJ#" and not (
            before == "A" and i > 1 and reading.tag[i - 2] in "DS"
        )
    if tag == "B":
        if before in "PX" or (before == "W" and reading.low[i - 1] == "who"):
            return True
        if before == "B" and i > 1 and reading.tag[i - 2] in "DS":
            before = "N"  # "the strike | goes on"
        if before not in 'NMZA)q"T' or (i and _possessive(reading, i - 1)):
            return False
        after = reading.tag[i + 1] if i + 1 < reading.size else "."
        if reading.lex.verb_forms.get(reading.low[i]) == "third":
            return after in 'DSOTRWP#AMXG"J' and not reading.low[i - 1].endswith("s")
        return after in "DSOTWP#AR" and reading.low[i - 1].endswith("s")
    return False


def next_main_verb(reading: Reading, k: int, stop: int) -> int | None:
    """Where the second verb group of [k, stop) begins, the first beginning at k: that of the clause
    around a relative one ("say | drove the car | has been released"); None without one."""
    tag = reading.tag
    j = k
    while j < stop and tag[j] in "XAVEB":
        j += 1
    for m in range(j, stop):
        if tag[m] in '.:,"-CUWT' and reading.low[m : m + 2] != ["that", "of"]:
            return None
        if (tag[m] == "X" and tag[m - 1] not in "DS") or (tag[m] in "VB" and verbal(reading, m)):
            return m if m > j else None
    return None


def _possessive(reading: Reading, i: int) -> bool:
    return reading.low[i].endswith(("'s", "’s"))


def left_phrase(reading: Reading, end: int, floor: int) -> int | None:
    """Where the noun phrase that ends before token ``end`` begins (not before ``floor``)."""
    tag = reading.tag
    if end - 1 < floor:
        return None
    if tag[end - 1] == "P":
        return end - 1
    j = _before_pronoun(reading, end - 1, floor)
    start: int | None = None
    lowest = max(floor, end - MAX_PHRASE)
    last_and = -1
    while j >= lowest:
        t = tag[j]
        if t in _NOUNISH or (t in "EVA" and _adjectival(reading, j, lowest, start is not None)):
            start = j
            if t in "DS" and _opens_phrase(reading, j, lowest):
                break
        elif t == ")" and j > lowest:
            k = _opening(reading, j, lowest)
            if k is None:
                break
            j = k
        elif not _passes_left(reading, j, lowest, start is not None):
            break
        elif t == "C":
            last_and = j
            if _pronoun_and(reading, j):
                return j - 1
        j -= 1
    if start is None:
        return None
    return _begin(reading, start, end, j, last_and, lowest)


def _begin(reading: Reading, start: int, end: int, j: int, last_and: int, lowest: int) -> int:
    """The first token of a phrase that was read leftwards from ``end`` to ``start``."""
    tag = reading.tag
    cut = last_and > 0 and j >= lowest and (verbal(reading, j) or tag[j] in "VEX")
    if cut and not _within_name(reading, last_and):
        return last_and + 1
    while start < end - 1 and tag[start] in "RC":
        start += 1
    return _after_adjunct(reading, start, end)


def _within_name(reading: Reading, k: int) -> bool:
    """Whether the "and" at k stands in a name: "Action on Smoking and Health"."""
    if k < 3 or reading.low[k - 2] not in ("on", "of", "for") or reading.tag[k + 1] != "M":
        return False
    return reading.word[k - 1][0].isupper() and reading.word[k - 3][0].isupper()


def _before_pronoun(reading: Reading, j: int, floor: int) -> int:
    """ "one of them": the phrase is read on from "one"."""
    of_them = reading.tag[j] == "O" and j > floor + 1 and reading.low[j - 1] == "of"
    return j - 2 if of_them else j


def _pronoun_and(reading: Reading, j: int) -> bool:
    """ "She and her husband"."""
    return reading.tag[j - 1] == "P" and reading.low[j - 1] in ("he", "she", "they")


def _opens_phrase(reading: Reading, j: int, lowest: int) -> bool:
    """Whether a determiner at j begins the phrase: nothing before it goes on to the left."""
    if j == lowest:
        return True
    if reading.low[j - 1] in _PREPS_LEFT or reading.tag[j - 1] == "C":
        return False
    return reading.low[j] not in ("all", "both", "the") or reading.tag[j - 1] != "D"


def _passes_left(reading: Reading, j: int, lowest: int, started: bool) -> bool:
    """Whether a token that is no noun can stand inside a noun phrase read from the right."""
    t = reading.tag[j]
    if t == "q" and j > lowest and _plural_possessive(reading, j):
        return True
    if not started:
        return False
    if t in '"q':
        return _inside_phrase(reading, j, lowest)
    if j == lowest:
        return False
    if t == "R":
        return reading.low[j] in _PREPS_LEFT
    if t == "C":
        couple = reading.tag[j - 1] == "P" and reading.tag[j + 1] == "S"
        return reading.low[j] in ("and", "or") and (reading.tag[j - 1] in _NOUNISH or couple)
    return t == "A" and (reading.tag[j - 1] in "DS" or _possessive(reading, j - 1))


def _adjectival(reading: Reading, j: int, lowest: int, before_noun: bool) -> bool:
    """A participle used as an adjective: "the leaked clip", "Leaked clip", "Newly leaked clip"."""
    if reading.tag[j] == "A":
        leads = j == lowest and before_noun and reading.low[j].endswith("ly")
        return leads and reading.tag[j + 1] in "EJ"
    if j > lowest:
        return reading.tag[j - 1] in "DSJ#A"
    return before_noun and reading.tag[j] == "E" and j == reading.sent_first[reading.sentence[j]]


def _plural_possessive(reading: Reading, j: int) -> bool:
    """The apostrophe of "the wardens' union"."""
    return (
        reading.tag[j] == "q"
        and j + 1 < reading.size
        and not reading.spaced(j)
        and reading.spaced(j + 1)
        and reading.low[j - 1].endswith("s")
        and reading.tag[j + 1] in "NMJGBE"
    )


def _opening(reading: Reading, j: int, lowest: int) -> int | None:
    for k in range(j - 1, max(lowest, j - 8) - 1, -1):
        if reading.tag[k] == "(":
            return k
    return None


def _inside_phrase(reading: Reading, j: int, lowest: int) -> bool:
    """A mark amid a noun phrase: 'the "Fox & Friends" host' (a lone short quotation)."""
    return any(reading.tag[k] in '"q' for k in range(j - 1, max(lowest, j - 5) - 1, -1))


def _after_adjunct(reading: Reading, start: int, end: int) -> int:
    """Drops a prepositional phrase that opens the sentence: "In a statement | the campaign"."""
    tag = reading.tag
    if start == 0 or tag[start - 1] != "R":
        return start
    for k in range(end - 1, start, -1):
        if (
            tag[k - 1] in "NZ#"
            and tag[k] in "DMSP"
            and not (tag[k] == "M" and tag[k - 1] == "N" and _title(reading.low[k - 1]))
        ):
            return k
    return start


def _title(low: str) -> bool:
    return low.endswith(_ROLE_WORDS)


_PREPS_RIGHT = frozenset(["of", "in", "at", "for", "from", "with"])
_PREPS_WIDE = _PREPS_RIGHT | frozenset(["by", "on", "about", "near", "between", "against"])


def right_phrase(
    reading: Reading, i: int, stop: int, *, loose: bool = False, wide: bool = False
) -> int:
    """The index after the noun phrase that begins at i; i if none does.

    ``wide`` takes more prepositions in; ``loose`` all, and appositions and relative clauses too.
    """
    tag = reading.tag
    if i >= stop:
        return i
    if tag[i] in "PO":
        return i + 1
    j, head = i, False
    stop = min(stop, i + MAX_PHRASE)
    preps = None if loose else _PREPS_WIDE if wide else _PREPS_RIGHT
    while j < stop:
        t = tag[j]
        if t in "DS":
            if head and tag[j - 1] not in "RC":
                break
            head = False
        elif t in "MNZ#":
            if not loose and head and _new_name(reading, j):
                break
            head = not _one_such(reading, j, stop)
        elif _noun_in_place(reading, j, i, stop, head):
            head = True
        elif loose and t == "(":
            j = _closing(reading, j, stop)
        elif not _passes_right(reading, j, i, stop, head, preps):
            if loose and head and t in ",WET" and _trailer(reading, j, stop):
                return _trailer_end(reading, j, stop)
            break
        j += 1
    while j > i and tag[j - 1] in "RCDSA":
        j -= 1
    return j


_GATHERINGS = frozenset(["meeting", "hearing", "briefing", "gathering", "sitting", "sentencing"])


def _noun_in_place(reading: Reading, j: int, i: int, stop: int, head: bool) -> bool:
    """A form of a verb that is a noun in its place: "the claim", "told the meeting | her team"."""
    tag = reading.tag
    if tag[j] == "B":
        return not head or not verbal(reading, j)
    if tag[j] != "G" or reading.low[j] not in _GATHERINGS or j == i or tag[j - 1] not in "DSN":
        return False
    return j + 1 < stop and tag[j + 1] in "DSPT"


def _one_such(reading: Reading, j: int, stop: int) -> bool:
    """ "One | stunned neighbour", "one badly shaken clerk": an article rather than a number."""
    tag, low, k = reading.tag, reading.low, j + 1
    if low[j] != "one":
        return False
    while k < stop and tag[k] in "AJ":
        k += 1
    if k < stop and low[k] not in reading.lex.cues:
        participle = tag[k] == "E" or (tag[k] == "V" and low[k] in reading.lex.participles)
        k += participle
    plain = k > j + 1 and k < stop and tag[k] == "N" and reading.word[k].isalpha()
    return plain and not low[k].endswith("s")


def _closing(reading: Reading, j: int, stop: int) -> int:
    """The bracket that closes the one at j, or the last token before ``stop``."""
    return next((k for k in range(j, stop) if reading.tag[k] == ")"), stop - 1)


def _new_name(reading: Reading, j: int) -> bool:
    """ "told reporters | Trump would": a plural noun does not go on with a name."""
    if reading.tag[j] != "M" or reading.tag[j - 1] != "N":
        return False
    return reading.low[j - 1].endswith("s") and not reading.low[j - 1].endswith("ss")


def _passes_right(
    reading: Reading, j: int, i: int, stop: int, head: bool, preps: frozenset[str] | None
) -> bool:
    """Whether a token that is no noun can stand inside a noun phrase; ``preps``: which
    prepositions may (None: all)."""
    tag, low = reading.tag, reading.low
    t = tag[j]
    if t in "aJG":
        return True
    if t in "EVA":
        return not head
    if t == "q" and j > i and _plural_possessive(reading, j):
        return True
    if t in '"q':
        return _closes_soon(reading, j, stop)
    if not head or j + 1 >= stop:
        return False
    if t == "R":
        return tag[j + 1] in "DSMNJ#ZGB" and (preps is None or low[j] in preps)
    return t == "C" and tag[j + 1] in "DSMNJ#" and low[j] in ("and", "or", "&")


def _closes_soon(reading: Reading, j: int, stop: int) -> bool:
    return any(reading.tag[k] in '"q' for k in range(j + 1, min(stop, j + 5)))


def _trailer(reading: Reading, j: int, stop: int) -> bool:
    """An apposition or relative clause follows: ", a former director", "who has known"."""
    if reading.tag[j] == ",":
        return j + 1 < stop and (
            reading.tag[j + 1] in "DWM#"
            or (reading.tag[j + 1] in "NJS" and reading.low[j + 1] != "but")
        )
    return reading.tag[j] in "W" or reading.tag[j] == "E"


_ADJUNCTS = frozenset(["with", "in", "on", "at", "after", "before", "during", "via"])


def _trailer_end(reading: Reading, j: int, stop: int) -> int:
    """To the clause's end: a stop, colon, dash or quotation mark."""
    k = j + 1
    while k < stop and reading.tag[k] not in '.:-"':
        behind = k + 1 < stop and (reading.tag[k + 1] in "GCU" or reading.low[k + 1] in _ADJUNCTS)
        if reading.tag[k] == "," and behind:
            break  # "the centre's president, X, | with exceptions for the ill"
        k += 1
    return k


_LATELY = frozenset(["last", "this", "next", "late", "early"])
_OTHERS = frozenset(["another", "others", "some", "many", "most", "several", "few", "both"])


def clause_subject(reading: Reading, first: int, end: int) -> tuple[int, int] | None:
    """The first noun phrase of the clause [first, end): its subject, after leading adjuncts."""
    tag = reading.tag
    p = first
    for _ in range(6):
        while p < end and (tag[p] in "CA,-:(" or (tag[p] in '"q')):
            p += 1
        if p >= end:
            return None
        if reading.low[p] in _LATELY and p + 1 < end and tag[p + 1] == "Z":
            p += 2  # "Last night | the minister"
            continue
        if tag[p] in "RUWGZE" or (tag[p] == "V"):
            comma = _comma(reading, p, end)
            if comma is None:
                if tag[p] in "RZ":
                    k = right_phrase(reading, p + 1, end)
                    if p < k < end and tag[k] in "PMDNS":
                        p = k
                        continue
                return None
            p = comma + 1
            continue
        stop = right_phrase(reading, p, end, wide=True)
        if stop == p and reading.low[p] in _OTHERS and p + 1 < end and tag[p + 1] in "XVE":
            return (p, p + 1)  # "Another was less sure, saying that…"
        return (p, stop) if stop > p else None
    return None


def _comma(reading: Reading, p: int, end: int) -> int | None:
    for k in range(p, end):
        if reading.tag[k] == ",":
            return k
    return None
