"""Work that is stopped between two steps: what was acknowledged is there, what was not is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from postgres_server import Server
from variorum.bootstrap import open_archive
from variorum.evidence.tiles import LogReader, LogWriter
from variorum.evidence.verify import Options, verify_archive
from variorum.model import Fetched
from variorum.pipeline.bodies import response_of
from variorum.store.archive import Archive
from variorum.store.shared_archive import SharedArchive
from variorum.store.warc import payload_digest

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)


def keep(archive: Archive, n: int) -> None:
    """One capture of a story of its own."""
    url, when = f"https://example.org/{n}", NOON + timedelta(minutes=n)
    body = f"<p>Story {n} of the harbour, which is longer than that of others.</p>".encode()
    with archive.write() as records:
        article = records.add_article(url, [f"url:{url}"], None, when)
        place = archive.warc.append(Fetched(url, when, url, 200, (), body))
        archive.warc_name_known(records, place[0])
        columns = {"url": url, "time": when, "outcome": "ok", "origin": "observed", "status": 200}
        columns |= {"warc": place[0], "offset": place[1], "length": place[2], "details": {}}
        records.add_capture(article.id, {**columns, "digest": payload_digest(body)})


def kept(archive: Archive) -> list[int]:
    """The stories that are there, each read back from its record."""
    found = []
    with archive.read() as records:
        for article in records.articles(limit=100):
            [capture] = records.captures(article.id)
            body, _ = response_of(archive, records, capture)
            n = int(article.url.rpartition("/")[2])
            assert f"Story {n} ".encode() in body
            found.append(n)
    return sorted(found)


@contextmanager
def stopped(
    owner: Any, name: str, monkeypatch: pytest.MonkeyPatch, *, after: bool, error: BaseException
) -> Iterator[None]:
    """The next call of a function ends in ``error``, before it or once it is done."""
    real: Callable[..., Any] = getattr(owner, name)

    def once(*given: Any, **named: Any) -> None:
        monkeypatch.setattr(owner, name, real)
        if after:
            real(*given, **named)
        raise error

    monkeypatch.setattr(owner, name, once)
    with pytest.raises(type(error)):
        yield


CTRL_C = KeyboardInterrupt()
NO_ANSWER = OperationalError("COMMIT", {}, Exception("disk I/O error"))
# What is being done, whether it is still done, how it ends, and whether the commit took place.
STEPS = {
    "before the commit": ("do_commit", False, CTRL_C, False),
    "after the commit": ("do_commit", True, CTRL_C, True),
    "a commit that fails": ("do_commit", False, NO_ANSWER, False),
    "a commit that says it failed": ("do_commit", True, NO_ANSWER, True),
    "before the files are settled": ("settle", False, CTRL_C, True),
    "after the files are settled": ("settle", True, CTRL_C, True),
    "before the log is written": ("append", False, CTRL_C, True),
    "after the log is written": ("append", True, CTRL_C, True),
}


def owner_of(archive: Archive, name: str) -> Any:
    owners = {"do_commit": archive.engine.dialect, "settle": archive.warc, "append": LogWriter}
    return owners[name]


@pytest.mark.parametrize("step", STEPS)
def test_what_is_stopped_at_a_commit_loses_nothing_that_was_committed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    name, done, error, committed = STEPS[step]
    there = [1, 2] if committed else [1]
    with open_archive(tmp_path) as archive:
        keep(archive, 1)
        owner = owner_of(archive, name)
        with stopped(owner, name, monkeypatch, after=done, error=error):
            keep(archive, 2)
        assert kept(archive) == there
        with pytest.raises(RuntimeError), archive.write():
            archive.warc.append(Fetched("https://example.org/x", NOON, "x", 200, (), b"never"))
            raise RuntimeError
        assert kept(archive) == there
        keep(archive, 3)
    with open_archive(tmp_path) as archive:
        assert archive.repairs == []
        assert kept(archive) == [*there, 3]
    report = verify_archive(tmp_path, Options()).report
    assert [item.to_dict() for item in report.items] == []


@pytest.mark.parametrize("took_place", [True, False])
def test_an_archive_closed_after_an_interrupted_commit_is_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, took_place: bool
) -> None:
    with open_archive(tmp_path) as archive:
        keep(archive, 1)
        dialect = archive.engine.dialect
        with stopped(dialect, "do_commit", monkeypatch, after=took_place, error=CTRL_C):
            keep(archive, 2)
    with open_archive(tmp_path) as archive:
        assert archive.repairs == []
        assert kept(archive) == ([1, 2] if took_place else [1])
    assert verify_archive(tmp_path, Options()).report.sound


def test_while_the_database_cannot_be_asked_no_byte_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_archive(tmp_path) as archive:
        keep(archive, 1)
        with stopped(archive.engine.dialect, "do_commit", monkeypatch, after=True, error=CTRL_C):
            keep(archive, 2)
        [file] = (tmp_path / "warc").iterdir()
        size = file.stat().st_size
        for _ in range(2):
            with stopped(archive, "read", monkeypatch, after=False, error=NO_ANSWER):
                keep(archive, 3)
            assert file.stat().st_size == size
        keep(archive, 3)
        assert kept(archive) == [1, 2, 3]
        with stopped(archive.engine.dialect, "do_commit", monkeypatch, after=True, error=CTRL_C):
            keep(archive, 4)
        monkeypatch.setattr(archive, "read", _unanswered)
    with open_archive(tmp_path) as archive:
        assert [line.partition(":")[0] for line in archive.repairs] == ["log"]  # caught up
        assert kept(archive) == [1, 2, 3, 4]
    assert verify_archive(tmp_path, Options()).report.sound


def _unanswered() -> None:
    raise NO_ANSWER


@pytest.mark.parametrize("step", ["after the commit", "before the files are settled"])
def test_what_is_stopped_beside_other_writers_loses_nothing_either(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    name, done, error, _ = STEPS[step]
    place = postgres.place(tmp_path)
    with open_archive(place) as archive:
        keep(archive, 1)
        owner = owner_of(archive, name)
        with stopped(owner, name, monkeypatch, after=done, error=error):
            keep(archive, 2)
        with pytest.raises(RuntimeError), archive.write():
            archive.warc.append(Fetched("https://example.org/x", NOON, "x", 200, (), b"never"))
            raise RuntimeError
        assert kept(archive) == [1, 2]
        keep(archive, 3)
    with open_archive(place) as archive:
        assert archive.repairs == []
        assert kept(archive) == [1, 2, 3]
        assert isinstance(archive, SharedArchive)
        assert verify_archive(tmp_path, Options(), archive).report.sound


def test_a_full_disk_after_the_checkpoint_appends_no_entry_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_archive(tmp_path) as archive:
        keep(archive, 1)
        real = LogWriter.append

        def full(self: LogWriter, *given: Any) -> Any:
            monkeypatch.setattr(LogWriter, "append", real)
            real(self, *given)
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(LogWriter, "append", full)
        keep(archive, 2)
        keep(archive, 3)
    told = list(LogReader(tmp_path / "log").entries(LogReader(tmp_path / "log").newest()[1].size))
    assert len(told) == len(set(told))
    report = verify_archive(tmp_path, Options()).report
    assert [item.to_dict() for item in report.items] == []
