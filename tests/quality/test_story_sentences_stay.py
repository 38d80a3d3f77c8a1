"""Sentences of real stories, set as the paragraphs of a plain page: no rule about furniture takes one away."""

from __future__ import annotations

import gzip
import html
import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from variorum.model import reasons
from variorum.stages.extract import read_page

pytestmark = [pytest.mark.data]

PAGE = (
    "<html lang=en><head><title>What is told here</title></head><body><header><nav><a href=/>Home</a></nav></header>"
    "<main><article><h1>What is told here</h1><div>{}</div></article></main></body></html>"
)
WORDS = 6  # of a sentence; shorter lines may be labels


def lost(paragraphs: list[str]) -> Iterator[str]:
    body = "".join(f"<p>{html.escape(p)}</p>" for p in paragraphs)
    read = " ".join(read_page(PAGE.format(body), url="https://x.example/a").document.text.split())
    for paragraph in paragraphs:
        told = " ".join(paragraph.split())
        if len(told.split()) >= WORDS and told[-1] in '.!?”"' and told not in read:
            yield told


def test_of_eight_hundred_stories_hardly_a_sentence_is_taken_for_furniture(data: Path) -> None:
    gone: list[str] = []
    with gzip.open(data / "claims" / "quotes.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            text = json.loads(line)["text"]
            paragraphs = [p.strip() for p in text.split("\n") if p.strip()]
            if len(paragraphs) > 3:
                gone += lost(paragraphs)
    # Lines under some of them that say where their writers are to be followed, and one newsletter.
    assert [s for s in gone if "Twitter" not in s and "newsletter" not in s] == []
    assert len(gone) <= 20


def test_a_paragraph_of_a_story_set_in_a_box_of_its_own_is_hardly_ever_strange_to_it(
    data: Path,
) -> None:
    chance, boxed, gone = random.Random(3), 0, 0
    with gzip.open(data / "claims" / "quotes.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            told = [p.strip() for p in json.loads(line)["text"].split("\n") if len(p.strip()) > 20]
            brief = [i for i in range(1, len(told) - 1) if 60 < len(told[i]) < 260]
            if len(told) > 5 and brief:
                boxed += 1
                gone += _is_strange(told, chance.choice(brief))
    assert boxed > 700
    assert gone <= 6


def _is_strange(told: list[str], at: int) -> bool:
    """Whether the paragraph ``at`` of a story is put aside in a block under a heading of its own."""
    blocks = [f"<p>{html.escape(p)}</p>" for p in told]
    heading = html.escape(" ".join(told[at].split()[:3]).strip("“”,."))
    blocks[at] = f"<div><h3>{heading}</h3>{blocks[at]}</div>"
    read = read_page(PAGE.format("".join(blocks)), url="https://x.example/a")
    words = " ".join(told[at].split())
    return any(b.text == words and b.why == reasons.STRANGE for b in read.blocks)
