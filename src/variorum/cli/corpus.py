"""``variorum corpus`` and ``variorum query``."""

from __future__ import annotations

import time
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from variorum.cli.common import (
    FINE,
    SOME_FAILED,
    counted,
    fail,
    json_option,
    print_json,
    progress,
    say,
)

if TYPE_CHECKING:
    from variorum.corpus.answers import Answer
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
            f"{counted(counts.articles, 'articles')}, {counted(counts.captures, 'captures')}, "
            f"{counted(counts.versions, 'versions')} in {out} "
            f"({counts.versions / max(seconds, 0.001):,.0f} versions/s)"
        )
        for number, things, what in (
            (counts.known, "captures", "there twice"),
            (counts.skipped, "records", "not pages"),
        ):
            if number:
                click.echo(f"{counted(number, things)}: {what}")
        if counts.problems:
            set_aside = counted(counts.problems, "records")
            say(f"{set_aside} set aside: see {out / 'problems'}")
    return SOME_FAILED if counts.problems else FINE


def _run(paths: tuple[Path, ...], out: Path, settings: Settings) -> None:
    from variorum.corpus.run import run_corpus

    events = run_corpus(paths, out, settings)
    for phase, told in groupby(events, key=lambda event: event.phase):
        with progress(phase, "captures") as advance:
            for event in told:
                advance(event.done, event.count, event.problems, event.total)


@click.command(
    "query",
    epilog="Examples: variorum query corpus/ · variorum query corpus/ hedges --plot hedges.svg · "
    "variorum query corpus/ --sql 'SELECT count(*) FROM claims'",
)
@click.argument("directory", type=click.Path(path_type=Path))
@click.argument("question", required=False)
@click.option(
    "--sql",
    help="A question of your own: one SELECT over the tables (schema.json says what they hold).",
)
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@click.option("--plot", type=click.Path(path_type=Path), help="Draw the answer as SVG.")
@click.option(
    "--report", type=click.Path(path_type=Path), help="Where all answers go: DIRECTORY/report.html."
)
@json_option
def query_command(
    directory: Path,
    question: str | None,
    sql: str | None,
    as_csv: bool,
    plot: Path | None,
    report: Path | None,
    as_json: bool,
) -> int:
    """Ask the tables in DIRECTORY: a corpus made by 'variorum corpus', or an archive's own, written
    by 'variorum export DIRECTORY --to parquet'.

    Without QUESTION all ready questions are answered in one page of HTML with tables and drawings;
    with it the answer is printed."""
    from variorum.corpus.answers import Corpus, of_sql, questions
    from variorum.corpus.errors import CorpusError

    one = question is not None or sql is not None
    _refuse_unused(one, as_csv, as_json, plot, report)
    ready = questions()
    if question is not None and question not in ready:
        fail(f"no question '{question}'; there are {', '.join(ready)}, and --sql")
    if question is not None and sql is not None:
        fail("either a QUESTION or --sql")
    try:
        with Corpus(directory) as corpus:
            if not one:
                asked = list(ready.values())
            else:
                asked = [of_sql(sql) if sql is not None else ready[str(question)]]
            answers = [corpus.ask(one) for one in asked]
            counts = corpus.counts
    except CorpusError as error:
        fail(str(error))
    if len(asked) == 1:
        _one_answer(answers[0], as_csv, as_json, plot)
        return FINE
    from variorum.corpus.report import report as page
    from variorum.pipeline.clock import system_clock

    to = report or directory / "report.html"
    _write(to, page(directory.absolute().name, counts, answers, system_clock()))
    if as_json:
        print_json({a.question.name: _as_dicts(a) for a in answers})
    else:
        for answer in answers:
            rows = len(answer.rows)
            click.echo(f"{answer.question.name:<16} {answer.question.title} {rows} rows")
        click.echo(f"tables and drawings: {to}")
    return FINE


def _refuse_unused(
    one: bool, as_csv: bool, as_json: bool, plot: Path | None, report: Path | None
) -> None:
    """End with one line where an option would do nothing, or a drawing take another file's place."""
    if not one and (as_csv or plot is not None):
        fail("--csv and --plot are of one answer: name a QUESTION, or ask with --sql")
    if one and report is not None:
        fail("--report is of all answers: leave out the QUESTION and --sql")
    if as_csv and as_json:
        fail("either --csv or --json")
    for option, path, ends in (
        ("--plot", plot, (".svg",)),
        ("--report", report, (".html", ".htm")),
    ):
        if path is not None and path.suffix.lower() not in ends:
            fail(f"{option} writes a file whose name ends in {ends[0]}, unlike {path}")


def _one_answer(answer: Answer, as_csv: bool, as_json: bool, plot: Path | None) -> None:
    if as_json:
        print_json(_as_dicts(answer))
    elif as_csv:
        _print_csv(answer)
    else:
        _print_table(answer)
    if plot is not None:
        from variorum.corpus.plots import draw

        drawing = draw(answer)
        if drawing is None:
            fail("there is nothing to draw")
        _write(plot, drawing)


def _as_dicts(answer: Answer) -> list[dict[str, object]]:
    import json

    told = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    plain: list[dict[str, object]] = json.loads(json.dumps(told, default=str))
    return plain


def _print_csv(answer: Answer) -> None:
    import csv
    import sys

    from variorum.pipeline.exporting_tables import disarmed

    out = csv.writer(sys.stdout)
    out.writerow(answer.columns)
    for row in answer.rows:
        out.writerow([disarmed(cell) if isinstance(cell, str) else cell for cell in row])


def _print_table(answer: Answer) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from variorum.corpus.report import value
    from variorum.stages.publish.render_layout import safe

    click.echo(answer.question.title)
    table = Table(box=None)
    ready = answer.question.plot is not None
    for number, name in enumerate(answer.columns):
        heading = name.replace("_", " ") if ready else safe(name)
        table.add_column(Text(heading), justify="right" if number else "left")
    for row in answer.rows:
        table.add_row(*(Text(safe(value(cell))) for cell in row))
    Console().print(table)


def _write(path: Path, text: str) -> None:
    from variorum.store.durable import write_parts

    try:
        write_parts(path, [text])
    except OSError as error:
        fail(f"cannot write {path}: {error.strerror or error}")
