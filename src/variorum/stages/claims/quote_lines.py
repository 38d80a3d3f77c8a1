"""How an edit of quoted words is told."""

from __future__ import annotations

from variorum.stages.claims.desk import Desk, became, short
from variorum.stages.claims.passages import Passage, Side
from variorum.stages.claims.quoted import QuoteEdit, in_marks


def tell_quote(desk: Desk, edit: QuoteEdit) -> None:
    """Add the change that an edit of quoted words is."""
    both = desk.both
    was = both.old.quote(edit.old.start, edit.old.stop)
    now = both.new.quote(edit.new.start, edit.new.stop)
    if edit.how == "unquoted":
        statement = f"“{now}” no longer stands in quotation marks"
        was = f"“{was}”"
    elif edit.how == "quoted":
        statement = f"“{was}” now stands in quotation marks"
        now = f"“{now}”"
    elif edit.how == "moved":
        statement = (
            f"the quotation marks around “{short(was, _SHOWN)}” stand around “{short(now, _SHOWN)}”"
        )
    else:
        statement = became(*_near_the_change(both, edit)) + _bare(both, edit)
    size = max(len(edit.old), len(edit.new), 1)
    twins = sum(both.old.twin[k] >= 0 for k in edit.old)
    desk.add("quote", edit.old, edit.new, statement, before=was, after=now,
             weighs={"changed": 1 - twins / size if edit.how == "altered" else 1.0,
                     "sort": edit.how if edit.how == "moved" else ""},
             details={"how": edit.how})  # fmt: skip


def _bare(both: Passage, edit: QuoteEdit) -> str:
    """Which of two quotations is none: a paraphrase, without marks."""
    if both.lost.marks or not edit.old or not edit.new:
        return ""
    if not in_marks(both.new, edit.new):
        return " (no longer in quotation marks)"
    return "" if in_marks(both.old, edit.old) else " (now in quotation marks)"


_SHOWN = 160  # letters of a quotation that are shown
_ENOUGH = 40  # of them after the first change
_LEAD = 6  # words before a change that lies further on


def _near_the_change(both: Passage, edit: QuoteEdit) -> tuple[str, str]:
    """Both quotations as they are shown: from their beginnings, or from a little before what
    differs, if that would be cut off."""
    changes = _first_change(both.old, edit.old), _first_change(both.new, edit.new)
    sides = (both.old, edit.old, changes[0]), (both.new, edit.new, changes[1])
    places = [side.end[k] - side.start[words.start] for side, words, k in sides if words]
    longest = max(side.end[words[-1]] - side.start[words[0]] for side, words, _ in sides if words)
    from_start = min(places) <= _SHOWN - _ENOUGH or longest <= _SHOWN
    was = _shown(both.old, edit.old, None if from_start else changes[0])
    return was, _shown(both.new, edit.new, None if from_start else changes[1])


def _first_change(side: Side, words: range) -> int:
    return next((k for k in words if side.fresh[k]), words.stop - 1)


def _shown(side: Side, words: range, change: int | None) -> str:
    first = words.start if change is None else max(words.start, change - _LEAD)
    cut = "… " if first > words.start else ""
    return cut + short(side.quote(first, words.stop), _SHOWN)
