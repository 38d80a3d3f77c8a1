"""Articles joined and split by hand: captures change hands, and both histories are made anew.

No capture and no record is altered; what was concluded from them is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from variorum.model import Article, Capture, Outcome
from variorum.pipeline.path import CapturePath
from variorum.pipeline.replay import replay
from variorum.stages.version import identity_key
from variorum.store.article_records import MERGED
from variorum.store.records import Records

# Captures whose history is made anew in one go, while nothing else is written: a minute or so, at
# the 20 ms and more that reading a page takes. A guess at what somebody will wait for.
MOST_CAPTURES = 3_000
# States in which an article is looked at again and again.
_WATCHED = frozenset({"watching", "gone", "moved"})


class CannotError(Exception):
    """Two articles cannot be joined, or one not be split; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Where an article is split: its captures from a version on, or those of one address."""

    version: int | None = None
    address: str | None = None


def join(path: CapturePath, records: Records, number: int, into: int, now: datetime) -> Article:
    """Make article ``number`` part of article ``into``, inside the caller's transaction. Its old
    number leads to the other one. Returns the article as it then is; raises CannotError."""
    if number == into:
        raise CannotError("an article cannot be made part of itself")
    one, other = _ready(records, number), _ready(records, into)
    _refuse_many(one.captures + other.captures)
    records.bring_together(number, into)
    _forget(records, number)
    records.move_all(number, into)
    records.update_article(
        number,
        state=MERGED,
        source=None,
        canonical=None,
        versions=0,
        captures=0,
        last_change=None,
        next_check=None,
        next_reason=f"made part of article {into} by hand",
    )
    records.forget_places([into])
    _anew(path, records, into)
    if other.state in _WATCHED:
        records.update_article(into, next_check=now, next_reason="another article was joined to it")
    return _article(records, into)


def split(
    path: CapturePath, records: Records, number: int, cut: Cut, now: datetime
) -> tuple[Article, Article]:
    """Make an article of its own of a part of another, inside the caller's transaction. Returns
    (what stayed, what went); the two are never taken for one again. Raises CannotError."""
    article = _ready(records, number)
    _refuse_many(article.captures)
    captures = records.captures(number)
    going = _going(records, article, captures, cut)
    staying = [c for c in captures if c not in going]
    if not going or not staying:
        raise CannotError("one side would have no capture at all")
    url = going[-1].url
    keys = _keys_that_go(article, url, staying, going)
    if url == article.url:
        _give_up_address(records, article, staying)
    new = _new_article(records, article, url, now)
    records.move_keys(keys, new)
    records.move_captures([c.id for c in going], new)
    records.keep_apart(new, number)
    records.forget_places([number])
    for each in (number, new):
        _anew(path, records, each)
    return _article(records, number), _article(records, new)


def _ready(records: Records, number: int) -> Article:
    article = records.article(number)
    if article is None or article.state == MERGED:
        raise CannotError(f"there is no article {number}")
    if records.hiding(number) is not None:
        raise CannotError(f"article {number} is hidden: show it again first")
    if any(c.status is None and c.outcome is Outcome.OK for c in records.captures(number)):
        raise CannotError(
            f"the texts of article {number} were extracted elsewhere, so its history cannot be "
            "made anew"
        )
    return article


def _refuse_many(captures: int) -> None:
    if captures > MOST_CAPTURES:
        raise CannotError(
            f"{captures:,} captures are too many to read again in one go (at most "
            f"{MOST_CAPTURES:,})"
        )


def _going(
    records: Records, article: Article, captures: Sequence[Capture], cut: Cut
) -> list[Capture]:
    if cut.address is not None:
        return [c for c in captures if cut.address in (c.url, c.final_url)]
    times = records.version_times(article.id)
    if cut.version is None or not 0 < cut.version < len(times):
        raise CannotError(f"it can be split before one of its versions 1 to {len(times) - 1}")
    return [c for c in captures if c.time >= times[cut.version]]


def _keys_that_go(
    article: Article, url: str, staying: Sequence[Capture], going: Sequence[Capture]
) -> list[str]:
    """The identity keys of the part that goes: those of addresses that only it was seen at, and of
    the address that it is to be watched at."""
    keep = _addresses(staying) - {url}
    if url != article.url:
        keep.add(article.url)
    kept = {identity_key(address) for address in keep}
    gone = {identity_key(address) for address in _addresses(going)} | {identity_key(url)}
    return sorted(gone - (kept - {identity_key(url)}))


def _addresses(captures: Sequence[Capture]) -> set[str]:
    return {a for c in captures for a in (c.url, c.final_url) if a}


def _give_up_address(records: Records, article: Article, staying: Sequence[Capture]) -> None:
    """What stays is no longer watched at the address, which now tells the other story."""
    until = staying[-1].time.astimezone(UTC)
    records.update_article(
        article.id,
        url=f"{article.url}#until-{until:%Y%m%d%H%M%S}",
        canonical=None,
        state="imported" if article.state == "imported" else "paused",
        next_check=None,
        next_reason="split by hand: its address tells another story since",
    )


def _new_article(records: Records, article: Article, url: str, now: datetime) -> int:
    """The number of the article that the part that goes becomes: a new one, or the one that had
    this address before it was made part of this article."""
    watched = article.state in _WATCHED
    state = "watching" if watched else article.state
    taken = records.url_taken(url)
    if taken is None:
        return records.add_article(url, (), article.source, now, state=state).id
    known = records.article(taken)
    if known is None or known.state != MERGED:
        raise CannotError(f"{url} is the address of article {taken}")
    records.revive(taken)
    records.update_article(
        taken,
        state=state,
        source=article.source,
        next_check=now if watched else None,
        next_reason="split from another article by hand",
    )
    return taken


def _anew(path: CapturePath, records: Records, number: int) -> None:
    fresh: dict[str, Any] = {"first_seen": None, "last_seen": None, "last_checked": None}
    records.update_article(number, **fresh)
    replay(path, records, number)


def _forget(records: Records, number: int) -> None:
    records.forget_changes(number)
    records.forget_sentences(number)
    records.forget_versions(number)


def _article(records: Records, number: int) -> Article:
    article = records.article(number)
    assert article is not None
    return article
