"""``variorum add`` and ``variorum sources``."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import click

from variorum.cli.common import (
    FINE,
    SOME_FAILED,
    UNUSABLE,
    archive_option,
    fail,
    json_option,
    loopback_option,
    opened,
    print_json,
    say,
)
from variorum.model import SourceKind
from variorum.pipeline.clock import Clock, system_clock

if TYPE_CHECKING:
    from variorum.store.archive import Archive

_KINDS = [str(k) for k in SourceKind if k is not SourceKind.IMPORT]


@click.command("add", epilog="Example: variorum add https://example.org/feed.xml")
@click.argument("urls", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--as", "kind", type=click.Choice(_KINDS), help="Do not ask; it is this.")
@loopback_option
@archive_option
@json_option
def add_command(
    urls: tuple[str, ...], kind: str | None, allow_loopback: bool, archive: str, as_json: bool
) -> int:
    """Say what each SOURCE is (a feed, sitemap, front page or article URL) and watch it."""
    with opened(archive, read_only=False) as store:
        given = SourceKind(kind) if kind else None
        outcomes = asyncio.run(add_sources(store, urls, given, allow_loopback, system_clock))
    for told in outcomes:
        if as_json:
            print_json(told)
        elif told["kind"]:
            click.echo(f"{told['url']}: {told['kind']} ({told['reason']})")
        else:
            say(f"not added: {told['url']}: {told['reason']}")
    bad = sum(told["kind"] is None for told in outcomes)
    return FINE if not bad else UNUSABLE if bad == len(outcomes) else SOME_FAILED


async def add_sources(
    store: Archive,
    urls: tuple[str, ...],
    kind: SourceKind | None,
    allow_loopback: bool,
    clock: Clock,
) -> list[dict[str, Any]]:
    """Recognise and add sources; what cannot be used is told, with kind None."""
    from variorum.pipeline.listing import recognise
    from variorum.stages.fetch import Gate, Guard, PoliteFetcher

    async with PoliteFetcher(guard=Guard(allow_loopback), gate=Gate()) as fetcher:

        async def what(url: str) -> tuple[SourceKind | None, str]:
            return (kind, "as you said") if kind else (await recognise(fetcher, url))[:2]

        recognised = await asyncio.gather(*map(what, urls))
    outcomes: list[dict[str, Any]] = []
    for url, (found, reason) in zip(urls, recognised, strict=True):
        told: dict[str, Any] = {"url": url, "kind": None, "reason": reason}
        if found is not None:
            with store.write() as records:
                source = records.add_source(url, found, None, clock())
            told = {**source.to_dict(), "reason": reason}
        outcomes.append(told)
    return outcomes


@click.command("sources", epilog="Example: variorum sources --pause 3")
@click.option("--pause", type=int, metavar="ID", help="Do not look at this source for now.")
@click.option("--resume", type=int, metavar="ID", help="Look at it again.")
@click.option("--remove", type=int, metavar="ID", help="Forget it; what was kept stays.")
@archive_option
@json_option
def sources_command(
    pause: int | None, resume: int | None, remove: int | None, archive: str, as_json: bool
) -> None:
    """The sources with their health; with an option, one of them paused, resumed or removed."""
    if pause is not None or resume is not None or remove is not None:
        _change(archive, pause, resume, remove)
    with opened(archive) as store, store.read() as records:
        found = records.sources()
    for source in found:
        if as_json:
            print_json(source.to_dict())
            continue
        state = "paused" if source.paused else source.health
        click.echo(f"{source.id:>4}  {source.kind:<8} {source.articles:>6} articles  {source.url}")
        click.echo(f"      {state}")
    if not found and not as_json:
        say("no sources yet: add one with 'variorum add URL'")


def _change(archive: str, pause: int | None, resume: int | None, remove: int | None) -> None:
    with opened(archive, read_only=False) as store, store.write() as records:
        for number, values in ((pause, {"paused": True}), (resume, {"paused": False})):
            if number is not None:
                if records.source(number) is None:
                    fail(f"no source {number}; 'variorum sources' lists them")
                records.update_source(number, **values)
        if remove is not None:
            if records.source(remove) is None:
                fail(f"no source {remove}; 'variorum sources' lists them")
            records.remove_source(remove)
