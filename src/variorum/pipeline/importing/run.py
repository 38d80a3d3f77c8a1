"""Imports: files in, captures and versions out, a batch a transaction."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

from variorum.model import Fetched
from variorum.model.times import parse_iso
from variorum.pipeline.bodies import body_of
from variorum.pipeline.clock import Clock
from variorum.pipeline.identity import article_at, find_article
from variorum.pipeline.importing.html import read_html
from variorum.pipeline.importing.items import (
    FetchedItem,
    Item,
    Items,
    Problem,
    RevisitItem,
    TextItem,
)
from variorum.pipeline.importing.jsonl import read_jsonl
from variorum.pipeline.importing.newsdiffs import is_git, read_newsdiffs
from variorum.pipeline.importing.newsedits import SIGNATURE, read_newsedits
from variorum.pipeline.importing.newssniffer import (
    looks_like_page,
    page_number,
    read_page_of_versions,
)
from variorum.pipeline.importing.rows import PARQUET, read_csv, read_parquet, read_tables, tables_in
from variorum.pipeline.importing.version_stores import read_dump, read_store, store_in
from variorum.pipeline.importing.wacz import ToldItem, read_wacz, take_told
from variorum.pipeline.importing.warc import read_warc
from variorum.pipeline.late import remember_late, settle_late
from variorum.pipeline.path import CapturePath
from variorum.store.archive import Archive
from variorum.store.records import Records
from variorum.store.warc import payload_digest

# One fsync and one commit for so many captures: losing a batch costs a second of work to repeat.
_BATCH = 64
FORMATS = (
    *("warc", "wacz", "newssniffer", "newsedits", "html", "jsonl", "csv", "parquet", "tables"),
    *("versions", "dump", "newsdiffs"),
)


@dataclass(slots=True)
class Report:
    """What an import came to. ``known`` captures were there already."""

    captures: int = 0
    versions: int = 0
    articles: int = 0
    known: int = 0
    skipped: int = 0
    problems: list[Problem] = field(default_factory=list)

    def to_dict(self) -> dict[str, object]:
        return {
            "captures": self.captures,
            "versions": self.versions,
            "articles": self.articles,
            "known": self.known,
            "skipped": self.skipped,
            "problems": [{"path": p.path, "where": p.where, "why": p.why} for p in self.problems],
        }


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
        head = file.read(16_384)
    text = head.decode("utf-8", "replace")
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
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as database:
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
    return len(paths) > 1 and all(p.is_file() and guess_format(p) == "newssniffer" for p in paths)


def read_items(path: Path, form: str | None, clock: Clock) -> Items:
    """The items of one file; a file that cannot be read at all is one Problem."""
    if not path.exists():
        return iter([Problem(str(path), "", "no such file")])
    try:
        kind = form or guess_format(path)
    except OSError as error:
        return iter([Problem(str(path), "", f"cannot be read: {error.strerror}")])
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
    if kind is None:
        known = ", ".join(FORMATS)
        return iter([Problem(str(path), "", f"not a file that can be imported ({known})")])
    return readers[kind]()


def run_import(
    archive: Archive,
    path: CapturePath,
    items: Iterable[Item],
    clock: Clock,
    tell: Callable[[Item, Report], None] = lambda item, report: None,
) -> Report:
    """Take everything that ``items`` gives. What was imported before is not taken twice."""
    report = Report()
    for batch in _batches(items):
        late: set[int] = set()
        with archive.write() as records:
            for item in batch:
                _take(path, records, item, clock, report, late)
                tell(item, report)
            remember_late(records, late)
            path.finish(records)
    settle_late(archive, path)
    return report


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    source = iter(items)
    while batch := list(itertools.islice(source, _BATCH)):
        yield batch


def _take(
    path: CapturePath, records: Records, item: Item, clock: Clock, report: Report, late: set[int]
) -> None:
    if isinstance(item, Problem):
        report.problems.append(item)
    elif isinstance(item, ToldItem):
        _take_told(path, records, item, clock, report, late)
    elif isinstance(item, TextItem):
        _take_text(path, records, item, clock, report)
    elif isinstance(item, FetchedItem):
        _take_fetched(path, records, item.fetched, item.origin, clock, report, late)
    elif isinstance(item, RevisitItem):
        whole = _revisited(path, records, item)
        if isinstance(whole, Problem):
            report.problems.append(whole)
        else:
            _take_fetched(path, records, whole, item.origin, clock, report, late)
    else:
        report.skipped += 1


def _take_fetched(
    path: CapturePath,
    records: Records,
    fetched: Fetched,
    origin: str,
    clock: Clock,
    report: Report,
    late: set[int],
) -> None:
    if fetched.status != 200 and find_article(records, fetched.url) is None:
        report.skipped += 1  # an error page of something that is no article here
        return
    article, new = article_at(records, fetched.url, None, clock(), state="imported")
    digest = payload_digest(fetched.body if fetched.raw is None else fetched.raw)
    if not new and records.capture_at(article.id, fetched.url, fetched.time, digest):
        report.known += 1
        return
    taken = path.take(records, article, fetched, origin=origin)
    report.captures += 1
    report.articles += new
    report.versions += taken.judged.decision.kind.makes_version
    if taken.late:
        late.add(taken.article)


def _take_told(
    path: CapturePath,
    records: Records,
    item: ToldItem,
    clock: Clock,
    report: Report,
    late: set[int],
) -> None:
    taken = take_told(path, records, item, clock())
    if taken is None:
        report.known += 1
        return
    report.captures += 1
    report.articles += taken.new
    report.versions += taken.version
    if taken.late:
        late.add(taken.article)


def _take_text(
    path: CapturePath, records: Records, item: TextItem, clock: Clock, report: Report
) -> None:
    brought = item.brought
    article, new = article_at(records, brought.url, None, clock(), state="imported")
    digest = payload_digest(brought.data)
    if not new and records.has_payload(article.id, digest):
        report.known += 1
        return
    taken = path.take_text(records, article, brought)
    made = taken.judged.decision.kind.makes_version
    if item.last_seen is not None and made and taken.judged.attested is not None:
        records.seen_again(article.id, taken.judged.attested, item.last_seen)
        records.update_article(article.id, last_seen=item.last_seen)
    report.captures += 1
    report.articles += new
    report.versions += made


def _revisited(path: CapturePath, records: Records, item: RevisitItem) -> Fetched | Problem:
    """A revisit with the body of the capture that it refers to."""
    article = find_article(records, item.fetched.url)
    if article is None:
        return Problem(item.origin, item.fetched.url, "a revisit of a page that is not here")
    if item.fetched.status == 304:
        return item.fetched
    earlier = [c for c in records.captures(article.id) if c.record and c.status == 200]
    if item.refers_to:
        when = parse_iso(item.refers_to[1])
        earlier = [c for c in earlier if c.time == when] or earlier
    if not earlier:
        return Problem(
            item.origin, item.fetched.url, "the capture that a revisit repeats is missing"
        )
    body, content_type = body_of(path.archive, records, earlier[-1])
    headers = (("Content-Type", content_type),) if content_type else ()
    return replace(item.fetched, status=200, headers=headers, body=body, raw=None)
