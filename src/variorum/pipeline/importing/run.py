"""Imports: files in, captures and versions out, a batch a transaction."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from variorum.pipeline.clock import Clock
from variorum.pipeline.importing.formats import FORMATS
from variorum.pipeline.importing.html import read_html
from variorum.pipeline.importing.items import Item, Items, Place, Problem
from variorum.pipeline.importing.jsonl import read_jsonl
from variorum.pipeline.importing.newsdiffs import is_git, read_newsdiffs
from variorum.pipeline.importing.newsedits import SIGNATURE, opened_database, read_newsedits
from variorum.pipeline.importing.newssniffer import (
    HEAD,
    looks_like_page,
    page_number,
    read_page_of_versions,
)
from variorum.pipeline.importing.rows import PARQUET, read_csv, read_parquet, read_tables, tables_in
from variorum.pipeline.importing.taking import Report, Taking
from variorum.pipeline.importing.version_stores import read_dump, read_store, store_in
from variorum.pipeline.importing.wacz import read_wacz
from variorum.pipeline.importing.warc import read_warc
from variorum.pipeline.late import remember_late, settle_late
from variorum.pipeline.path import CapturePath
from variorum.store.archive import Archive
from variorum.text.told import in_one_line

__all__ = ["FORMATS", "Report", "expand", "guess_format", "read_items", "run_import"]

# One fsync and one commit for so many captures: losing a batch costs a second of work to repeat.
_BATCH = 64


_ENDS = {
    "warc": (".warc", ".warc.gz", ".warc.zst", ".arc", ".arc.gz"),
    "wacz": (".wacz",),
    "jsonl": tuple(f".{kind}{end}" for kind in ("jsonl", "ndjson") for end in ("", ".gz", ".zst")),
    "csv": (".csv", ".csv.gz", ".csv.zst"),
    "parquet": (".parquet",),
    "dump": tuple(f".sql{end}" for end in ("", ".gz", ".zst")),
}
_PAGE_ENDS = (".html", ".htm", ".xhtml")


def guess_format(path: Path) -> str | None:
    """What a file or a folder is by its name and first bytes; None when it is nothing that can be
    imported."""
    if path.is_dir():
        return "newsdiffs" if is_git(path) else "tables" if tables_in(path) else None
    name = path.name.lower()
    for form, ends in _ENDS.items():
        if name.endswith(ends):
            return form
    with path.open("rb") as file:
        head = file.read(HEAD)
    text = head.decode("utf-8", "replace").replace("\r\n", "\n")
    if name.endswith(_PAGE_ENDS):
        return "newssniffer" if looks_like_page(text) else "html"
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(PARQUET):
        return "parquet"
    if head.startswith(SIGNATURE):
        return _database(path)
    if looks_like_page(text):
        return "newssniffer"
    return "html" if "<html" in text.lower() else None


def _database(path: Path) -> str:
    """Whose tables an SQLite file has; what cannot be told is left to the reader to name."""
    try:
        with closing(opened_database(path)) as database:
            return "versions" if store_in(database) is not None else "newsedits"
    except sqlite3.Error:
        return "newsedits"


def expand(paths: Sequence[Path]) -> list[Path]:
    """Files as given; folders as the files in them, by name, but for those that are one thing: a git
    store, a folder of tables. A link that leads out of its folder is left out."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir() and guess_format(path) is None:
            found += sorted(_files_in(path))
        else:
            found.append(path)
    return sorted(found, key=page_number) if _all_pages(found) else found


def _files_in(folder: Path) -> Iterator[Path]:
    inside = folder.resolve()
    for path in folder.rglob("*"):
        if path.is_file() and path.resolve().is_relative_to(inside):
            yield path


def _all_pages(paths: Sequence[Path]) -> bool:
    try:
        guessed = (p.is_file() and guess_format(p) == "newssniffer" for p in paths)
        return len(paths) > 1 and all(guessed)
    except OSError:
        return False


def read_items(path: Path, form: str | None, clock: Clock) -> Items:
    """The items of one file; a file that cannot be read at all is one Problem."""
    if not path.exists():
        return iter([Problem(str(path), "", "no such file")])
    try:
        kind = form or guess_format(path)
    except OSError as error:
        return iter([Problem(str(path), "", f"cannot be read: {error.strerror}")])
    if kind is None:
        known = ", ".join(FORMATS)
        return iter([Problem(str(path), "", f"not a file that can be imported ({known})")])
    readers: dict[str, Callable[[], Items]] = {
        "warc": lambda: read_warc(path),
        "wacz": lambda: read_wacz(path),
        "html": lambda: read_html(path),
        "jsonl": lambda: read_jsonl(path),
        "newsedits": lambda: read_newsedits(path),
        "newssniffer": lambda: read_page_of_versions(path, clock()),
        "csv": lambda: read_csv(path),
        "parquet": lambda: read_parquet(path),
        "tables": lambda: read_tables(path),
        "versions": lambda: read_store(path),
        "dump": lambda: read_dump(path),
        "newsdiffs": lambda: read_newsdiffs(path),
    }
    return _told_to_the_end(path, readers[kind]())


def _told_to_the_end(path: Path, items: Items) -> Items:
    """What a reader gives. It tells by itself what is wrong with its file; where it does not, the file
    is at its end, and what was read of it and of the next ones stays."""
    place: Place = (str(path), "")
    try:
        for item in items:
            place = getattr(item, "place", place)
            yield item
    except Exception as error:
        where = f"after {place[1]}" if place[1] else ""
        why = f"not readable from here on ({type(error).__name__}: {in_one_line(error)})"
        yield Problem(str(path), where, why)


def run_import(
    archive: Archive,
    path: CapturePath,
    items: Iterable[Item],
    clock: Clock,
    tell: Callable[[Item, Report], None] = lambda item, report: None,
) -> Report:
    """Take everything that ``items`` gives. What was imported before is not taken twice; what cannot
    be taken is a Problem of the report, and the rest goes on."""
    report = Report()
    for batch in _batches(items):
        with archive.write() as records:
            taking = Taking(path, records, clock, report)
            for item in batch:
                taking.take(item)
                tell(item, report)
            remember_late(records, taking.late)
            path.finish(records)
    for number, error in settle_late(archive, path).items():
        why = f"its history could not be made anew ({type(error).__name__}: {in_one_line(error)})"
        report.problems.append(Problem(f"article {number}", "", why))
    return report


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    source = iter(items)
    while batch := list(itertools.islice(source, _BATCH)):
        yield batch
