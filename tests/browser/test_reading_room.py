"""The pages in headless Chromium: a walk through them, at three widths, in both colour schemes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browser_help import AXE, ROOT, need, served
from web_shelf import HARBOUR, Filled, Shelf, fill, story

from variorum.pipeline.path import CapturePath

pytestmark = pytest.mark.browser

WIDTHS = (360, 768, 1440)
SHOTS = ROOT / "artefacts" / "screens"


def pages(shelf: Filled) -> dict[str, str]:
    a = f"/a/{shelf.harbour}"
    return {
        "front": "/",
        "front-filtered": "/?kind=figure&announced=no",
        "timeline": a,
        "version": f"{a}/v2",
        "compare": f"{a}/v0..v1",
        "compare-side": f"{a}/v0..v1?view=side",
        "compare-reading": f"{a}/v0..v2?view=reading",
        "compare-changes": f"{a}/v1..v2?view=changes",
        "claims": f"{a}/claims",
        "blame": f"{a}/blame",
        "imported": f"/a/{shelf.imported}/v0",
        "search": "/search?q=crane",
        "search-narrowed": "/search?q=warned&in=removed&speaker=maro&kind=quote&since=2025-03-01",
        "search-empty": "/search",
        "articles": "/articles",
        "speakers": "/speakers",
        "speaker": "/speakers?name=Ines+Maro",
        "sources": "/sources",
        "source": "/sources/1",
        "source-ill": "/sources/2",
        "statistics": "/statistics?host=harbour.example",
        "embed": f"{a}/v0..v1/embed",
        "about": "/about",
        "nothing": "/nothing/here",
        "hostile": f"/a/{shelf.hostile}/v0..v2",
        "hostile-side": f"/a/{shelf.hostile}/v0..v2?view=side",
        "hostile-timeline": f"/a/{shelf.hostile}",
        "hostile-version": f"/a/{shelf.hostile}/v1",
        "hostile-claims": f"/a/{shelf.hostile}/claims",
    }


def sideways(page: Any) -> int:
    """Pixels by which the page is wider than its window."""
    found: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return found


@pytest.mark.parametrize("scripts", [True, False])
def test_a_new_reader_walks_from_the_front_page_to_a_comparison_and_its_claims(
    visit: Any, base: str, scripts: bool
) -> None:
    page = visit(f"{base}/?host=harbour.example", scripts=scripts)
    page.get_by_role("link", name="21 hurt as harbour crane falls", exact=True).last.click()
    assert page.url.endswith("/v0..v1")
    page.locator(".text del", has_text="12").first.wait_for()
    page.locator(".text ins", has_text="21").first.wait_for()
    page.locator(".margin .cc-n").first.click()
    assert "#w" in page.url
    page.get_by_role("link", name="Share", exact=True).click()
    page.get_by_role("link", name="the card").wait_for()
    page.get_by_role("link", name="Side by side").click()
    page.locator(".old-side", has_text="people were hurt").wait_for()
    page.get_by_role("link", name="Claims").click()
    page.get_by_role("heading", name="What became of the claims").wait_for()
    page.get_by_role("link", name="in the text").first.click()
    page.locator(".story").wait_for()
    page.get_by_role("link", name="Timeline").click()
    page.get_by_label("Compare version").select_option("0")
    page.get_by_label("with", exact=True).select_option("2")
    page.get_by_role("button", name="Compare").click()
    assert page.url.endswith("/v0..v2")
    page.get_by_role("link", name="Search").click()
    page.get_by_role("searchbox").fill("harbour master")
    page.get_by_role("button", name="Search").click()
    page.get_by_text("removed or reworded in version").first.wait_for()
    assert page.troubles == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_scrolls_sideways_or_asks_for_anything_from_elsewhere(
    visit: Any, base: str, shelf: Filled, width: int, scheme: str
) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    page = visit(f"{base}/about", width=width, scheme=scheme)
    for name, path in pages(shelf).items():
        page.goto(base + path)
        assert sideways(page) <= 0, f"{name} is {sideways(page)} px too wide at {width}"
        page.screenshot(path=SHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
    assert [t for t in page.troubles if "404" not in t] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_no_barrier(
    visit: Any, base: str, shelf: Filled, scheme: str, width: int
) -> None:
    need(AXE, "npm install --no-save axe-core, in artefacts/")
    page = visit(f"{base}/about", width=width, scheme=scheme)
    source = AXE.read_text()
    found = []
    for name, path in pages(shelf).items():
        page.goto(base + path)
        page.evaluate(source)
        told = page.evaluate("axe.run({resultTypes: ['violations']})")
        found += [
            (name, v["id"], v["nodes"][0]["html"][:160], v["nodes"][0]["failureSummary"][:200])
            for v in told["violations"]
        ]
    assert found == []


def test_hostile_stories_run_nothing(visit: Any, base: str, shelf: Filled) -> None:
    page = visit(f"{base}/about")
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', e => console.error(e.blockedURI))"
    )
    for name, path in pages(shelf).items():
        if name.startswith(("hostile", "source")) or name == "front":
            page.goto(base + path)
            assert "owned" not in page.title().replace("document.title='owned'", "")
    page.goto(f"{base}/search?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E&host=%22%3E%3Cscript%3E")
    assert page.troubles == []


def test_a_captured_page_runs_nothing_and_knows_nothing_of_the_archive(
    visit: Any, base: str
) -> None:
    page = visit(f"{base}/memento/20250312060000/https://harbour.example/crane?id=7")
    page.get_by_role("heading", name="At least 12 hurt").wait_for()
    assert not [t for t in page.troubles if t.startswith(("dialog", "request"))]


def test_the_keyboard_alone_reaches_every_link(visit: Any, base: str, shelf: Filled) -> None:
    page = visit(f"{base}/a/{shelf.harbour}/v0..v1")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto(f"{base}/a/{shelf.harbour}/v0..v1")
    wanted = page.evaluate(
        "[...document.querySelectorAll("
        "'a[href]:not([tabindex]), button, select, input, summary, [tabindex=\"0\"]')]"
        ".filter(e => e.checkVisibility()).length"
    )
    seen = set()
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        place = page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        if place > 0 and page.evaluate("document.activeElement.tagName") != "BODY":
            seen.add(place)
            assert outline != "none"
    assert len(seen) == wanted


def test_keys_go_from_change_to_change_and_can_be_turned_off(
    visit: Any, base: str, shelf: Filled
) -> None:
    page = visit(f"{base}/a/{shelf.harbour}/v0..v1")
    for key, wanted in (("j", "c1"), ("j", "c2"), ("k", "c1")):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.id") == wanted
    page.keyboard.press("v")
    page.wait_for_url("**view=side*")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/v1..v2*")
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Keys").wait_for()
    page.get_by_role("button", name="Turn keys off").click()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(100)
    assert page.url.endswith("/v1..v2")
    assert page.troubles == []


def test_a_live_change_is_announced_and_moves_nothing(visit: Any, tmp_path: Path) -> None:
    filled = fill(tmp_path / "archive")
    with filled.archive, served(filled.archive) as base:
        page = visit(base, width=360)
        others = visit(f"{base}/?kind=notice")
        page.wait_for_timeout(300)
        page.evaluate("window.scrollTo(0, 400)")
        before = page.evaluate(
            "[scrollY, document.querySelector('.change:nth-child(2)').getBoundingClientRect().top]"
        )
        shelf = Shelf(filled.archive, CapturePath(filled.archive, None))  # type: ignore[arg-type]
        shelf.article(
            "https://harbour.example/late",
            [HARBOUR[0], story("Crane driver cleared", "The driver was cleared, said Ines Maro.")],
        )
        link = page.get_by_role("link", name="1 new change")
        link.wait_for(timeout=8000)
        after = page.evaluate(
            "[scrollY, document.querySelector('.change:nth-child(2)').getBoundingClientRect().top]"
        )
        assert after == before
        assert page.title().startswith("(1) ")
        # It has no notice, and is not counted where only notices are asked for.
        others.wait_for_timeout(2500)
        assert not others.locator(".live").is_visible()
        others.context.close()
        link.click()
        page.get_by_role("link", name="Crane driver cleared", exact=True).wait_for()
        page.context.close()


def test_print_keeps_what_came_and_went_apart_without_colour(
    visit: Any, base: str, shelf: Filled
) -> None:
    page = visit(f"{base}/a/{shelf.harbour}/v0..v1")
    page.emulate_media(media="print")
    assert "underline" in page.evaluate(
        "getComputedStyle(document.querySelector('.text ins')).textDecorationLine"
    )
    assert "line-through" in page.evaluate(
        "getComputedStyle(document.querySelector('.text del')).textDecorationLine"
    )
    page.locator(".appended li").first.wait_for()
    assert not page.locator(".top nav").is_visible()


def test_a_long_comparison_is_painted_quickly(visit: Any, tmp_path: Path) -> None:
    lines = [
        f"Paragraph {n} says that lot {n * 7} of the quay was sold at noon." for n in range(200)
    ]
    texts = []
    for turn in range(20):
        lines[turn * 9] = f"Paragraph {turn * 9} now says that the quay was flooded {turn} times."
        texts.append(story(f"The quay, part {turn}", *lines))
    filled = fill(tmp_path / "archive")
    with filled.archive:
        shelf = Shelf(filled.archive, CapturePath(filled.archive, None))  # type: ignore[arg-type]
        number = shelf.article("https://harbour.example/long", texts)
        with served(filled.archive) as base:
            page = visit(f"{base}/about")
            page.goto(f"{base}/a/{number}/v0..v19")
            page.goto(f"{base}/a/{number}/v1..v19")
            painted = None
            while painted is None:
                painted = page.evaluate(
                    "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
                )
            places = [place_of(page, f"{base}/a/{number}/v0..v19", f"c{n}") for n in (9, 18)]
            page.keyboard.press("j")
            page.keyboard.press("k")
            keyed = place_now(page, "c18")
            page.context.close()
    # The budget is 300 ms on a machine with nothing else to do; tests run beside others.
    assert painted < 1500
    # What is out of view is not laid out: links and keys lead there all the same.
    assert all(0 <= y < 400 for y in places), places
    assert 0 <= keyed < page.viewport_size["height"]


def place_of(page: Any, address: str, anchor: str) -> float:
    """How far below the top of the window a change stands that a link led to."""
    page.goto("about:blank")
    page.goto(f"{address}#{anchor}")
    return place_now(page, anchor)


def place_now(page: Any, anchor: str) -> float:
    page.wait_for_timeout(700)
    return float(page.locator(f"#{anchor}").bounding_box()["y"])
