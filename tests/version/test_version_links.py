"""Links beside a story: those of other stories, and those that are its own."""

from __future__ import annotations

from variorum.stages.extract import read_page
from variorum.stages.version.compare import compare
from variorum.stages.version.evidence import Side

TEXT = "".join(
    f"<p>{p}</p>"
    for p in (
        "The county has closed the harbour road after a wall gave way on Monday night.",
        "Nobody was hurt, the county said, and the road is to open again within nine days.",
        "“We heard it go,” said Una Meres, who runs the chandlery on the corner.",
    )
)


def changed(before: str, after: str) -> tuple[str, ...]:
    sides = []
    for more in (before, after):
        html = (
            '<html lang="en"><head><title>Harbour road closed | The Tide</title></head><body><main>'
            f"<article><h1>Harbour road closed</h1>{TEXT}{more}</article></main></body></html>"
        )
        page = read_page(html, url="https://tide.example/harbour-road")
        sides.append(Side(page.document, page))
    return compare(*sides).fields


def related(*titles: str) -> str:
    return "<ul>" + "".join(f'<li><a href="/{len(t)}">{t}</a></li>' for t in titles) + "</ul>"


def test_headlines_of_other_stories_that_are_nearly_alike_are_no_edit() -> None:
    was = related("Port authority under pressure after a strike over pay at the eastern quay")
    now = related("Water company under pressure after a strike over pay at the eastern quay")
    assert changed(was, now) == ()


def test_a_link_of_the_storys_own_that_lost_a_word_is_an_edit() -> None:
    was = related("Read the whole of the statement that the county made to the council on Monday")
    now = related("Read the whole of the statement that the county made to council on Monday")
    assert changed(was, now) == ("body",)


def test_the_weather_under_a_date_with_a_clock_is_no_entry_of_a_change_log() -> None:
    box = "<aside><h4>The Morning Tide</h4><p>All of it in your inbox.</p></aside>"
    clock = "<div>Wednesday 25 November 2026 {}</div><div>Northwick {}°C</div>"
    assert changed(clock.format("9:12", 4), box + clock.format("10:46", 12)) == ()


def test_a_link_that_goes_with_the_offer_that_it_stands_under_is_no_edit() -> None:
    box = "<div><p>Half price until Sunday. Cancel whenever you like.</p><p><a href=/o>All about this</a></p></div>"
    wall = "<p>Work on a new wall begins in the spring, the county said.</p>"
    last = "<p>It is to be a yard higher than the one that gave way.</p>"
    stamp = "<p>Updated 26 November 2026 at {}</p>"
    old, new = stamp.format("10:15") + wall, stamp.format("12:40") + wall
    assert changed(old + box + last, new + last) == ()
