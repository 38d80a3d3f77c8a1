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
