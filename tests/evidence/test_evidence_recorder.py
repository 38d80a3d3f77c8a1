"""The log follows the database: what is committed is logged, whatever happens in between."""

from __future__ import annotations

import json
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from archives import BRIDGE, fetched, page, story_captures, take

from variorum.bootstrap import capture_path, open_archive
from variorum.evidence.entries import parse
from variorum.evidence.note import Verifier
from variorum.evidence.recorder import LogRecorder
from variorum.evidence.tiles import LogReader, LogWriter
from variorum.pipeline.identity import article_at
from variorum.pipeline.replay import replay


def entries(archive: Path) -> list[dict[str, Any]]:
    reader = LogReader(archive / "log")
    return [parse(e) for e in reader.entries(reader.newest()[1].size)]


def kinds(archive: Path) -> list[str]:
    return [e["kind"] for e in entries(archive)]


def test_every_observation_is_an_entry_the_unchanged_and_the_failed_too(untouched: Path) -> None:
    told = entries(untouched)
    with open_archive(untouched, read_only=True) as store, store.read() as records:
        captures = [c for n in records.article_numbers() for c in records.captures(n)]
        versions = records.counts()["versions"]
    assert len(captures) == len(story_captures())
    assert [e["id"] for e in told if e["kind"] == "capture"] == sorted(c.id for c in captures)
    assert len([e for e in told if e["kind"] == "version"]) == versions == 4
    assert [told[0]["kind"], told[1]["kind"], told[-1]["kind"]] == ["log", "opened", "sealed"]
    assert not [e for e in told if e.get("adopted")]


def test_entries_hold_hashes_and_no_texts_or_addresses(untouched: Path) -> None:
    log = b"".join(p.read_bytes() for p in (untouched / "log").rglob("*") if p.is_file())
    for word in (b"example.org", b"bridge", b"Berg", b"cracks"):
        assert word not in log


def test_the_key_is_for_its_owner_only(untouched: Path) -> None:
    assert stat.S_IMODE((untouched / "signing-key").stat().st_mode) == 0o600


def test_rows_written_while_nobody_kept_a_log_are_adopted_and_marked(tmp_path: Path) -> None:
    from variorum.pipeline.path import CapturePath
    from variorum.stages.extract import Reader
    from variorum.store.archive import open_for_writing

    with open_for_writing(tmp_path / "a") as store, Reader() as reader:
        path = CapturePath(store, reader)
        for capture in story_captures():
            with store.write() as records:
                path.take(records, article_at(records, capture.url, None, capture.time)[0], capture)
    with open_archive(tmp_path / "a"):
        pass
    told = entries(tmp_path / "a")
    adopted = [e["kind"] for e in told if e.get("adopted")]
    assert adopted.count("capture") == 8
    assert adopted.count("version") == 4
    assert adopted.count("warc") == 1
    before = len(told)
    with open_archive(tmp_path / "a"):
        pass
    assert kinds(tmp_path / "a")[before:] == ["opened", "sealed"]


def test_what_is_concluded_anew_is_logged_anew(archive: Path) -> None:
    before = len(entries(archive))
    with open_archive(archive) as store, capture_path(store) as path, store.write() as records:
        replay(path, records, 1)
    new = [e["kind"] for e in entries(archive)[before:]]
    assert new.count("judged") == 5
    assert new.count("version") == 3


def test_a_transaction_that_fails_leaves_no_entry(archive: Path) -> None:
    before = len(entries(archive))
    with open_archive(archive) as store, capture_path(store) as path:
        with pytest.raises(ZeroDivisionError), store.write() as records:
            article, _ = article_at(records, BRIDGE, None, fetched(BRIDGE, 9).time)
            path.take(records, article, fetched(BRIDGE, 9, b"", 304))
            raise ZeroDivisionError
        with store.write() as records:
            path.take(records, article, fetched(BRIDGE, 10, b"", 304))
    assert [e["kind"] for e in entries(archive)[before:]] == ["opened", "warc", "capture", "sealed"]


def test_a_log_that_cannot_be_written_is_caught_up_word_for_word(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(entries(archive))
    captures = [
        fetched(BRIDGE, 6 + n, page(BRIDGE, f"Bridge, day {n}", ("A text.",))) for n in (1, 2)
    ]
    original = LogWriter.append

    def full(self: LogWriter, told: Any, *more: Any) -> Any:
        if any(b'"capture"' in e for e in told):
            raise OSError(28, "No space left on device")
        return original(self, told, *more)

    monkeypatch.setattr(LogWriter, "append", full)
    take(archive, captures, 1)
    assert "capture" not in kinds(archive)[before:]
    monkeypatch.setattr(LogWriter, "append", original)
    with open_archive(archive) as store:
        assert any("it was behind" in line for line in store.repairs)
    assert kinds(archive)[before:].count("capture") == 2


def test_a_crash_between_commit_and_log_is_caught_up(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(entries(archive))
    monkeypatch.setattr(LogRecorder, "after_commit", lambda self: None)
    monkeypatch.setattr(LogRecorder, "closed", lambda self: None)
    take(archive, [fetched(BRIDGE, 6, b"", 304)])
    monkeypatch.undo()
    with open_archive(archive) as store:
        assert any("appended 2 entries" in line for line in store.repairs)
    assert kinds(archive)[before:] == ["opened", "warc", "capture", "opened", "sealed"]


def test_a_lost_log_is_begun_anew_and_says_so(archive: Path) -> None:
    (archive / "log").rename(archive.parent / "elsewhere")
    take(archive, [fetched(BRIDGE, 6, b"", 304)])
    told = entries(archive)
    assert told[1]["kind"] == "restart"
    assert [e["id"] for e in told if e["kind"] == "capture"] == list(range(1, 10))


def test_a_damaged_log_is_set_aside_and_never_written_over(archive: Path) -> None:
    path = next((archive / "log" / "tile" / "0").rglob("0*.p")) / str(len(entries(archive)))
    path.write_bytes(bytes(len(path.read_bytes())))
    with open_archive(archive) as store:
        assert any("set aside" in line for line in store.repairs)
    assert entries(archive)[1]["kind"] == "restart"
    [aside] = archive.glob("log.*.aside")
    assert (aside / "checkpoints").exists()


def test_a_rotated_key_is_an_entry_that_the_old_key_has_signed(archive: Path) -> None:
    old = Verifier.parse(entries(archive)[0]["verifier"])
    with open_archive(archive) as store:
        assert isinstance(store.recorder, LogRecorder)
        store.recorder.rotate()
        handed_over = LogReader(archive / "log").newest()[0]
    new = Verifier.parse(next(e for e in entries(archive) if e["kind"] == "key")["verifier"])
    assert handed_over.signed_by(old)
    assert handed_over.signed_by(new)
    take(archive, [fetched(BRIDGE, 6, b"", 304)])
    last = LogReader(archive / "log").newest()[0]
    assert last.signed_by(new)
    assert not last.signed_by(old)
    assert "restart" not in kinds(archive)


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from archives import BRIDGE, fetched
from variorum.bootstrap import capture_path, open_archive
from variorum.pipeline.identity import article_at

with open_archive(Path(sys.argv[1])) as archive, capture_path(archive) as path:
    for n in range(10_000):
        with archive.write() as records:
            article, _ = article_at(records, BRIDGE, None, fetched(BRIDGE, 0).time)
            number = path.take(records, article, fetched(BRIDGE, 100 + n / 1000, b"", 304)).capture
        print(number, flush=True)
"""


@pytest.mark.slow
def test_whatever_was_acknowledged_is_in_the_log_after_being_killed(archive: Path) -> None:
    acknowledged: set[int] = set()
    for kill in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, archive, Path(__file__).parent],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        acknowledged.add(int(process.stdout.readline()))
        time.sleep(0.13 * kill)
        process.send_signal(signal.SIGKILL)
        acknowledged |= {int(line) for line in process.stdout if line.endswith("\n")}
        process.stdout.close()
        process.wait()
    with open_archive(archive) as store:
        assert not any("set aside" in line for line in store.repairs)
        with store.read() as records:
            rows = [c.id for n in records.article_numbers() for c in records.captures(n)]
    logged = [e["id"] for e in entries(archive) if e["kind"] == "capture"]
    assert acknowledged <= set(logged)
    assert sorted(logged) == sorted(rows)
    assert json.dumps(logged) == json.dumps(sorted(set(logged)))


def test_a_disk_that_is_full_from_the_start_stops_nothing_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: LogWriter, told: Any, *more: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(LogWriter, "append", full)
    take(tmp_path / "a", story_captures()[:2])
    take(tmp_path / "a", story_captures()[2:])
    monkeypatch.undo()
    with open_archive(tmp_path / "a"):
        pass
    told = entries(tmp_path / "a")
    assert told[0]["kind"] == "log"
    assert [e["id"] for e in told if e["kind"] == "capture"] == list(range(1, 9))
    assert "restart" not in [e["kind"] for e in told]
