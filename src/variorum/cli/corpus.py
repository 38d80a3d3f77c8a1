"""``variorum corpus`` and ``variorum query``."""

from __future__ import annotations

import time
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from variorum.cli.common import FINE, SOME_FAILED, fail, json_option, print_json, progress, say

if TYPE_CHECKING:
    from variorum.corpus.run import Settings


@click.command(
    "corpus",
    epilog="Example: variorum corpus crawl/*.warc.gz texts.jsonl --out corpus/ · then: variorum "
    "query corpus/",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="A new folder.")
@click.option("--engine", type=click.Choice(("local", "spark")), default="local", show_default=True)
@click.option("--master", help="Spark's, e.g. spark://HOST:7077, yarn, k8s://…; default: as set.")
@click.option("--workers", type=click.IntRange(1), help="Processes; default: one a core.")
@click.option("--partitions", type=click.IntRange(1, 100_000), help="Default: one for 64 MB.")
@json_option
def corpus_command(
    paths: tuple[Path, ...],
    out: Path,
    engine: str,
    master: str | None,
    workers: int | None,
    partitions: int | None,
    as_json: bool,
) -> int:
    """Read whole collections (WARC, JSON lines, Parquet, databases of NewsEdits and diffengine) and
    write what became of each article as Parquet tables: articles, captures, versions, sentences,
    links, words, changes, claims, claim_changes.

    A run that was stopped goes on when the same command is given again."""
    from variorum.corpus.errors import CorpusError
    from variorum.corpus.run import Settings, counts_of

    if master and engine != "spark":
        fail("--master is for --engine spark")
    started = time.monotonic()
    try:
        _run(paths, out, Settings(engine, master, workers, partitions))
        counts = counts_of(out)
    except CorpusError as error:
        fail(str(error))
    except OSError as error:
        fail(f"cannot write {out}: {error.strerror or error}")
    assert counts is not None
    seconds = time.monotonic() - started
    if as_json:
        print_json({"path": str(out), **asdict(counts), "seconds": round(seconds, 2)})
    else:
        click.echo(
            f"{counts.articles:,} articles, {counts.captures:,} captures, {counts.versions:,}"
            f" versions in {out} ({counts.versions / max(seconds, 0.001):,.0f} versions/s)"
        )
        for number, what in (
            (counts.known, "captures were there twice"),
            (counts.skipped, "records were no pages"),
        ):
            if number:
                click.echo(f"{number:,} {what}")
        if counts.problems:
            say(f"{counts.problems:,} records were set aside: see {out / 'problems'}")
    return SOME_FAILED if counts.problems else FINE


def _run(paths: tuple[Path, ...], out: Path, settings: Settings) -> None:
    from variorum.corpus.run import run_corpus

    events = run_corpus(paths, out, settings)
    for phase, told in groupby(events, key=lambda event: event.phase):
        with progress(phase, "captures") as advance:
            for event in told:
                advance(event.done, event.count, event.problems, event.total)
