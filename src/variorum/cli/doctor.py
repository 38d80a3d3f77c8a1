"""``variorum doctor``."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import click

from variorum.about import __version__
from variorum.cli.common import archive_option, json_option, print_json

# https://sqlite.org/releaselog/3_51_3.html: the WAL-reset fix. One writing process, which the
# archive's lock ensures, is not exposed to it.
_WAL_FIXED = (3, 51, 3)
_LIBRARIES = ("aiohttp", "selectolax", "lxml", "trafilatura", "rapidfuzz", "sqlalchemy", "warcio")


@click.command("doctor")
@archive_option
@json_option
def doctor_command(archive: str, as_json: bool) -> int:
    """What this installation can and cannot do, and how the archive stands."""
    from variorum.stages.fetch.agent import user_agent

    told: dict[str, Any] = {
        "variorum": __version__,
        "python": sys.version.split()[0],
        "platform": platform.platform(terse=True),
        "sqlite": sqlite3.sqlite_version,
        "asks as": user_agent(),
        "notes": _notes(),
        "libraries": {name: _version(name) for name in _LIBRARIES},
        "archive": _archive(archive),
    }
    if as_json:
        print_json(told)
    else:
        for name in ("variorum", "python", "platform", "sqlite", "asks as"):
            click.echo(f"{name:<10} {told[name]}")
        for name, value in told["archive"].items():
            click.echo(f"{name:<10} {value}")
        for name, value in told["libraries"].items():
            click.echo(f"  {name:<12} {value or 'missing'}")
        for note in told["notes"]:
            click.echo(f"note: {note}")
    return 0 if all(told["libraries"].values()) else 2


def _notes() -> list[str]:
    from variorum.stages.fetch.agent import CONTACT
    from variorum.stages.fetch.browser import SANDBOX, sandboxed, why_no_browser

    notes = []
    if not os.environ.get(CONTACT):
        notes.append(f"publishers are not told whom to write to: {CONTACT} is a page or an address")
    if sqlite3.sqlite_version_info < _WAL_FIXED:
        notes.append(
            f"SQLite {sqlite3.sqlite_version} predates a fix for several writers in WAL mode; "
            "an archive has one writing process, so it is not exposed"
        )
    if not _has_fts():
        notes.append("this SQLite has no FTS5: search does not work; use another Python build")
    why = why_no_browser()
    if why is not None:
        notes.append(f"pages that scripts put together cannot be rendered: {why}")
    elif not sandboxed():
        notes.append(f"pages are rendered without the browser's sandbox ({SANDBOX}=off)")
    return notes


def _has_fts() -> bool:
    try:
        sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE t USING fts5(x)")
    except sqlite3.OperationalError:
        return False
    return True


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _archive(place: str) -> dict[str, Any]:
    from variorum.bootstrap import open_archive
    from variorum.store.errors import ArchiveError
    from variorum.store.place import read_place

    try:
        with open_archive(place, read_only=True) as archive, archive.read() as records:
            free = shutil.disk_usage(archive.directory).free
            damaged = archive.warc.short(records.warc_lengths())
            return {
                "archive": str(read_place(place)),
                **records.counts(),
                "free": f"{free / 1e9:.1f} GB",
                **({"damaged": "; ".join(damaged)} if damaged else {}),
            }
    except ArchiveError as error:
        return {"archive": str(error)}
