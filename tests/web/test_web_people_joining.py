"""Joining and splitting articles on their pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
from web_shelf import NOW, START, Filled
from web_staff import Staff, staffed

from variorum.bootstrap import capture_path, open_archive
from variorum.model import Fetched
from variorum.pipeline.identity import article_at
from variorum.web.people.tools import Tools

ONE, OTHER = "https://bell.example/quay", "https://bell.example/quay-late"
LINES = """<p>The fish quay at Ostrava Bay was closed on Monday after a crane fell across it, and the
harbour master said that it would stay closed for weeks.</p><p>“Nobody was warned,” said Ines Maro,
who sells nets on the quay and was there when it happened.</p>"""


@pytest.fixture
def staff(tmp_path: Path) -> Iterator[Staff]:
    with open_archive(tmp_path / "archive") as archive, capture_path(archive) as path:
        numbers = []
        looks = ((ONE, "Twelve"), (OTHER, "Thirteen"), (OTHER, "Twenty-one"))
        for hour, (url, hurt) in enumerate(looks, 1):
            body = f"""<html lang="en"><head><title>Quay closed</title><link rel="canonical"
            href="{url}"></head><body><article><h1>Quay closed</h1><p>{hurt} people were hurt, said
            the ambulance service of the town on Monday evening.</p>{LINES}</article></body></html>"""
            with archive.write() as records:
                article, _ = article_at(records, url, None, START)
                kind = (("Content-Type", "text/html; charset=utf-8"),)
                time = START + timedelta(hours=hour)
                path.take(records, article, Fetched(url, time, url, 200, kind, body.encode()))
            numbers.append(article.id)
        filled = Filled(archive, numbers[0], numbers[1], 0, 0, 0)
        yield staffed(filled, tools=Tools(lambda: nullcontext(path)))


def test_two_articles_are_joined_and_the_old_address_leads_on(staff: Staff) -> None:
    one, other = staff.filled.harbour, staff.filled.hostile
    editor, reader = staff.visitor("editor"), staff.visitor("nobody")
    assert "Merge this article into another" in editor.get(f"/a/{one}/edit").text
    answer = editor.post(f"/a/{one}/merge", into=OTHER, reason="one story, two addresses")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/a/{other}")
    for path, place in (
        (f"/a/{one}", f"/a/{other}"),
        (f"/a/{one}.json", f"/a/{other}.json"),
        (f"/a/{one}/v0", f"/a/{other}"),
        (f"/a/{one}.atom", f"/a/{other}.atom"),
    ):
        moved = reader.get(path)
        assert (moved.status_code, moved.headers["location"]) == (308, place)
        assert moved.headers["cache-control"] == "no-cache"
    told = reader.get(f"/a/{other}.json").json()
    assert len(told["history"]) == 3 and len(told["captures"]) == 3
    memento = f"/memento/20250312070000/{ONE}"
    assert reader.get(memento).status_code == 200
    assert reader.get(f"/timemap/link/{ONE}").text.count('memento"') == 3
    (act,) = reader.get("/log.json").json()["acts"]
    assert (act["kind"], act["article"], act["details"]["into"]) == ("merge", one, other)
    assert reader.get("/log").status_code == 200


def test_a_joined_article_is_split_again_by_address_and_by_version(staff: Staff) -> None:
    one, other = staff.filled.harbour, staff.filled.hostile
    program = staff.program("editor")
    program.post(f"/a/{one}/merge", json={"into": other, "reason": "a mistake"})
    done = program.post(f"/a/{other}/split", json={"address": ONE, "reason": "two stories"})
    assert done.status_code == 200, done.text
    assert (done.json()["article"], done.json()["new"]) == (other, one)
    assert len(program.get(f"/a/{one}.json").json()["history"]) == 1
    done = program.post(f"/a/{other}/split", json={"version": 1, "reason": "another day"})
    new = done.json()["new"]
    assert len(program.get(f"/a/{new}.json").json()["history"]) == 1
    first, last = (f"/memento/2025031208{m}/{OTHER}" for m in ("0000", "0000"))
    assert program.get(first).status_code == program.get(last).status_code == 200
    assert program.get(f"/timemap/link/{OTHER}").text.count('memento"') == 2
    assert program.get("/log.json").json()["acts"][0]["details"]["told"] == "from version 1 on"
    assert program.get(f"/a/{other}").status_code == 200


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("merge", {"into": "999", "reason": "x"}, 404),
        ("merge", {"into": "https://nowhere.example/", "reason": "x"}, 400),
        ("merge", {"into": "\ud800://", "reason": "x"}, 400),
        ("merge", {"into": "1", "reason": "x"}, 409),
        ("merge", {"into": "2"}, 400),
        ("split", {"reason": "x"}, 400),
        ("split", {"version": "1", "address": OTHER, "reason": "x"}, 400),
        ("split", {"version": "-1", "reason": "x"}, 400),
        ("split", {"version": "7", "reason": "x"}, 409),
        ("split", {"address": "https://nowhere.example/", "reason": "x"}, 409),
    ],
)
def test_what_cannot_be_done_is_said(
    staff: Staff, path: str, fields: dict[str, str], status: int
) -> None:
    answer = staff.program("editor").post(
        f"/a/1/{path}",
        content=json.dumps(fields),
        headers={"content-type": "application/json"},
    )
    assert answer.status_code == status, answer.text
    assert staff.visitor("nobody").get("/log.json").json()["acts"] == []


def test_without_the_stages_nothing_is_joined(staff: Staff) -> None:
    bare = staffed_again(staff)
    answer = bare.program("editor").post("/a/1/merge", json={"into": "2", "reason": "x"})
    assert answer.status_code == 403 and answer.json()["title"] == "Not here"


def staffed_again(staff: Staff) -> Staff:
    from variorum.web import create_app

    app = create_app(staff.archive, clock=lambda: NOW, allowed_hosts=("testserver",))
    return Staff(staff.filled, app, staff.people)
