"""Lists of links that are the story, and dated lists that are not."""

from __future__ import annotations

from newsdesk import PARAGRAPHS, body, page

from variorum.stages.extract import read_page

PLACE = "https://www.echo.example/harbour-week"
EVENTS = (
    "4 March: A walk along the piers",
    "5 March: What the divers saw, with questions",
    "9 March: Two hundred years of lorries",
)


def story(document_of: str) -> tuple[str, ...]:
    return read_page(document_of, url=PLACE).document.paragraphs


def events(*hosts: str) -> str:
    return "".join(
        f'<li><a href="{host}/e/{n}">{text}</a></li>'
        for n, (host, text) in enumerate(zip(hosts, EVENTS, strict=True))
    )


def test_a_calendar_that_links_to_those_who_hold_the_events_is_the_story() -> None:
    away = "https://tickets.example.org"
    text = f"<p>Here is what happens in harbour week, day by day.</p><ul>{events(away, away, away)}</ul>"
    assert story(page(text)) == ("Here is what happens in harbour week, day by day.", *EVENTS)
    one_here = events(away, away, "https://www.echo.example")
    assert story(page(text.replace(events(away, away, away), one_here)))[1:] == EVENTS


def test_the_same_list_of_the_papers_own_stories_is_not() -> None:
    for own in ("", "https://www.echo.example", "https://archive.echo.example"):
        text = body() + f"<ul>{events(own, own, own)}</ul>"
        assert story(page(text)) == PARAGRAPHS


def test_links_to_other_sites_in_a_box_of_their_own_are_not() -> None:
    away = "https://promoted.example.net"
    assert story(page(body() + f"<div><ul>{events(away, away, away)}</ul></div>")) == PARAGRAPHS


def test_the_pages_own_change_log_is_not_the_story_even_of_a_short_one() -> None:
    entries = "".join(
        f"<li><p>{day} March 2026</p><p>The list of closed roads has been brought up to date.</p></li>"
        for day in range(9, 1, -1)
    )
    log = f'<div><div>Last updated 9 March 2026 <a href="#log">show all updates</a></div><ol>{entries}</ol></div>'
    short = "<p>These roads are closed until the divers have finished their work.</p>"
    assert story(page(short, after=log)) == (
        "These roads are closed until the divers have finished their work.",
    )


def test_a_chronicle_behind_a_link_to_the_change_log_is_the_story() -> None:
    days = [
        (f"{day} March 2026", f"The {pier} pier was closed by order of the harbour master.")
        for day, pier in enumerate(("north", "south", "east"), start=4)
    ]
    told = "".join(f"<h3>{date}</h3><p>{entry}</p>" for date, entry in days)
    note = '<p>Last updated: 9 March 2026, <a href="#history">see all updates</a></p>'
    assert story(page(note + told)) == tuple(line for day in days for line in day)
