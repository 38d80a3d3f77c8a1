"""``variorum up`` and ``variorum serve``."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from variorum.cli.common import (
    Command,
    archive_option,
    fail,
    is_begun,
    loopback_option,
    opened,
    say,
)
from variorum.cli.door import Door, door_options, opened_for_pages
from variorum.pipeline.clock import system_clock

if TYPE_CHECKING:
    from variorum.cli.sources import Recognised
    from variorum.store.archive import Archive

_DEFAULT_ARCHIVE = "archive"


def _address_options(command: Command) -> Command:
    command = door_options(command)
    command = click.option("--host", default="127.0.0.1", show_default=True)(command)
    return click.option(
        "--port", default=8080, show_default=True, type=click.IntRange(0, 65535), envvar="PORT"
    )(command)


@click.command("up", epilog="Example: variorum up https://example.org/feed.xml")
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@click.option("--demo", is_flag=True, help="Watch the built-in demo newspaper.")
@click.option(
    "--demo-pause",
    default=3.0,
    show_default=True,
    type=click.FloatRange(0, 3600),
    help="Seconds between two rounds of the demo newspaper.",
)
@click.option(
    "--looks-per-hour",
    type=click.IntRange(1),
    help="Most looks at articles an hour, over all; those likeliest to have changed come first.",
)
@_address_options
@loopback_option
@archive_option
def up_command(
    sources: tuple[str, ...],
    demo: bool,
    demo_pause: float,
    looks_per_hour: int | None,
    host: str,
    port: int,
    read_only: bool,
    private: bool,
    public_url: str | None,
    allowed_host: tuple[str, ...],
    allow_loopback: bool,
    archive: str,
) -> int:
    """Watch and serve in one process until Ctrl-C.

    SOURCE is a feed, sitemap, front page or article URL. With none given, and neither sources nor
    accounts in the archive, it watches the demo newspaper, a small invented news world on this machine.

    An archive that cannot be written at the start is one line and exit code 2. Where that happens
    later (a full disk) it is one line too, the pages stay up, and looking goes on once it can be.
    Where none of the SOURCEs can be watched no archive is begun for them.
    """
    from variorum.cli.serving import Demo, run_demo, run_live

    if sources and demo:
        fail("--demo watches the demo newspaper only: leave out the sources")
    aside = _aside(archive) if sources else None
    door = Door(host, read_only, private, allowed_host, public_url=public_url)
    begins = aside or not is_begun(archive)
    if begins:
        door.refuse_strangers()
    listener = _listen(host, port)
    with listener:
        found = _worth_an_archive(sources, allow_loopback) if begins and sources else None
        if aside is not None:
            _make_room(Path(archive), aside)
        with opened(archive, read_only=False, begin=True) as store:
            door.check(store)
            demo = demo or _is_demo(store) or (not sources and not _is_somebodys(store))
            if demo and sources:
                fail(
                    f"{archive} holds the demo newspaper: keep your own stories in another archive "
                    "with --archive"
                )
            if demo:
                return asyncio.run(run_demo(store, listener, Demo(demo_pause), door))
            rest = allow_loopback, system_clock, door, looks_per_hour
            return asyncio.run(run_live(store, listener, sources, *rest, found))


@click.command("serve", epilog="Example: variorum serve --port 9000")
@_address_options
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Processes that answer side by side.  [default: one a core, 4 at most]",
)
@loopback_option
@archive_option
def serve_command(
    host: str,
    port: int,
    read_only: bool,
    private: bool,
    public_url: str | None,
    allowed_host: tuple[str, ...],
    workers: int | None,
    allow_loopback: bool,
    archive: str,
) -> int:
    """Serve the archive's pages and API, and watch nothing.

    Where there is an administrator, and no other process writes to the archive, people can change
    things here as on the pages of 'variorum up'. Other commands cannot write to the archive then:
    with --read-only they can.
    """
    from variorum.cli.serving import run_pages
    from variorum.cli.workers import helpers, usual_number

    door = Door(host, read_only, private, allowed_host, public_url=public_url)
    listener = _listen(host, port)
    with listener, opened_for_pages(archive, door) as (store, door):
        # Only one process writes, so only one can let people change something.
        others = 0 if store.writable else (workers or usual_number()) - 1
        with helpers(others, store.reopened, listener, door) as (shared, shelf):
            return asyncio.run(run_pages(store, shared, door, allow_loopback, shelf))


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket, or one clear line why there is none."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named so that asyncio sets TCP_NODELAY: else every answer on a kept connection waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, UnicodeError) as error:
        listener.close()
        why = getattr(error, "strerror", None) or error
        fail(f"cannot listen on {host}:{port} ({why}): choose another with --port or --host")
    listener.listen(128)
    listener.setblocking(False)
    return listener


def _is_somebodys(store: Archive) -> bool:
    """Whether an archive has sources, articles, or people who can add sources on the pages."""
    with store.read() as records:
        return bool(records.sources() or records.counts()["articles"] or records.people())


def _is_demo(store: Archive) -> bool:
    with store.read() as records:
        return records.setting("demo") is not None


def _worth_an_archive(sources: tuple[str, ...], allow_loopback: bool) -> list[Recognised]:
    """What the sources are that an archive is to be begun for. Ends with one clear line where none can
    be watched: then nothing is begun, and nothing makes room."""
    from variorum.cli.sources import recognised

    say(f"asking what {'it is' if len(sources) == 1 else 'they are'}: {', '.join(sources)}")
    found = asyncio.run(recognised(sources, None, allow_loopback))
    if not any(one.kind for one in found):
        fail("nothing to watch: " + "; ".join(f"{one.url}: {one.reason}" for one in found))
    return found


def _aside(archive: str) -> Path | None:
    """Where the demo's archive in the default place goes to make room for the first real sources;
    None where there is none."""
    place = Path(archive)
    if archive != _DEFAULT_ARCHIVE or not (place / "variorum.db").exists():
        return None
    with opened(archive) as store:
        if not _is_demo(store):
            return None
    number, aside = 1, place.with_name("archive-demo")
    while aside.exists():
        number += 1
        aside = place.with_name(f"archive-demo-{number}")
    return aside


def _make_room(place: Path, aside: Path) -> None:
    """Move an archive that nobody writes to out of the way. Ends with one clear line where that
    cannot be done."""
    from variorum.store.archive import move_archive
    from variorum.store.errors import ArchiveError

    try:
        move_archive(place, aside)
    except ArchiveError as error:
        fail(str(error))
    say(f"the demo newspaper's archive is now in {aside}; yours begins in {place}")
