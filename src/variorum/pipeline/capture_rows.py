"""A capture as the columns of its row: what came back, and what was concluded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from variorum.model import Fetched
from variorum.pipeline.damage import with_damage

if TYPE_CHECKING:
    from variorum.pipeline.path import Judged


def response_columns(fetched: Fetched) -> dict[str, Any]:
    """What came back, by column."""
    return {
        "url": fetched.url,
        "final_url": fetched.final_url,
        "time": fetched.time,
        "status": fetched.status,
        "media_type": (fetched.header("content-type") or "").split(";")[0].strip() or None,
        "etag": fetched.header("etag"),
        "last_modified": fetched.header("last-modified"),
    }


def verdict_columns(
    judged: Judged, fetched: Fetched, look: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What was concluded, by column. ``look`` is what is known of the look itself."""
    details: dict[str, Any] = {"decision": str(judged.decision.kind)}
    if fetched.hops:
        details["hops"] = list(fetched.hops)
    if fetched.error:
        details["error"] = fetched.error
    if fetched.memento:
        details["memento"] = fetched.memento.to_dict()
    details |= look or {}
    if judged.page is not None and judged.page.flags:
        details["flags"] = list(judged.page.flags)
    return {
        "outcome": str(judged.outcome),
        "version": judged.attested,
        "reason": judged.decision.reason,
        "story_digest": judged.story,
        "details": with_damage(details, judged.damage),
    }
