"""Terms with their values, set as lists, tables or small blocks: the story's, or the page's own counters."""

from __future__ import annotations

import pytest
from newsdesk import PARAGRAPHS, body, page

from variorum.stages.extract import read_page

URL = "https://echo.example/news/bridge"
ROWS = (("Lorries a day", "3,200"), ("Cracked piers", "2"), ("Cost of repairs", "-0.4%"))
PLACES = ("before", "amid", "after")


def told(box: str, place: str) -> str:
    at = {"before": 0, "amid": 2, "after": len(PARAGRAPHS)}[place]
    html = page(body(PARAGRAPHS[:at]) + box + body(PARAGRAPHS[at:]))
    return read_page(html, url=URL).document.text


def of(row: str, around: str, rows: tuple[tuple[str, str], ...] = ROWS) -> str:
    return around.format("".join(row.format(*pair) for pair in rows))


BOXES = {
    "list of terms": ("<dt>{0}</dt><dd>{1}</dd>", "<dl>{0}</dl>"),
    "terms in blocks": ("<div><dt>{0}</dt><dd>{1}</dd></div>", "<div><h3>Facts</h3><dl>{0}</dl></div>"),
    "table": ("<tr><td>{0}</td><td>{1}</td></tr>", "<table>{0}</table>"),
    "blocks": ("<div><div>{0}</div><div>{1}</div></div>", "<div>{0}</div>"),
    "labels": ("<div><span>{0}: </span><span>{1}</span></div>", "<div><div>The bridge</div>{0}</div>"),
    "figures first": ("<div><p>{1}</p><p>{0}</p></div>", "<div>{0}</div>"),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", BOXES)
def test_terms_with_their_values_are_the_storys_wherever_they_stand(name: str, place: str) -> None:
    text = told(of(*BOXES[name]), place)
    assert all(value in text for _, value in ROWS)


def test_a_figure_set_large_amid_the_story_is_the_storys() -> None:
    box = "<div class=x><div>3,200</div><p>lorries cross the bridge each day</p></div>"
    assert "\n\n3,200\n\n" in told(box, "amid")


MOVING = {
    "readers": (("Views", "3,418"), ("Harbour bridge council", "14"), ("Comments", "31")),
    "shares": (("Northwick Port plc", "211.4p"), ("Change", "-2.1%"), ("Volume", "1.2m"), ("Council bridge", "7")),
    "poll": (("Yes", "61%"), ("No", "39%"), ("The harbour bridge council", "2")),
    "page": (("Published", "12 May 2026"), ("Harbour bridge", "4 min read"), ("Council", "7")),
    "another matter": (("Gold", "2,311"), ("Silver", "28.4"), ("Copper", "9,870")),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", MOVING)
def test_what_the_page_counts_by_itself_is_none_of_the_story(name: str, place: str) -> None:
    text = told(of(*BOXES["blocks"], MOVING[name]), place)
    assert not any(
        f"\n\n{value}\n" in f"{text}\n" or f": {value}" in text for _, value in MOVING[name]
    )


def test_a_count_beside_a_picture_is_none_of_the_story() -> None:
    box = "<div><img src=/a.jpg alt=''><span>350</span><p>Harbour bridge and council lorries</p></div>"
    assert "350" not in told(box, "amid")


def test_when_an_entry_was_written_and_by_whom_is_no_term() -> None:
    box = "<div><p>14:05</p><p>Harbour council desk on the bridge, Edda Holm</p></div>" * 2
    assert "14:05" not in told(f"<div>{box}</div>", "after")


def test_an_age_is_the_value_of_a_term_and_how_long_the_page_takes_to_read_is_none() -> None:
    core = (
        "<div><h3>The core</h3><dl><dt>Age at the foot</dt><dd>about 900 years</dd>"
        "<dt>Length</dt><dd>11.4 metres</dd><dt>Reading time</dt><dd>4 min</dd></dl></div>"
    )
    text = told(core, "amid")
    assert "about 900 years" in text and "11.4 metres" in text
    assert "4 min" not in text
