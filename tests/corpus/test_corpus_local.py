"""Whole collections on one machine: the same as one by one, and as good after a stop as without."""

from __future__ import annotations

import gzip
import json
import multiprocessing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from corpus_tables import every_table, rows
from made_corpus import VERSIONS_MADE

from variorum.bootstrap import capture_path, open_archive
from variorum.cli import main
from variorum.corpus import sorting
from variorum.corpus.errors import CorpusError
from variorum.corpus.history import Counts
from variorum.corpus.place import begin
from variorum.corpus.reading import read_unit
from variorum.corpus.run import Settings, counts_of, run_corpus
from variorum.corpus.sighting import Sighting
from variorum.corpus.units import units_of
from variorum.corpus.writing import write_unit
from variorum.pipeline.clock import system_clock
from variorum.pipeline.importing.run import read_items, run_import
from variorum.pipeline.tables import TABLES, ArticleInHand
from variorum.stages.extract import Reader

pytest.importorskip("duckdb", reason="needs variorum[corpus]")


def run(paths: list[Path], out: Path, **settings: Any) -> list[Any]:
    chosen = Settings(**{"workers": 1, "partitions": 4, **settings})
    return list(run_corpus(paths, out, chosen))


def test_the_same_histories_as_an_archive_that_imports_them(
    texts: Path, made: Path, tmp_path: Path
) -> None:
    in_order = tmp_path / "in-order.jsonl"
    lines = texts.read_text("utf-8").splitlines()
    lines.sort(key=lambda line: json.loads(line)["time"])
    in_order.write_text("\n".join(lines), "utf-8")
    with open_archive(tmp_path / "archive") as archive:
        with capture_path(archive) as path:
            run_import(archive, path, read_items(in_order, None, system_clock), system_clock)
        with archive.read() as records:
            hands = [
                ArticleInHand(records, article)
                for number in records.article_numbers()
                if (article := records.article(number)) is not None
            ]
            ids = {row["url"]: row["id"] for row in rows(made, "articles")}
            for table in TABLES:
                ours = [
                    told(table.name, dict(zip(names(table), row, strict=True)))
                    for row in rows(made, table.name, as_tuples=True)
                ]
                theirs = [
                    told(
                        table.name,
                        dict(
                            zip(names(table), with_id(table, row, ids[h.article.url]), strict=True)
                        ),
                    )
                    for h in hands
                    for row in table.rows(h)
                ]
                assert sorted(ours) == sorted(theirs), table.name


def names(table: Any) -> list[str]:
    return [column.name for column in table.columns]


def with_id(table: Any, row: tuple[Any, ...], number: int) -> tuple[Any, ...]:
    """A row with the article's number in the corpus in the place of that in the archive."""
    return (number, *row[1:])


def told(table: str, row: dict[str, Any]) -> str:
    """A row, but for what says where it was read from or is counted otherwise."""
    for name in ("origin", "extractor") + (("id", "digest") if table == "captures" else ()):
        row.pop(name, None)
    return json.dumps(row, default=str, sort_keys=True)


def test_every_table_has_the_documented_columns(made: Path) -> None:
    schema = json.loads((made / "schema.json").read_text("utf-8"))
    for table in TABLES:
        assert [c["name"] for c in schema[table.name]["columns"]] == names(table)
        assert rows(made, table.name), table.name
    assert not (made / ".work").exists()
    assert not (made / "problems").exists()


def test_pieces_partitions_and_forms_of_files_change_nothing(
    texts: Path, made: Path, tmp_path: Path
) -> None:
    expected = every_table(made)
    run([texts], tmp_path / "pieces", piece=9_973, partitions=7, workers=2)
    assert every_table(tmp_path / "pieces") == expected

    packed = tmp_path / "texts.jsonl.gz"
    packed.write_bytes(gzip.compress(texts.read_bytes()))
    run([packed], tmp_path / "packed")
    assert without_origin(tmp_path / "packed") == without_origin(made)

    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pylist([json.loads(x) for x in texts.read_text("utf-8").splitlines()])
    pq.write_table(table, tmp_path / "texts.parquet", row_group_size=50)
    run([tmp_path / "texts.parquet"], tmp_path / "from-parquet", piece=1000)
    assert without_origin(tmp_path / "from-parquet") == without_origin(made)


def without_origin(out: Path) -> dict[str, list[str]]:
    return {t.name: sorted(told(t.name, row) for row in rows(out, t.name)) for t in TABLES}


def test_a_run_that_was_stopped_goes_on_and_comes_to_the_same(
    texts: Path, made: Path, tmp_path: Path
) -> None:
    out = tmp_path / "stopped"
    stopped = run_corpus([texts], out, Settings(workers=1, partitions=4, piece=40_000))
    for event in stopped:
        if event.phase == "comparing" and event.count:
            break
    stopped.close()  # type: ignore[attr-defined]
    assert counts_of(out) is None
    done = sorted((out / ".work" / "done").iterdir())
    before = {path: path.stat().st_mtime_ns for path in done}
    run([texts], out, piece=40_000, partitions=None)
    assert before, "nothing was done before the stop"
    assert every_table(out) == every_table(made)
    assert run([texts], out, piece=40_000, partitions=None) == []


def test_a_worker_that_is_killed_costs_no_more_than_its_partition(
    texts: Path, made: Path, tmp_path: Path
) -> None:
    out = tmp_path / "killed"
    killed = False
    with pytest.raises(CorpusError, match="run the same command again"):
        for event in run_corpus([texts], out, Settings(workers=2, partitions=4)):
            if event.phase == "comparing" and not killed:
                multiprocessing.active_children()[0].kill()
                killed = True
    assert killed
    assert counts_of(out) is None
    run([texts], out)
    assert every_table(out) == every_table(made)


def test_nothing_to_compare_is_an_empty_corpus(tmp_path: Path) -> None:
    blank = tmp_path / "blank.jsonl"
    blank.write_text("\n\n")
    run([blank], tmp_path / "out")
    assert counts_of(tmp_path / "out") == Counts()
    assert every_table(tmp_path / "out") == {table.name: [] for table in TABLES}


def test_finished_partitions_are_not_done_again(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    events = run_corpus([texts], out, Settings(workers=1, partitions=4))
    for event in events:
        if event.phase == "comparing" and len(list((out / ".work/done").glob("part-*"))) >= 2:
            break
    events.close()  # type: ignore[attr-defined]
    kept = {
        path: path.stat().st_mtime_ns
        for marker in (out / ".work" / "done").glob("part-*")
        for path in out.glob(f"*/part-{int(marker.stem.partition('-')[2]):05}.parquet")
    }
    assert kept
    run([texts], out)
    assert {path: path.stat().st_mtime_ns for path in kept} == kept


def test_bad_records_are_set_aside_and_counted(texts: Path, made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    whole = texts.read_bytes().splitlines(keepends=True)
    bad = [
        b"not json\n",
        b'{"url": 7}\n',
        b'{"url": "https://a.example.org/x", "time": "yesterday", "text": "x"}\n',
        b'{"url": "https://a.example.org/x", "time": 1e300, "text": "x"}\n',
        b'{"url": "https://a.example.org/x", "time": "2024-01-01T00:00:00Z"}\n',
        b'{"url": "https://a.example.org/y", "time": "2024-01-01T00:00:00Z",'
        b' "document": {"paragraphs": [{"a": 1}]}}\n',
        b"[" * 100_000 + b"\n",
        b"\xff\xfe\x00\n",
    ]
    mixed = [line for pair in zip(whole, bad, strict=False) for line in pair] + whole[len(bad) :]
    (folder / "texts.jsonl").write_bytes(b"".join(mixed))
    (folder / "cut.parquet").write_bytes(b"PAR1 and no more")
    (folder / "picture.bin").write_bytes(bytes(range(256)) * 10)
    (folder / "broken.jsonl.gz").write_bytes(gzip.compress(b'{"a": 1}\n' * 50)[:30])
    (folder / "empty.jsonl").touch()
    run([folder], tmp_path / "out")
    counts = counts_of(tmp_path / "out")
    assert counts is not None
    assert without_origin(tmp_path / "out") == without_origin(made)
    told = [
        json.loads(line)
        for path in (tmp_path / "out" / "problems").iterdir()
        for line in path.read_text("utf-8").splitlines()
    ]
    assert counts.problems == len(told)
    of_texts = [p for p in told if "texts.jsonl" in p["path"]]
    assert len(of_texts) == len(bad)
    assert {Path(p["path"]).name for p in told} >= {"cut.parquet", "picture.bin", "broken.jsonl.gz"}
    assert all(p["why"] and "\n" not in p["why"] for p in told)


def test_what_is_there_twice_counts_once(texts: Path, made: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.jsonl"
    again.write_bytes(texts.read_bytes())
    run([texts, again], tmp_path / "out")
    counts = counts_of(tmp_path / "out")
    assert counts is not None
    assert counts.known == counts.captures
    assert without_origin(tmp_path / "out") == without_origin(made)


def test_one_line_where_it_cannot_be(texts: Path, made: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no such file"):
        run([tmp_path / "nowhere.jsonl"], tmp_path / "a")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("dear")
    with pytest.raises(CorpusError, match="not empty"):
        run([texts], tmp_path / "full")
    other = tmp_path / "other.jsonl"
    other.write_bytes(texts.read_bytes()[:5000])
    with pytest.raises(CorpusError, match="other inputs"):
        run([other], made)
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    with pytest.raises(CorpusError, match="nothing to read"):
        run([empty], tmp_path / "b")


def test_the_command_tells_what_it_came_to(
    texts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["corpus", str(texts), "--out", str(tmp_path / "o"), "--workers", "1", "--json"])
    assert ended.value.code == 0
    told = json.loads(capsys.readouterr().out)
    assert told["captures"] >= VERSIONS_MADE
    assert told["versions"] == len(rows(tmp_path / "o", "versions"))
    assert told["problems"] == 0
    with pytest.raises(SystemExit) as ended:
        main(["corpus", str(tmp_path / "nowhere"), "--out", str(tmp_path / "p")])
    assert ended.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_few_and_many_sightings_are_sorted_alike(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    units = units_of([texts], piece=30_000)
    place, partitions = begin(tmp_path / "out", units, 3)
    with Reader() as reader:
        for unit in units:
            write_unit(place, unit.number, read_unit(unit, reader, partitions))
    assert len(units) > 1

    def in_order() -> list[list[Sighting]]:
        found = []
        for partition in range(partitions):
            with sorting.sorted_sightings(place, partition) as sightings:
                found.append(list(sightings))
        return found

    few = in_order()
    assert few == [sorted(f, key=lambda s: (s.article, s.key, s.time, s.order)) for f in few]
    for limit in ("_FEW", "_IN_MEMORY"):
        with monkeypatch.context() as patched:
            patched.setattr(sorting, limit, 0)
            assert in_order() == few


@pytest.fixture(autouse=True)
def _no_part_left_behind(tmp_path: Path) -> Iterator[None]:
    yield
    assert not list(tmp_path.rglob("*.part"))


def test_a_bad_line_is_named_by_its_number_in_the_file_in_whatever_piece_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = json.dumps({"url": "https://a.example/x", "time": "2025-03-03", "text": "One. " * 20})
    bad = {3, 40, 77, 100}
    lines = ["{bad" if number in bad else good for number in range(1, 101)]
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join(lines) + "\n")

    def named() -> list[str]:
        units = units_of([path], piece=2_000)
        assert len(units) > 5
        with Reader() as reader:
            aside = [json.loads(s.told) for unit in units for s in read_unit(unit, reader, 1)]
        return [one["problem"]["where"] for one in aside if "problem" in one]

    assert named() == [f"line {number}" for number in sorted(bad)]
    monkeypatch.setattr("variorum.corpus.reading._COUNTED", 5_000)
    assert named()[0] == "line 3"
    assert all(" from byte " in where for where in named()[2:])
