"""``variorum export``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from variorum.cli.common import (
    SOME_FAILED,
    archive_option,
    fail,
    find,
    json_option,
    opened,
    print_json,
    progress,
    say,
)

if TYPE_CHECKING:
    from variorum.store.archive import Archive
    from variorum.store.records import Records

FORMATS = ("jsonl", "csv", "parquet", "warc", "wacz", "html")
_SUFFIXES = {
    ".wacz": "wacz",
    ".warc.gz": "warc",
    ".html": "html",
    ".csv": "csv",
    ".parquet": "parquet",
}


@click.command(
    "export",
    epilog="Examples: variorum export versions.jsonl · variorum export story.wacz --article 12 · "
    "variorum export tables --to parquet",
)
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--to", "form", type=click.Choice(FORMATS), help="Guessed from PATH when not said, else jsonl."
)
@click.option("--article", "only", multiple=True, help="Only this article (id or URL); repeatable.")
@archive_option
@json_option
def export_command(
    path: Path, form: str | None, only: tuple[str, ...], archive: str, as_json: bool
) -> None:
    """Write what the archive holds to PATH.

    \b
    jsonl    every version, an object a line (- for stdout), as 'import' reads it
    csv      a folder of tables: articles, captures, versions, sentences, links,
    parquet  words, changes, claims, claim_changes
    warc     the records of all captures, byte for byte
    wacz     the same as a package with index and evidence, for replay tools and 'import'
    html     a dossier of one article: timeline, comparisons, claims, digests
    """
    form = form or _guess(path)
    with opened(archive) as store, store.read() as records:
        numbers = [find(records, name).id for name in only] or records.article_numbers()
        told = _written(store, records, path, form, numbers)
    if as_json:
        print_json({"path": str(path), "format": form, **told})
    else:
        counts = ", ".join(f"{n:,} {name}" for name, n in told.items() if name != "signed")
        say(f"{counts} written to {path}")


def _guess(path: Path) -> str:
    name = path.name.lower()
    return next((form for end, form in _SUFFIXES.items() if name.endswith(end)), "jsonl")


def _written(
    store: Archive, records: Records, path: Path, form: str, numbers: list[int]
) -> dict[str, Any]:
    """What was written, by kind; ends with one line where it cannot be."""
    from variorum.evidence.container import TooLargeError
    from variorum.evidence.tiles import LogDamagedError

    writer = {
        "jsonl": _jsonl,
        "csv": _tables,
        "parquet": _tables,
        "warc": _warc,
        "wacz": _wacz,
        "html": _html,
    }[form]
    try:
        return writer(store, records, path, form, numbers)
    except (FileExistsError, TooLargeError) as error:
        fail(str(error))
    except LogDamagedError as error:
        fail(f"the evidence log is damaged: {error}", SOME_FAILED)
    except OSError as error:
        fail(f"cannot write {path}: {error.strerror or error}")


def _jsonl(
    _store: Archive, records: Records, path: Path, _form: str, numbers: list[int]
) -> dict[str, Any]:
    from variorum.pipeline.exporting import export_jsonl

    return {"versions": export_jsonl(records, path, numbers)}


def _tables(
    _store: Archive, records: Records, path: Path, form: str, numbers: list[int]
) -> dict[str, Any]:
    from variorum.pipeline.exporting_tables import MissingLibraryError, export_tables

    try:
        with progress("exporting", "articles", len(numbers)) as advance:
            return export_tables(records, path, form, numbers, lambda done: advance(done, done, 0))
    except MissingLibraryError as error:
        fail(str(error))


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
    from variorum.pipeline.clock import system_clock
    from variorum.pipeline.dossier import dossier
    from variorum.pipeline.exporting import write_whole
    from variorum.pipeline.tables import ArticleInHand

    if len(numbers) != 1:
        fail("a dossier is of one article: name it with --article")
    article = records.article(numbers[0])
    assert article is not None
    hand = ArticleInHand(records, article)
    page = dossier(hand, store.directory, system_clock())
    if str(path) == "-":
        sys.stdout.write(page)
    else:
        write_whole(path, page)
    return {"versions": len(hand.versions), "captures": len(hand.captures)}
