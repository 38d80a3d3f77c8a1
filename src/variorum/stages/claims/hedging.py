"""Hedges and negation that came or went between the two sides of a passage."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, pairwise
from typing import Literal

from variorum.model import Hedge
from variorum.stages.claims.hedges import hedge_lexicon
from variorum.stages.claims.lexicon import english
from variorum.stages.claims.lexicon import words as word_set
from variorum.stages.claims.passages import Hunk, Passage, Side
from variorum.stages.claims.wording import carries, respelled, stem

# Content words that may come or go together with a hedge while the statement counts as the same
# one ("was hit" / "is believed to have been struck"). Read off the seen half of our own pairs.
ROOM = 3
# The share of words that two sides of a passage have in common for it to count as one statement
# whose certainty can have changed; below it the sentence was written anew. From the same reading.
STAYS = 0.5

_DOUBT = re.compile(
    r"(?:claim(?:s|ed|ing)?|alleg(?:e|es|ed|ing)|purport(?:s|ed)?|suggest(?:s|ed)?|insinuat\w+)\Z"
)
_PLAIN = re.compile(
    r"(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old)|confirm\w*|announc\w+|add(?:s|ed)|reveal\w*|"
    r"report(?:s|ed)|not(?:es|ed)|explain\w*|stat(?:es|ed)|show(?:s|ed|n)?|admit\w*|found|"
    r"according|prov(?:es|ed|en))\Z"
)
_CONTRACTED = re.compile(
    r"(?:do|does|did|is|are|was|were|has|have|had|wo|would|ca|could|should|must|need|might)nt\Z"
)
_DO_SUPPORT = frozenset({"do", "does", "did", "longer", "any", "to"})
# "there will be no towels available" / "towels are available"
_THERE_IS = word_set("there will be is are was were has have had been would")
# "are not required to sign" / "must sign": a duty lifted or laid on
_OBLIGES = word_set("must should shall need needs required obliged")
_NEGATORS = word_set("failed fails unable not no never none nobody nothing neither nor cannot nicht kein keine "
                      "nie ne pas jamais aucun aucune nunca ningún ninguna")  # fmt: skip


@dataclass(frozen=True, slots=True)
class HedgeEdit:
    """A hedge came (``hedged``), went (``unhedged``), or gave way to another (``swapped``)."""

    kind: Literal["hedged", "unhedged", "swapped"]
    old: range
    new: range
    cue: str


def hedge_edits(both: Passage) -> list[HedgeEdit]:
    """What happened to the hedges of a passage; what that accounts for is marked as used."""
    if both.alike < STAYS:
        return []
    old, new = _unmoved(_fresh(both.old), _fresh(both.new))
    old = [h for h in old if not _came_from(both.new, h)]
    new = [h for h in new if not _came_from(both.old, h)]
    out: list[HedgeEdit] = []
    for hunk in both.hunks:
        mine = [h for h in old if _in(both.old, h, hunk.old)]
        theirs = [h for h in new if _in(both.new, h, hunk.new)]
        out += _judge(both, hunk, mine, theirs) or _verbs(both, hunk) or _moods(both, hunk)
    out = _unsure_still(out)
    for edit in out:
        both.old.use(edit.old)
        both.new.use(edit.new)
    return out


def _came_from(other: Side, hedge: Hedge) -> bool:
    """Whether the words of a hedge stand elsewhere on the other side, where they went or came too:
    "at least a salary of £9" / "a salary of at least £9"."""
    wanted = hedge.text.lower().split()
    size, word = len(wanted), other.word
    return any(
        word[k] == wanted[0] and word[k : k + size] == wanted and all(other.fresh[k : k + size])
        for k in range(len(word) - size + 1)
    )


_BESIDE = 3  # words between a hedge that went and one that came in its stead


def _unsure_still(edits: list[HedgeEdit]) -> list[HedgeEdit]:
    """Leaves out a hedge that went where another came beside it: "that have potentially been hit" /
    "that might have been hit"."""
    instead: set[int] = set()
    for i, (one, other) in enumerate(pairwise(edits)):
        near = (
            abs(one.old.start - other.old.start) <= _BESIDE
            and abs(one.new.start - other.new.start) <= _BESIDE
        )
        if near and {one.kind, other.kind} == {"hedged", "unhedged"}:
            instead |= {i, i + 1}
    return [e for i, e in enumerate(edits) if i not in instead]


def _fresh(side: Side) -> list[Hedge]:
    """The hedges of a side that say something new: more than another form of "be" beside the same
    words ("expected to" / "are expected to"), and no tendency, which is no doubt."""
    return [h for h in side.hedges if _is_fresh(side, h) and not _NO_DOUBT.match(h.text)]


# A tendency is no doubt; a verb of suggesting is a cue, compared with the other cues (_verbs)
_NO_DOUBT = re.compile(r"(?:tend|suggest)", re.IGNORECASE)


def _unmoved(old: list[Hedge], new: list[Hedge]) -> tuple[list[Hedge], list[Hedge]]:
    """Hedges of both sides, those left out whose word only stands elsewhere in the sentence ("was
    alleged to have" / "it was alleged that")."""
    roots = [{_root(h) for h in side} for side in (old, new)]
    both = roots[0] & roots[1]
    return [h for h in old if _root(h) not in both], [h for h in new if _root(h) not in both]


def _root(hedge: Hedge) -> str:
    telling = [w for w in hedge.text.lower().split() if w not in _LITTLE and w != "it"]
    return stem(telling[-1]).removesuffix("ly") if telling else hedge.text.lower()


def _is_fresh(side: Side, hedge: Hedge) -> bool:
    words = side.within(hedge.span)
    telling = [k for k in words if side.word[k] not in _LITTLE] or list(words)
    return any(side.fresh[k] and not side.used[k] for k in telling)


def _in(side: Side, hedge: Hedge, words: range) -> bool:
    return any(k in words and not side.used[k] for k in side.within(hedge.span))


def _judge(both: Passage, hunk: Hunk, mine: list[Hedge], theirs: list[Hedge]) -> list[HedgeEdit]:
    same = set(map(_key, mine)) & set(map(_key, theirs))
    mine = [h for h in mine if _key(h) not in same]
    theirs = [h for h in theirs if _key(h) not in same]
    if not mine and not theirs:
        return []
    mine = [h for h in mine if not _otherwise(both, hunk, h, gone=True)]
    theirs = [h for h in theirs if not _otherwise(both, hunk, h, gone=False)]
    if not mine and not theirs:
        return []
    if mine and theirs:
        return _swapped(both, hunk, mine, theirs)
    if not _statement_stays(both, hunk, mine or theirs) or _allows(both, hunk, mine or theirs):
        return []
    if _spelt_otherwise(both, hunk):
        return []
    if _told_instead(both.new if mine else both.old, mine or theirs):
        return []
    other = [both.new.word[k] for k in hunk.new] if mine else [both.old.word[k] for k in hunk.old]
    if _UNSURE & set(other):
        return []  # "potentially disastrous" / "possible disastrous": as unsure as before
    cue = (mine or theirs)[0].text
    return [HedgeEdit("unhedged" if mine else "hedged", hunk.old, hunk.new, cue)]


def _spelt_otherwise(both: Passage, hunk: Hunk) -> bool:
    """Whether a hedge came with a slip of the pen put right ("allegdly" / "allegedly")."""
    if not len(hunk.old) == len(hunk.new) == 1:
        return False
    return respelled(both.old.word[hunk.old.start], both.new.word[hunk.new.start])


def _key(hedge: Hedge) -> str:
    """The hedge without number and tense: "are likely to" is "is likely to"."""
    return " ".join(stem(w) for w in hedge.text.lower().split() if w not in _BE)


_LITTLE = word_set("is are was were be been being has have had to that also as")
_BE = word_set("is are was were be been being has have had")


def _swapped(both: Passage, hunk: Hunk, mine: list[Hedge], theirs: list[Hedge]) -> list[HedgeEdit]:
    if {h.kind for h in mine + theirs} == {"approximator"}:
        both.old.use(hunk.old)
        both.new.use(hunk.new)
        return []  # a bound that turned is a figure; "about" and "around" are one
    if not _statement_stays(both, hunk, mine + theirs):
        return []
    return [HedgeEdit("swapped", hunk.old, hunk.new, f"{mine[0].text}/{theirs[0].text}")]


def _statement_stays(both: Passage, hunk: Hunk, hedges: list[Hedge]) -> bool:
    """Whether what the hedge stands in is the same statement, not new or dropped matter; "may live"
    and "lives" say the same."""
    cues = {w for h in hedges for w in h.text.lower().split()}
    old = [w for k in hunk.old if carries(w := both.old.word[k]) and w not in cues]
    new = [w for k in hunk.new if carries(w := both.new.word[k]) and w not in cues]
    both_say = {w.removesuffix("s") for w in old} & {w.removesuffix("s") for w in new}
    old, new = ([w for w in side if w.removesuffix("s") not in both_say] for side in (old, new))
    if not hunk.old or not hunk.new:
        if cues <= _MODALS and len(hunk.old) + len(hunk.new) > 2:
            return False  # a clause put in: "the best friends I could have"
        return len(old) + len(new) <= (0 if cues <= _MODALS else 1)
    return len(old) + len(new) <= (1 if cues <= _MODALS else ROOM)


_UNSURE = word_set(
    """
    possible potential probable likely maybe perhaps probably possibly potentially alleged suspected
    apparent presumed expected supposed seemingly apparently reportedly looks look seems seem
    appears appear signs indications chance chances
    """
)
_REPORTED = word_set("reportedly allegedly apparently supposedly purportedly")
_REPORTS = re.compile(
    r"(?:reports?|reported|reportedly|according|alleg\w+|claim(?:s|ed)?|sa(?:id|ys?)|told)\Z"
)


def _told_instead(other: Side, hedges: list[Hedge]) -> bool:
    """Whether a source came where "reportedly" went, or the other way about ("reports say …")."""
    if not all(h.text.lower() in _REPORTED for h in hedges):
        return False
    return any(other.fresh[k] and _REPORTS.match(w) is not None for k, w in enumerate(other.word))


def _otherwise(both: Passage, hunk: Hunk, hedge: Hedge, *, gone: bool) -> bool:
    """Whether the other side says in another way what a hedge said, or nothing about it."""
    side, other = (both.old, both.new) if gone else (both.new, both.old)
    there = {other.word[k] for k in (hunk.new if gone else hunk.old)}
    if _thinks_instead(other, hedge) or (hedge.text.lower() == "barely" and there & _ONLY):
        return True
    words = hedge.text.lower().split()
    if _turns(words) and _turns(both.old.word) == _turns(both.new.word):
        return all(w in other.word for w in words if carries(w) and not _turns([w]))
    return hedge.kind == "approximator" and _went_with_its_figure(side, hedge, there)


def _thinks_instead(other: Side, hedge: Hedge) -> bool:
    """Whether the verb of a hedge ("is thought to") came or went on the other side, as somebody's
    ("scientists think")."""
    verbs = english().cues
    lemmas = {verbs[w].lemma for k, w in enumerate(other.word) if other.fresh[k] and w in verbs}
    return any(w in verbs and verbs[w].lemma in lemmas for w in hedge.text.lower().split())


_ONLY = frozenset({"only", "just", "merely"})


def _went_with_its_figure(side: Side, hedge: Hedge, there: set[str]) -> bool:
    """Whether the number behind an approximator went too, and no other came: "up to 4 months" /
    "a month longer"."""
    behind = side.within(hedge.span).stop
    if behind >= len(side.word) or not side.fresh[behind] or not _is_number(side.word[behind]):
        return False
    return not any(map(_is_number, there))


def _is_number(word: str) -> bool:
    return word[:1].isdigit() or english().tags.get(word) == "#"


_DEONTIC = frozenset({"can", "should", "must", "shall", "need", "needs", "ought", "cannot"})
_PERSONAL = frozenset({"you", "one", "we"})


def _allows(both: Passage, hunk: Hunk, hedges: list[Hedge]) -> bool:
    """Whether a modal tells what one is allowed or advised to do, not what may be so: after "you",
    or in the place of "should" and "can" before a verb of doing."""
    others = {both.old.word[k] for k in hunk.old} | {both.new.word[k] for k in hunk.new}
    if any("expected" in h.text.lower() for h in hedges) and others & _DEONTIC:
        return True  # "you are expected to pay" / "you must pay"
    if not {h.text.lower() for h in hedges} <= _MODALS:
        return False
    for side, words in ((both.old, hunk.old), (both.new, hunk.new)):
        for k in words:
            if side.word[k] not in _MODALS:
                continue
            after = side.word[k + 1] if k + 1 < len(side.word) else ""
            if k and side.word[k - 1] in _PERSONAL and after not in {"be", "have"}:
                return True
    before = hunk.new.start - 1
    personal = before >= 0 and both.new.word[before] in _PERSONAL
    after = both.new.word[hunk.new.stop] if hunk.new.stop < len(both.new.word) else ""
    return personal or (bool(others & _DEONTIC) and after not in {"be", "have"})


# "may" gives way to "will", or to a verb; with more words it was another sentence
_MODALS = frozenset({"may", "might", "could"})


def _verbs(both: Passage, hunk: Hunk) -> list[HedgeEdit]:
    """``said`` became ``claimed``, or the other way about."""
    old = [k for k in hunk.old if not both.old.used[k]]
    new = [k for k in hunk.new if not both.new.used[k]]
    doubt_old = [k for k in old if _DOUBT.match(both.old.word[k])]
    doubt_new = [k for k in new if _DOUBT.match(both.new.word[k])]
    plain_old = [k for k in old if _PLAIN.match(both.old.word[k])]
    plain_new = [k for k in new if _PLAIN.match(both.new.word[k])]
    if doubt_new and plain_old and not doubt_old:
        return [_verb_edit("hedged", plain_old[0], doubt_new[0], both.new.word[doubt_new[0]])]
    if doubt_old and plain_new and not doubt_new:
        return [_verb_edit("unhedged", doubt_old[0], plain_new[0], both.old.word[doubt_old[0]])]
    return []


def cue_edit(both: Passage, old: range, new: range) -> HedgeEdit | None:
    """``claimed`` became ``said``, or the other way about, where the speaker changed too."""
    if not any(both.old.fresh[k] for k in old):
        return None
    found = _verbs(both, Hunk(old, new))
    return found[0] if found else None


#: Endings of the conditional, in which French and Spanish news tells what it does not vouch for, that
#: no other tense has (``retirait``, ``quería`` are imperfects).
_CONDITIONAL = {"fr": ("erait", "eraient"), "es": ("aría", "arían")}
_STEM = 3


def _moods(both: Passage, hunk: Hunk) -> list[HedgeEdit]:
    """``montrerait`` became ``montre``, or the other way about."""
    endings = _CONDITIONAL.get(both.old.language)
    old = [k for k in hunk.old if not both.old.used[k]]
    new = [k for k in hunk.new if not both.new.used[k]]
    if endings is None or not len(old) == len(new) == 1:
        return []
    was, now = both.old.word[old[0]], both.new.word[new[0]]
    if was.endswith(endings) == now.endswith(endings):
        return []
    unsure, firm = (was, now) if was.endswith(endings) else (now, was)
    root = next(unsure.removesuffix(e) for e in endings if unsure.endswith(e))
    if len(root) < _STEM or not firm.startswith(root):
        return []
    return [_verb_edit("unhedged" if unsure is was else "hedged", old[0], new[0], unsure)]


def _verb_edit(kind: Literal["hedged", "unhedged"], old: int, new: int, cue: str) -> HedgeEdit:
    return HedgeEdit(kind, range(old, old + 1), range(new, new + 1), cue)


# -- negation -------------------------------------------------------------------------------------
def negation_edits(both: Passage) -> list[Hunk]:
    """Hunks in which a yes became a no or a no a yes, and little else."""
    out: list[Hunk] = []
    turned = [_turns(compress(side.word, side.fresh)) for side in (both.old, both.new)]
    if turned[0] == turned[1]:
        return out  # "Nor should this be …" / "This is not …": a no that only moved
    for hunk in _joined(both):
        old = [both.old.word[k] for k in hunk.old if not both.old.used[k]]
        new = [both.new.word[k] for k in hunk.new if not both.new.used[k]]
        if (_turns(old) + _turns(new)) % 2 == 0:
            continue
        if _LIMITS & {*old, *new} or "non" in old + new:
            continue  # "never" / "only", "rather than" / "not": a limit, or a no in other words
        rest = [w for w in old + new if carries(w) and not _turns([w])]
        rest = [w for w in rest if not _elided(w, old + new)]
        if old and new:
            slight = len(rest) <= 1 or _OBLIGES.issuperset(rest)
        else:  # a clause put in ("if it has not …") turns nothing
            slight = all(_turns([w]) or w in _DO_SUPPORT | _THERE_IS for w in old + new)
        slight = slight or _some_for_none(old, new) or _some_for_none(new, old)
        if slight and len(old) + len(new) <= 6 and both.alike >= STAYS:
            out.append(hunk)
            both.old.use(hunk.old)
            both.new.use(hunk.new)
    return out


def _elided(word: str, words: list[str]) -> bool:
    """Whether a word stands with and without a French "n'": "n'augmentera pas" / "augmentera"."""
    bare = word.removeprefix("n'").removeprefix("n’").removeprefix("n")
    return any(w in (f"n'{word}", f"n{word}", f"n’{word}") for w in words) or (
        bare != word and bare in words
    )


def _joined(both: Passage) -> list[Hunk]:
    """The hunks of a passage; "no" gone before "one" is one with the noun that came after it ("no
    one" / "one person")."""
    out: list[Hunk] = []
    for hunk in both.hunks:
        last = out[-1] if out else None
        beside = last is not None and hunk.old.start == last.old.stop + 1
        if last is not None and beside and hunk.new.start == last.new.stop + 1:
            words = both.old.word[last.old.start : last.old.stop + 1]
            turned = both.new.word[last.new.start : last.new.stop + 1]
            if ["no", "one"] in (words, turned):
                out[-1] = Hunk(
                    range(last.old.start, hunk.old.stop), range(last.new.start, hunk.new.stop)
                )
                continue
        out.append(hunk)
    return out


_NOBODY = frozenset({"nobody", "no", "one", "none", "nothing"}) | _BE


def _some_for_none(none: list[str], some: list[str]) -> bool:
    """ "Nobody was" / "three people were": how many, where there were none."""
    counted = any(w.isdigit() or english().tags.get(w) == "#" for w in some)
    return counted and bool(none) and set(none) <= _NOBODY and len(some) <= _FEW


_FEW = 4
_LIMITS = frozenset({"only", "rather", "instead", "without", "except", "barely", "hardly", "far"})


def _turns(words: Iterable[str]) -> int:
    """How many words turn what stands beside them into its contrary."""
    turning = _turning()
    return sum(
        w in turning or (w.endswith("nt") and _CONTRACTED.match(w) is not None) for w in words
    )


def turns(word: str) -> bool:
    """Whether a word turns what stands beside it into its contrary."""
    return _turns((word,)) > 0


@lru_cache(maxsize=1)
def _turning() -> frozenset[str]:
    return _NEGATORS | set(hedge_lexicon()["negation"]["cues"])
