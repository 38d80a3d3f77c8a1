"""Statements of a passage that only one version attributes: new, gone, or told by the narrator."""

from __future__ import annotations

from variorum.model import Claim, Span
from variorum.model.claim import ChangeKind
from variorum.stages.claims.comparable import is_impersonal
from variorum.stages.claims.desk import Desk, attribution, became, came_statement, short
from variorum.stages.claims.layout import Layout
from variorum.stages.claims.lexicon import english
from variorum.stages.claims.lexicon import words as word_set
from variorum.stages.claims.lone import is_missing
from variorum.stages.claims.match import Pairing, content_words
from variorum.stages.claims.passages import Passage, Side
from variorum.stages.claims.wording import carries, squeezed

# Share of a claim's content words that must be new (or gone) for it to count as added (dropped)
# inside a passage that stayed. Read off the seen half of the project's own pairs.
MOSTLY = 0.6
# Share of new words up to which a statement still counts as the one that the narrator tells on the
# other side. Read off real pairs.
STRANGE = 0.45


def attributions(laid: Layout, desk: Desk, pairs: Pairing) -> None:
    """Statements of the passage that only one side attributes: new, dropped, or told by the
    narrator on the other side."""
    both = desk.both
    for i, claim in desk.before.touching(both.old.ranges):
        if i not in pairs.old and claim.within is None:
            _one_sided(laid, desk, claim, both.old, gone=True)
    for j, claim in desk.after.touching(both.new.ranges):
        if j not in pairs.new and claim.within is None:
            _one_sided(laid, desk, claim, both.new, gone=False)


def _one_sided(laid: Layout, desk: Desk, claim: Claim, side: Side, *, gone: bool) -> None:
    words = content_words(side, claim)
    telling = [k for k in words if carries(side.word[k]) and side.start[k] >= _said_from(claim)]
    new = [k for k in telling if side.fresh[k]]
    if not telling and claim.negated and _frame_is_fresh(side, claim):
        _came_or_went(
            desk, claim, side, words or _frame(side, claim), _frame(side, claim), gone=gone
        )
        return  # "The club denies this." is gone
    if not telling or (new and 2 * sum(side.used[k] for k in new) > len(new)):
        return  # reported already, as an altered quotation or another speaker
    fresh = sum(side.fresh[k] for k in telling) / len(telling)
    frame = _frame(side, claim)
    if fresh >= MOSTLY:
        there = desk.both.new if gone else desk.both.old
        if _in_other_order(side, there, telling):
            return  # "How wrong I was" / "But I was wrong"
        if gone and _quoted_anew(laid, desk, claim, words):
            return
        if not is_missing(side.text[slice(*claim.content)], laid.letters(new=gone)):
            return
        _came_or_went(desk, claim, side, words, frame, gone=gone)
    elif frame and claim.source and claim.cue and _all_fresh(side, claim.cue):
        if fresh > STRANGE or _said_otherwise(desk.both, side, claim.cue, gone=gone):
            return
        if _attributed_alike(side, claim, laid.letters(new=gone)):
            return
        _told_by_narrator(desk, claim, side, words, frame, gone=gone)


def _said_from(claim: Claim) -> int:
    """Where what is said of something begins: behind the verb in "X was said to be under guard"."""
    return claim.cue[1] if claim.cue is not None and is_impersonal(claim) else claim.content[0]


_LIKE = 0.25  # share of words by which a sentence between two that stayed is the same in others


def _quoted_anew(laid: Layout, desk: Desk, claim: Claim, words: list[int]) -> bool:
    """Tells as altered a sentence amid a quotation whose counterpart, in a copy that lost its marks,
    stands in its place: "We have quarrels going on" / "There are quarrels"."""
    both = desk.both
    if not both.lost.marks or claim.type != "direct" or not both.in_place or both.alike < _LIKE:
        return False
    if 2 * len(words) < len(both.old.word):
        return False
    if not is_missing(both.old.quote(words[0], words[-1] + 1), laid.letters(new=True)):
        return False
    was, now = range(words[0], words[-1] + 1), range(len(both.new.word))
    line = became(short(both.old.quote(was.start, was.stop)), short(both.new.quote(0, now.stop)))
    desk.add("quote", was, now, line, claims=(claim, None),
             weighs={"changed": 1 - both.alike}, details={"how": "altered"})  # fmt: skip
    both.old.use(was)
    both.new.use(now)
    return True


def _in_other_order(side: Side, there: Side, telling: list[int]) -> bool:
    """Whether what a statement says came or went in this passage only by its place in the sentence:
    the same words stand among those that differ on the other side."""
    fresh = {there.word[k] for k, is_fresh in enumerate(there.fresh) if is_fresh}
    return all(side.word[k] in fresh | _ASKING for k in telling if side.fresh[k])


_ASKING = frozenset({"how", "why"})
_BESIDE = 3  # words that tell beside which statement an attribution stands
_REACH = 60  # letters in which they are looked for


def _attributed_alike(side: Side, claim: Claim, other: str) -> bool:
    """Whether source and cue stand beside the same words in the other text too, where marks that
    were lost keep them from being read as an attribution ("… the winter? X says")."""
    if claim.source is None or claim.cue is None:
        return False
    first, last = min(claim.source[0], claim.cue[0]), max(claim.source[1], claim.cue[1])
    frame = side.text[first:last]
    before = side.text[max(0, first - _REACH) : first].split()[-_BESIDE:]
    after = side.text[last : last + _REACH].split()[:_BESIDE]
    return (
        squeezed(" ".join([*before, frame])) in other
        or squeezed(" ".join([frame, *after])) in other
    )


def _said_otherwise(both: Passage, side: Side, cue: Span, *, gone: bool) -> bool:
    """Whether another verb of saying stands where a cue came or went ("he sighs" / "he sighed")."""
    there = both.new if gone else both.old
    for k in side.within(cue):
        hunk = both.hunk_at(old=k) if gone else both.hunk_at(new=k)
        words = () if hunk is None else (hunk.new if gone else hunk.old)
        if any(_says(there.word[i], side.word[k]) for i in words):
            return True
    return False


def _says(word: str, cue: str) -> bool:
    """Whether a word is a verb of saying, or the noun of this one ("criticism", "criticised")."""
    same_root = len(cue) > _ROOT and word[:_ROOT] == cue[:_ROOT]
    return word in english().cues or word in _DECIDES or same_root


_ROOT = 6


_DECIDES = word_set(
    """
    decided decides judged thinks thought feels felt knows dictates dictated provides provided
    requires remembers remembered recalls recalled see sees saw seen regard regards regarded view
    views viewed consider considers considered utter utters uttered showcase showcases showcased
    illustrate illustrates illustrated demonstrate demonstrates demonstrated
    """
)


def _frame_is_fresh(side: Side, claim: Claim) -> bool:
    """Whether both source and cue came or went, nothing of them told yet."""
    frame = _frame(side, claim)
    both_told = claim.source is not None and claim.cue is not None
    return both_told and bool(frame) and all(side.fresh[k] and not side.used[k] for k in frame)


def _all_fresh(side: Side, span: Span) -> bool:
    words = side.within(span)
    return bool(words) and all(side.fresh[k] for k in words)


def _frame(side: Side, claim: Claim) -> list[int]:
    spans = [s for s in (claim.source, claim.cue) if s is not None]
    return sorted({k for span in spans for k in side.within(span)})


def _came_or_went(
    desk: Desk, claim: Claim, side: Side, words: list[int], frame: list[int], *, gone: bool
) -> None:
    what = range(words[0], words[-1] + 1)
    kind: ChangeKind = "dropped" if gone else "added"
    none = range(0)
    desk.add(kind, what if gone else none, none if gone else what,
             came_statement(claim, side.text, kind, _told_part(side, claim, what)),
             claims=(claim, None) if gone else (None, claim))  # fmt: skip
    side.use(words)
    side.use(frame)


def _told_part(side: Side, claim: Claim, words: range) -> Span | None:
    """The sentences of a quotation that stand in the passage, if it has others elsewhere."""
    span = side.span(words.start, words.stop)
    if span is None or claim.type != "direct" or claim.negated:
        return None
    start, end = claim.content
    return span if span[0] - start >= _ELSEWHERE or end - span[1] >= _ELSEWHERE else None


_ELSEWHERE = 12  # letters of a quotation's other sentences


def _told_by_narrator(
    desk: Desk, claim: Claim, side: Side, words: list[int], frame: list[int], *, gone: bool
) -> None:
    """The words stayed, their attribution did not: "police said" is gone, or is new."""
    both = desk.both
    twins = sorted(side.twin[k] for k in words if side.twin[k] >= 0)
    there = range(twins[0], twins[-1] + 1)
    if _is_attributed(desk, twins, gone=gone) or _hangs_on(both.new if gone else both.old, there):
        return
    cue = attribution(claim, side.text)
    told = range(frame[0], frame[-1] + 1)
    if gone:
        now = both.new.quote(there.start, there.stop)
        desk.add("reattributed", told, there, f"“{cue}” is gone from “{short(now)}”",
                 claims=(claim, None), details={"to": "narrator"})  # fmt: skip
        both.use_hunks(frame, [])
    else:
        was = both.old.quote(there.start, there.stop)
        desk.add("reattributed", there, told, f"“{cue}” is new in “{short(was)}”",
                 claims=(None, claim), details={"from": "narrator"})  # fmt: skip
        both.use_hunks([], frame)


_REPORTED = frozenset({"reportedly", "allegedly", "apparently", "supposedly", "purportedly"})


def _hangs_on(side: Side, words: range) -> bool:
    """Whether words depend on what is said before them ("… and that the mill would close"), or are
    told as hearsay ("reportedly")."""
    before = side.word[words.start - 1] if words.start else ""
    return before == "that" or any(side.fresh[k] and side.word[k] in _REPORTED for k in words)


def _is_attributed(desk: Desk, words: list[int], *, gone: bool) -> bool:
    """Whether most of these words of the other side stand in a statement of its ledger after all,
    one that begins or ends elsewhere."""
    side, ledger = (desk.both.new, desk.after) if gone else (desk.both.old, desk.before)
    held: set[int] = set()
    for _, claim in ledger.touching(side.ranges):
        held.update(content_words(side, claim))
    return 2 * sum(k in held for k in words) > len(words)
