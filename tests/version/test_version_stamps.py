"""A stamp that moves by itself is no version, wherever a template sets it; words beside it are."""

from __future__ import annotations

import pytest
from version_stories import after

from variorum.model import DecisionKind, Page
from variorum.stages.extract import read_page

PARAGRAPHS = (
    "The night ferry to Skarholm will not sail until the new year, the company that runs it said.",
    "“We have one captain, and she has a broken arm,” said Ottilie Marsh, who keeps the timetable.",
    "Some 1,400 people had booked. They will be given their money back by 14 December.",
)
STAMPS = [
    "By Rolf Ekdal Published Nov. 26, 2026 at 5:15 a.m. Updated Nov. 26, 2026 at {} a.m.",
    "Updated {} AM EST, Thu November 26, 2026",
    "Last updated: 26 November 2026, {} GMT",
    "Published 5:15 a.m. ET Nov. 26, 2026 | Updated {} a.m. ET Nov. 26, 2026",
    "Rolf Ekdal and Una Brandt, Observer staff. Updated: {} p.m.",
    "Story updated at {} p.m. on Thursday.",
    "Originally published on Nov. 26, last updated {} a.m.",
    "This story was last updated at {} a.m.",
    "5:15 a.m. | Updated {} a.m.",
    "Dieser Artikel wurde zuletzt am 26. November 2026 um {} Uhr aktualisiert.",
    "Cet article a été mis à jour le 26 novembre 2026 à {}.",
    "Esta noticia ha sido actualizada el 26 de noviembre de 2026 a las {}.",
]


def at(line: str, place: str) -> Page:
    parts = ["<h1>Night ferry stays in port</h1>", *(f"<p>{p}</p>" for p in PARAGRAPHS)]
    parts.insert({"over": 1, "amid": 3, "under": len(parts)}[place], f"<div>{line}</div>")
    html = f"<html><body><main><article>{''.join(parts)}</article></main></body></html>"
    return read_page(html, url="https://observer.example/ferry")


@pytest.mark.parametrize("place", ["over", "under"])
@pytest.mark.parametrize("stamp", STAMPS)
def test_a_stamp_that_moves_alone_is_no_version(stamp: str, place: str) -> None:
    old, new = at(stamp.format("6:15"), place), at(stamp.format("9:40"), place)
    assert after(old, new).kind in {DecisionKind.FURNITURE, DecisionKind.SAME}


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (
            "The report was published on 4 May at 6:15.",
            "The report was published on 5 May at 6:15.",
        ),
        (
            "This story was updated at 6:15 a.m. to say that 12 were hurt.",
            "This story was updated at 6:15 a.m. to say that 21 were hurt.",
        ),
        ("The report came out Nov. 30 at 6:15 a.m.", "The report came out Nov. 30 at 9:40 a.m."),
        ("The jury will meet Dec. 4 at 6:15 a.m.", "The jury will meet Dec. 5 at 6:15 a.m."),
        ("The report was published Nov. 30 at 6 a.m.", "The report was published Dec. 1 at 6 a.m."),
        ("Updated plans name 12 piers.", "Updated plans name 14 piers."),
        ("The next boat sails at 6:15 a.m.", "The next boat sails at 9:40 a.m."),
    ],
)
def test_what_only_looks_like_a_stamp_is_a_version(before: str, now: str) -> None:
    old, new = (at(f"<p>{line}</p>", "amid") for line in (before, now))
    assert after(old, new).kind is DecisionKind.CHANGED
