"""Two articles that turn out to be one: an address that leads to the other one's page.

When a headline changes, many sites give the story a new address. The front page or feed may tell of it
before the old address is looked at again, and the archive then has two articles until that look is led
to the new address and finds the very text there. They are joined: the younger becomes part of the older,
whose history is made anew from the captures of both.
"""

from __future__ import annotations

import logging
from datetime import datetime

from variorum.model import Article
from variorum.pipeline.joining import CannotError, join
from variorum.pipeline.path import STILL_THERE, CapturePath, Judged, Taken
from variorum.pipeline.sites import site_of
from variorum.store.people_records import Act
from variorum.store.records import Records

log = logging.getLogger(__name__)

WHY = "its address leads to the page of the other one, and both tell the same text"


def join_twin(path: CapturePath, records: Records, taken: Taken, now: datetime) -> Article | None:
    """Join the article of a capture with the one whose page its address leads to, inside the
    caller's transaction, where both tell the same text. Returns the article that both
    are then; None where they are not one, or cannot be joined (a line in the log says why)."""
    twin = taken.judged.twin
    if twin is None or not _is_its_own_story(taken.judged):
        return None
    one, other = records.article(taken.article), records.article(twin)
    if one is None or other is None or site_of(one.url) != site_of(other.url):
        return None  # what is learned of another site may be another process's to write just now
    page = taken.judged.page
    if page is None or not path.tells_the_same(records, other, page):
        return None
    older, younger = sorted((one, other), key=lambda a: (a.first_seen or now, a.id))
    try:
        joined = join(path, records, younger.id, older.id, now)
    except CannotError as error:
        log.info("articles %s and %s look like one but stay two: %s", one.id, twin, error)
        return None
    reason = f"made part of article {joined.id}: {WHY}"
    records.update_article(younger.id, next_reason=reason)
    details = {"into": joined.id, "url": younger.url}
    records.add_act(Act("merge", "variorum", "", now, younger.id, None, WHY, details))
    return joined


def _is_its_own_story(judged: Judged) -> bool:
    """Whether the page still tells the article's own story: nothing of its body is another now. An
    old live blog's address may lead to the new one."""
    decision = judged.decision
    return decision.kind in STILL_THERE or (
        decision.kind.makes_version and "body" not in decision.fields
    )
