"""``variorum search`` and ``variorum changes``."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from variorum.cli.common import archive_option, fail, json_option, opened, print_json
from variorum.model import Change
from variorum.model.times import iso, parse_iso
from variorum.pipeline.clock import system_clock

if TYPE_CHECKING:
    from datetime import datetime

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
    address."""
    from variorum.pipeline.identity import find_article

    with opened(archive) as store, store.read() as records:
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


@click.command("changes", epilog="Example: variorum changes --since 2h --follow")
@click.option("--since", help="A time (ISO 8601) or an age such as 90m, 2h, 3d.")
@click.option("--kind", default="", help="Only changes with this badge: figure, quote, headline…")
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
    """What changed lately, the newest last."""
    from variorum.model.change import BADGES
    from variorum.store.change_records import ChangeFilter

    if kind and kind not in BADGES:
        fail(f"no kind '{kind}'; there are {', '.join(BADGES)}")
    wanted = ChangeFilter(since=_since(since), kind=kind, meaningful=not everything)
    with opened(archive) as store:
        with store.read() as records:
            last = records.last_change_id()
            found = records.changes(wanted, limit)
        for change in reversed(found):
            _print(change, as_json)
        if not found and not as_json:
            click.echo(_nothing(since, kind, everything), err=True)
        if follow:
            _follow(store, last, kind, everything, as_json)


def _nothing(since: str | None, kind: str, everything: bool) -> str:
    kept = "" if everything else " (--everything: also marks and bylines only)"
    return f"nothing changed{f' since {since}' if since else ''}{f' of kind {kind}' if kind else ''}{kept}"


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
    told = "announced" if change.announced else "unannounced"
    step = str(change.article)
    if change.old != change.new:
        step += f"@{change.old}..{change.new}"
    click.echo(f"{iso(change.time)}  {step:<10} {change.headline_new or change.url}")
    click.echo(
        f"    [{', '.join(change.kinds)}; {told}] {change.lead.statement if change.lead else ''}"
    )


def _since(text: str | None) -> datetime | None:
    if text is None:
        return None
    age = _AGO.match(text.strip())
    try:
        if age:
            return system_clock() - timedelta(**{_UNITS[age[2]]: int(age[1])})
        return parse_iso(text)
    except (ValueError, OverflowError):
        fail(f"--since {text}: a time such as 2026-11-24T06:00:00Z or an age such as 2h is wanted")
