"""An article's history made anew from its captures: after late arrivals, or with a better reader.

Captures and their records are never touched; only what was concluded from them is.
"""

from __future__ import annotations

from dataclasses import replace

from variorum.model import Capture, Fetched, Memento, Outcome
from variorum.pipeline.bodies import body_of
from variorum.pipeline.capture_rows import verdict_columns
from variorum.pipeline.path import CapturePath
from variorum.pipeline.sequence import kept_of_the_look
from variorum.store.errors import DamagedError
from variorum.store.records import Records


def replay(path: CapturePath, records: Records, number: int) -> None:
    """Judge every capture of an article again, in time order.

    An article that has texts extracted elsewhere is left as it is: there is no page to read again.
    """
    captures = records.captures(number)
    if any(c.status is None and c.outcome is Outcome.OK for c in captures):
        return
    last = records.last_change_id()
    records.forget_changes(number)
    records.forget_sentences(number)
    records.forget_versions(number)
    for capture in captures:
        records.update_capture(capture.id, version=None, story_digest=None)
    records.update_article(number, versions=0, captures=0, last_change=None)
    by = None
    for capture in captures:
        article = records.article(number)
        assert article is not None
        fetched = _fetched_again(path, records, capture)
        if capture.status == 304 and by not in (None, capture.origin):
            fetched = _told_by_itself(path, records, capture, fetched)
        by = capture.origin if capture.status == 200 else by
        judged = path.judge(records, article, fetched, joining=False)
        judged = replace(judged, article=article)
        look = kept_of_the_look(capture.details)
        records.update_capture(capture.id, **verdict_columns(judged, fetched, look))
        path.settle(records, judged, capture.time)
    records.keep_counting(last)


def _fetched_again(path: CapturePath, records: Records, capture: Capture) -> Fetched:
    """The capture as a fetch: with its body where it had one."""
    final_url = capture.final_url or capture.url
    if capture.status is None or capture.status == 304:
        error = None if capture.status else str(capture.details.get("error") or capture.reason)
        return Fetched(capture.url, capture.time, final_url, capture.status, error=error)
    body, content_type = body_of(path.archive, records, capture)
    headers = (("Content-Type", content_type),) if content_type else ()
    return Fetched(
        capture.url,
        capture.time,
        final_url,
        capture.status,
        headers,
        body,
        hops=tuple(capture.details.get("hops", ())),
        error=capture.details.get("error"),
        memento=_memento(capture),
    )


def _told_by_itself(
    path: CapturePath, records: Records, capture: Capture, fetched: Fetched
) -> Fetched:
    """A 304 as the page that it stands for. It says that the page is as its own observer had it the
    last time; somebody else's capture that has come in between may be of another."""
    try:
        body, content_type = body_of(path.archive, records, capture)
    except DamagedError:
        return fetched
    headers = (("Content-Type", content_type),) if content_type else ()
    return replace(fetched, status=200, headers=headers, body=body)


def _memento(capture: Capture) -> Memento | None:
    told = capture.details.get("memento")
    return Memento.from_dict(told) if told else None
