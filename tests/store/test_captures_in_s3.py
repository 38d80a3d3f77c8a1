"""Captures in a real server that speaks S3, beside a real PostgreSQL."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from postgres_server import Server
from tools_setup import program
from variorum.bootstrap import open_archive
from variorum.evidence.package import export_wacz
from variorum.evidence.report import Report, Status
from variorum.evidence.verify import Options, verify_archive
from variorum.model import Fetched
from variorum.pipeline.bodies import body_of
from variorum.pipeline.exporting import export_warc
from variorum.pipeline.identity import article_at
from variorum.pipeline.moving import move
from variorum.pipeline.path import CapturePath
from variorum.stages.extract import Reader
from variorum.store.archive import Archive
from variorum.store.errors import ArchiveError
from variorum.store.place import read_place
from variorum.store.s3_warc import Bucket, S3WarcStore

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)
URL = "https://news.example.org/city/bridge-closed"
#: One for all tests: it takes a second to begin.
READER = Reader()


def page(hurt: str) -> bytes:
    return f"""<!doctype html><html lang="en"><head><title>Bridge closed</title></head><body><article>
    <h1>Bridge closed</h1><p>The old bridge over the Tarn was closed on Monday morning after a lorry
    struck one of its piers.</p><p>{hurt} people were hurt, according to the ambulance service, which
    sent six vehicles to the scene.</p></article></body></html>""".encode()


class Moto:
    """The server and what is in it; :meth:`stop` and :meth:`start` again lose everything."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        server = program("moto")
        assert server is not None
        self.process = subprocess.Popen(
            [server, "-H", "127.0.0.1", "-p", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(240):
            with socket.socket() as asked:
                if asked.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.25)
        pytest.fail("moto did not start")

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
            self.process = None


@pytest.fixture(scope="module")
def moto() -> Iterator[Moto]:
    pytest.importorskip("boto3")
    if program("moto") is None:
        pytest.skip("moto is not installed: python tests/tools_setup.py moto")
    server = Moto()
    server.start()
    yield server
    server.stop()
    READER.close()


@pytest.fixture
def s3(moto: Moto, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    import boto3

    for name, value in {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{moto.port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_CONFIG_FILE": str(tmp_path / "none"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none"),
    }.items():
        monkeypatch.setenv(name, value)
    client = boto3.client("s3")
    client.create_bucket(
        Bucket="news", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    yield client
    for item in client.list_objects_v2(Bucket="news").get("Contents", ()):
        client.delete_object(Bucket="news", Key=item["Key"])
    client.delete_bucket(Bucket="news")
    client.close()


@pytest.fixture
def place(postgres: Server, s3: Any, tmp_path: Path) -> str:
    return postgres.place(tmp_path / "captures") + "&warc=s3://news/archive"


def take(archive: Archive, *hurt: str, hour: int = 0, url: str = URL) -> None:
    path = CapturePath(archive, READER)
    for n, word in enumerate(hurt):
        with archive.write() as records:
            article, _ = article_at(records, url, None, NOON)
            when = NOON + timedelta(hours=hour + n)
            headers = (("Content-Type", "text/html; charset=utf-8"),)
            path.take(records, article, Fetched(url, when, url, 200, headers, page(word)))


def objects(s3: Any) -> list[str]:
    told = s3.list_objects_v2(Bucket="news", Prefix="archive/").get("Contents", ())
    return [item["Key"].removeprefix("archive/") for item in told]


def verified(place: str) -> Report:
    with open_archive(place, read_only=True) as archive:
        return verify_archive(archive.directory, Options(), archive).report  # type: ignore[arg-type]


def test_files_that_nobody_writes_to_are_in_the_store_and_read_from_there(
    place: str, s3: Any, tmp_path: Path
) -> None:
    with open_archive(place) as archive:
        take(archive, "Twelve", "Twenty")
        assert objects(s3) == ["archive-id"]  # the file in use is in the directory
        with archive.read() as records:
            export_warc(archive, records, tmp_path / "before.warc.gz", [1])
    [name] = [n for n in objects(s3) if n != "archive-id"]
    assert list((tmp_path / "captures" / "warc").iterdir()) == []
    told = s3.head_object(Bucket="news", Key=f"archive/{name}")
    assert len(told["Metadata"]["sha256"]) == 64
    # The directory remembers where they are: the place need not be said again.
    bare = place.partition("&warc=")[0]
    with open_archive(bare, read_only=True) as archive, archive.read() as records:
        bodies = [body_of(archive, records, c)[0] for c in records.captures(1)]
        assert export_warc(archive, records, tmp_path / "after.warc.gz", [1]) == 2
        packaged = export_wacz(archive, records, tmp_path / "story.wacz", [1], NOON)
    assert bodies == [page("Twelve"), page("Twenty")]
    assert (tmp_path / "before.warc.gz").read_bytes() == (tmp_path / "after.warc.gz").read_bytes()
    assert (packaged.captures, packaged.proven) == (2, 2)
    report = verified(place)
    assert report.sound
    assert report.total(Status.UNVERIFIABLE) == 0


def test_a_file_that_is_full_goes_while_its_process_lives(place: str, s3: Any) -> None:
    with open_archive(place) as archive:
        assert isinstance(archive.warc, S3WarcStore)
        archive.warc.rotate_at = 600  # a file a capture
        take(archive, "Twelve", "Twenty", "Thirty")
        assert len(objects(s3)) == 3
        with archive.read() as records:
            assert len(records.captures(1)) == 3
            assert body_of(archive, records, records.captures(1)[0])[0] == page("Twelve")
    assert len(objects(s3)) == 4
    assert verified(place).sound


def test_what_is_altered_missing_or_away_in_the_store_is_found(
    place: str, s3: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_archive(place) as archive:
        take(archive, "Twelve", "Twenty")
    [name] = [n for n in objects(s3) if n != "archive-id"]
    key = {"Bucket": "news", "Key": f"archive/{name}"}
    data = s3.get_object(**key)["Body"].read()
    s3.put_object(**key, Body=data[:-40] + bytes([data[-40] ^ 1]) + data[-39:])
    report = verified(place)
    assert report.total(Status.ALTERED) > 0
    s3.delete_object(**key)
    report = verified(place)
    assert [i.what for i in report.items if i.status is Status.MISSING] == ["warc file"]
    s3.put_object(**key, Body=data)
    s3.put_object(Bucket="news", Key="archive/somebody-elses.warc.gz", Body=b"x")
    report = verified(place)
    assert report.sound
    assert report.total(Status.UNVERIFIABLE) == 1
    with open_archive(place, read_only=True) as archive:
        assert isinstance(archive.warc, S3WarcStore)
        monkeypatch.setattr(archive.warc.bucket, "_client", _Away())
        options = Options()
        report = verify_archive(archive.directory, options, archive).report  # type: ignore[arg-type]
    assert not report.sound


def test_while_the_store_is_away_everything_goes_on_in_the_directory(
    place: str, s3: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    caplog.set_level(logging.CRITICAL, logger="botocore")
    with open_archive(place) as archive:
        assert isinstance(archive.warc, S3WarcStore)
        archive.warc.rotate_at = 600  # a file a capture
        away = archive.warc.bucket._client
        monkeypatch.setattr(archive.warc.bucket, "_client", _Away())
        take(archive, "Twelve", "Twenty", "Thirty")
        with archive.read() as records:
            assert [c.version for c in records.captures(1)] == [0, 1, 2]
        assert objects(s3) == ["archive-id"]
        monkeypatch.setattr(archive.warc.bucket, "_client", away)
    assert len(objects(s3)) == 4
    assert verified(place).sound


class _Away:
    def __getattr__(self, name: str) -> Any:
        def fails(*_: object, **__: object) -> None:
            from botocore.exceptions import EndpointConnectionError

            raise EndpointConnectionError(endpoint_url="http://store.example")

        return fails


def test_what_a_killed_process_left_is_brought_away_by_the_next(
    place: str, s3: Any, tmp_path: Path
) -> None:
    code = (
        "import os, sys; sys.path.insert(0, sys.argv[2]);"
        "import test_captures_in_s3 as t; archive = t.open_archive(sys.argv[1]);"
        "t.take(archive, 'Twelve', 'Twenty'); archive.warc._open().write(b'torn');"
        "archive.warc._open().flush(); os.kill(os.getpid(), 9)"
    )
    folder = Path(__file__).parent
    done = subprocess.run(
        [sys.executable, "-c", code, place, str(folder)],
        env={**os.environ, "PYTHONPATH": f"{folder}:{folder.parent}"},
        check=False,
    )
    assert done.returncode == -9
    assert objects(s3) == ["archive-id"]
    with open_archive(place) as archive:
        assert any("unacknowledged bytes" in line for line in archive.repairs)
        assert len(objects(s3)) == 2
        take(archive, "Thirty", hour=5)
    report = verified(place)
    assert report.sound
    assert len(objects(s3)) == 3


def test_another_archives_place_is_refused(
    place: str, postgres: Server, s3: Any, tmp_path: Path
) -> None:
    with open_archive(place) as archive:
        take(archive, "Twelve")
    bare = place.partition("&warc=")[0]
    with pytest.raises(ArchiveError, match="does not hold the captures"):
        open_archive(f"{bare}&warc=s3://news/elsewhere")
    other = postgres.place(tmp_path / "other")
    with pytest.raises(ArchiveError, match="captures of another archive"):
        open_archive(f"{other}&warc=s3://news/archive")
    plain = postgres.place(tmp_path / "plain")
    with open_archive(plain) as archive:
        take(archive, "Twelve")
    with pytest.raises(ArchiveError, match="does not hold the captures"):
        open_archive(f"{plain}&warc=s3://news/late")


@pytest.mark.parametrize(
    ("warc", "line"),
    [
        ("gs://news/x", "s3://bucket/prefix"),
        ("s3://no-such-bucket/x", "no-such-bucket"),
        ("s3:///x", "s3://bucket/prefix"),
    ],
)
def test_a_place_that_is_none_is_one_line(
    postgres: Server, s3: Any, tmp_path: Path, warc: str, line: str
) -> None:
    with pytest.raises(ArchiveError, match=line) as told:
        open_archive(f"{postgres.place(tmp_path / 'c')}&warc={warc}").close()
    assert "\n" not in str(told.value)


def test_an_archive_is_moved_there_and_back(place: str, s3: Any, tmp_path: Path) -> None:
    first, last = str(tmp_path / "first"), str(tmp_path / "last")
    with open_archive(first) as archive:
        take(archive, "Twelve", "Twenty")
    there = move(first, place)
    assert len(objects(s3)) == 2
    assert verified(place).sound
    back = move(place, last)
    assert back.tables == there.tables
    open_archive(last).close()  # sealed anew
    assert verify_archive(Path(last), Options()).report.sound


def test_the_place_is_read_as_written(tmp_path: Path) -> None:
    found = read_place(f"postgresql://u@h/d?captures={tmp_path}&warc=s3://b/p/q")
    assert (found.warc, found.url.query) == ("s3://b/p/q", {})  # type: ignore[union-attr]
    with pytest.raises(ArchiveError, match="s3://bucket/prefix"):
        Bucket("s3://")
