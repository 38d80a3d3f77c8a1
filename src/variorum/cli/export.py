"""``variorum export``."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from variorum.cli.common import (
    SOME_FAILED,
    archive_option,
    counted,
    fail,
    find,
    json_option,
    opened,
    print_json,
    progress,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from variorum.evidence.recorder import LogRecorder
    from variorum.model import Article
    from variorum.store.archive import Archive
    from variorum.store.records import Records

FORMATS = ("jsonl", "csv", "parquet", "warc", "wacz", "html", "pdf", "newsedits")
_TO_STDOUT = ("jsonl", "html")
# What compares everything with the log itself, records as well.
_COMPARING = ("warc", "wacz", "html", "pdf")
_SUFFIXES = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".wacz": "wacz",
    ".warc.gz": "warc",
    ".html": "html",
    ".pdf": "pdf",
    ".sqlite": "newsedits",
    ".csv": "csv",
    ".parquet": "parquet",
}


@click.command(
    "export",
    epilog="Exit codes: 0 written, 3 the archive is not what its log says (nothing is written), 2 it cannot "
    "be written there. Examples: variorum export versions.jsonl · variorum export story.wacz --article 12 · "
    "variorum export dossier.pdf --article 12 --article 15 · variorum export tables --to parquet",
)
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "form",
    type=click.Choice(FORMATS),
    help="Guessed from PATH's ending when not said; jsonl where it has none.",
)
@click.option("--article", "only", multiple=True, help="Only this article (id or URL); repeatable.")
@click.option(
    "--logged",
    is_flag=True,
    help="Enter the file's hash in the archive's log: nobody else may be writing.",
)
@archive_option
@json_option
def export_command(
    path: Path,
    form: str | None,
    only: tuple[str, ...],
    logged: bool,
    archive: str,
    as_json: bool,
) -> None:
    """Write what the archive holds to PATH, if that is what its log says: captures and versions are
    compared with the log, and for warc, wacz, html and pdf also the bytes of captures.

    \b
    jsonl    every version, an object a line (- for stdout), as 'import' reads it
    csv      a folder of tables: articles, captures, versions, sentences, links,
    parquet  words, changes, claims, claim_changes
    warc     the records of all captures, byte for byte
    wacz     the same as a package with index and evidence, for replay tools and 'import'
    newsedits  every version as a row of an SQLite table entryversion
    html     a dossier of the articles: timeline, comparisons, claims, digests
    pdf      the same for paper, with that page attached
    """
    form = form or _guess(path)
    if logged and (str(path) == "-" or form in ("csv", "parquet")):
        fail("only an export that is one file can be entered in the log")
    # Opened for writing at once where the log is to be written: whether it can be is known then.
    with opened(archive, read_only=not logged) as store:
        if logged and not _recorder(store).keeps_up:
            fail("the evidence log cannot be written: nothing was exported", SOME_FAILED)
        with store.read() as records:
            numbers = [find(records, name).id for name in only] or records.article_numbers()
            to = _place(path, form, store.directory)
            told = _written(store, records, to, form, numbers)
        entry = _enter(store, to, form) if logged else None
    if as_json:
        entered = {"sha256": entry.sha256, "entry": entry.number} if entry else {}
        print_json({"path": str(path), "format": form, **told, **entered})
    else:
        counts = ", ".join(counted(n, name) for name, n in told.items() if name != "signed")
        say(f"{counts} written to {path}")
        if entry:
            say(f"its SHA-256 {entry.sha256} is entry {entry.number:,} of the log")


class _Entered(NamedTuple):
    """The hash of an export, and the number of the entry of the log that has it."""

    sha256: str
    number: int


def _enter(archive: Archive, path: Path, form: str) -> _Entered:
    """Enter a file in the log; where that fails, the file goes, for it was wanted with its entry."""
    from variorum.evidence.recorder import hash_of, span
    from variorum.store.errors import ArchiveError

    try:
        sha256 = hash_of(span(path, 0, path.stat().st_size))
        return _Entered(sha256, _recorder(archive).exported(form, sha256))
    except (ArchiveError, OSError) as error:
        path.unlink(missing_ok=True)
        fail(f"{error}: {path} was not kept", SOME_FAILED)


def _recorder(archive: Archive) -> LogRecorder:
    from variorum.evidence.recorder import LogRecorder

    assert isinstance(archive.recorder, LogRecorder)
    return archive.recorder


def _guess(path: Path) -> str:
    name = path.name.lower()
    form = next((form for end, form in _SUFFIXES.items() if name.endswith(end)), None)
    if form is None and path.suffix:
        ends = ", ".join(_SUFFIXES)
        fail(f"what is {path.name} to hold? Say so with --to, or end its name with one of {ends}")
    return form or "jsonl"


def _place(path: Path, form: str, archive: Path) -> Path:
    """Where an export is written: behind a link what it names, as a rename would put the file in
    place of the link. Ends with one line where it would take the place of what is no export."""
    if str(path) == "-":
        if form in _TO_STDOUT:
            return path
        fail(f"only {' and '.join(_TO_STDOUT)} can go to stdout: name a file for {form}")
    to = Path(os.path.realpath(path))
    if to.is_relative_to(os.path.realpath(archive)):
        fail(f"{path} lies in the archive, whose own files it could replace: name another place")
    if _is_no_file(to):
        fail(f"{path} is a device or a pipe: name a file (- is stdout)")
    return to


def _is_no_file(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:  # not there, or what is wrong with it is told when it is written
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _written(
    store: Archive, records: Records, path: Path, form: str, numbers: list[int]
) -> dict[str, Any]:
    """What was written, by kind; ends with one line where it cannot be."""
    from variorum.evidence.container import TooLargeError
    from variorum.evidence.tiles import LogDamagedError
    from variorum.pipeline.exporting_tables import MissingLibraryError

    writer = {
        "jsonl": _jsonl,
        "csv": _tables,
        "parquet": _tables,
        "warc": _warc,
        "wacz": _wacz,
        "newsedits": _newsedits,
        "html": _html,
        "pdf": _pdf,
    }[form]
    try:
        if form not in _COMPARING:
            _compare(store, records, numbers)
        return writer(store, records, path, form, numbers)
    except BrokenPipeError:  # whoever reads stdout has enough: no matter of ours
        raise
    except (FileExistsError, TooLargeError, MissingLibraryError) as error:
        fail(str(error))
    except LogDamagedError as error:
        fail(f"the evidence log is damaged: {error}", SOME_FAILED)
    except OSError as error:
        fail(f"cannot write {path}: {error.strerror or error}")


def _compare(store: Archive, records: Records, numbers: list[int]) -> None:
    """Captures and versions with the log, before anything is written."""
    from variorum.evidence.as_logged import AsLogged

    compared = AsLogged.read(store, records).articles(numbers)
    if not compared.logged:
        say("this archive has no log: what is written could be compared with none")
    if compared.waiting:
        say(f"{compared.waiting:,} captures and versions are not in the log yet")
    if compared.lost:
        say(
            f"the log knows {compared.lost:,} captures that the archive has no longer; of which "
            "articles they were it does not say"
        )


def _jsonl(
    _store: Archive, records: Records, path: Path, _form: str, numbers: list[int]
) -> dict[str, Any]:
    from variorum.pipeline.exporting import export_jsonl

    return {"versions": export_jsonl(records, path, numbers)}


def _tables(
    _store: Archive, records: Records, path: Path, form: str, numbers: list[int]
) -> dict[str, Any]:
    from variorum.pipeline.exporting_tables import export_tables

    with progress("exporting", "articles", len(numbers)) as advance:
        return export_tables(records, path, form, numbers, lambda done: advance(done, done, 0))


def _newsedits(
    _store: Archive, records: Records, path: Path, _form: str, numbers: list[int]
) -> dict[str, Any]:
    from variorum.pipeline.exporting_newsedits import export_newsedits

    with progress("exporting", "articles", len(numbers)) as advance:
        done = export_newsedits(records, path, numbers, lambda done: advance(done, done, 0))
    return {"versions": done}


def _warc(
    store: Archive, records: Records, path: Path, _form: str, numbers: list[int]
) -> dict[str, Any]:
    from variorum.pipeline.exporting import export_warc

    with progress("exporting", "bytes") as advance:
        done = export_warc(store, records, path, numbers, lambda done: advance(done, done, 0))
    return {"records": done}


def _wacz(
    store: Archive, records: Records, path: Path, _form: str, numbers: list[int]
) -> dict[str, Any]:
    from variorum.evidence.package import export_wacz
    from variorum.pipeline.clock import system_clock

    with progress("exporting", "bytes") as advance:
        done = export_wacz(
            store, records, path, numbers, system_clock(), lambda done: advance(done, done, 0)
        )
    if not done.signed:
        say("not signed: the archive's key is not here")
    if done.proven < done.captures:
        say(f"{done.captures - done.proven:,} captures are not in the log, and not proven")
    return done.to_dict()


def _html(
    store: Archive, records: Records, path: Path, _form: str, numbers: list[int]
) -> dict[str, Any]:
    from variorum.store.durable import write_parts

    with _dossier(store, records, numbers) as (articles, parts):
        if str(path) == "-":
            sys.stdout.writelines(parts)
        else:
            write_parts(path, parts)
    return _told(articles)


def _pdf(
    store: Archive, records: Records, path: Path, _form: str, numbers: list[int]
) -> dict[str, Any]:
    from variorum.pipeline.dossier_pdf import MOST_VERSIONS, expected, printed
    from variorum.store.durable import write_whole

    with _dossier(store, records, numbers) as (articles, parts):
        versions = sum(article.versions for article in articles)
        if versions > MOST_VERSIONS:
            fail(
                f"{versions:,} versions are too many for one PDF ({MOST_VERSIONS:,} at most): "
                "name fewer with --article, or export to .html"
            )
        page = "".join(parts)
    with progress("printing", "pages", expected(page)) as advance:
        done = printed(page, lambda pages: advance(pages, pages, 0))
        advance(done.pages, done.pages, 0, done.pages)
    write_whole(path, done.data)
    if done.undrawn:
        say(
            f"no font here draws {done.undrawn:,} kinds of letters in it: they are boxes on the page, "
            "and whole in the text of the PDF and in the page attached to it (Debian: "
            "apt-get install fonts-noto fonts-noto-cjk)"
        )
    return {**_told(articles), "pages": done.pages}


@contextmanager
def _dossier(
    store: Archive, records: Records, numbers: list[int]
) -> Iterator[tuple[list[Article], Iterator[str]]]:
    from variorum.pipeline.clock import system_clock
    from variorum.pipeline.dossier import dossier

    articles = [a for a in map(records.article, numbers) if a is not None]
    if not articles:
        fail("there is no article to make a dossier of")
    with progress("dossier", "articles", len(articles)) as advance:
        yield (
            articles,
            dossier(
                records,
                articles,
                store,
                system_clock(),
                lambda done: advance(done, done, 0),
            ),
        )


def _told(articles: list[Article]) -> dict[str, Any]:
    return {
        "articles": len(articles),
        "versions": sum(article.versions for article in articles),
        "captures": sum(article.captures for article in articles),
    }
