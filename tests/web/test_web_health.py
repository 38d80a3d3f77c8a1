"""What programs that watch the archive are told."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.testclient import TestClient
from web_shelf import NOW

from postgres_server import Server
from variorum.bootstrap import open_archive
from variorum.store.lease_records import LeaseRecords
from variorum.web import create_app

# https://prometheus.io/docs/instrumenting/exposition_formats/
_SAMPLE = re.compile(r'^[a-z_]+(\{[a-z_]+="[^"\n]*"\})? [0-9.e+-]+$')


def test_an_archive_that_can_be_read_is_well(client: TestClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert answer.headers["cache-control"] == "no-store"


def test_numbers_are_in_the_text_format(client: TestClient) -> None:
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    assert all(_SAMPLE.match(line) for line in lines if not line.startswith("# ")), lines
    assert 'variorum_sources{state="failing"} 1' in lines
    assert any(line.startswith("variorum_versions ") for line in lines)


def test_a_database_that_is_gone_is_told(postgres: Server, tmp_path: Path) -> None:
    place = postgres.place(tmp_path / "captures")
    with open_archive(place) as archive:
        with archive.engine.begin() as connection:
            LeaseRecords(connection).tell_worker("w-1", "m", 7, 12, 3)
        app = create_app(archive, clock=lambda: NOW, allowed_hosts=("testserver",))
        visitor = TestClient(app)
        assert 'variorum_worker_pages{worker="w-1"} 12' in visitor.get("/metrics").text
        assert visitor.get("/healthz").status_code == 200
        postgres.stop()
        try:
            assert visitor.get("/healthz").status_code == 503
        finally:
            postgres.start()
        assert visitor.get("/healthz").status_code == 200
