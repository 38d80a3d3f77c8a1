"""What is wrong with a source whose list answers: most of its articles can no longer be read."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from variorum.model import Outcome
from variorum.store.records import Records

# How many articles, looked at last, tell how a source is doing; fewer than the least say nothing.
_LAST, _LEAST = 8, 4
_LATELY = timedelta(days=2)
# Articles vanish one by one as it is; only when nearly all have, the site is another.
_SHARE = {Outcome.GONE: 0.85, Outcome.MOVED: 0.85}
_USUAL_SHARE = 0.6
#: How the line begins.
AILING = "its list answers, but "
_LINES = {
    Outcome.FAILED: (
        "its list answers, but {bad} of the {all} articles looked at last could not be read: the site "
        "may have been rebuilt; see with “variorum extract URL” what is found in one of them, and "
        "whether it needs a browser (--render)"
    ),
    Outcome.BLOCKED: (
        "its list answers, but {bad} of the {all} articles looked at last were refused: the site may "
        "not want to be archived; ask the publisher, or pause the source"
    ),
    Outcome.PAYWALL: (
        "its list answers, but {bad} of the {all} articles looked at last stood behind a paywall, "
        "which the archive goes around for nobody; pause the source, or ask the publisher"
    ),
    Outcome.GONE: (
        "its list answers, but {bad} of the {all} articles looked at last are gone: the site may have "
        "moved; look for its new address"
    ),
    Outcome.MOVED: (
        "its list answers, but {bad} of the {all} articles looked at last lead elsewhere: the site may "
        "have moved; look for its new address"
    ),
}


def ailment(records: Records, source: int, now: datetime) -> str | None:
    """What is wrong with the articles of a source and what to do, in one plain line; None: nothing
    that could be told."""
    outcomes = records.last_outcomes(source, now - _LATELY, _LAST)
    if len(outcomes) < _LEAST:
        return None
    counted = Counter(outcomes)
    for outcome, line in _LINES.items():
        bad = counted[outcome]
        if bad >= _LEAST and bad >= _SHARE.get(outcome, _USUAL_SHARE) * len(outcomes):
            return line.format(bad=bad, all=len(outcomes))
    return None
