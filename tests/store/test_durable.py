"""Files that are there whole or not at all, wherever the machine stops."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import variorum
from variorum.bootstrap import open_archive
from variorum.model import Document, Version
from variorum.pipeline.exporting import export_jsonl, export_warc
from variorum.pipeline.exporting_newsedits import export_newsedits
from variorum.pipeline.exporting_tables import export_tables
from variorum.store import durable, observed
from variorum.store.records import Records

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)
STEPS = ("fsync", "replace", "rename", "unlink")


class Off(BaseException):
    """The machine stops."""


@contextmanager
def watched(
    monkeypatch: pytest.MonkeyPatch, stop_at: int = 0
) -> Iterator[list[tuple[str, str | None]]]:
    """What is done to the disk, with the names concerned; the machine stops before that step."""
    steps: list[tuple[str, str | None]] = []

    def named(what: Any) -> str:
        if isinstance(what, int):
            what = Path(f"/proc/self/fd/{what}").readlink()
        return Path(what).name

    def seen(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **rest: Any) -> Any:
            steps.append((name, named(given[0])))
            if len(steps) == stop_at:
                raise Off
            return real(*given, **rest)

        return call

    with monkeypatch.context() as patched:
        for name in STEPS:
            patched.setattr(os, name, seen(name, getattr(os, name)))
        yield steps


def test_bytes_are_synced_before_the_name_and_the_name_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with watched(monkeypatch) as steps:
        durable.write_whole(tmp_path / "told", b"new")
    order = [step for step in steps if step[0] != "unlink"]
    folder = tmp_path.name
    assert order == [("fsync", "told.part"), ("replace", "told.part"), ("fsync", folder)]
    assert [path.name for path in tmp_path.iterdir()] == ["told"]


def _made(path: Path) -> None:
    with durable.made(path) as part:
        part.write_bytes(b"new")


def _copied(path: Path) -> None:
    source = path.with_name("source")
    source.write_bytes(b"a new one")
    durable.copy(source, path, 2, 5)


WRITERS: dict[str, Callable[[Path], None]] = {
    "bytes": lambda path: durable.write_whole(path, b"new"),
    "parts": lambda path: durable.write_parts(path, ["n", "ew"]),
    "made": _made,
    "copy": _copied,
}


@pytest.mark.parametrize("step", range(1, 7))
@pytest.mark.parametrize("writer", WRITERS)
def test_a_file_is_the_old_one_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writer: str, step: int
) -> None:
    path = tmp_path / "told"
    path.write_bytes(b"old")
    with watched(monkeypatch, step), suppress(Off):
        WRITERS[writer](path)
    assert path.read_bytes() in (b"old", b"new")
    WRITERS[writer](path)
    assert path.read_bytes() == b"new"
    assert {p.name for p in tmp_path.iterdir()} <= {"told", "source"}


def test_a_block_that_raises_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "told"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError), durable.whole_text(path) as file:
        file.write("new")
        raise RuntimeError
    with pytest.raises(RuntimeError), durable.made_folder(tmp_path / "folder") as part:
        (part / "one").touch()
        raise RuntimeError
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["told"]


def test_text_that_utf_8_cannot_hold_is_written_all_the_same(tmp_path: Path) -> None:
    durable.write_parts(tmp_path / "told", ["a\ud800b", "ü\n"])
    assert (tmp_path / "told").read_bytes() == "a?bü\n".encode()


def test_a_private_file_was_never_anybody_elses(tmp_path: Path) -> None:
    path = tmp_path / "key"
    durable.part_of(path).write_text("left by another")
    durable.part_of(path).chmod(0o644)
    with durable.whole(path, private=True) as file:
        assert stat.S_IMODE(os.fstat(file.fileno()).st_mode) == 0o600
        file.write(b"secret")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    durable.copy(path, tmp_path / "copied", 0, 6)
    assert stat.S_IMODE((tmp_path / "copied").stat().st_mode) == 0o600


@pytest.mark.parametrize(("number", "raised"), [(errno.EINVAL, False), (errno.EIO, True)])
def test_a_file_system_that_syncs_no_directories_is_borne_and_a_broken_disk_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, raised: bool
) -> None:
    def refused(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refused)
    with pytest.raises(OSError, match="error") if raised else nullcontext():
        durable.write_whole(tmp_path / "told", b"new")
    assert (tmp_path / "told").read_bytes() == b"new"


EXPORTS: dict[str, Callable[[Any, Records, Path], object]] = {
    "out.jsonl": lambda archive, records, path: export_jsonl(records, path),
    "out.warc.gz": lambda archive, records, path: export_warc(archive, records, path, [1]),
    "out.db": lambda archive, records, path: export_newsedits(records, path, [1]),
    "csv": lambda archive, records, path: export_tables(records, path, "csv", [1]),
    "parquet": lambda archive, records, path: export_tables(records, path, "parquet", [1]),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_durable_when_it_is_done_and_nothing_is_left_of_one_that_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    if name == "parquet":
        pytest.importorskip("pyarrow")
    out = tmp_path / "out"
    out.mkdir()
    with open_archive(tmp_path / "archive") as archive:
        with archive.write() as records:
            article = records.add_article("https://example.org/1", ["url:1"], None, NOON)
            document = Document.build("A bridge", ["It is shut."], language="en")
            records.add_version(Version(article.id, 0, document, NOON, NOON, "first", "d"))
        with archive.read() as records:
            with monkeypatch.context() as patched:
                patched.setattr(Records, "captures", _broken)
                patched.setattr(Records, "article", _broken)
                patched.setattr(observed, "captures_of_all", _broken)
                with pytest.raises(OSError, match="no more"):
                    EXPORTS[name](archive, records, out / name)
            assert list(out.iterdir()) == []
            with watched(monkeypatch) as steps:
                EXPORTS[name](archive, records, out / name)
    synced = [told for step, told in steps if step == "fsync"]
    assert synced[-1] == "out"
    inside = (out / name).iterdir() if (out / name).is_dir() else ()
    assert {f"{name}.part", *(path.name for path in inside)} <= set(synced)
    assert [path.name for path in out.iterdir()] == [name]


def _broken(*given: object, **named: object) -> None:
    raise OSError("no more")


def test_only_what_is_appended_to_syncs_itself() -> None:
    """Everything else is written by ``durable``; a new way of doing it belongs there."""
    root = Path(variorum.__file__).parent
    told = {
        str(path.relative_to(root)) for path in root.rglob("*.py") if "fsync(" in path.read_text()
    }
    assert told == {"store/durable.py", "store/warc.py", "evidence/tiles.py"}
