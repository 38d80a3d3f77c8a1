"""The truth can be measured against: it is complete, and the pages hold it and nothing more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from variorum.newspaper import Newspaper, TrueVersion

_TAG = re.compile(r"<[^>]*>")
_BLOCK = re.compile(r"</?(?:p|div|h[1-6]|li|ul|ol|blockquote|figcaption|td|tr|br)\b[^>]*>")
_HIDDEN = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)


def lines(html: str) -> list[str]:
    """The visible blocks of a page, white space normalised."""
    visible = _BLOCK.sub("\n", _HIDDEN.sub("", html).replace("\n", " "))
    return [" ".join(unescape(_TAG.sub("", line)).split()) for line in visible.split("\n")]


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=5)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}".rstrip("?"), headers=headers)
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def paper() -> Iterator[Newspaper]:
    with Newspaper().serve() as served:
        yield served


ENCODINGS = {"courier": "utf-8", "flash": "windows-1252"}


def test_every_true_version_stands_on_its_page_when_it_appears(paper: Newspaper) -> None:
    for article in paper.truth().values():
        for version in article.versions:
            paper.clock.set(version.time)
            status, _, body = get(article.url)
            assert status == 200
            shown = lines(body.decode(ENCODINGS[article.outlet]))
            missing = [p for p in (version.headline, *version.paragraphs) if p not in shown]
            assert not missing, (article.url, version.number)


def test_each_version_differs_from_the_one_before_and_says_how(paper: Newspaper) -> None:
    def content(version: TrueVersion) -> tuple[object, ...]:
        return (version.headline, version.paragraphs, version.byline, version.captions)

    for article in paper.truth().values():
        for old, new in zip(article.versions, article.versions[1:], strict=False):
            assert new.said and new.kinds, article.url
            assert (content(old), old.notices) != (content(new), new.notices)
