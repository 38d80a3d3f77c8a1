"""``variorum import``."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from variorum.cli.common import (
    FINE,
    SOME_FAILED,
    UNUSABLE,
    archive_option,
    counted,
    fail,
    is_begun,
    json_option,
    opened,
    print_json,
    progress,
    say,
)
from variorum.pipeline.importing.formats import FORMATS

if TYPE_CHECKING:
    from variorum.pipeline.importing.items import Item
    from variorum.pipeline.importing.run import Report

_SHOWN = 20
_WORTH_A_RATE = 20


@click.command("import", epilog="Example: variorum import crawl.warc.gz saved-pages/")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--from",
    "form",
    type=click.Choice(FORMATS),
    help="What the files are; guessed when not said.",
)
@archive_option
@json_option
def import_command(paths: tuple[Path, ...], form: str | None, archive: str, as_json: bool) -> int:
    """Bring in captures and texts from files and folders. They are marked as imported; what is there
    already is not taken twice, so a command that was stopped goes on when it is given again.

    \b
    warc         WARC and ARC of any tool, also .gz and .zst; CC-NEWS
    wacz         packages of ours, checked whole, and of others
    html         saved pages; the time from the name (20240131T235959), else the file's
    jsonl csv    a "url", a "time" and an "html", a "text" or "paragraphs" in a line
    parquet      or a row; also .gz and .zst; "link" for "url", and any separator in CSV
    tables       a folder that 'export --to csv' or 'parquet' has made
    newsedits    SQLite of NewsEdits and diffengine (table entryversion)
    newssniffer  pages of a News Sniffer archive, text or HTML
    versions     SQLite with the tables of News Sniffer or newsdiff
    dump         the same out of mysqldump or pg_dump (.sql)
    newsdiffs    the git store of NewsDiffs
    """
    from variorum.pipeline.importing.items import Problem
    from variorum.pipeline.importing.run import Report, expand

    started = time.monotonic()
    if not any(map(os.path.exists, paths)):
        fail(f"no such file or folder: {', '.join(map(str, paths))}")
    files = expand(paths)
    items = _items(files, form)
    first, usable = ([], True) if is_begun(archive) else _up_to_a_usable(items)
    size = sum(f.stat().st_size for f in files if f.is_file())
    if usable:
        report = _imported(archive, itertools.chain(first, items), size)
    else:  # no archive is begun for nothing
        problems = [item for item in first if isinstance(item, Problem)]
        report = Report(skipped=len(first) - len(problems), problems=problems)
    if report == Report():
        fail(f"nothing to import: there is no capture in {', '.join(map(str, paths))}")
    seconds = time.monotonic() - started
    _report(report, seconds, size, as_json)
    if not report.problems:
        return FINE
    return SOME_FAILED if report.captures or report.known else UNUSABLE


def _up_to_a_usable(items: Iterator[Item]) -> tuple[list[Item], bool]:
    """The items up to the first that could be kept, and whether there is one."""
    from variorum.pipeline.importing.items import Problem, Skipped

    first: list[Item] = []
    for item in items:
        first.append(item)
        if not isinstance(item, Problem | Skipped):
            return first, True
    return first, False


def _imported(archive: str, items: Iterable[Item], size: int) -> Report:
    """What comes of bringing the items in; ``size`` is that of their files, in bytes."""
    from variorum.bootstrap import capture_path
    from variorum.pipeline.clock import system_clock
    from variorum.pipeline.importing.run import run_import

    with (
        opened(archive, read_only=False, begin=True) as store,
        capture_path(store) as path,
        progress("importing", "captures", size) as advance,
    ):
        read = _BytesRead()

        def tell(item: Item, report: Report) -> None:
            count = report.captures + report.known
            advance(read.after(item), count, len(report.problems))

        return run_import(store, path, items, system_clock, tell)


class _BytesRead:
    """How many bytes of all files were read: items tell their place in their own file."""

    def __init__(self) -> None:
        self._before = self._here = 0

    def after(self, item: Item) -> int:
        size = getattr(item, "size", self._here)
        if size < self._here:  # the next file has begun
            self._before += self._here
        self._here = size
        return self._before + self._here


def _items(files: list[Path], form: str | None) -> Iterator[Item]:
    from variorum.pipeline.clock import system_clock
    from variorum.pipeline.importing.run import read_items

    for file in files:
        yield from read_items(file, form, system_clock)


def _report(report: Report, seconds: float, size: int, as_json: bool) -> None:
    for problem in report.problems[:_SHOWN]:
        say(f"not imported: {problem}")
    if len(report.problems) > _SHOWN:
        say(f"… and {len(report.problems) - _SHOWN} more; --json lists them all")
    rate = report.captures / seconds if seconds else 0.0
    if as_json:
        print_json({**report.to_dict(), "seconds": round(seconds, 2), "per_second": round(rate, 1)})
        return
    pace = f" ({rate:,.1f} captures/s)" if report.captures > _WORTH_A_RATE else ""
    click.echo(
        f"{counted(report.captures, 'captures')} of {counted(report.articles, 'new articles')}: "
        f"{counted(report.versions, 'versions')}{pace}"
    )
    if report.known:
        click.echo(f"{report.known:,} captures were here already")
    if report.skipped:
        click.echo(f"{report.skipped:,} records were no pages")
    if report.problems:
        click.echo(f"{len(report.problems):,} not imported")
