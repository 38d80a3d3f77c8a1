from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from browser_help import ARGS, CHROMIUM, need, served
from web_shelf import Filled, fill


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    filled = fill(tmp_path_factory.mktemp("browser") / "archive")
    with filled.archive:
        yield filled


@pytest.fixture(scope="session")
def base(shelf: Filled) -> Iterator[str]:
    with served(shelf.archive) as url:
        yield url


# A module, not the session: while it is open its event loop counts as running in this process,
# and tests of other folders run theirs.
@pytest.fixture(scope="module")
def chromium():  # type: ignore[no-untyped-def]
    need(CHROMIUM, "apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium) -> Iterator[Callable[..., object]]:  # type: ignore[no-untyped-def]
    """Opens a page in a context of its own. What runs, loads or is blocked where nothing should be
    is written into ``page.troubles``."""
    contexts = []

    def opened(url: str, *, width: int = 1440, scheme: str = "light", scripts: bool = True):  # type: ignore[no-untyped-def]
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.troubles = []
        page.on("dialog", lambda d: (page.troubles.append(f"dialog {d.message}"), d.dismiss()))
        page.on("pageerror", lambda e: page.troubles.append(f"error {e}"))
        page.on(
            "console",
            lambda m: page.troubles.append(m.text) if m.type in ("error", "warning") else None,
        )
        home = "/".join(url.split("/")[:3])
        page.on(
            "request",
            lambda r: None if r.url.startswith(home) else page.troubles.append(f"request {r.url}"),
        )
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()
