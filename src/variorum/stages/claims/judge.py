"""The changes of one passage, gravest first, each accounting for the words that it explains."""

from __future__ import annotations

import re

from variorum.model import Claim, ClaimChange, Span
from variorum.model.claim import ChangeKind
from variorum.stages.claims.desk import (
    Desk,
    Ledger,
    attribution,
    became,
    came_statement,
    plain,
    short,
)
from variorum.stages.claims.figure_lines import tell_figure
from variorum.stages.claims.hedging import HedgeEdit, cue_edit, hedge_edits, negation_edits, turns
from variorum.stages.claims.layout import Layout
from variorum.stages.claims.lexicon import english
from variorum.stages.claims.lexicon import words as word_set
from variorum.stages.claims.lone import is_missing
from variorum.stages.claims.match import Pairing, content_words
from variorum.stages.claims.passages import Passage, Side
from variorum.stages.claims.quote_lines import tell_quote
from variorum.stages.claims.quoted import QuoteEdit, quote_edits
from variorum.stages.claims.reattribution import speaker_change
from variorum.stages.claims.revisions import revisions
from variorum.stages.claims.wording import carries, content_difference, squeezed, stem

# Share of a claim's content words that must be new (or gone) for it to count as added (dropped)
# inside a passage that stayed. Read off the seen half of the project's own pairs.
MOSTLY = 0.6
# Share of new words up to which a statement still counts as the one that the narrator tells on the
# other side. Read off real pairs.
STRANGE = 0.45


def judge_passage(
    laid: Layout, number: int, before: Ledger, after: Ledger, pairs: Pairing
) -> list[ClaimChange]:
    """Every claim change of passage ``number``."""
    both = laid.passages[number]
    desk = Desk(both, before, after, pairs.of(number))
    for edit in quote_edits(both):
        if edit.new or not _stands_elsewhere(laid, both, edit):
            tell_quote(desk, edit)
    if not both.hunks:
        return desk.found
    for pair in desk.pairs:
        _speaker(desk, before.claims[pair.old], after.claims[pair.new])
    _attributions(laid, desk, pairs)
    if both.astray:
        return desk.found
    for hunk in negation_edits(both):
        old, new = _beyond(both, *_around(both, hunk.old, hunk.new))
        desk.add("negated", old, new, became(both.old.quote(old.start, old.stop),
                                              both.new.quote(new.start, new.stop)),
                 claims=(_whose(desk.before, both.old, hunk.old, old),
                         _whose(desk.after, both.new, hunk.new, new)))  # fmt: skip
    for pair in desk.pairs:
        _denied(desk, before.claims[pair.old], after.claims[pair.new])
    for revision in revisions(both):
        tell_figure(desk, revision)
    for hedge in hedge_edits(both):
        _hedge(desk, hedge)
    for pair in desk.pairs:
        _reworded(desk, before.claims[pair.old], after.claims[pair.new])
    return desk.found


def _whose(ledger: Ledger, side: Side, words: range, shown: range) -> Claim | None:
    """The statement that the words of an edit stand in; what is shown of them may reach beyond it."""
    exact = ledger.around(side.span(words.start, words.stop)) if words else None
    return exact or ledger.around(side.span(shown.start, shown.stop))


def _stands_elsewhere(laid: Layout, both: Passage, edit: QuoteEdit) -> bool:
    """Whether quoted words that are gone from a passage stand in another place of the new text."""
    words = both.old.quote(edit.old.start, edit.old.stop)
    return squeezed(words) in laid.letters(new=True)


# -- who says it ----------------------------------------------------------------------------------
def _speaker(desk: Desk, old: Claim, new: Claim) -> None:
    if old.source is None or new.source is None:
        return
    both = desk.both
    mine, theirs = both.old.within(old.source), both.new.within(new.source)
    fresh = any(both.old.fresh[k] for k in mine) or any(both.new.fresh[k] for k in theirs)
    if not fresh or both.same_words(mine, theirs):
        return
    kind = speaker_change(old, new, both.old.text, both.new.text)
    if kind is not None:
        was, now = (
            plain(s.text[slice(*c.source)])
            for s, c in ((both.old, old), (both.new, new))
            if c.source
        )
        what = short(both.new.text[slice(*new.content)])
        statement = f"“{what}”: said by “{was}” before, by “{now}” now"
        desk.add(kind, mine, theirs, statement, claims=(old, new), before=was, after=now)
        if old.cue is not None and new.cue is not None:
            edit = cue_edit(both, both.old.within(old.cue), both.new.within(new.cue))
            if edit is not None:
                _hedge(desk, edit)
    figures = [(s, k) for s, c in ((both.old, old), (both.new, new)) for k in _figures_of(s, c)]
    both.use_hunks(mine, theirs)
    for side, k in figures:
        side.used[k] = False  # "for £310m, two people said" / "for £340m, the firm said"


def _figures_of(side: Side, claim: Claim) -> list[int]:
    """The words of a statement's content that have digits and are told nowhere yet."""
    words = content_words(side, claim)
    return [k for k in words if not side.used[k] and any(map(str.isdigit, side.word[k]))]


def _denied(desk: Desk, old: Claim, new: Claim) -> None:
    """ "Denied the report" became "confirmed the report": one side says no, the other does not."""
    if old.negated == new.negated or old.cue is None or new.cue is None:
        return
    both = desk.both
    mine, theirs = both.old.within(old.cue), both.new.within(new.cue)
    if _says_no_itself(both.old, old) != _says_no_itself(both.new, new):
        return  # "denies that it leaks" / "says that it does not leak"
    fresh = [k for k in mine if both.old.fresh[k] and not both.old.used[k]]
    come = [k for k in theirs if both.new.fresh[k] and not both.new.used[k]]
    if not fresh or not come:
        return
    if not _stayed(both.old, old) or not _stayed(both.new, new):
        return  # about something else
    was, now = _told(both.old, old, mine), _told(both.new, new, theirs)
    desk.add("negated", was, now, became(both.old.quote(was.start, was.stop),
                                         both.new.quote(now.start, now.stop)),
             claims=(old, new))  # fmt: skip
    both.use_hunks(mine, theirs)


def _says_no_itself(side: Side, claim: Claim) -> bool:
    """Whether a word that turns a statement came or went among its own words."""
    return any(turns(side.word[k]) for k in content_words(side, claim) if side.fresh[k])


def _stayed(side: Side, claim: Claim) -> bool:
    """Whether most of what a statement is about stands on the other side too."""
    telling = [k for k in content_words(side, claim) if carries(side.word[k])]
    return sum(side.twin[k] < 0 for k in telling) / max(1, len(telling)) <= 1 - MOSTLY


def _told(side: Side, claim: Claim, cue: range) -> range:
    """The words of a statement with its cue."""
    words = [*content_words(side, claim), *cue]
    return range(min(words), max(words) + 1)


def _attributions(laid: Layout, desk: Desk, pairs: Pairing) -> None:
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
    telling = [k for k in words if carries(side.word[k])]
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
        if not is_missing(side.text[slice(*claim.content)], laid.letters(new=gone)):
            return
        _came_or_went(desk, claim, side, words, frame, gone=gone)
    elif frame and claim.source and claim.cue and _all_fresh(side, claim.cue):
        if fresh > STRANGE or _said_otherwise(desk.both, side, claim.cue, gone=gone):
            return
        if _attributed_alike(side, claim, laid.letters(new=gone)):
            return
        _told_by_narrator(desk, claim, side, words, frame, gone=gone)


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
    views viewed consider considers considered utter utters uttered
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


# -- hedges -------------------------------------------------------------------------------------
def _hedge(desk: Desk, edit: HedgeEdit) -> None:
    both = desk.both
    old, new = _around(both, edit.old, edit.new)
    was, now = both.old.quote(old.start, old.stop), both.new.quote(new.start, new.stop)
    if edit.kind == "swapped":
        desk.add("reworded", old, new, became(was, now), weighs={"changed": 0.3})
        return
    which = "gone" if edit.kind == "unhedged" else "new"
    statement = f"“{edit.cue}” is {which}: {became(was, now)}"
    shade = edit.cue.lower() in _APPROXIMATE
    desk.add(edit.kind, old, new, statement, weighs={"approximator": shade},
             details={"cue": edit.cue})  # fmt: skip


_APPROXIMATE = word_set(
    "about around approximately roughly some nearly almost circa over under environ rund etwa unos"
) | {
    "at least",
    "up to",
    "more than",
    "less than",
    "close to",
    "at most",
    "fewer than",
    "or so",
    "an estimated",
    "estimated",
    "as many as",
    "no more than",
    "no fewer than",
    "in excess of",
}


def _around(both: Passage, old: range, new: range) -> tuple[range, range]:
    """A hunk with two equal words after it (before it at the passage's end), to read by."""
    after = 0
    while after < 2 and _twins(both, old.stop + after, new.stop + after):
        after += 1
    before = 0
    while after + before < 2 and _twins(both, old.start - 1 - before, new.start - 1 - before):
        before += 1
    return (
        range(old.start - before, old.stop + after),
        range(new.start - before, new.stop + after),
    )


_SMALL = 2  # words of an edit right behind another that are told with it


def _beyond(both: Passage, old: range, new: range) -> tuple[range, range]:
    """Two stretches with a small edit that follows right behind them and the word after it: "there
    are no towels" / "towels are there"."""
    after = next(
        (h for h in both.hunks if (h.old.start, h.new.start) == (old.stop, new.stop)), None
    )
    if after is None or max(len(after.old), len(after.new)) > _SMALL:
        return old, new
    word = int(_twins(both, after.old.stop, after.new.stop))
    return (
        range(old.start, after.old.stop + word),
        range(new.start, after.new.stop + word),
    )


def _twins(both: Passage, i: int, j: int) -> bool:
    return 0 <= i < len(both.old.twin) and both.old.twin[i] == j >= 0


def _mostly_told(both: Passage, mine: set[int], theirs: set[int]) -> bool:
    """Whether most of a statement's words stand in reports already: its quotation was altered."""
    used = sum(both.old.used[k] for k in mine) + sum(both.new.used[k] for k in theirs)
    return 2 * used > len(mine) + len(theirs)


# -- what is left ---------------------------------------------------------------------------------
def _reworded(desk: Desk, old: Claim, new: Claim) -> None:
    """The rest of a statement's own words: reworded, if a word that says something differs."""
    both = desk.both
    mine, theirs = set(content_words(both.old, old)), set(content_words(both.new, new))
    if _mostly_told(both, mine, theirs):
        return
    left_old: list[int] = []
    left_new: list[int] = []
    hunks: list[tuple[range, range]] = []
    for hunk in both.hunks:
        a = [k for k in hunk.old if k in mine and not both.old.used[k]]
        b = [k for k in hunk.new if k in theirs and not both.new.used[k]]
        left_old += a
        left_new += b
        if a or b:
            hunks.append((_extent(a, hunk.old, b), _extent(b, hunk.new, a)))
    gone, come = content_difference(
        (both.old.word[k] for k in left_old), (both.new.word[k] for k in left_new)
    )
    if not gone and not come:
        return
    first = range(hunks[0][0].start, hunks[-1][0].stop)
    second = range(hunks[0][1].start, hunks[-1][1].stop)
    if (not second and _goes_on(both.new, new, gone)) or (
        not first and _goes_on(both.old, old, come)
    ):
        return
    share = (len(gone) + len(come)) / max(1, len(mine) + len(theirs))
    bare = max(len(first), len(second)) <= _BARE
    told, tells = _around(both, first, second) if bare else (first, second)
    line = became(short(both.old.quote(told.start, told.stop)),
                  short(both.new.quote(tells.start, tells.stop)))  # fmt: skip
    desk.add("reworded", first, second, line, claims=(old, new), weighs={"changed": share})
    both.old.use(left_old)
    both.new.use(left_new)


_BARE = 2  # words of a rewording that say little without those beside them


def _extent(words: list[int], there: range, instead: list[int]) -> range:
    """From the first to the last of some words. Where there are none: what stands in the place of
    ``instead`` beyond the statement, if it is not much more; else nothing at that place, so that
    what stands between two edits is told on both sides or on neither."""
    if words:
        return range(words[0], words[-1] + 1)
    beyond = len(there) <= 2 * len(instead) + 2
    return there if beyond else range(there.start, there.start)


_FURTHER = 400  # letters after a statement in which the rest of what it said may stand by itself
_A_CLAUSE = 4  # content words of a clause that can be known again


def _goes_on(side: Side, claim: Claim, words: list[str]) -> bool:
    """Whether at least half of these words, a clause that one side's statement lacks, follow it
    there as a sentence of their own."""
    if len(words) < _A_CLAUSE:
        return False
    end = claim.content[1]
    following = {stem(w) for w in _WORD.findall(side.text[end : end + _FURTHER].lower())}
    return 2 * sum(stem(w) in following for w in words) >= len(words)


_WORD = re.compile(r"[^\W_]+")
