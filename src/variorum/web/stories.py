"""Changes as rows of a list and as entries of a feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from variorum.model import Change, Lead, Word
from variorum.model.change import Announcement
from variorum.model.times import parse_iso
from variorum.text.typography import fold
from variorum.web.atom import Entry, stable_id
from variorum.web.languages import NN_, current, gettext, many
from variorum.web.naming import NAMES, named
from variorum.web.prose import word_edits
from variorum.web.templating import day

# Steps of the weight shown by the bar beside a row; a guess at four steps that an eye can tell.
_STEPS = (0.15, 0.35, 0.6)
# What of a page is quoted beside its text; a headline has a line of its own.
_FIELDS = frozenset({"byline", "caption", "media", "published", "section"})


@dataclass(frozen=True, slots=True)
class Row:
    """One change as a list shows it."""

    change: Change
    href: str
    headline: str
    headline_was: str | None
    #: whether marks and spaces of the headline are all that changed of it
    headline_retouched: bool
    before: str
    after: str
    remark: str
    step: int
    tally: str
    #: what the quotations are of, where that is not the text: "caption"
    field: str


def row(change: Change) -> Row:
    """The row of a change."""
    new, old = change.headline_new, change.headline_old
    other = old is not None and new is not None and fold(old) != fold(new)
    before, after, remark = _quoted(change.lead) if change.lead else ("", "", "")
    if change.lead and change.lead.kind == "published":
        before, after = dated(before), dated(after)
    return Row(
        change=change,
        href=place(change),
        headline=new or old or change.url or gettext("untitled"),
        headline_was=old if other else None,
        headline_retouched=bool(old and new and old != new and not other),
        before=before,
        after=after,
        remark=remark,
        step=sum(change.weight >= s for s in _STEPS),
        tally=tally(change.counts),
        field=named(change.lead.kind) if change.lead and change.lead.kind in _FIELDS else "",
    )


def dated(text: str) -> str:
    """A publisher's date in plain words, where it is one."""
    try:
        time = parse_iso(text)
    except (ValueError, OverflowError):
        return text
    language = current()
    return f"{language.dated(time, language.moment)} UTC" if len(text) >= 16 else day(time)


def _quoted(lead: Lead) -> tuple[str, str, str]:
    """The two quotations of a lead and what else its statement says. The statement quotes a figure
    with what is counted, the lead the figure alone."""
    return quotations(lead.before, lead.after, lead.statement)


def quotations(before: str, after: str, statement: str) -> tuple[str, str, str]:
    """(before, after, remark): the quotations as the statement gives them, where it gives both."""
    if not before or not after:
        return before, after, ""
    cue = _cue(before, statement)
    if cue:
        return before, after, cue
    first, became, rest = statement.partition("” became “")
    second, closed, remark = rest.rpartition("”")
    if became and closed and first.startswith("“") and before in first and after in second:
        return first[1:], second, remark.strip(" ()")
    plain = not statement or statement.startswith(("added", "removed", "moved", "dropped"))
    return before, after, "" if plain or became else statement


def brief(before: str, statement: str) -> str:
    """A statement where the words that it quotes are marked beside it: of a hedge its cue will do."""
    return _cue(before, statement) or statement


def _cue(before: str, statement: str) -> str:
    """What a statement says of a hedge without the two quotations that it repeats; "" for others."""
    older = statement.endswith(
        f"”, before “{before}”"
    )  # as changes recorded before 2026-11-26 have it
    for said in ("” is gone", "” is new"):
        cue, found, rest = statement.partition(said)
        if found and (rest.startswith(": “") or (older and rest[:1] == " ")):
            return cue + said
    return ""


def told_claim(change: dict[str, Any]) -> dict[str, Any]:
    """A recorded claim change as it is shown: quoted with what is counted, and who said it."""
    statement = change.get("statement") or ""
    before, after, remark = quotations(change["before"], change["after"], statement)
    return {
        **change,
        "before": before,
        "after": after,
        "remark": remark,
        "statement": statement,
        "who": speaker_of(change),
    }


def speaker_of(change: dict[str, Any]) -> str:
    """Whose claim a recorded change is about, "" when nobody is named."""
    claim = change.get("new") or change.get("old") or {}
    return (claim.get("speaker") or {}).get("name") or ""


def place(change: Change) -> str:
    """The path where the change is shown: its comparison, or its article for an event."""
    if change.old is None or change.new is None or change.old == change.new:
        return f"/a/{change.article}"
    return f"/a/{change.article}/v{change.old}..v{change.new}"


def tally(counts: object) -> str:
    """How many sentences came, went, changed, moved."""
    told = dict(counts) if isinstance(counts, dict) else {}
    words = [many(told[k], one, more) for k, (one, more) in _TALLIES.items() if told.get(k)]
    return ", ".join(words)


_TALLIES = {
    "added": NN_("%(n)s added", "%(n)s added"),
    "removed": NN_("%(n)s removed", "%(n)s removed"),
    "edited": NN_("%(n)s edited", "%(n)s edited"),
    "moved": NN_("%(n)s moved", "%(n)s moved"),
}


_ANNOUNCED: dict[Announcement, str] = {
    "announced": "announced change",
    "announced in part": "change announced in part",
    "unannounced": "unannounced change",
}


def announced(change: Change) -> str:
    """Whether the publisher said so."""
    return _ANNOUNCED[change.announcement]


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
