"""What happened at checks that gave nothing to read, as one plain line."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.model import Capture, Outcome

#: How checks end that say nothing about the story.
NO_ANSWER = frozenset({Outcome.FAILED, Outcome.BLOCKED})
_NOTHING = "{checks} gave nothing to read"


def last_ones(captures: Sequence[Capture]) -> list[Capture]:
    """The checks since the last that said something, oldest first."""
    count = 0
    while count < len(captures) and captures[-1 - count].outcome in NO_ANSWER:
        count += 1
    return list(captures[len(captures) - count :])


def what_happened(checks: Sequence[Capture]) -> str:
    """The line about ``checks``, the last ones of an article, none of which gave anything to read."""
    told = {_told(check) for check in checks}
    line = told.pop() if len(told) == 1 else _NOTHING
    times = "the last check" if len(checks) == 1 else f"the last {len(checks)} checks"
    return line.format(checks=times)


def _told(check: Capture) -> str:
    if check.status is None:
        if check.outcome is Outcome.FAILED:
            return "{checks} got no answer"
        if "robots.txt" in check.reason:
            return "robots.txt forbade {checks}"
        return "the site had asked to be left alone at {checks}"
    if check.outcome is Outcome.BLOCKED:
        return "the site turned {checks} away"
    if check.status >= 400:
        return "the site answered {checks} with an error"
    return _NOTHING
