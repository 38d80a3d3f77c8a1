"""``variorum add`` and ``variorum sources``."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
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
    web_address,
)
from variorum.cli.opml import add_opml, read_list
from variorum.model import Rendering, Source, SourceKind
from variorum.model.hosts import host_of
from variorum.pipeline.clock import Clock, system_clock

if TYPE_CHECKING:
    from variorum.store.archive import Archive

_KINDS = [str(k) for k in SourceKind if k is not SourceKind.IMPORT]


@click.command("add", epilog="Example: variorum add https://example.org/feed.xml")
@click.argument("urls", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--as", "kind", type=click.Choice(_KINDS), help="Do not ask; it is this.")
@click.option(
    "--render", is_flag=True, help="Read its articles as a browser builds them, scripts run."
)
@click.option(
    "--screenshots", is_flag=True, help="As --render, and keep a picture of each new version."
)
@click.option(
    "--only", multiple=True, help="Only articles with this URL ('*') or section ('/news/')."
)
@click.option("--never", multiple=True, help="No articles with this URL ('*') or section.")
@click.option(
    "--word", multiple=True, help="Only articles with one of these words in their titles."
)
@click.option("--without", multiple=True, help="No articles with one of these words.")
@click.option(
    "--language",
    multiple=True,
    help="Only articles in this language ('en'), as their pages say it.",
)
@click.option(
    "--looks-per-hour",
    type=click.IntRange(1),
    help="At its articles; the likeliest to change first.",
)
@click.option(
    "--everything",
    is_flag=True,
    help="Of a sitemap: all that it lists, however old, little by little.",
)
@click.option(
    "--untrusted-tls",
    is_flag=True,
    help="Read its host though its certificate cannot be trusted; each capture says so.",
)
@loopback_option
@archive_option
@json_option
def add_command(
    urls: tuple[str, ...],
    kind: str | None,
    render: bool,
    screenshots: bool,
    only: tuple[str, ...],
    never: tuple[str, ...],
    word: tuple[str, ...],
    without: tuple[str, ...],
    language: tuple[str, ...],
    looks_per_hour: int | None,
    everything: bool,
    untrusted_tls: bool,
    allow_loopback: bool,
    archive: str,
    as_json: bool,
) -> int:
    """Say what each SOURCE is (a feed, sitemap, front page or article URL) and watch it. A file is a
    list of sources as feed readers write it (OPML).

    With --render every look at one of its articles starts a browser, which costs seconds and some
    300 MB of memory: for sites whose stories are put there by scripts.
    """
    chosen = {"only": only, "never": never, "words": word, "without": without}
    chosen["languages"] = language
    wishes: dict[str, Any] = {
        "render": _rendering(render, screenshots),
        "wanted": _wanted({name: list(told) for name, told in chosen.items() if told}),
        "looks": looks_per_hour,
        "untrusted": True if untrusted_tls else None,
    }
    wishes = {name: wish for name, wish in wishes.items() if wish is not None}
    if (
        everything
    ):  # the list is read anew, though it may not have changed since it was first watched
        wishes |= {"walk": {}, "etag": None, "last_modified": None}
    given = SourceKind(kind) if kind else None
    lists = [read_list(Path(url)) for url in urls if Path(url).is_file()]
    addresses = tuple(url for url in urls if not Path(url).is_file())
    found = asyncio.run(recognised(addresses, given, allow_loopback, wishes))
    if not any(one.kind for one in found) and not any(listed.usable for listed in lists):
        # No archive is begun for nothing.
        outcomes = [one.refused() for one in found]
        outcomes += [line for listed in lists for line in listed.refusals()]
    else:
        with opened(archive, read_only=False, begin=True) as store:
            outcomes = add_recognised(store, found, system_clock, wishes)
            for listed in lists:
                outcomes += add_opml(store, listed, system_clock, wishes)
    for told in outcomes:
        if as_json:
            print_json(told)
        elif told["kind"]:
            click.echo(f"{told['url']}: {told['kind']} ({told['reason']})")
        else:
            say(f"not added: {told['url']}: {told['reason']}")
    bad = sum(told["kind"] is None for told in outcomes)
    return FINE if not bad else UNUSABLE if bad == len(outcomes) else SOME_FAILED


@dataclass(frozen=True, slots=True)
class Recognised:
    """What an address is, and why; ``kind`` None: nothing that can be watched."""

    url: str
    kind: SourceKind | None
    reason: str

    def refused(self) -> dict[str, Any]:
        """The outcome where it is not added."""
        return {"url": self.url, "kind": None, "reason": self.reason}


async def recognised(
    urls: Sequence[str],
    kind: SourceKind | None,
    allow_loopback: bool,
    wishes: Mapping[str, Any] | None = None,
) -> list[Recognised]:
    """What each address is, each asked for once unless ``kind`` says it; nothing is kept."""
    from variorum.pipeline.listing import recognise
    from variorum.stages.fetch import Gate, Guard, PoliteFetcher

    wishes = wishes or {}
    addresses = tuple(map(web_address, urls))
    async with PoliteFetcher(guard=Guard(allow_loopback), gate=Gate()) as fetcher:
        if wishes.get("untrusted"):
            fetcher.untrusted = frozenset(map(host_of, addresses))

        async def what(url: str) -> Recognised:
            found, why = (kind, "as you said") if kind else (await recognise(fetcher, url))[:2]
            if found is not None and "walk" in wishes and found is not SourceKind.SITEMAP:
                return Recognised(url, None, f"it is no sitemap ({found}): leave out --everything")
            return Recognised(url, found, why)

        return await asyncio.gather(*map(what, addresses))


def add_recognised(
    store: Archive,
    found: Sequence[Recognised],
    clock: Clock,
    wishes: Mapping[str, Any] | None = None,
) -> list[dict[str, Any]]:
    """Watch what can be watched, and tell of each what became of it, with kind None of what cannot
    be. ``wishes`` are values of columns that somebody chose."""
    outcomes: list[dict[str, Any]] = []
    for one in found:
        if one.kind is None:
            outcomes.append(one.refused())
            continue
        with store.write() as records:
            source = records.add_source(one.url, one.kind, None, clock())
            if wishes:
                records.update_source(source.id, **wishes)
                source = replace(source, **wishes)
        outcomes.append({**source.to_dict(), "reason": one.reason})
    return outcomes


async def add_sources(
    store: Archive,
    urls: tuple[str, ...],
    kind: SourceKind | None,
    allow_loopback: bool,
    clock: Clock,
    wishes: Mapping[str, Any] | None = None,
) -> list[dict[str, Any]]:
    """Recognise and add sources; see :func:`recognised` and :func:`add_recognised`."""
    found = await recognised(urls, kind, allow_loopback, wishes)
    return add_recognised(store, found, clock, wishes)


@click.command("sources", epilog="Example: variorum sources --pause 3")
@click.option("--pause", type=int, metavar="ID", help="Do not look at this source for now.")
@click.option("--resume", type=int, metavar="ID", help="Look at it again.")
@click.option("--remove", type=int, metavar="ID", help="Forget it; what was kept stays.")
@click.option(
    "--render", type=int, metavar="ID", help="Read its articles as a browser builds them."
)
@click.option("--screenshots", type=int, metavar="ID", help="And keep pictures of versions.")
@click.option("--no-render", type=int, metavar="ID", help="Read them as the server sends them.")
@archive_option
@json_option
def sources_command(archive: str, as_json: bool, **changes: int | None) -> None:
    """The sources with their health; with an option, one of them changed first."""
    wanted = {name: number for name, number in changes.items() if number is not None}
    if wanted:
        _rendering("render" in wanted, "screenshots" in wanted)
        _change(archive, wanted)
    with opened(archive) as store, store.read() as records:
        found = records.sources()
    for source in found:
        if as_json:
            print_json(source.to_dict())
            continue
        state = "paused" if source.paused else source.health
        click.echo(f"{source.id:>4}  {source.kind:<8} {source.articles:>6} articles  {source.url}")
        click.echo(f"      {state}{_chosen(source)}")
    if not found and not as_json:
        say("no sources yet: add one with 'variorum add URL'")


def _wanted(told: dict[str, list[str]]) -> dict[str, list[str]] | None:
    """A filter as it is kept; ends where it is none."""
    from variorum.pipeline.planning import filter_of

    try:
        filter_of(told)
    except ValueError as error:
        fail(str(error))
    return told or None


def _chosen(source: Source) -> str:
    """What somebody chose for a source, behind its health."""
    told = []
    if source.render is not None:
        pictures = source.render is Rendering.SCREENSHOTS
        told.append("rendered, with pictures" if pictures else "rendered")
    told += [f"{name} {', '.join(words)}" for name, words in (source.wanted or {}).items()]
    if source.looks is not None:
        told.append(f"at most {source.looks} looks an hour")
    if source.untrusted:
        told.append("read though its certificate cannot be trusted")
    if source.walk is not None:
        told.append(_walked(source.to_dict()["everything"]))
    return "".join(f"; {one}" for one in told)


def _walked(walk: dict[str, Any]) -> str:
    if walk["waiting"] is None:
        return "everything that it lists is wanted"
    failed = f", {walk['failed']:,} cannot be read" if walk["failed"] else ""
    lists = f"{walk['read']:,} of its lists are read, {walk['waiting']:,} wait{failed}"
    return f"{lists}: {walk['found']:,} older articles"


_CHANGES: dict[str, dict[str, Any]] = {
    "pause": {"paused": True},
    "resume": {"paused": False},
    "render": {"render": Rendering.PAGE},
    "screenshots": {"render": Rendering.SCREENSHOTS},
    "no_render": {"render": None},
}


def _change(archive: str, wanted: dict[str, int]) -> None:
    with opened(archive, read_only=False) as store, store.write() as records:
        for number in wanted.values():
            if records.source(number) is None:
                fail(f"no source {number}; 'variorum sources' lists them")
        for name, number in wanted.items():
            if name == "remove":
                records.remove_source(number)
            else:
                records.update_source(number, **_CHANGES[name])


def _rendering(render: bool, screenshots: bool) -> Rendering | None:
    """What was asked for; ends where no browser can do it here."""
    from variorum.stages.fetch import why_no_browser

    if not render and not screenshots:
        return None
    why = why_no_browser()
    if why is not None:
        fail(f"pages cannot be rendered here: {why}")
    return Rendering.SCREENSHOTS if screenshots else Rendering.PAGE
