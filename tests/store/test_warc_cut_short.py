"""A WARC file that has lost acknowledged bytes: it is named, and nothing is written in their place."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from variorum.bootstrap import open_archive
from variorum.cli.doctor import doctor_command
from variorum.evidence.verify import Options, verify_archive
from variorum.model import Fetched
from variorum.pipeline.bodies import response_of
from variorum.store import durable
from variorum.store.archive import Archive, open_for_writing
from variorum.store.errors import DamagedError
from variorum.store.warc import WarcStore, payload_digest

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)


def keep(archive: Archive, n: int, words: str = "") -> int:
    """One capture of a story of its own; returns the capture's number."""
    url, when = f"https://example.org/{n}", NOON + timedelta(minutes=n)
    body = (words or f"<p>Story {n}</p>").encode()
    with archive.write() as records:
        article = records.add_article(url, [f"url:{url}"], None, when)
        place = archive.warc.append(Fetched(url, when, url, 200, (), body))
        archive.warc_name_known(records, place[0])
        columns = {"url": url, "time": when, "outcome": "ok", "origin": "observed", "status": 200}
        columns |= {"warc": place[0], "offset": place[1], "length": place[2], "details": {}}
        return records.add_capture(article.id, {**columns, "digest": payload_digest(body)})


def body(archive: Archive, number: int) -> bytes:
    with archive.read() as records:
        capture = records.capture(number)
        assert capture is not None
        return response_of(archive, records, capture)[0]


def files(archive: Archive) -> list[Path]:
    return sorted((archive.directory / "warc").iterdir())


def cut(place: Path, by: int) -> Path:
    [file] = sorted((place / "warc").glob("*.warc.gz"))
    os.truncate(file, file.stat().st_size - by)
    return file


def test_a_file_cut_short_is_named_and_never_written_to_again(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        first, lost = keep(archive, 1), keep(archive, 2)
    file = cut(tmp_path, 300)
    size = file.stat().st_size
    for n in (3, 4):
        with open_archive(tmp_path) as archive:
            [line] = archive.repairs
            assert line.startswith(f"{file.name}: 300 of ")
            number = keep(archive, n)
            assert body(archive, number) == f"<p>Story {n}</p>".encode()
            assert body(archive, first) == b"<p>Story 1</p>"
            with pytest.raises(DamagedError, match=file.name):
                body(archive, lost)
    assert file.stat().st_size == size
    assert len(list((tmp_path / "warc").iterdir())) == 2
    altered = {(i.what, i.name) for i in verify_archive(tmp_path, Options()).report.items}
    assert ("warc file", file.name) not in altered  # it is there, and not whole
    assert any(what == "warc bytes" and name.startswith(file.name) for what, name in altered)
    told = CliRunner().invoke(doctor_command, ["--archive", str(tmp_path), "--json"])
    assert json.loads(told.stdout)["archive"]["damaged"].startswith(f"{file.name}: 300 of ")


def test_a_file_that_is_gone_leaves_its_name_unused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class OneMoment(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return NOON

    monkeypatch.setattr("variorum.store.warc.datetime", OneMoment)
    with open_for_writing(tmp_path) as archive:
        lost = keep(archive, 1)
        [file] = files(archive)
    file.unlink()
    with open_for_writing(tmp_path) as archive:
        assert [line.partition(":")[0] for line in archive.repairs] == [file.name]
        keep(archive, 2)
        assert not file.exists()
        with pytest.raises(DamagedError):
            body(archive, lost)


def test_a_file_cut_while_it_is_written_to_is_left(tmp_path: Path) -> None:
    with open_for_writing(tmp_path) as archive:
        keep(archive, 1)
        with pytest.raises(RuntimeError), archive.write():
            raise RuntimeError
        file = cut(tmp_path, 10)
        size = file.stat().st_size
        last = keep(archive, 2)
        assert file.stat().st_size == size
        assert body(archive, last) == b"<p>Story 2</p>"


def test_another_record_in_a_captures_place_is_refused(tmp_path: Path) -> None:
    with open_for_writing(tmp_path) as archive:
        one, two, same = keep(archive, 1), keep(archive, 2), keep(archive, 3, "<p>Story 1</p>")
        with archive.write() as records:
            place = records.capture(two).record  # type: ignore[union-attr]
            other = records.capture(same).record  # type: ignore[union-attr]
            assert place is not None and other is not None
            records.update_capture(one, warc=place[0], offset=place[1], length=place[2])
        with pytest.raises(DamagedError, match=f"not the record of capture {one}") as told:
            body(archive, one)
        assert "\n" not in str(told.value)
        with archive.write() as records:  # the very same bytes, of another page
            records.update_capture(one, offset=other[1], length=other[2])
        with pytest.raises(DamagedError, match="another address"):
            body(archive, one)
        with archive.write() as records:
            records.update_capture(one, final_url="https://example.org/3", digest="0" * 64)
        with pytest.raises(DamagedError, match="its payload is another"):
            body(archive, one)


def tail(store: WarcStore, words: bytes) -> tuple[Path, dict[str, int]]:
    """A file with a record that was acknowledged, and behind it one that was not."""
    url = "https://example.org/1"
    store.append(Fetched(url, NOON, url, 200, (), b"kept"))
    store.sync()
    known = store.pending()
    store.append(Fetched(url, NOON, url, 200, (), words))
    store.close()
    [file] = store.directory.glob("*.warc.gz")
    return file, known


def test_a_second_crash_at_the_same_length_keeps_what_the_first_set_aside(tmp_path: Path) -> None:
    file, known = tail(WarcStore(tmp_path), b"first")
    length = known[file.name]
    first = file.read_bytes()[length:]
    WarcStore(tmp_path).repair(known)
    second = b"the second tail"
    for _ in range(2):
        file.write_bytes(file.read_bytes()[:length] + second)
        WarcStore(tmp_path).repair(known)
    aside = {path.name: path.read_bytes() for path in tmp_path.glob("*.orphan")}
    assert aside == {
        f"{file.name}.{length}.orphan": first,
        f"{file.name}.{length}.2.orphan": second,
        f"{file.name}.{length}.3.orphan": second,
    }
    assert file.stat().st_size == length


@pytest.mark.parametrize("acknowledged", [True, False])
@pytest.mark.parametrize("step", range(1, 8))
def test_a_repair_stopped_at_any_step_is_done_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int, acknowledged: bool
) -> None:
    """Every call that reaches the disk is where the machine may stop."""
    file, known = tail(WarcStore(tmp_path), os.urandom(5000))
    known = known if acknowledged else {}
    length, whole = known.get(file.name, 0), file.read_bytes()
    left = step

    class Off(BaseException):
        pass

    def stops(real: object) -> object:
        def call(*given: object, **named: object) -> object:
            nonlocal left
            left -= 1
            if left == 0:
                raise Off
            return real(*given, **named)  # type: ignore[operator]

        return call

    with monkeypatch.context() as patched:
        for name in ("fsync", "replace", "unlink"):
            patched.setattr(os, name, stops(getattr(os, name)))
        with suppress(Off):
            WarcStore(tmp_path).repair(known)
    WarcStore(tmp_path).repair(known)
    assert WarcStore(tmp_path).repair(known) == []
    assert (file.read_bytes() if length else b"") == whole[:length]
    assert any(path.read_bytes() == whole[length:] for path in tmp_path.glob("*.orphan"))


def test_bytes_are_set_aside_in_portions_and_synced_before_they_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, known = tail(WarcStore(tmp_path), os.urandom(3 << 20))
    size, steps = file.stat().st_size, []

    def watched(handle: int) -> None:
        steps.append((str(Path(f"/proc/self/fd/{handle}").readlink()), file.stat().st_size))

    monkeypatch.setattr("variorum.store.durable.os.fsync", watched)
    WarcStore(tmp_path).repair(known)
    aside = f"{file}.{known[file.name]}.orphan.part"
    assert steps[:2] == [(aside, size), (str(tmp_path), size)]
    assert steps[-1] == (str(file), known[file.name])


def test_directories_that_are_made_are_named_durably(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    monkeypatch.setattr(durable, "sync_directory", lambda path: synced.append(str(path)))
    with open_for_writing(tmp_path / "new" / "archive") as archive:
        keep(archive, 1)
    place = tmp_path / "new" / "archive"
    assert synced == [str(p) for p in (tmp_path, tmp_path / "new", place, place / "warc")]


@pytest.mark.parametrize("name", ["a?b", "a#b", "a%41b", "a b&mode=ro", "größe"])
def test_an_archive_lies_in_the_directory_that_is_named(tmp_path: Path, name: str) -> None:
    place = tmp_path / name
    with open_archive(place) as archive:
        number = keep(archive, 1)
    with open_archive(place, read_only=True) as archive:
        assert body(archive, number) == b"<p>Story 1</p>"
    assert verify_archive(place, Options()).report.sound
    assert (place / "variorum.db").exists()
    assert [path.name for path in tmp_path.iterdir()] == [name]
