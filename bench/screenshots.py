"""Pictures of every page, of the demo newspaper, for the README and docs/screenshots.

.venv/bin/variorum up --demo --demo-pause 0 --archive /tmp/demo      (until its last round, then Ctrl-C)
.venv/bin/python bench/screenshots.py --archive /tmp/demo [--out docs/screenshots]
"""

from __future__ import annotations

import argparse
import json
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from variorum.store.archive import Archive, open_for_writing
from variorum.web import create_app
from variorum.web.people.credentials import hash_password

ROOT = Path(__file__).resolve().parent.parent
KEYWORD = "only for these pictures"
ARGS = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"]
DEMO = "The demo newspaper: an invented news world on this machine, whose days are seconds."
# Width and height of the window, and its colours.
DESK, HALF, PHONE = (1100, 760), (768, 900), (360, 760)


@contextmanager
def served(archive: Archive) -> Iterator[tuple[str, Any]]:
    """The pages of the archive as they stood at its last round, and the application."""
    import uvicorn

    with archive.write() as records:
        known = records.setting("demo")
        if records.person_named("ines") is None:
            records.add_person("ines", "admin", hash_password(KEYWORD), datetime.now().astimezone())
    now = datetime.fromisoformat(known["time"]) if known else datetime.now().astimezone()
    app = create_app(archive, clock=lambda: now, demo=DEMO if known else None)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}", app
    finally:
        app.state.site.stopping = True
        server.should_exit = True
        thread.join()


def pages(data: dict[str, Any], speakers: dict[str, Any]) -> dict[str, tuple[str, Any, str]]:
    """What is photographed: name -> path, window, colours."""
    steps = [c for c in data["changes"] if c["old"] != c["new"]]
    step = max(
        steps, key=lambda c: (len(set(c["kinds"]) & {"figure", "quote", "hedge"}), c["weight"])
    )
    a, href = f"/a/{step['article']}", step["href"]
    name = urllib.parse.quote(speakers["speakers"][0]["name"])
    return {
        "front": ("/", DESK, "light"),
        "front-dark": ("/", DESK, "dark"),
        "front-phone": ("/", PHONE, "light"),
        "front-filtered": ("/?kind=figure&announced=no", HALF, "light"),
        "timeline": (a, DESK, "light"),
        "timeline-phone": (a, PHONE, "dark"),
        "version": (f"{a}/v{step['new']}", DESK, "light"),
        "compare": (href, DESK, "light"),
        "compare-phone": (href, PHONE, "light"),
        "compare-side-by-side": (f"{href}?view=side", DESK, "dark"),
        "compare-reading": (f"{href}?view=reading", HALF, "light"),
        "compare-changes": (f"{href}?view=changes", HALF, "dark"),
        "claims": (f"{a}/claims", DESK, "light"),
        "origins": (f"{a}/blame", DESK, "light"),
        "search": ("/search?q=said&in=removed&kind=quote", DESK, "light"),
        "articles": ("/articles", DESK, "light"),
        "speakers": ("/speakers", DESK, "light"),
        "speaker": (f"/speakers?name={name}", DESK, "light"),
        "sources": ("/sources", DESK, "light"),
        "source": ("/sources/1", (1100, 1000), "light"),
        "statistics": ("/statistics", (1100, 1000), "light"),
        "about": ("/about", DESK, "light"),
        "log": ("/log", DESK, "light"),
        "sign-in": ("/sign-in", HALF, "light"),
        "embed": (f"{href}/embed", (640, 260), "light"),
        "french": (f"{href}?lang=fr", DESK, "light"),
    }


#: pages for whoever has signed in
INSIDE = {
    "account": ("/account", DESK, "light"),
    "people": ("/people", DESK, "light"),
    "notices": ("/notices", DESK, "light"),
    "edit": ("/a/1/edit", DESK, "light"),
    "source-new": ("/sources/new", DESK, "light"),
    "source-edit": ("/sources/1/edit", DESK, "light"),
}


def small(path: Path) -> None:
    """The picture in 256 colours, which a page of text does not miss."""
    from PIL import Image

    with Image.open(path) as picture:
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


def photograph(
    browser: Any, base: str, wanted: dict[str, Any], out: Path, cookies: Any
) -> list[str]:
    """One picture of each page; the names of those that are wider than their window."""
    wide = []
    for name, (path, (width, height), scheme) in wanted.items():
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        context.add_cookies(cookies)
        page = context.new_page()
        page.goto(base + path)
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        wide += [name] if over > 0 else []
        page.screenshot(path=out / f"{name}.png")
        small(out / f"{name}.png")
        context.close()
    return wide


def main() -> None:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archive", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screenshots")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with open_for_writing(given.archive) as archive, served(archive) as (base, app):
        site = app.state.site
        with archive.write() as records:
            key = site.access.open_session(records, records.person_named("ines"))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
            asked = browser.new_context().request
            changes = json.loads(asked.get(f"{base}/index.json").body())
            speakers = json.loads(asked.get(f"{base}/speakers.json").body())
            shown = pages(changes, speakers)
            wide = photograph(browser, base, shown, given.out, [])
            cookie = [{"name": "variorum", "value": key, "url": base}]
            wide += photograph(browser, base, INSIDE, given.out, cookie)
            card = asked.get(f"{base}{shown['compare'][0]}/card.png").body()
            (given.out / "card.png").write_bytes(card)
            browser.close()
    print("wider than the window:", ", ".join(wide) or "none")


if __name__ == "__main__":
    main()
