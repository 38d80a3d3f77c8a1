"""The decision: what a capture means for its article's history. Pure; nothing is stored here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from variorum.model import (
    Decision,
    DecisionKind,
    Fetched,
    History,
    Outcome,
    Page,
    PageKind,
    Version,
)
from variorum.stages.version.collapse import collapsed
from variorum.stages.version.compare import Comparison, compare
from variorum.stages.version.digest import content_digest, same_content
from variorum.stages.version.evidence import Side

_OUTCOMES = {
    PageKind.PAYWALL: Outcome.PAYWALL,
    PageKind.TEASER: Outcome.PAYWALL,
    PageKind.CONSENT: Outcome.BLOCKED,
    PageKind.ERROR: Outcome.FAILED,
    PageKind.SOFT_404: Outcome.GONE,
    PageKind.LISTING: Outcome.MOVED,
    PageKind.EMPTY: Outcome.FAILED,
    PageKind.TRUNCATED: Outcome.FAILED,
    PageKind.UNREADABLE: Outcome.FAILED,
}


def decide(page: Page, history: History, fetched: Fetched | None = None) -> Decision:
    """What a page that was read means, given what is known of its article.

    Every decision's ``details`` carry ``outcome`` (the :class:`Outcome` value to record) and
    ``listed_under``: the version under which the capture stands in the log. That is the version
    it attests, the new one included; a capture that attests none stands under the one that was
    current (None: there is none yet, list it with the first that comes).
    """
    current = history.current
    if page.kind is not PageKind.ARTICLE:
        return _not_article(
            page.reason or f"the page is no article: {page.kind}",
            _OUTCOMES[page.kind],
            current,
            page_kind=str(page.kind),
        )
    if fetched is not None and (fetched.truncated or fetched.error):
        return _not_article(fetched.error or "the answer was cut short", Outcome.FAILED, current)
    new = Side.of(page)
    if current is None:
        return _decision(DecisionKind.FIRST, "first seen", 0)
    old = _known(history, current)
    stub = collapsed(old, new)
    if stub:
        return _not_article(stub, Outcome.PAYWALL, current)
    found = compare(old, new)
    if not found.fields:
        return _unchanged(old, new, found, current)
    return _changed(new, found, history)


def _known(history: History, current: Version) -> Side:
    last = history.last_page()
    if last is not None and last.kind is PageKind.ARTICLE:
        return Side.of(last)
    return Side(current.document, None)


def _unchanged(old: Side, new: Side, found: Comparison, current: Version) -> Decision:
    number = current.number
    more: dict[str, Any] = {"noted": list(found.noted)} if found.noted else {}
    if found.noted:
        return _decision(
            DecisionKind.FURNITURE, "the page differs, the story does not", number, number, **more
        )
    if old.document.text != new.document.text:
        return _decision(
            DecisionKind.TYPOGRAPHIC, "only typography differs", number, number, **more
        )
    if old.page is not None and new.page is not None and old.page.visible != new.page.visible:
        return _decision(
            DecisionKind.FURNITURE, "the page differs, the story does not", number, number
        )
    return _decision(DecisionKind.SAME, "the same content", number, number)


def _changed(new: Side, found: Comparison, history: History) -> Decision:
    versions = history.versions
    number = versions[-1].number + 1
    more: dict[str, Any] = {"noted": list(found.noted)} if found.noted else {}
    if found.redesigned:
        more["redesigned"] = True
    earlier = _earlier(new, versions)
    if earlier is None:
        reason = f"changed: {', '.join(found.fields)}"
        return _decision(DecisionKind.CHANGED, reason, number, None, found.fields, **more)
    first = earlier.same_as if earlier.same_as is not None else earlier.number
    partner = _flapping(first, versions)
    if partner is not None:
        low, high = sorted((first, partner))
        reason = f"to and fro between the texts of versions {low} and {high}"
        return _decision(
            DecisionKind.FLAPPING, reason, number, first, found.fields, between=[low, high], **more
        )
    reason = f"the text of version {first} again"
    return _decision(DecisionKind.RETURNED, reason, number, first, found.fields, **more)


def _earlier(new: Side, versions: Sequence[Version]) -> Version | None:
    """The latest earlier version with this content."""
    digest = content_digest(new.document)
    for version in reversed(versions[:-1]):
        if version.digest == digest or same_content(version.document, new.document):
            return version
    return None


def _flapping(first: int, versions: Sequence[Version]) -> int | None:
    """The text that alternates with ``first``, if the last states went to and fro."""
    states = [v.same_as if v.same_as is not None else v.number for v in versions]
    if len(states) >= 3 and states[-2] == first and states[-3] == states[-1] != first:
        return states[-1]
    return None


def _not_article(reason: str, outcome: Outcome, current: Version | None, **more: Any) -> Decision:
    kind = DecisionKind.NOT_ARTICLE
    return _decision(kind, reason, current.number if current else None, outcome=outcome, **more)


def _decision(
    kind: DecisionKind,
    reason: str,
    listed_under: int | None,
    same_as: int | None = None,
    fields: tuple[str, ...] = (),
    *,
    outcome: Outcome = Outcome.OK,
    **more: Any,
) -> Decision:
    details = {"outcome": outcome.value, "listed_under": listed_under, **more}
    return Decision(kind, reason, fields, same_as, details)
