"""Decisions that need no reading: what status, headers and redirects say on their own."""

from __future__ import annotations

from variorum.model import Decision, DecisionKind, Fetched, Outcome
from variorum.stages.version.identity import canonical_url, redirect_leaves

_BLOCKED = {401, 402, 403, 407, 429, 451}
_GONE = {404, 410}


def judge_response(fetched: Fetched, article_url: str) -> Decision | None:
    """What an answer means for an article before its body is read; None if it must be read."""
    status = fetched.status
    if status is None:
        return _none(Outcome.FAILED, fetched.error or "no answer")
    if status == 304:
        return Decision(
            DecisionKind.SAME,
            "the server says that nothing was modified (304)",
            details={"outcome": Outcome.UNMODIFIED.value},
        )
    moved = redirect_leaves(article_url, fetched.final_url)
    if status in _GONE:
        return Decision(
            DecisionKind.GONE,
            f"the server says that the page is gone ({status})",
            details={"outcome": Outcome.GONE.value},
        )
    if status in _BLOCKED:
        return _none(Outcome.BLOCKED, f"the server does not let us read it ({status})")
    if not 200 <= status < 300:
        return _none(Outcome.FAILED, f"the server failed ({status})")
    if moved:
        return Decision(
            DecisionKind.MOVED,
            moved,
            details={"outcome": Outcome.MOVED.value, "to": canonical_url(fetched.final_url)},
        )
    if fetched.error or fetched.truncated:
        return _none(Outcome.FAILED, fetched.error or "the answer was cut short")
    return None


def _none(outcome: Outcome, reason: str) -> Decision:
    return Decision(DecisionKind.NOT_ARTICLE, reason, details={"outcome": outcome.value})
