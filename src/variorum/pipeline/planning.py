"""When to look again, written down: the schedule's decisions become times and reasons in rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from variorum.model import Article, Capture, Outcome, Source, SourceKind
from variorum.pipeline.ailments import ailment
from variorum.pipeline.habits import HabitMemory
from variorum.pipeline.identity import article_at
from variorum.pipeline.leaving_out import is_left_out
from variorum.pipeline.listing import Looked
from variorum.pipeline.path import Taken
from variorum.pipeline.unanswered import NO_ANSWER, last_ones, what_happened
from variorum.pipeline.websub.subscription import (
    Subscription,
    health_of,
    note_hub,
    subscription_of,
)
from variorum.stages.watch import PACE, Filter, Look, LookFacts, next_look
from variorum.stages.watch.schedule import words
from variorum.store.records import Records

# Feeds change at every story; most publishers let them be cached for five minutes or less.
_LISTS_EVERY = timedelta(minutes=5)
# Where a hub tells of news: for pings that are lost.
_WITH_HUB_EVERY = timedelta(minutes=30)
# The ping may have come while the list was under way, and caches may be behind it.
_SETTLED = timedelta(minutes=1)
_LONGEST_BACKOFF = timedelta(hours=12)
# Enough to see what has failed or been gone for how long.
_RECENT = 60


def plan_article(
    records: Records,
    taken: Taken,
    now: datetime,
    habits: HabitMemory | None = None,
    pace: float = PACE,
) -> None:
    """Decide from the article's history, and from its source's habits, when it is looked at next."""
    article = records.article(taken.article)
    if article is None or article.state in ("imported", "paused"):
        return
    decision = taken.judged.decision
    if is_left_out(decision):
        records.update_article(
            article.id, state="paused", next_check=None, next_reason=decision.reason
        )
        return
    source = habits.of(records, article.source, now) if habits else None
    captures = records.recent_captures(article.id, _RECENT)
    facts = _facts_of(records, article, captures, now)
    look = next_look(replace(facts, source=source), now, pace)
    records.update_article(
        article.id,
        next_check=None if look.delay is None else now + look.delay,
        next_reason=_reason(look, captures),
    )


def _reason(look: Look, captures: Sequence[Capture]) -> str:
    """Why it is then: where the last checks gave nothing to read, what really happened at them."""
    if look.delay is None or not (silent := last_ones(captures)):
        return look.reason
    return f"{what_happened(silent)}; checking again in {words(look.delay)}"


def facts_of(records: Records, article: Article, now: datetime) -> LookFacts:
    """What is known of an article when a look at it is planned or weighed."""
    captures = records.recent_captures(article.id, _RECENT)
    return _facts_of(records, article, captures, now)


def _facts_of(
    records: Records, article: Article, captures: list[Capture], now: datetime
) -> LookFacts:
    facts = _facts(captures, records.version_times(article.id), now)
    return replace(facts, looks=article.captures)


def plan_source(records: Records, source: Source, looked: Looked, now: datetime) -> int:
    """Record a look at a source: its health, its next time, and the articles it lists. Returns how
    many of them are new."""
    found = 0 if looked.problem else _add_listed(records, source, looked, now)
    if looked.problem:
        failures = source.failures + 1
        delay = max(min(_pause(source) * 2 ** min(failures, 10), _LONGEST_BACKOFF), _pause(source))
        again = f"failed {failures} times in a row: " if failures > 1 else ""
        records.update_source(
            source.id,
            checked=now,
            next_check=now + delay,
            failures=failures,
            health=f"{again}{looked.problem}",
        )
        return found
    values = {} if looked.unmodified else _what_came(looked)
    hub = _hub(records, source, looked, now)
    records.update_source(
        source.id,
        checked=now,
        next_check=None if source.kind is SourceKind.ARTICLE else now + _pause(source, hub, now),
        failures=0,
        health=ailment(records, source.id, now) or health_of(hub),
        **values,
    )
    return found


def _hub(records: Records, source: Source, looked: Looked, now: datetime) -> Subscription | None:
    if looked.unmodified:
        return subscription_of(records, source.id)
    return note_hub(records, source, looked.hub, looked.topic, now)


def _pause(
    source: Source, hub: Subscription | None = None, now: datetime | None = None
) -> timedelta:
    """How long a list is left alone: as somebody chose, or as lists are usually; longer where a hub
    tells when it has news, and for a minute only where it has just told some."""
    if hub is not None and hub.useful:
        if hub.pinged is not None and now is not None and now - hub.pinged < _SETTLED:
            return _SETTLED
        if source.every is None:
            return _WITH_HUB_EVERY
    return _LISTS_EVERY if source.every is None else timedelta(seconds=source.every)


def _what_came(looked: Looked) -> dict[str, str | None]:
    told = {"etag": looked.etag, "last_modified": looked.last_modified}
    return {**told, "title": looked.title} if looked.title else told


def _add_listed(records: Records, source: Source, looked: Looked, now: datetime) -> int:
    found = 0
    wanted = filter_of(source.wanted)
    for item in looked.items:
        if wanted is not None and wanted.refusal(item):
            continue
        article, new = article_at(records, item.url, source.id, now)
        found += new
        if new and item.title:
            records.update_article(article.id, headline=item.title)
        lately = item.modified and article.last_checked and item.modified > article.last_checked
        if not new and lately and article.state == "watching":
            records.update_article(
                article.id, next_check=now, next_reason="its source says that it was modified"
            )
    return found


def filter_of(wanted: Mapping[str, Any] | None) -> Filter | None:
    """Which of a source's articles are wanted; None: all. Raises ValueError for what is no filter."""
    if not wanted:
        return None
    return Filter(**{name: tuple(map(str, told)) for name, told in wanted.items()})


def _facts(captures: list[Capture], versions: list[datetime], now: datetime) -> LookFacts:
    gone_since = None
    for capture in captures:
        if capture.outcome in (Outcome.GONE, Outcome.MOVED):
            gone_since = gone_since or capture.time
        elif capture.outcome not in NO_ANSWER:
            gone_since = None
    return LookFacts(
        born=versions[0] if versions else (captures[0].time if captures else now),
        last_look=captures[-1].time if captures else None,
        changes=tuple(versions[1:]),
        gone_since=gone_since,
        failures=len(last_ones(captures)),
        retry_after=captures[-1].details.get("retry_after") if captures else None,
    )
