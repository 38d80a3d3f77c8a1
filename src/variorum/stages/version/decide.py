"""The decision: what a capture means for its article's history. Pure; nothing is stored here."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten
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
    reasons,
)
from variorum.stages.version.address import identity_key
from variorum.stages.version.body import kept_share
from variorum.stages.version.collapse import collapsed, wholly_other
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
# Pages of these kinds may still carry the whole story: a meter's banner, a prompt over the text.
_MAY_BE_WHOLE = frozenset({PageKind.PAYWALL, PageKind.TEASER, PageKind.CONSENT, PageKind.LISTING})
# The share of the known text that must be there for such a page to be read as the story after
# all: stubs carry a paragraph or two, and a story seldom loses a third in one edit.
_WHOLE = 0.7
_QUOTED = 200  # characters of a line


def decide(page: Page, history: History, fetched: Fetched | None = None) -> Decision:
    """What a page that was read means, given what is known of its article.

    Every decision's ``details`` carry ``outcome`` (the :class:`Outcome` value to record) and
    ``listed_under``: the version under which the capture stands in the log. That is the version
    it attests, the new one included; a capture that attests none stands under the one that was
    current (None: there is none yet, list it with the first that comes). ``noted`` are the
    differences that did not count, one plain line each.
    """
    current = history.current
    if fetched is not None and (fetched.truncated or fetched.error):
        return _not_article(fetched.error or "the answer was cut short", Outcome.FAILED, current)
    new = Side.of(page)
    known = _known(history, current) if current is not None else None
    if page.kind is not PageKind.ARTICLE and not _whole_all_the_same(page, known, new):
        reason = page.reason or f"the page is no article: {page.kind}"
        return _not_article(reason, _OUTCOMES[page.kind], current, page_kind=str(page.kind))
    if current is None or known is None:
        return _decision(DecisionKind.FIRST, "first seen", 0)
    found = compare(known, new)
    if not found.fields:
        return _unchanged(known, new, found, current)
    stub = None if found.limits else collapsed(known, new, found.differences)
    if stub is not None:
        return _not_article(stub.reason, stub.outcome, current)
    led_away = fetched is not None and not found.limits and _led_elsewhere(fetched)
    if led_away and wholly_other(known, new):
        return _decision(
            DecisionKind.MOVED,
            "redirected to another article",
            current.number,
            outcome=Outcome.MOVED,
            to=fetched.final_url if fetched else None,
        )
    return _changed(new, found, history)


def _known(history: History, current: Version) -> Side:
    last = history.last_page()
    if last is not None and last.kind is PageKind.ARTICLE:
        return Side.of(last)
    return Side(current.document, None)


def _whole_all_the_same(page: Page, known: Side | None, new: Side) -> bool:
    """Whether a page that looks like a stub brings nearly all of the known text."""
    if page.kind not in _MAY_BE_WHOLE or known is None or not known.body:
        return False
    return kept_share(known.body, new.body) >= _WHOLE


def _led_elsewhere(fetched: Fetched) -> bool:
    return identity_key(fetched.url) != identity_key(fetched.final_url)


def _unchanged(old: Side, new: Side, found: Comparison, current: Version) -> Decision:
    number = current.number
    if found.noted:
        return _furniture(number, noted=list(found.noted))
    if found.limits:
        return _decision(DecisionKind.SAME, "the same content", number, number, limits=found.limits)
    if old.wording != new.wording:
        damaged = old.given is not old.document or new.given is not new.document
        reason = "only damage by a wrong charset differs" if damaged else "only typography differs"
        return _decision(DecisionKind.TYPOGRAPHIC, reason, number, number)
    if old.page is not None and new.page is not None and old.page.visible != new.page.visible:
        return _furniture(number)
    return _decision(DecisionKind.SAME, "the same content", number, number)


def _furniture(number: int, **more: Any) -> Decision:
    reason = "the page differs, the story does not"
    return _decision(DecisionKind.FURNITURE, reason, number, number, **more)


def _changed(new: Side, found: Comparison, history: History) -> Decision:
    versions = history.versions
    number = versions[-1].number + 1
    more: dict[str, Any] = {"noted": list(found.noted)} if found.noted else {}
    if found.redesigned:
        more["redesigned"] = True
    if found.limits:
        more["limits"] = list(found.limits)
    earlier = _earlier(new, versions)
    if earlier is None:
        reason = f"changed: {', '.join(found.fields)}{_told_beside(found)}"
        return _decision(DecisionKind.CHANGED, reason, number, None, found.fields, **more)
    first = _state(earlier)
    partner = _flapping(first, versions)
    if partner is not None:
        low, high = sorted((first, partner))
        reason = f"to and fro between the texts of versions {low} and {high}"
        return _decision(
            DecisionKind.FLAPPING, reason, number, first, found.fields, between=[low, high], **more
        )
    reason = f"the text of version {first} again"
    return _decision(DecisionKind.RETURNED, reason, number, first, found.fields, **more)


def _told_beside(found: Comparison) -> str:
    """The first line that differs beside what is read of the page, quoted: no comparison of the two
    texts shows it."""
    for old, new in found.beside[:1]:
        was, now = (f"“{shorten(line, _QUOTED, placeholder='…')}”" for line in (old, new))
        told = (
            f"{was} became {now}" if old and new else f"added: {now}" if new else f"removed: {was}"
        )
        return reasons.BESIDE + told
    return ""


def _state(version: Version) -> int:
    """The number of the first version that had this version's text."""
    return version.number if version.same_as is None else version.same_as


def _earlier(new: Side, versions: Sequence[Version]) -> Version | None:
    """The latest earlier version with this content, but for the current one."""
    digest = content_digest(new.given)
    current = _state(versions[-1])
    for version in reversed(versions[:-1]):
        if _state(version) == current:
            continue
        if version.digest == digest or (
            not version.digest and same_content(version.document, new.given)
        ):
            return version
    return None


def _flapping(first: int, versions: Sequence[Version]) -> int | None:
    """The text that alternates with ``first``, if the last states went to and fro."""
    states = [_state(v) for v in versions[-3:]]
    if len(states) == 3 and states[1] == first and states[0] == states[2] != first:
        return states[2]
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
