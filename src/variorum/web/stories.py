"""Changes as rows of a list and as entries of a feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from variorum.model import Change, Word
from variorum.web.atom import Entry, stable_id
from variorum.web.naming import NAMES
from variorum.web.prose import word_edits

# Steps of the weight shown by the bar beside a row; a guess at four steps that an eye can tell.
_STEPS = (0.15, 0.35, 0.6)


@dataclass(frozen=True, slots=True)
class Row:
    """One change as a list shows it."""

    change: Change
    href: str
    headline: str
    headline_was: str | None
    before: str
    after: str
    remark: str
    step: int
    tally: str


def row(change: Change) -> Row:
    """The row of a change."""
    new, old = change.headline_new, change.headline_old
    lead = change.lead
    return Row(
        change=change,
        href=place(change),
        headline=new or old or change.url or "untitled",
        headline_was=old if old and new and old != new else None,
        before=lead.before if lead else "",
        after=lead.after if lead else "",
        remark=_remark(change),
        step=sum(change.weight >= s for s in _STEPS),
        tally=tally(change.counts),
    )


def _remark(change: Change) -> str:
    """The lead's statement where it says more than its two quotations do."""
    lead = change.lead
    if lead is None or lead.statement.startswith(("added: ", "removed: ", "moved: ")):
        return ""
    if not lead.before or not lead.after:
        return ""
    return "" if lead.statement.endswith("”") else lead.statement


def place(change: Change) -> str:
    """The path where the change is shown: its comparison, or its article for an event."""
    if change.old is None or change.new is None or change.old == change.new:
        return f"/a/{change.article}"
    return f"/a/{change.article}/v{change.old}..v{change.new}"


def tally(counts: object) -> str:
    """How many sentences came, went, changed, moved."""
    told = dict(counts) if isinstance(counts, dict) else {}
    words = [f"{told[k]} {k}" for k in ("added", "removed", "edited", "moved") if told.get(k)]
    return ", ".join(words)


def announced(change: Change) -> str:
    """Whether the publisher said so."""
    return "announced change" if change.announced else "unannounced change"


def entry(change: Change, base: str, born: str) -> Entry:
    """The change as an Atom entry; ``born`` (when the archive was made) makes its id unique."""
    told = row(change)
    badges = ", ".join(NAMES.get(k, k) for k in change.kinds)
    parts = [Markup("<p>{} ({}).</p>").format(announced(change).capitalize(), badges)]
    if told.headline_was:
        edits: Sequence[Word] = (("-", told.headline_was), ("=", " "), ("+", told.headline))
        parts.append(Markup("<p>{}</p>").format(word_edits(edits)))
    if change.lead:
        parts.append(Markup("<p>{}</p>").format(change.lead.statement))
    if told.tally:
        parts.append(Markup("<p>Sentences: {}.</p>").format(told.tally))
    return Entry(
        id=stable_id(born, "change", change.article, change.old, change.new, change.time),
        title=f"{told.headline} ({badges})" if badges else told.headline,
        url=base + told.href,
        updated=change.time,
        html=str(Markup("").join(parts)),
        author=change.host or "unknown",
        categories=change.kinds,
    )
