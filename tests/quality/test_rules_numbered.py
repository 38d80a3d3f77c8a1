"""Rules that read or compare otherwise than before carry another number.

Every version says what read it, every collation by what method; `variorum verify` reads a text again only
by the rules that made it, and `variorum reextract` looks for older ones. So the number must be raised
whenever the demo newspaper is read or compared otherwise. Where a test here fails after such a change,
raise the number named in it and write the new digest beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from variorum import collate
from variorum.model import Document
from variorum.newspaper import Newspaper
from variorum.newspaper.wire import Request
from variorum.stages.collate.align import METHOD
from variorum.stages.extract import read_page
from variorum.stages.extract.page import RULES

ROUNDS = (0, 3, 6, 9)
READ = {"15": "44eada8174771a72"}
COMPARED = {"variorum-align/5": "dcf1f5473efe09cb"}


@pytest.fixture(scope="module")
def stories() -> list[list[Document]]:
    """Each story of the demo newspaper as it is read at some rounds."""
    paper = Newspaper()
    found: dict[str, list[Document]] = {url: [] for url in sorted(paper.truth())}
    for number in ROUNDS:
        paper.clock.set(paper.rounds[number])
        for url, read in found.items():
            read.extend(_read(paper, url))
    return list(found.values())


def _read(paper: Newspaper, url: str) -> Iterator[Document]:
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    answer = paper.answer(Request("GET", target, parts.hostname or ""))
    if answer.status == 200:
        content_type = dict(answer.headers).get("Content-Type")
        yield read_page(answer.body, url=url, content_type=content_type).document


def digest(values: list[object]) -> str:
    told = json.dumps(values, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def test_the_number_of_the_extractor_goes_with_what_it_reads(stories: list[list[Document]]) -> None:
    assert digest([d.to_dict() for story in stories for d in story]) == READ.get(RULES), RULES


def test_the_number_of_the_alignment_goes_with_what_it_links(stories: list[list[Document]]) -> None:
    pairs = [pair for story in stories for pair in pairwise(story)]
    compared = [
        [s.to_dict() for s in collate(old, new).segments] for old, new in pairs if old != new
    ]
    assert digest([*compared]) == COMPARED.get(METHOD), METHOD
