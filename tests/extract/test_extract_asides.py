"""Short captions in boxes without a figure; lines that take money, send to channels and apps, or count a
poll, and lines of stories that only look so."""

# ruff: noqa: E501  (pages are easier to read in long lines)

from __future__ import annotations

import pytest
from newsdesk import PARAGRAPHS, body, page

from variorum.stages.extract import read_page

URL = "https://echo.example/news/bridge"


def paragraphs(inner: str) -> tuple[str, ...]:
    story = f"{body(PARAGRAPHS[:3])}{inner}{body(PARAGRAPHS[3:])}"
    return read_page(page(story), url=URL).document.paragraphs


@pytest.mark.parametrize("name", ["c-cap", "c-caption", "imgCaption", "legende", "photo_cutline"])
@pytest.mark.parametrize("text", ["A pier in Northwick", "The bridge at dusk"])
def test_a_short_line_called_a_caption_beside_a_picture_is_one(name: str, text: str) -> None:
    box = f"<div class='c-media'><img src='/p.jpg' width='800' height='500'><div class='{name}'>{text}</div></div>"
    read = read_page(page(before=box), url=URL).document
    assert [m.caption for m in read.media] == [text]
    assert read.paragraphs == PARAGRAPHS


@pytest.mark.parametrize("name", ["c-label", "capital", "tag"])
def test_a_short_line_that_is_not_called_so_is_a_label(name: str) -> None:
    box = f"<div class='c-media'><img src='/p.jpg' width='800' height='500'><div class='{name}'>In pictures</div></div>"
    read = read_page(page(before=box), url=URL).document
    assert [m.caption for m in read.media] == [""]


@pytest.mark.parametrize(
    "line",
    [
        "Our winter appeal has reached £11,240. <a href='/appeal'>Give what you can</a>",
        "The Echo is read by 4,000 people who run things. <a href='/subscribe'>Join them for £1 a week.</a>",
        "Get all the scores first: <a href='/app'>download the Northwick Post app</a>.",
        "Follow the Echo’s correspondents on <a href='https://wire.example/e'>Wire</a> and <a href='https://hoot.example/e'>Hoot</a>.",
        "Suivez L’Écho sur <a href='https://wire.example/e'>Wire</a>",
        "What do you think? Write to letters@echo.example.",
        "Reader poll: should the bridge stay shut? Yes 63%",
        "Leserumfrage: Soll die Brücke zu bleiben? Ja 63 %",
    ],
)
def test_a_line_that_bids_the_reader_is_none_of_the_story(line: str) -> None:
    assert paragraphs(f"<p>{line}</p>") == PARAGRAPHS


@pytest.mark.parametrize(
    "line",
    [
        "The terms of the inquiry into the bridge <a href='/support/terms'>were published in June</a>.",
        "The county’s appeal fund stands at £11,240, the council said, and <a href='/appeal-court'>the court hears the appeal in May</a>.",
        "Drivers follow the old road on <a href='/east'>the eastern bank</a>, which floods in most winters when the ford is high.",
        "Find the full report of the engineers at <a href='https://county.example/report'>the county’s site</a>.",
        "If you have been affected by the closing, <a href='/support/bridge'>help is at hand</a>.",
        "It was our correspondent who first saw the cracks, <a href='/app/news/212'>in the summer</a>.",
        "A poll of 1,000 voters asked whether the bridge should stay shut; 63% said yes.",
        "“What do you think?” he asked the engineers, who wrote to the county on Friday.",
    ],
)
def test_a_line_of_the_story_that_looks_alike_stays(line: str) -> None:
    assert len(paragraphs(f"<p>{line}</p>")) == len(PARAGRAPHS) + 1
