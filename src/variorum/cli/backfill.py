"""``variorum backfill``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from variorum.cli.common import (
    FINE,
    SOME_FAILED,
    archive_option,
    fail,
    json_option,
    loopback_option,
    opened,
    print_json,
    progress,
    say,
)
from variorum.model.times import parse_iso
from variorum.pipeline.clock import system_clock

if TYPE_CHECKING:
    from variorum.model import Source
    from variorum.pipeline.backfill import Backfill, Backfilled, Service, Wanted
    from variorum.store.archive import Archive

_SHOWN = 10
_ANY = "any"


_DATES = ("%Y", "%Y-%m", "%Y-%m-%d")


def _span(*, end: bool) -> Callable[[click.Context, click.Parameter, str | None], datetime | None]:
    """Reads a year, month, day or time, UTC: its begin, or with ``end`` its last second."""

    def read(_ctx: click.Context, _param: click.Parameter, value: str | None) -> datetime | None:
        if value is None:
            return None
        for form in _DATES:
            try:
                begin = datetime.strptime(value, form).replace(tzinfo=UTC)
            except ValueError:
                continue
            return _last_second(begin, form) if end else begin
        try:
            return parse_iso(value)
        except ValueError:
            told = f"'{value}' is no date: write 2024, 2024-05, 2024-05-17 or a whole time"
            raise click.BadParameter(told) from None

    return read


def _last_second(begin: datetime, form: str) -> datetime:
    """Of the year, month or day that begins so."""
    if form == "%Y":
        after = begin.replace(year=begin.year + 1)
    elif form == "%Y-%m":
        after = (begin + timedelta(days=31)).replace(day=1)
    else:
        after = begin + timedelta(days=1)
    return after - timedelta(seconds=1)


@click.command(
    "backfill",
    epilog="Example: variorum backfill https://example.org/2024/05/a-story --from 2024-05",
)
@click.argument("target", metavar="URL|SOURCE")
@click.option(
    "--service",
    "address",
    default="https://web.archive.org",
    show_default=True,
    metavar="URL",
    help="The archive that is asked: the Wayback Machine, or a collection of pywb or the like.",
)
@click.option("--cdx", metavar="URL", help="Where its index is, if not at SERVICE/cdx.")
@click.option(
    "--from", "since", callback=_span(end=False), help="Not what is older (2024, 2024-05 …)."
)
@click.option("--to", "until", callback=_span(end=True), help="Not what is newer.")
@click.option("--limit", type=click.IntRange(1), help="At most so many in this run.")
@click.option(
    "--status",
    "statuses",
    multiple=True,
    default=("200",),
    show_default=True,
    help="Only captures with this status; 'any' for all.",
)
@click.option(
    "--mime",
    "mimes",
    multiple=True,
    default=("text/html", "application/xhtml+xml"),
    show_default=True,
    help="Only captures of this type; 'any' for all.",
)
@click.option("--repeats", is_flag=True, help="Also those with the same payload as the one before.")
@loopback_option
@archive_option
@json_option
def backfill_command(
    target: str,
    address: str,
    cdx: str | None,
    since: datetime | None,
    until: datetime | None,
    limit: int | None,
    statuses: tuple[str, ...],
    mimes: tuple[str, ...],
    repeats: bool,
    allow_loopback: bool,
    archive: str,
    as_json: bool,
) -> int:
    """Take the past of an article from another web archive, or of every article of a SOURCE (its
    number or URL).

    What comes is marked as observed by that archive: all that is known of it is that this archive
    gave these bytes under this time. A run that ended in the middle goes on when called again.
    """
    from variorum.pipeline.backfill import Wanted, service_at

    for given in (address, cdx):
        if given and not given.startswith(("http://", "https://")):
            fail(f"'{given}' is no address of an archive: it begins with https://")
    codes = () if _ANY in statuses else _codes(statuses)
    types = () if _ANY in mimes else tuple(mime.lower() for mime in mimes)
    which = Wanted(since, until, limit, codes, types, repeats)
    with opened(archive, read_only=False, begin=True) as store:
        work = _work(store, target, service_at(address, cdx), which, allow_loopback)
        done = asyncio.run(work)
    _tell(done, as_json)
    return SOME_FAILED if done.problems or done.stopped else FINE


async def _work(
    store: Archive, target: str, service: Service, which: Wanted, allow_loopback: bool
) -> Backfilled:
    from variorum.bootstrap import capture_path, polite_fetcher
    from variorum.pipeline.backfill import Backfill

    source = _source(store, target)
    with progress("taking", "captures", which.limit) as advance, capture_path(store) as path:

        def tell(done: Backfilled) -> None:
            advance(done.captures, done.captures, len(done.problems), which.limit)

        async with polite_fetcher(store, allow_loopback=allow_loopback) as fetcher:
            work = Backfill(store, path, fetcher, service, system_clock, which, tell)
            return await _done(work, source, target)


async def _done(work: Backfill, source: Source | None, target: str) -> Backfilled:
    from variorum.model import SourceKind

    if source is None or source.kind is SourceKind.ARTICLE:
        return await work.of_url(source.url if source else target)
    return await work.of_source(source.id)


def _source(store: Archive, target: str) -> Source | None:
    """The source that is meant; None where it is an article's URL."""
    with store.read() as records:
        if target.isdecimal():
            found = records.source(int(target))
            if found is None:
                fail(f"no source {target}; 'variorum sources' lists them")
            return found
        if not target.startswith(("http://", "https://")):
            fail(f"'{target}' is neither a URL nor the number of a source")
        return records.source_by_url(target)


def _codes(statuses: tuple[str, ...]) -> tuple[int, ...]:
    if not all(status.isdecimal() and len(status) == 3 for status in statuses):
        fail("--status is a number of three digits, or 'any'")
    return tuple(map(int, statuses))


def _tell(done: Backfilled, as_json: bool) -> None:
    for line in done.problems[:_SHOWN]:
        say(f"not taken: {line}")
    if len(done.problems) > _SHOWN:
        say(f"… and {len(done.problems) - _SHOWN} more; --json lists them all")
    if done.stopped:
        say(f"stopped: {done.stopped}; the same command goes on where this ended")
    if as_json:
        print_json(done.to_dict())
        return
    click.echo(
        f"{done.captures:,} captures taken of {done.articles:,} articles: "
        f"{done.versions:,} more versions"
    )
    for count, what in (
        (done.known, "were here already"),
        (done.repeats, "repeat the one before (--repeats takes them too)"),
        (done.left_out, "have another status or type"),
    ):
        if count:
            click.echo(f"{count:,} {what}")
