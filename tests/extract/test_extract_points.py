"""Key points between the headline and the body are read; other lists there are not."""

from __future__ import annotations

import pytest
from newsdesk import HEADLINE, PARAGRAPHS

from variorum.stages.extract import SiteFurniture, learn, read_page

DESKS = ("mayor", "port", "union", "hauliers")
POINTS = (
    "Lorries must take the old town road from Monday",
    "Two of 14 piers have cracks",
    "A second survey is to follow in March",
)


def page(top: str, number: int = 0) -> str:
    """A story whose body stands in a container of its own, with something over it."""
    text = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    return (
        f"<html lang=en><head><title>{HEADLINE}</title></head><body><main><article><header><h1>{HEADLINE}</h1>"
        f"<p>By Ines Maro</p></header>{top}<section><p>Day {number} of the closure began at dawn.</p>"
        f"{text}</section></article></main></body></html>"
    )


def listed(*items: str, heading: str = "<h2>Key points</h2>") -> str:
    return f"<section>{heading}<ul>{''.join(f'<li>{x}</li>' for x in items)}</ul></section>"


def told(top: str, furniture: SiteFurniture | None = None) -> tuple[str, ...]:
    url = "https://echo.example/news/bridge"
    return read_page(page(top), url=url, furniture=furniture).document.paragraphs


@pytest.mark.parametrize("heading", ["", "<h2>Key points</h2>", "<div>At a glance</div>"])
def test_key_points_over_the_body_are_the_storys(heading: str) -> None:
    assert told(listed(*POINTS, heading=heading))[:3] == POINTS


@pytest.mark.parametrize(
    "items",
    [
        ("Save", "Share", "Text size"),
        tuple(f"<a href=/{n}>{p}</a>" for n, p in enumerate(POINTS)),
        ("Updated 3 minutes ago by the desk", "12,300 people are reading this now"),
        ("Harbour news and tides", "Sport"),
        ("Lorries must take the old town road",),
    ],
)
def test_other_lists_over_the_body_are_not(items: tuple[str, ...]) -> None:
    assert told(listed(*items)) == told("")


def test_a_list_that_stands_on_other_stories_is_the_sites() -> None:
    known = SiteFurniture()
    for n in range(4):
        url = f"https://echo.example/news/{n}"
        other = page(listed(*POINTS), n).replace(HEADLINE, f"Closed, says the {DESKS[n]}")
        known = learn(known, url, read_page(other, url=url))
    assert told(listed(*POINTS), known) == told("", known)


@pytest.mark.parametrize("tag", ["div", "p"])
def test_a_chronicle_over_the_body_is_the_storys(tag: str) -> None:
    rows = ("1 May Cracks found.", "3 May Port told.", "9 May: Bridge shut")
    heads = ("1 May", "3 May", "9 May:")
    html = "".join(
        f"<{tag}><b>{head}</b>{row.removeprefix(head)}</{tag}>"
        for head, row in zip(heads, rows, strict=True)
    )
    assert told(f"<div class='t'>{html}</div>")[:3] == rows


@pytest.mark.parametrize(
    "rows",
    [
        "<div><b>Published</b> 3 May, 10:04</div><div><b>Updated</b> 4 May, 11:20</div>",
        "<div><b>3 May</b> 10:04</div><div><b>4 May</b> 11:20</div>",
        "<div><b>10:04</b> <a href='/a'>The mill is sold</a></div><div><b>10:20</b> <a href='/b'>Pier lit</a></div>",
        "<div><b>3 May</b> The mill is sold.</div>",
    ],
)
def test_stamps_and_other_stories_there_are_not(rows: str) -> None:
    assert told(f"<div class='t'>{rows}</div>")[0] == "Day 0 of the closure began at dawn."
