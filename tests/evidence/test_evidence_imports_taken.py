"""What a file gives is taken one by one: what cannot be is told, and the rest goes on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from archives import BRIDGE, BRIDGE_FIRST, BRIDGE_LATER, NOON, fetched
from test_evidence_imports import PAGES, records
from test_evidence_imports_bad import DOCUMENT, TEXT, WHOLE, Row
from test_evidence_round_trips import bring, everything

from variorum.bootstrap import capture_path, open_archive
from variorum.evidence.verify import Options, verify_archive
from variorum.pipeline import late
from variorum.pipeline.identity import article_at
from variorum.store import capture_records


def test_what_cannot_be_taken_is_told_with_its_place_and_the_rest_goes_on(tmp_path: Path) -> None:
    odd = {**WHOLE, "document": {**DOCUMENT, "text": "Something else."}, "url": BRIDGE + "/odd"}
    told: list[Row] = [
        {**TEXT, "url": "http://[bad"},
        {**TEXT, "url": "https://a.example/\ud800"},
        {**TEXT, "time": "0001-01-01T00:00:00+14:00"},
        {**TEXT, "time": "0999-01-01T00:00:00Z"},
        {**WHOLE, "fields": 3},
        {**WHOLE, "document": {**DOCUMENT, "paragraphs": [3]}},
        {**WHOLE, "same_as": 10**30},
    ]
    good: list[Row] = [
        {**TEXT, "time": f"2024-02-{day:02}", "text": f"It is shut for {day} days."}
        for day in range(1, len(told) + 1)
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text(
        "".join(f"{json.dumps(r)}\n" for pair in zip(told, good, strict=True) for r in pair)
    )
    report = bring(path, tmp_path / "archive")
    assert [p.where for p in report.problems] == [f"line {2 * n + 1}" for n in range(len(told))]
    assert {p.path for p in report.problems} == {str(path)}
    assert report.versions == len(good)
    path.write_text(json.dumps(odd))
    bring(path, tmp_path / "archive")
    assert verify_archive(tmp_path / "archive", Options()).report.sound


def test_a_verdict_that_does_not_fit_the_history_here_is_judged_anew(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    lost = "{"
    again = {**WHOLE, "kind": "returned", "same_as": 5}
    path.write_text(f"{lost}\n{json.dumps(again)}\n")
    assert bring(path, tmp_path / "archive").versions == 1
    [version] = everything(tmp_path / "archive")
    assert (version["kind"], version["same_as"]) == ("first", None)


def test_a_history_that_cannot_be_made_anew_is_told_and_made_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*told: object) -> None:
        raise LookupError("something that it is made from is missing")

    path = tmp_path / "crawl.warc"
    first, second = records(*PAGES)
    path.write_bytes(second)
    bring(path, tmp_path / "archive")
    path.write_bytes(first)
    with monkeypatch.context() as broken:
        broken.setattr(late, "replay", failing)
        report = bring(path, tmp_path / "archive")
    assert "its history could not be made anew" in report.problems[0].why
    assert [v["paragraphs"] for v in everything(tmp_path / "archive")] == [list(BRIDGE_LATER)]
    assert bring(path, tmp_path / "archive").problems == []
    told = [v["paragraphs"] for v in everything(tmp_path / "archive")]
    assert told == [list(BRIDGE_FIRST), list(BRIDGE_LATER)]


def test_the_page_of_a_capture_that_was_undone_is_not_taken_for_another(tmp_path: Path) -> None:
    first, later = (fetched(BRIDGE, hours, body) for hours, body in zip((0, 1), PAGES, strict=True))
    with (
        open_archive(tmp_path / "archive") as archive,
        capture_path(archive) as path,
        archive.write() as records,
    ):
        path.take(records, article_at(records, BRIDGE, None, NOON)[0], first)
        article, _ = article_at(records, BRIDGE, None, NOON)
        with records.attempt():
            undone = path.take(records, article, later)
            raise ValueError
        again = path.take(records, article, replace(first, time=later.time))
        assert again.capture == undone.capture
        page = path._reread(records, article, records.last_capture(article.id, with_page=True))
        assert page is not None
        assert page.document.paragraphs == BRIDGE_FIRST


def _revisit(day: int, told: str) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: revisit\r\nWARC-Date: 2024-03-{day:02}T12:00:00Z\r\n"
    head += f"WARC-Target-URI: {BRIDGE}\r\n{told}Content-Length: 19\r\n\r\n"
    return head.encode() + b"HTTP/1.1 200 OK\r\n\r\n\r\n\r\n"


def _refers(date: str) -> str:
    return f"WARC-Refers-To-Target-URI: {BRIDGE}\r\nWARC-Refers-To-Date: {date}\r\n"


def test_a_revisit_has_the_body_of_the_capture_that_it_names_or_none(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    told = [
        _refers("2024-02-01T12:00:00Z"),
        _refers("yesterday"),
        _refers("2023-01-01T00:00:00Z"),
        "",
    ]
    repeats = [_revisit(day, one) for day, one in enumerate(told, 1)]
    path.write_bytes(b"".join([*records(*PAGES), *repeats]))
    report = bring(path, tmp_path / "archive")
    assert (report.captures, len(report.problems)) == (4, 2)
    assert "is not a time" in report.problems[0].why
    assert "is missing" in report.problems[1].why
    assert all("record at byte" in p.where for p in report.problems)
    numbers = [v["paragraphs"] for v in everything(tmp_path / "archive")]
    assert numbers == [list(BRIDGE_FIRST), list(BRIDGE_LATER), list(BRIDGE_FIRST)]


def test_revisits_do_not_read_all_captures_of_their_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = 0
    plain = capture_records._capture

    def counted(row: Any) -> Any:
        nonlocal read
        read += 1
        return plain(row)

    monkeypatch.setattr(capture_records, "_capture", counted)
    path, counts = tmp_path / "crawl.warc", []
    for many in (10, 20):
        told = [_refers("2024-02-01T12:00:00Z").encode()] * many
        repeats = [
            _revisit(1, "")
            .replace(b"03-01T12:00", b"03-%02dT%02d:00" % divmod(n + 24, 24))
            .replace(b"Content-Length", one + b"Content-Length")
            for n, one in enumerate(told)
        ]
        path.write_bytes(b"".join([*records(*PAGES), *repeats]))
        read = 0
        assert bring(path, tmp_path / f"archive{many}").captures == many + 2
        counts.append(read)
    assert counts[1] < 2.5 * counts[0]
