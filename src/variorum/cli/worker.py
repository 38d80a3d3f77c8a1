"""``variorum worker``."""

from __future__ import annotations

import asyncio
import logging
import signal
from typing import TYPE_CHECKING

import click

from variorum.cli.common import (
    FINE,
    archive_option,
    fail,
    json_option,
    loopback_option,
    opened,
    print_json,
    say,
)

if TYPE_CHECKING:
    from variorum.pipeline.worker import Terms
    from variorum.store.archive import Archive
    from variorum.store.shared_archive import SharedArchive

INTERRUPTED = 130


@click.command(
    "worker",
    epilog="Example: variorum --archive 'postgresql://me@db/news?captures=/mnt/captures' worker",
)
@click.option("--list", "listing", is_flag=True, help="List the workers that there are, and end.")
@click.option(
    "--at-once",
    default=64,
    show_default=True,
    type=click.IntRange(1, 1000),
    help="Articles and sources that are claimed at once.",
)
@click.option(
    "--lease",
    default=60.0,
    show_default=True,
    type=click.FloatRange(1, 3600),
    help="Seconds without a sign of life after which others take over what is claimed.",
)
@click.option(
    "--looks-per-hour",
    type=click.IntRange(1),
    help="Most looks at articles an hour, over all workers; give it to each of them.",
)
@loopback_option
@archive_option
@json_option
def worker_command(
    listing: bool,
    at_once: int,
    lease: float,
    looks_per_hour: int | None,
    allow_loopback: bool,
    archive: str,
    as_json: bool,
) -> int:
    """Work on an archive in PostgreSQL beside any number of other workers, until Ctrl-C.

    Whatever is due is looked at by one of them. Hosts are asked as politely as by one. What a dead
    worker had claimed is taken over when its lease has run out.
    """
    from variorum.pipeline.worker import Terms

    if listing:
        with opened(archive) as store:
            _list(_shared(store), as_json)
        return FINE
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    with opened(archive, read_only=False, begin=True) as store:
        return asyncio.run(
            _work(_shared(store), Terms(at_once, lease, looks=looks_per_hour), allow_loopback)
        )


async def _work(store: SharedArchive, terms: Terms, allow_loopback: bool) -> int:
    from variorum.bootstrap import capture_path, worker

    ended: list[int] = []
    loop = asyncio.get_running_loop()
    with capture_path(store) as path:
        async with worker(store, path, terms=terms, allow_loopback=allow_loopback) as working:

            def end(number: int) -> None:
                if ended:
                    raise KeyboardInterrupt
                ended.append(number)
                say("stopping: what is fetched is taken first (again to stop at once)")
                working.stop()

            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, end, number)
            say(f"{working.name} works (Ctrl-C stops it; nothing kept is lost)")
            await working.run()
            done = working.done
    say(f"{done.checked} pages checked, {done.versions} new versions, {done.failures} failed")
    return INTERRUPTED if ended and ended[0] == signal.SIGINT else FINE


def _list(store: SharedArchive, as_json: bool) -> None:
    from variorum.store.lease_records import LeaseRecords

    with store.read() as records:
        found = LeaseRecords(records.db).workers()
    for one in found:
        if as_json:
            print_json(one.to_dict())
        else:
            click.echo(
                f"{one.name}: {one.checked} pages, {one.versions} versions, {one.leases} in hand, "
                f"heard of {one.silent:.0f} s ago"
            )
    if not found and not as_json:
        say("no workers")


def _shared(store: Archive) -> SharedArchive:
    from variorum.store.shared_archive import SharedArchive

    if not isinstance(store, SharedArchive):
        fail(
            "workers need an archive in PostgreSQL (--archive postgresql://…); an archive in a "
            "directory is watched by one process: 'variorum up'"
        )
    return store
