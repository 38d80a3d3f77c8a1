"""What is known of sites: kept for the last ones met, and never lost by letting one go."""

from __future__ import annotations

from typing import Any, cast

from variorum.model import Article, Document, Page, PageKind
from variorum.pipeline import sites
from variorum.store.records import Records

MENU = "News Weather Sport"


class Shelf:
    """As much of the records as the memory asks for."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {}

    def furniture(self, host: str) -> dict[str, Any] | None:
        return self.rows.get(host)

    def set_furniture(self, host: str, data: dict[str, Any]) -> None:
        self.rows[host] = data


def test_a_site_let_go_is_known_again_when_it_is_met_again() -> None:
    shelf = cast("Records", Shelf())
    memory = sites.SiteMemory()
    page = Page(PageKind.ARTICLE, Document.build("Bridge closed", ["…"]), visible=(MENU,))
    for number in range(5):
        memory.learn(shelf, Article(number, f"https://first.example/{number}", None), page)
    for number in range(3 * sites._MOST):
        memory.learn(shelf, Article(100 + number, f"https://s{number}.example/a", None), page)
    memory.store(shelf)
    assert len(memory._known) == sites._MOST
    assert "first.example" not in memory._known
    assert memory.of(shelf, "https://first.example/9").knows(MENU)
