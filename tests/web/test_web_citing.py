"""A citation can be found again and checked: where the archive shows it, and what each digest is of."""

from __future__ import annotations

import hashlib
import re

import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient
from web_shelf import NOW, Filled

from variorum.web import create_app

PUBLIC = "https://archive.example/news"


@pytest.fixture(scope="module")
def public(shelf: Filled) -> TestClient:
    """The pages of an archive that knows where others reach it."""
    app = create_app(
        shelf.archive, clock=lambda: NOW, allowed_hosts=("testserver",), public_url=f"{PUBLIC}/"
    )
    return TestClient(app, follow_redirects=False)


def test_a_citation_gives_the_digest_of_bytes_that_a_reader_can_hash(
    client: TestClient, shelf: Filled
) -> None:
    told = client.get(f"/a/{shelf.harbour}/v0..v1.json").json()["citation"]
    with shelf.archive.read() as records:
        captures = records.captures(shelf.harbour)
        first = next(c for c in captures if c.version == 0 and c.record)
    assert first.record is not None
    payload = shelf.archive.warc.read(first.record).payload
    digest = hashlib.sha256(payload).hexdigest()
    for form in (told["plain"], told["bibtex"], told["csl"]["note"]):
        assert f"capture SHA-256 {digest}" in form
    assert "content: headline, body, byline, day, media and notices" in told["plain"]
    assert "capture: the body as it was sent" in told["plain"]


def test_a_citation_leads_to_the_comparison_and_to_both_captures(
    public: TestClient, shelf: Filled
) -> None:
    here = f"{PUBLIC}/a/{shelf.harbour}/v0..v1"
    told = public.get(f"/a/{shelf.harbour}/v0..v1.json").json()["citation"]
    assert f"Archived: {here} (captures: {PUBLIC}/memento/" in told["plain"]
    mementos = re.findall(rf"{PUBLIC}(/memento/\d{{14}}/[^,)\s]+)", told["plain"])
    assert [public.get(path).status_code for path in mementos] == [200, 200]
    assert f"addendum = {{Archived: \\url{{{here}}}}}" in told["bibtex"]
    assert told["bibtex"].count("{") == told["bibtex"].count("}")
    assert told["csl"]["archive_location"] == here
    assert told["csl"]["URL"].startswith("https://harbour.example/")
    one = public.get(f"/a/{shelf.harbour}/v1.json").json()["citation"]
    assert f"Archived: {PUBLIC}/a/{shelf.harbour}/v1 (captures: " in one["plain"]
    page = LexborHTMLParser(public.get(f"/a/{shelf.harbour}/v0..v1").text)
    cited = page.css_first("#cite")
    assert cited is not None and here in cited.text()


def test_where_nobody_said_how_others_reach_it_no_address_is_given(
    client: TestClient, shelf: Filled
) -> None:
    """That of this machine would lead others nowhere."""
    told = client.get(f"/a/{shelf.harbour}/v0..v1.json").json()["citation"]
    assert "Archived" not in told["plain"] + told["bibtex"]
    assert "archive_location" not in told["csl"]


def test_a_version_without_a_kept_capture_is_cited_by_its_content_alone(
    public: TestClient, shelf: Filled
) -> None:
    with shelf.archive.read() as records:
        kept = [c for c in records.captures(shelf.imported) if c.record]
    told = public.get(f"/a/{shelf.imported}/v0.json").json()["citation"]
    assert ("capture SHA-256" in told["plain"]) == bool(kept)
    assert f"Archived: {PUBLIC}/a/{shelf.imported}/v0" in told["plain"]


def test_the_pages_say_which_digest_is_of_what(client: TestClient, shelf: Filled) -> None:
    told = client.get(f"/a/{shelf.harbour}/v0..v1.json").json()
    page = LexborHTMLParser(client.get(f"/a/{shelf.harbour}/v0..v1").text)
    side = page.css_first(".pair .side")
    assert side is not None
    titles = [e.attributes["title"] or "" for e in side.css("[title]")]
    [content] = [t for t in titles if t.startswith("SHA-256 of headline, body, byline")]
    [sent] = [t for t in titles if t.startswith("SHA-256 of the bytes as they were sent")]
    assert told["old"]["digest"] in content
    assert told["old"]["digest"] not in sent
    facts = LexborHTMLParser(client.get(f"/a/{shelf.harbour}/v0").text).css_first(".facts.tall")
    assert facts is not None
    assert "SHA-256 of the bytes" in facts.text() and "of the first capture" in facts.text()
