"""The WARC files: what other tools read in them, and what is left after a crash."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from variorum.model import Fetched
from variorum.store.archive import open_for_writing
from variorum.store.errors import DamagedError
from variorum.store.warc import WarcStore

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)
URL = "https://example.org/bridge"


def fetched(**rest: object) -> Fetched:
    told = {"status": 200, "headers": (("Content-Type", "text/html"),), "body": b"<p>Shut</p>"}
    return Fetched(URL, NOON, URL, **{**told, **rest})  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[WarcStore]:
    opened = WarcStore(tmp_path)
    yield opened
    opened.close()


def records(tmp_path: Path) -> list[tuple[str, dict[str, str], bytes]]:
    [file] = tmp_path.glob("*.warc.gz")
    found = []
    with file.open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            payload = record.raw_stream.read()
            found.append((record.rec_type, dict(record.rec_headers.headers), payload))
    return found


def test_a_page_is_a_response_with_sha256_digests(store: WarcStore, tmp_path: Path) -> None:
    place = store.append(fetched(remote="192.0.2.7"))
    store.sync()
    info, response = records(tmp_path)
    assert info[0] == "warcinfo"
    assert response[0] == "response"
    headers = response[1]
    assert headers["WARC-Payload-Digest"].startswith("sha256:")
    assert headers["WARC-Block-Digest"].startswith("sha256:")
    assert headers["WARC-IP-Address"] == "192.0.2.7"
    assert headers["WARC-Date"] == "2025-03-01T12:00:00.000000Z"
    assert store.read(place).payload == b"<p>Shut</p>"


def test_a_repeated_payload_is_a_revisit(store: WarcStore, tmp_path: Path) -> None:
    store.append(fetched())
    store.append(fetched(), repeats=(URL, NOON))
    store.append(fetched(status=304, body=b""), repeats=(URL, NOON))
    store.sync()
    _, _, again, unmodified = records(tmp_path)
    assert again[0] == unmodified[0] == "revisit"
    assert again[1]["WARC-Profile"].endswith("identical-payload-digest")
    assert unmodified[1]["WARC-Profile"].endswith("server-not-modified")
    assert again[1]["WARC-Refers-To-Date"] == "2025-03-01T12:00:00.000000Z"


def test_a_failed_fetch_is_recorded_as_metadata(store: WarcStore, tmp_path: Path) -> None:
    store.append(fetched(status=None, body=b"", error="no such host\r\nX-Evil: 1"))
    store.sync()
    _, failure = records(tmp_path)
    assert failure[0] == "metadata"
    assert failure[2] == b"fetchError: no such host  X-Evil: 1\r\n"


def test_a_dechunked_body_says_so_and_a_packed_one_stays_packed(store: WarcStore) -> None:
    headers = (
        ("Transfer-Encoding", "chunked"),
        ("Content-Encoding", "gzip"),
        ("X-Odd", "one\r\nX-Injected: 1"),
    )
    place = store.append(fetched(headers=headers, raw=b"\x1f\x8b packed", body=b"unpacked"))
    back = store.read(place)
    assert back.payload == b"\x1f\x8b packed"
    assert dict(back.headers) == {
        "X-Archive-Orig-Transfer-Encoding": "chunked",
        "Content-Encoding": "gzip",
        "X-Odd": "one  X-Injected: 1",
    }


def test_a_tail_that_was_never_acknowledged_is_set_aside(tmp_path: Path) -> None:
    store = WarcStore(tmp_path)
    store.append(fetched())
    store.sync()
    known = store.pending()
    store.append(fetched(body=b"half of it"))
    store.close()
    [file] = tmp_path.glob("*.warc.gz")
    assert file.stat().st_size > known[file.name]
    [line] = WarcStore(tmp_path).repair(known)
    assert "unacknowledged" in line
    assert file.stat().st_size == known[file.name]
    assert list(tmp_path.glob("*.orphan"))
    assert WarcStore(tmp_path).repair(known) == []


def test_what_a_failed_transaction_appended_is_taken_back(tmp_path: Path) -> None:
    with open_for_writing(tmp_path) as archive:
        with archive.write():
            first = archive.warc.append(fetched())
        size = (tmp_path / "warc" / first[0]).stat().st_size
        with pytest.raises(OSError, match="No space"), archive.write():
            archive.warc.append(fetched(body=b"half of it"))
            raise OSError(28, "No space left on device")
        assert (tmp_path / "warc" / first[0]).stat().st_size == size
        with archive.write():
            second = archive.warc.append(fetched(body=b"all of it"))
        assert second[1] == size
        assert archive.warc.read(first).payload == b"<p>Shut</p>"
        assert archive.warc.read(second).payload == b"all of it"


def test_a_first_write_that_fails_takes_nothing_of_an_earlier_run_with_it(tmp_path: Path) -> None:
    with open_for_writing(tmp_path) as archive, archive.write():
        place = archive.warc.append(fetched())
    with open_for_writing(tmp_path) as archive:
        with pytest.raises(RuntimeError), archive.write():
            archive.warc.append(fetched(body=b"never"))
            raise RuntimeError
        assert archive.warc.read(place).payload == b"<p>Shut</p>"
    with open_for_writing(tmp_path / "new") as archive:
        with pytest.raises(RuntimeError), archive.write():
            archive.warc.append(fetched(body=b"never"))
            raise RuntimeError
        assert list((tmp_path / "new" / "warc").iterdir()) == []


def test_a_batch_that_fills_a_file_and_begins_another_is_kept_whole(tmp_path: Path) -> None:
    with open_for_writing(tmp_path) as archive:
        archive.warc.rotate_at = 2000
        with archive.write():
            places = [archive.warc.append(fetched(body=os.urandom(900))) for _ in range(7)]
        assert len({name for name, _, _ in places}) > 1
        with pytest.raises(RuntimeError), archive.write():
            for _ in range(7):
                archive.warc.append(fetched(body=os.urandom(900)))
            raise RuntimeError
    with open_for_writing(tmp_path) as archive:
        assert archive.repairs == []
        assert all(len(archive.warc.read(place).payload) == 900 for place in places)
        kept = {name for name, _, _ in places}
        assert {p.name for p in (tmp_path / "warc").iterdir()} == kept


def test_damage_is_named_with_its_place(store: WarcStore, tmp_path: Path) -> None:
    name, offset, length = store.append(fetched())
    store.sync()
    data = bytearray((tmp_path / name).read_bytes())
    data[offset + length // 2] ^= 0xFF
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DamagedError, match=f"byte {offset}"):
        WarcStore(tmp_path).read((name, offset, length))
    with pytest.raises(DamagedError):
        store.read(("variorum-none.warc.gz", 0, 10))


def test_other_tools_find_nothing_wrong(store: WarcStore, tmp_path: Path) -> None:
    store.append(fetched())
    store.append(fetched(), repeats=(URL, NOON))
    store.append_resource("newssniffer:bridge", NOON, "text/plain", b"A bridge\n\nVersion 0 of 1.")
    store.sync()
    [file] = tmp_path.glob("*.warc.gz")
    tool = Path(sys.executable).with_name("warcio")
    done = subprocess.run([tool, "check", "-v", file], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "failed" not in done.stdout
