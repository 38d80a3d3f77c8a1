"""One step of an article's history, told in a few words and ranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from variorum.model import (
    Change,
    ClaimChange,
    Collation,
    Decision,
    DecisionKind,
    FieldEdit,
    Lead,
    Segment,
    Version,
    reasons,
)
from variorum.model.change import BADGES
from variorum.model.times import parse_iso
from variorum.text.typography import fold

# Badges that claim changes are shown under, gravest first.
_BADGES = {
    "quote": "quote",
    "figure": "figure",
    "negated": "negation",
    "unhedged": "hedge",
    "hedged": "hedge",
    "reattributed": "attribution",
    "anonymised": "attribution",
    "named": "attribution",
    "reworded": "claim",
    "added": "claim",
    "dropped": "claim",
}
# Weight of a difference that no claim change explains: a headline is what most people read; text
# that goes weighs more than text that comes, since nobody is told. Set by ranking the demo
# newspaper's changes by hand; recalibrate with the claim weights.
_WEIGHTS = {
    "headline": 0.55,
    "notice": 0.5,
    "removed": 0.4,
    "added": 0.3,
    "reworded": 0.25,
    "moved": 0.15,
    "byline": 0.15,
    "media": 0.15,
    "dates": 0.1,
    "wording": 0.05,
}
_FIELD_BADGES = {
    "headline": "headline",
    "notice": "notice",
    "notices": "notice",
    "byline": "byline",
    "published": "dates",
    "media": "media",
    "caption": "media",
}
_QUOTED = 240
_TELLING = 3  # words of a sentence that tells what came or went, at least


def summarise(
    old: Version, new: Version, collation: Collation, claims: Sequence[ClaimChange]
) -> Change:
    """The Change from ``old`` to ``new``, from their collation and claim changes."""
    touched = [s for s in collation.segments if s.op != "same" or s.moved]
    worded = [s for s in touched if s.op != "same" and _says_otherwise(s)]
    badges = {_BADGES[c.kind] for c in claims}
    badges |= {_segment_badge(s) for s in touched}
    badges |= {_FIELD_BADGES.get(f.field, "wording") for f in collation.fields}
    if new.kind in (DecisionKind.RETURNED, DecisionKind.FLAPPING):
        badges.add(str(new.kind))
    before, after = old.document.headline, new.document.headline
    if fold(before or "") != fold(after or ""):
        badges.add("headline")
    beside = reasons.told_beside(new.reason)
    if beside:
        badges.add("reworded")
    kinds = tuple(sorted(badges, key=_rank))
    weight = max(
        [c.weight for c in claims] + [_WEIGHTS.get(k, 0.0) for k in kinds if k in _WEIGHTS] + [0.0]
    )
    return Change(
        article=new.article,
        old=old.number,
        new=new.number,
        time=new.first_seen,
        kinds=kinds,
        weight=min(1.0, weight),
        announced=all(c.announced for c in claims) and bool(claims or _noted(old, new)),
        meaningful=bool(
            claims or worded or badges & {"headline", "notice", "moved", "media"} or beside
        ),
        headline_old=before,
        headline_new=after,
        lead=_lead(claims, worded or touched, collation.fields)
        or (Lead("edited", "", "", f"outside the text: {beside}") if beside else None),
        counts=_counts(touched),
        age=_age(new.document.published, new.first_seen),
        partly=len({c.announced for c in claims}) > 1,
    )


def _noted(old: Version, new: Version) -> bool:
    """Whether the publisher said something that it had not said before; a notice taken away says
    nothing."""
    before = {fold(n.text) for n in old.document.notices}
    return any(fold(n.text) not in before for n in new.document.notices)


def event(article: int, decision: Decision, current: Version | None, time: datetime) -> Change:
    """A Change without a new version: the article is gone, moved away or behind a paywall."""
    kind = {DecisionKind.GONE: "gone", DecisionKind.MOVED: "moved-away"}.get(
        decision.kind, str(decision.details.get("outcome", "failed"))
    )
    headline = current.document.headline if current else None
    return Change(
        article=article,
        old=current.number if current else None,
        new=current.number if current else None,
        time=time,
        kinds=(kind,),
        weight=0.7 if kind in ("gone", "moved-away") else 0.2,
        announced=False,
        meaningful=kind in ("gone", "moved-away"),
        headline_old=headline,
        headline_new=headline,
        lead=Lead(kind, "", "", decision.reason),
        age=_age(current.document.published, time) if current else None,
    )


def _rank(badge: str) -> int:
    return BADGES.index(badge) if badge in BADGES else len(BADGES)


def _says_otherwise(segment: Segment) -> bool:
    """Whether letters or digits differ, not only marks and spaces."""
    old = "".join(t for k, t in segment.words if k != "+")
    new = "".join(t for k, t in segment.words if k != "-")
    return _letters(old) != _letters(new)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _segment_badge(segment: Segment) -> str:
    if segment.op == "added":
        return "added"
    if segment.op == "removed":
        return "removed"
    if segment.op == "same":
        return "moved"
    return "reworded" if _says_otherwise(segment) else "wording"


def _counts(touched: Iterable[Segment]) -> dict[str, int]:
    counts = Counter("moved" if s.op == "same" else str(s.op) for s in touched)
    for kind in ("split", "merged"):
        counts["edited"] += counts.pop(kind, 0)
    return {k: v for k, v in counts.items() if v}


def _lead(
    claims: Sequence[ClaimChange], touched: Sequence[Segment], fields: Sequence[FieldEdit]
) -> Lead | None:
    if claims:
        first = max(claims, key=lambda c: c.weight)
        return Lead(first.kind, _cut(first.before), _cut(first.after), first.statement)
    if touched:
        rank = {"removed": 0, "edited": 1, "merged": 1, "split": 1, "added": 2, "same": 3}
        segment = min(touched, key=lambda s: (rank[s.op], _is_brief(s)))
        old, new = _phrase(segment, "-"), _phrase(segment, "+")
        op = "moved" if segment.op == "same" else str(segment.op)
        return Lead(op, _cut(old), _cut(new), _said(op, _cut(old), _cut(new)))
    if fields:
        edit = fields[0]
        old, new = _cut(edit.old), _cut(edit.new)
        return Lead(edit.field, old, new, _field_said(edit.field, old, new))
    return None


def _is_brief(segment: Segment) -> bool:
    """Whether a whole sentence that came or went is but a time or a label: "14:40", "Correction."."""
    alone = segment.op in ("added", "removed")
    return alone and sum(len(t.split()) for _, t in segment.words) < _TELLING


def _phrase(segment: Segment, side: str) -> str:
    """The words of one side from the first to the last that differ; all of a moved sentence."""
    if segment.op == "same":
        return "".join(t for k, t in segment.words if k == "=").strip()
    marks = [i for i, (k, _) in enumerate(segment.words) if k != "="]
    if not marks:
        return ""
    span = segment.words[marks[0] : marks[-1] + 1]
    return "".join(t for k, t in span if k in ("=", side)).strip()


def _said(op: str, old: str, new: str) -> str:
    if op == "added" or not old:
        return f"added: “{new}”"
    if op == "removed" or not new:
        return f"removed: “{old}”"
    if op == "moved":
        return f"moved: “{new}”"
    return f"“{old}” became “{new}”"


def _field_said(field: str, old: str, new: str) -> str:
    if not old:
        return f"{field} added: “{new}”"
    if not new:
        return f"{field} removed: “{old}”"
    return f"{field}: “{old}” became “{new}”"


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1].rsplit(" ", 1)[0] + "…"


def _age(published: str | None, seen: datetime) -> float | None:
    """Seconds from publication to ``seen``; None for a day without a time, or a time to come."""
    if not published or len(published) < 16:
        return None
    try:
        age = (seen - parse_iso(published)).total_seconds()
    except ValueError:
        return None
    return age if age >= 0 else None
