"""Questions to a corpus: right answers, harmless pages, and nothing but answers."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from corpus_tables import rows

from variorum.cli import main
from variorum.corpus.answers import Answer, Corpus, Plot, Question, of_sql, questions
from variorum.corpus.errors import CorpusError
from variorum.corpus.history import Counts
from variorum.corpus.plots import draw, figure_of
from variorum.corpus.report import report
from variorum.corpus.run import Settings, run_corpus

pytest.importorskip("duckdb", reason="needs variorum[corpus]")
pytest.importorskip("matplotlib", reason="needs variorum[corpus]")

READY = {"changed", "corrections", "figures", "hedge_survival", "hedges", "kinds", "pace"}


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main([str(a) for a in args])
    out, err = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, out, err


def line(url: str, hour: int, *paragraphs: str) -> str:
    time = f"2024-05-01T{hour:02}:00:00Z"
    told = {"url": url, "time": time, "headline": "Fire in the mill", "paragraphs": paragraphs}
    return json.dumps(told)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two outlets, each with a figure that falls; one says so. A hedge that lives for five hours."""
    place = tmp_path_factory.mktemp("known")
    honest, silent = "https://www.honest.example/a/mill-fire", "https://silent.example/b/mill-fire"
    first = "The fire killed 12 people, the mayor said."
    later = "The fire killed 10 people, the mayor said."
    notice = "Correction: an earlier version said 12 people were killed. The number is 10."
    doubt = "The mill may close in June, said its owner, Anna Berg."
    firm = "The mill will close in June, said its owner, Anna Berg."
    lines = [
        line(honest, 6, first, doubt),
        line(honest, 8, later, doubt, notice),
        line(honest, 11, later, firm, notice),
        line(silent, 6, first),
        line(silent, 7, later),
        line("https://silent.example/b/calm-story", 6, "Nothing happened here at all today."),
    ]
    (place / "in.jsonl").write_text("\n".join(lines), "utf-8")
    out = place / "out"
    list(run_corpus([place / "in.jsonl"], out, Settings(workers=1, partitions=2)))
    return out


def answer(known: Path, name: str) -> list[dict[str, object]]:
    with Corpus(known) as corpus:
        told = corpus.ask(questions()[name])
    return [dict(zip(told.columns, row, strict=True)) for row in told.rows]


def test_an_archive_exported_as_parquet_answers_the_same_questions(
    known: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive, tables = tmp_path / "archive", tmp_path / "tables"
    run(capsys, "import", known.parent / "in.jsonl", "--archive", archive)
    run(capsys, "export", tables, "--to", "parquet", "--archive", archive)
    with Corpus(tables) as ours, Corpus(known) as corpus:
        assert ours.counts == corpus.counts
        for question in questions().values():
            assert ours.ask(question).rows == corpus.ask(question).rows, question.name


def test_what_is_no_directory_of_tables_is_said_to_be_none(known: Path) -> None:
    with pytest.raises(CorpusError, match=r"in\.jsonl is no directory: name what 'variorum corpus"):
        Corpus(known.parent / "in.jsonl")
    with pytest.raises(CorpusError, match="holds no finished tables"):
        Corpus(known.parent)


def test_who_announces_corrections(known: Path) -> None:
    told = {row["outlet"]: row for row in answer(known, "corrections")}
    assert told["honest.example"]["announced"] == 1
    assert told["silent.example"]["changes_of_fact"] == 1
    assert told["silent.example"]["announced"] == 0


def test_how_long_a_hedge_lives(known: Path) -> None:
    [may] = [row for row in answer(known, "hedges") if row["hedge"] == "may"]
    assert (may["statements"], may["ended"], may["made_firm"], may["median_hours"]) == (1, 1, 1, 5)
    standing = {row["hours"]: row["standing"] for row in answer(known, "hedge_survival")}
    assert min(standing.values()) < 0.001 or standing[5] < 1


def test_how_figures_move(known: Path) -> None:
    told = {row["age"]: row for row in answer(known, "figures")}
    assert told["1–3 h"]["down"] == 2
    assert told["1–3 h"]["up"] == 0
    assert told["1–3 h"]["median_percent"] == pytest.approx(16.7)


def test_how_many_change(known: Path) -> None:
    told = {row["outlet"]: row for row in answer(known, "changed")}
    assert (told["silent.example"]["articles"], told["silent.example"]["changed"]) == (2, 1)
    assert told["honest.example"]["versions_each"] == 3


def test_every_ready_question_has_an_answer_and_a_drawing(made: Path) -> None:
    ready = questions()
    assert set(ready) == READY
    with Corpus(made) as corpus:
        for question in ready.values():
            told = corpus.ask(question)
            assert told.rows, question.name
            assert question.title.endswith("?")
            assert question.says
            assert question.plot is not None
            assert {question.plot.x, *question.plot.ys} <= set(told.columns)
            drawing = draw(told)
            assert drawing is not None
            assert drawing == draw(told)


def test_the_report_needs_nothing_else(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "query", made, "--report", tmp_path / "r.html")
    assert code == 0
    assert out.count("\n") == len(READY) + 1
    page = (tmp_path / "r.html").read_text("utf-8")
    assert page.count("<svg") == page.count("<h2") == len(READY)
    assert not re.search(r"<script|src=|@import|url\(http", page)


@pytest.mark.parametrize("rows", [3, 12])
def test_a_drawing_of_nothing_but_zeros_begins_at_zero(rows: int) -> None:
    question = Question("q", "What?", "So.", "SELECT 1", Plot("bars", "name", ("share",)))
    drawing = draw(Answer(question, ("name", "share"), tuple((f"n{i}", 0.0) for i in range(rows))))
    assert drawing is not None
    assert "<!-- 0.0 -->" in drawing
    assert "<!-- −0" not in drawing


LONG = "the-evening-courier-of-the-northern-valleys.example"


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(["north.example", "south.example"], id="two-short-ones"),
        pytest.param([f"the-daily-post-of-{n}.example" for n in range(7)], id="seven-hosts"),
        pytest.param([LONG, LONG.upper()], id="two-long-ones"),
        pytest.param([f"{n}.{LONG}" for n in range(30)], id="thirty-long-ones"),
        pytest.param(["WWW.MMMMMMM.COM"] * 5, id="wide-letters"),
    ],
)
def test_neither_names_nor_bars_nor_the_legend_lie_over_each_other(names: list[str]) -> None:
    plot = Plot("stacked", "host", ("announced", "unannounced"))
    rows = tuple((name, 5, 5) for name in names)
    figure = figure_of(
        Answer(Question("q", "What?", "So.", "SELECT 1", plot), ("host", *plot.ys), rows)
    )
    figure.draw_without_rendering()
    [axes] = figure.axes
    ticks = (*axes.get_xticklabels(), *axes.get_yticklabels())
    named = tuple(name[:30] for name in names)
    written = [t.get_window_extent() for t in ticks if t.get_text().startswith(named)]
    assert len(written) == len(names)
    [legend] = [one.get_window_extent() for one in figure.legends]
    bars = [bar.get_window_extent() for bar in axes.patches]
    for number, box in enumerate(written):
        assert not any(box.overlaps(other) for other in written[number + 1 :])
    assert not any(legend.overlaps(box) for box in (*bars, *written))
    assert figure.bbox.x0 <= min(box.x0 for box in written)
    assert max(box.x1 for box in written) <= figure.bbox.x1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--csv",), "name a QUESTION"),
        (("--plot", "a.svg"), "name a QUESTION"),
        (("hedges", "--report", "r.html"), "leave out the QUESTION"),
        (("hedges", "--csv", "--json"), "either --csv or --json"),
        (("hedges", "--plot", "a.png"), ".svg"),
        (("--report", "tables/articles.parquet"), ".html"),
    ],
)
def test_an_option_that_would_do_nothing_is_one_clear_line(
    known: Path,
    options: tuple[str, ...],
    words: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, "query", known, *options)
    assert (code, out) == (2, "")
    assert words in err
    assert not list(tmp_path.iterdir())


def test_columns_of_an_own_question_are_called_as_they_are(
    known: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "query", known, "--sql", "SELECT count(*), 1 AS so_many FROM claims")
    assert "count_star()" in out
    assert "so_many" in out


def test_texts_of_a_site_are_texts_in_the_report() -> None:
    evil = "<script>alert(1)</script> $\\frac{1}{0}$ \x1b[31m"
    question = Question("q", "What?", "So.", "SELECT 1", Plot("bars", "name", ("n",)))
    told = Answer(question, ("name", "n"), ((evil, 1), ("$", 2), ("", None)))
    page = report("<b>", Counts(), [told], datetime.now(UTC))
    assert "<script" not in page
    assert "\x1b" not in page
    assert "<h1>&lt;b&gt;</h1>" in page


def test_an_answer_in_every_form(
    known: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "query", known, "changed", "--plot", tmp_path / "p.svg")
    assert code == 0
    assert "honest.example" in out
    assert (tmp_path / "p.svg").read_text("utf-8").startswith("<svg")
    _, out, _ = run(capsys, "query", known, "changed", "--json")
    assert {row["outlet"] for row in json.loads(out)} == {"honest.example", "silent.example"}
    _, out, _ = run(capsys, "query", known, "changed", "--csv")
    assert len(list(csv.DictReader(io.StringIO(out)))) == 2
    _, out, _ = run(capsys, "query", known, "--sql", "SELECT count(*) AS n FROM versions", "--json")
    assert json.loads(out) == [{"n": len(rows(known, "versions"))}]
    _, out, _ = run(capsys, "query", known, "--sql", "SELECT '=1+1' AS x", "--csv")
    assert "'=1+1" in out


@pytest.mark.parametrize(
    "sql",
    [
        "COPY articles TO '{place}/x.csv'",
        "SELECT * FROM read_csv('/etc/hostname')",
        "SELECT 1; SELECT 2",
        "INSTALL httpfs",
        "ATTACH '{place}/x.db'",
        "SET enable_external_access = true",
        "SELECT * FROM read_parquet('https://example.org/x.parquet')",
        "SELEC 1",
        "",
    ],
)
def test_a_question_can_only_ask(known: Path, sql: str) -> None:
    before = sorted(known.rglob("*"))
    with Corpus(known) as corpus, pytest.raises(CorpusError) as refused:
        corpus.ask(of_sql(sql.format(place=known)))
    assert "\n" not in str(refused.value)
    assert sorted(known.rglob("*")) == before


def test_one_line_where_there_is_no_corpus(
    tmp_path: Path, known: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "query", tmp_path)
    assert code == 2
    assert err.count("\n") == 1
    code, _, err = run(capsys, "query", known, "weather")
    assert code == 2
    assert "hedges" in err
