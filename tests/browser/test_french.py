"""The pages in French, in headless Chromium: a walk, two widths, the switch, barriers."""

from __future__ import annotations

from typing import Any

import pytest
from browser_help import AXE, ROOT, need
from web_shelf import Filled

pytestmark = pytest.mark.browser

SHOTS = ROOT / "artefacts" / "screens"


def opened(visit: Any, url: str, **how: Any) -> Any:
    """A page in French: the link chooses it, and the browser remembers."""
    return visit(f"{url}{'&' if '?' in url else '?'}lang=fr", **how)


@pytest.mark.parametrize("width", [280, 360, 1440])
def test_a_french_reader_walks_from_the_front_page_to_a_comparison_and_its_claims(
    visit: Any, base: str, width: int
) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    page = opened(visit, f"{base}/?host=harbour.example", width=width)

    def seen(name: str) -> None:
        page.screenshot(path=str(SHOTS / f"fr-{name}-{width}-light.png"), full_page=True)
        assert page.evaluate("document.documentElement.lang") == "fr"
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 0, (name, over)

    page.get_by_role("heading", name="Ce qui a changé").wait_for()
    seen("front")
    page.get_by_role("link", name="chronologie").last.click()
    page.get_by_text("Première observation").wait_for()
    seen("article")
    page.get_by_label("Comparer la version").select_option("0")
    page.get_by_label("avec", exact=True).select_option("1")
    page.get_by_role("button", name="Comparer").click()
    assert page.url.endswith("/v0..v1")
    page.locator(".text ins", has_text="21").first.wait_for()
    page.get_by_text("est devenu").first.wait_for()
    seen("compare")
    page.get_by_role("link", name="Côte à côte").click()
    seen("compare-side")
    page.get_by_role("link", name="Déclarations").click()
    page.get_by_role("heading", name="Ce que sont devenues les déclarations").wait_for()
    seen("claims")
    assert page.troubles == []


@pytest.mark.parametrize("scripts", [True, False])
def test_the_switch_changes_the_language_of_the_same_page(
    visit: Any, base: str, scripts: bool
) -> None:
    page = visit(f"{base}/speakers?q=maro", scripts=scripts)
    page.get_by_role("link", name="Français").click()
    assert page.url.endswith("/speakers?q=maro&lang=fr")
    page.get_by_role("heading", name="Intervenants").wait_for()
    page.get_by_role("link", name="Sources", exact=True).click()
    page.get_by_text("Toutes les sources en OPML").wait_for()
    page.get_by_role("link", name="English").click()
    page.get_by_text("All sources as OPML").wait_for()
    assert page.troubles == []


def test_the_keys_are_told_in_french(visit: Any, base: str, shelf: Filled) -> None:
    page = opened(visit, f"{base}/a/{shelf.harbour}/v0..v1")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Raccourcis clavier")
    dialog.get_by_text("modification suivante").wait_for()
    dialog.get_by_role("button", name="Désactiver les raccourcis").wait_for()
    assert page.troubles == []


@pytest.mark.parametrize("width", [360, 768])
def test_no_french_page_is_wider_than_its_window(
    visit: Any, base: str, shelf: Filled, width: int
) -> None:
    page = opened(visit, f"{base}/", width=width)
    a = f"/a/{shelf.harbour}"
    for path in (
        "/?kind=figure&announced=no",
        a,
        f"{a}/v2",
        f"{a}/v0..v2?view=reading",
        f"{a}/blame",
        "/search?q=crane&kind=quote",
        "/articles",
        "/speakers",
        "/sources",
        "/sources/2",
        "/statistics",
        "/about",
        "/log",
        "/nothing/here",
    ):
        page.goto(base + path)
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 0, (path, over)


def test_axe_finds_no_barrier_in_french(visit: Any, base: str, shelf: Filled) -> None:
    need(AXE, "npm install --no-save axe-core, in artefacts/")
    a = f"/a/{shelf.harbour}"
    page = opened(visit, f"{base}/", width=360)
    for path in (
        "/",
        a,
        f"{a}/v0..v1",
        f"{a}/v0..v1?view=side",
        f"{a}/claims",
        f"{a}/v1",
        "/about",
    ):
        page.goto(base + path)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run({resultTypes: ['violations']})")
        told = [(v["id"], v["nodes"][0]["html"][:200]) for v in found["violations"]]
        assert told == [], path
