"""``variorum backfill`` as it is called, and on an archive in PostgreSQL."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from backfill_run import backfilled
from past_service import URL, Past, Service, page, serving

from postgres_server import Server
from variorum.bootstrap import open_archive
from variorum.cli import main
from variorum.pipeline.identity import find_article

STORY = [Past("20250303070000", page("Twelve")), Past("20250303090000", page("Twenty-one"))]


def ran(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main([str(a) for a in args])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


def test_the_command_takes_says_what_it_took_and_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(Service(STORY, fault="busy", well=1)) as service:
        order = ["--archive", tmp_path / "a", "backfill", URL, "--service", service.address]
        code, out, err = ran(capsys, *order, "--allow-loopback")
        assert code == 3
        assert "1 captures taken" in out
        assert "asks to be left alone for 300 s (503); the same command goes on" in err
        assert "Traceback" not in err
        service.fault = ""
        code, out, _ = ran(capsys, *order, "--allow-loopback", "--to", "2025-03", "--json")
        assert code == 0
        told = json.loads(out)
        assert (told["captures"], told["known"], told["versions"]) == (1, 1, 1)
        # Loopback only by an explicit flag; and nothing was asked for without it.
        asked = len(service.asked)
        code, _, err = ran(capsys, *order)
        assert code == 3
        assert len(service.asked) == asked
    code, out, _ = ran(capsys, "--archive", tmp_path / "a", "log", "1")
    assert code == 0
    assert out.count(f"observed by 127.0.0.1:{service.port}") == 2


@pytest.mark.parametrize(
    ("rest", "line"),
    [
        (["nonsense"], "neither a URL nor the number of a source"),
        (["7"], "no source 7"),
        ([URL, "--from", "yesterday"], "is no date: write 2024"),
        ([URL, "--service", "ftp://x"], "begins with https://"),
        ([URL, "--status", "ok"], "three digits"),
    ],
)
def test_what_cannot_be_meant_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rest: list[str], line: str
) -> None:
    code, out, err = ran(capsys, "--archive", tmp_path / "a", "backfill", *rest)
    assert (code, out) == (2, "")
    assert line in err


def test_an_archive_in_postgresql_takes_the_past_like_any_other(
    tmp_path: Path, postgres: Server
) -> None:
    place = postgres.place(tmp_path / "captures")
    with serving(Service(STORY)) as service:
        done = backfilled(place, service.address, URL)
        again = backfilled(place, service.address, URL)
    assert (done.captures, done.versions, done.problems) == (2, 2, [])
    assert (again.captures, again.known) == (0, 2)
    with open_archive(place, read_only=True) as archive, archive.read() as records:
        article = find_article(records, URL)
        assert article is not None
        assert len(records.versions(article.id)) == 2
