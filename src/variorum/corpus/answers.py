"""Questions to a corpus: SQL over its tables, the ready ones and any other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from variorum.corpus.errors import CorpusError
from variorum.corpus.history import Counts
from variorum.corpus.run import counts_of
from variorum.pipeline.tables import TABLES

_MEMORY = "1GB"
_WANTED = (
    "name what 'variorum corpus … --out DIRECTORY' or"
    " 'variorum export DIRECTORY --to parquet' wrote"
)
_HEAD = re.compile(r"-- (title|says|plot): (.+)")


@dataclass(frozen=True, slots=True)
class Plot:
    """``form``: bars | stacked | steps; ``x`` and ``ys`` are columns of the answer."""

    form: str
    x: str
    ys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """``says`` is how the numbers are to be read; ``plot`` how they are drawn, None: not at all."""

    name: str
    title: str
    says: str
    sql: str
    plot: Plot | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A table: names of the columns, and rows."""

    question: Question
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def questions() -> dict[str, Question]:
    """The ready questions by name."""
    folder = files("variorum.corpus") / "questions"
    found = sorted((p for p in folder.iterdir() if p.name.endswith(".sql")), key=lambda p: p.name)
    return {q.name: q for q in (_question(p.name[:-4], p.read_text("utf-8")) for p in found)}


def of_sql(sql: str) -> Question:
    """A question of somebody's own."""
    return Question("sql", "A question of your own", "", sql)


def _question(name: str, text: str) -> Question:
    head: dict[str, str] = dict(_HEAD.findall(text))
    form, x, *ys = head["plot"].split()
    return Question(name, head["title"], head["says"], text, Plot(form, x, tuple(ys)))


class Corpus:
    """The tables of a finished corpus, or those that an archive was exported to as Parquet, for
    reading only: ``with Corpus(path) as corpus``. Raises CorpusError where there are none, or DuckDB
    is missing."""

    def __init__(self, directory: Path) -> None:
        if find_spec("duckdb") is None:
            raise CorpusError("duckdb missing: pip install 'variorum[corpus]'")
        if not directory.is_dir():
            raise CorpusError(f"{directory} is no directory: {_WANTED}")
        exported = all((directory / f"{table.name}.parquet").is_file() for table in TABLES)
        counts = None if exported else counts_of(directory)
        if counts is None and not exported:
            raise CorpusError(f"{directory} holds no finished tables: {_WANTED}")
        self._db = _opened(directory.absolute(), "{}.parquet" if exported else "{}/part-*.parquet")
        self.counts = counts or self._counted()

    def _counted(self) -> Counts:
        found = self._db.execute("SELECT count(*), sum(captures), sum(versions) FROM articles")
        articles, captures, versions = found.fetchone()
        return Counts(captures=captures or 0, articles=articles, versions=versions or 0)

    def __enter__(self) -> Corpus:
        return self

    def __exit__(self, *error: object) -> None:
        self._db.close()

    def ask(self, question: Question) -> Answer:
        """The answer. Raises CorpusError where the SQL is wrong or no SELECT."""
        import duckdb

        try:
            told = self._db.extract_statements(question.sql)
            if len(told) != 1 or told[0].type != duckdb.StatementType.SELECT:
                raise CorpusError(f"{question.name}: one SELECT is wanted, and nothing else")
            found = self._db.execute(question.sql)
            columns = tuple(str(c[0]) for c in found.description or ())
            rows: Sequence[tuple[Any, ...]] = found.fetchall()
        except duckdb.Error as error:
            raise CorpusError(f"{question.name}: {_first_line(error)}") from None
        return Answer(question, columns, tuple(rows))


def _opened(directory: Path, pattern: str) -> Any:
    """Views over the Parquet files, each ``pattern`` with a table's name in it, and nothing else within
    reach: neither files nor network."""
    import duckdb

    db = duckdb.connect()
    db.execute(f"SET memory_limit = '{_MEMORY}'")
    db.execute("SET TimeZone = 'UTC'")
    db.execute("SET enable_progress_bar = false")  # it would write on stdout
    with suppress(duckdb.Error):
        db.execute("SET autoinstall_known_extensions = false")
        db.execute("SET autoload_known_extensions = false")
    inside = str(directory).replace("'", "''")
    db.execute(f"SET allowed_directories = ['{inside}/']")
    db.execute("SET enable_external_access = false")
    for table in TABLES:
        where = f"{inside}/{pattern.format(table.name)}"
        db.execute(f"CREATE VIEW {table.name} AS SELECT * FROM read_parquet('{where}')")  # noqa: S608
    db.execute("SET lock_configuration = true")
    return db


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:300]
