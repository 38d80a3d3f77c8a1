"""``variorum search`` and ``variorum changes``."""

from __future__ import annotations

import difflib
import re
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from variorum.cli.common import archive_option, fail, json_option, opened, print_json
from variorum.model import Change
from variorum.model.times import iso, parse_iso
from variorum.pipeline.clock import now_in

if TYPE_CHECKING:
    from variorum.store.archive import Archive

_AGO = re.compile(r"^(\d+)\s*([smhdw])$")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_POLL = 1.0


@click.command("search", epilog="Example: variorum search '\"at least 12\" killed' --in removed")
@click.argument("query")
@click.option(
    "--in",
    "where",
    type=click.Choice(("all", "current", "removed", "added")),
    default="all",
    help="All text, what stands now, what was taken out, what came in later.",
)
@click.option("--host", default="", help="Only articles of this host.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
@archive_option
@json_option
def search_command(
    query: str, where: str, host: str, limit: int, archive: str, as_json: bool
) -> None:
    """Find words and "phrases" in every version of every article, newest first; or the article at an
    address.

    All words must be found; a * at the end of one stands for any ending: 'kill*' finds killed.
    """
    from variorum.pipeline.identity import find_article

    with opened(archive) as store, store.read() as records:
        if host and host not in (known_hosts := [name for name, _ in records.hosts() if name]):
            fail(_no_such_host(host, known_hosts))
        hits = records.search(query, where=where, host=host, limit=limit)
        known = find_article(records, query) if "://" in query else None
    if known is not None and not as_json:
        click.echo(f"{known.id}  {known.headline or known.url}  (the article at this address)")
    for hit in hits:
        if as_json:
            print_json(hit.to_dict())
            continue
        until = "still there" if hit.until is None else f"gone in v{hit.until}"
        snippet = hit.snippet.replace("\x02", "[").replace("\x03", "]")
        click.echo(f"{hit.article}@{hit.since}  {hit.headline or hit.url}  (v{hit.since}, {until})")
        click.echo(f"    {snippet}")
    if as_json:
        return
    if not hits and known is None:
        click.echo("nothing found", err=True)
    elif len(hits) == limit:
        click.echo(f"these are the newest {limit:,}: --limit says how many", err=True)


def _no_such_host(host: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(host, known, 1) or [h for h in known if h.endswith(f".{host}")]
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"no article of the host '{host}' in this archive{hint}"


@click.command("changes", epilog="Example: variorum changes --since 2h --follow")
@click.option("--since", help="A time (ISO 8601) or an age such as 90m, 2h, 3d.")
@click.option(
    "--kind",
    default="",
    help="Only changes with this badge, as pages or JSON call it: figure, quote, certainty…",
)
@click.option("--everything", is_flag=True, help="Also changes of marks and bylines only.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10000))
@click.option("--follow", is_flag=True, help="Go on printing as changes come.")
@archive_option
@json_option
def changes_command(
    since: str | None,
    kind: str,
    everything: bool,
    limit: int,
    follow: bool,
    archive: str,
    as_json: bool,
) -> None:
    """What changed lately, the newest last.

    An age is counted back from now; in the demo newspaper's archive from the newspaper's own time,
    which stands still while nobody watches it.
    """
    from variorum.store.change_records import ChangeFilter

    kind = _badge(kind) if kind else ""
    age_or_time = _since(since)
    with opened(archive) as store:
        with store.read() as records:
            begin = _point(age_or_time, now_in(records))
            wanted = ChangeFilter(since=begin, kind=kind, meaningful=not everything)
            last = records.last_change_id()
            found = records.changes(wanted, limit)
            earlier = [] if found else records.changes(replace(wanted, since=None), 1)
        for change in reversed(found):
            _print(change, as_json)
        if not found and not as_json:
            click.echo(_nothing(since, kind, everything, earlier), err=True)
        if follow:
            _follow(store, last, kind, everything, as_json)


def _badge(typed: str) -> str:
    """The badge that is meant; ends with one line where there is none of that name."""
    from variorum.model.change import BADGES
    from variorum.web.naming import both_names, term_of

    badge = term_of(typed, BADGES)
    if badge is None:
        fail(f"no kind '{typed}'; there are {', '.join(map(both_names, BADGES))}")
    return badge


def _nothing(since: str | None, kind: str, everything: bool, earlier: Sequence[Change]) -> str:
    kept = "" if everything else " (--everything: also marks and bylines only)"
    newest = f"; the newest change is of {iso(earlier[0].time)}" if earlier else ""
    return (
        f"nothing changed{f' since {since}' if since else ''}{f' of kind {kind}' if kind else ''}"
        f"{newest}{kept}"
    )


def _follow(store: Archive, last: int, kind: str, everything: bool, as_json: bool) -> None:
    while True:
        time.sleep(_POLL)
        with store.read() as records:
            fresh = records.changes_after(last)
        for change in fresh:
            last = change.id
            if (not kind or kind in change.kinds) and (everything or change.meaningful):
                _print(change, as_json)


def _print(change: Change, as_json: bool) -> None:
    if as_json:
        print_json(change.to_dict())
        return
    step = str(change.article)
    if change.old != change.new:
        step += f"@{change.old}..{change.new}"
    click.echo(f"{iso(change.time)}  {step:<10} {change.headline_new or change.url}")
    click.echo(
        f"    [{', '.join(change.kinds)}; {change.announcement}] {change.lead.statement if change.lead else ''}"
    )


def _since(text: str | None) -> datetime | timedelta | None:
    if text is None:
        return None
    age = _AGO.match(text.strip())
    try:
        if age:
            return timedelta(**{_UNITS[age[2]]: int(age[1])})
        return parse_iso(text)
    except (ValueError, OverflowError):
        fail(f"--since {text}: a time such as 2026-11-24T06:00:00Z or an age such as 2h is wanted")


def _point(since: datetime | timedelta | None, now: datetime) -> datetime | None:
    """A point in time, where an age is counted back from ``now``."""
    try:
        return now - since if isinstance(since, timedelta) else since
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)
