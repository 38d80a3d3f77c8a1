"""The changes of one passage, gravest first, each accounting for the words that it explains."""

from __future__ import annotations

import re

from variorum.model import Claim, ClaimChange
from variorum.stages.claims.desk import (
    Desk,
    Ledger,
    became,
    plain,
    short,
)
from variorum.stages.claims.figure_lines import tell_figure
from variorum.stages.claims.hedging import HedgeEdit, cue_edit, hedge_edits, negation_edits, turns
from variorum.stages.claims.layout import Layout
from variorum.stages.claims.lexicon import words as word_set
from variorum.stages.claims.match import Pairing, content_words
from variorum.stages.claims.one_sided import MOSTLY, attributions
from variorum.stages.claims.passages import Passage, Side
from variorum.stages.claims.quote_lines import tell_quote
from variorum.stages.claims.quoted import QuoteEdit, quote_edits
from variorum.stages.claims.reattribution import speaker_change
from variorum.stages.claims.revisions import revisions
from variorum.stages.claims.wording import carries, content_difference, squeezed, stem


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
    attributions(laid, desk, pairs)
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
        _reworded(laid, desk, before.claims[pair.old], after.claims[pair.new])
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
def _reworded(laid: Layout, desk: Desk, old: Claim, new: Claim) -> None:
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
    if not left_new and _are_beyond(both, left_old):
        return  # "…, bringing them near" / ". This brought them near"
    first = range(hunks[0][0].start, hunks[-1][0].stop)
    second = range(hunks[0][1].start, hunks[-1][1].stop)
    if (not second and _goes_on(both.new, new, gone)) or (
        not first and _goes_on(both.old, old, come)
    ):
        return
    if not first and _stood_elsewhere(laid, both.new, second, new=False):
        return  # "ordered at the Prince Hotel": said in the sentence before, there
    if not second and _stood_elsewhere(laid, both.old, first, new=True):
        return
    share = (len(gone) + len(come)) / max(1, len(mine) + len(theirs))
    bare = max(len(first), len(second)) <= _BARE
    told, tells = _around(both, first, second) if bare else (first, second)
    line = became(short(both.old.quote(told.start, told.stop)),
                  short(both.new.quote(tells.start, tells.stop)))  # fmt: skip
    desk.add("reworded", first, second, line, claims=(old, new), weighs={"changed": share})
    both.old.use(left_old)
    both.new.use(left_new)


def _are_beyond(both: Passage, words: list[int]) -> bool:
    """Whether words that the new side's statement lacks stand in their place behind its end."""
    touched = [h.new for h in both.hunks if any(k in h.old for k in words)]
    told = [both.new.word[k] for new in touched for k in new]
    return bool(told) and not any(content_difference([both.old.word[k] for k in words], told))


_TELLING = 12  # letters by which words are known again in another place


def _stood_elsewhere(laid: Layout, side: Side, words: range, *, new: bool) -> bool:
    """Whether words that only one side's statement has stand in the other text all the same, but for
    the little word before them."""
    while len(words) > 1 and not carries(side.word[words.start]):
        words = words[1:]
    letters = squeezed(side.quote(words.start, words.stop))
    return len(letters) >= _TELLING and letters in laid.letters(new=new)


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
