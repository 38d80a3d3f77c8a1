"""A story that a script puts there: watched, kept beside its response, and verified from what is kept."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from variorum.bootstrap import capture_path, open_archive, watcher
from variorum.evidence.report import Status
from variorum.evidence.verify import Options, verify_archive
from variorum.model import Capture, Rendering, SourceKind, Version
from variorum.pipeline.bodies import body_of, response_of
from variorum.pipeline.replay import replay
from variorum.pipeline.rereading import Rereading
from variorum.stages.fetch import why_no_browser
from variorum.store.parts import part_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATH = "/news/bridge-closed-1"
SHELL = """<!doctype html><html lang=en><head><title>Bridge closed</title></head><body><main></main>
<script>fetch('/api/1').then(r => r.json()).then(s => document.querySelector('main').innerHTML =
'<article><h1>' + s[0] + '</h1>' + s.slice(1).map(p => '<p>' + p + '</p>').join('') + '</article>')
</script></body></html>"""
HEAD = "Bridge closed after lorry strikes pier"
FIRST = (
    "The old bridge over the Tarn was closed on Monday morning after a lorry struck one of its "
    "piers, and engineers said that it would stay shut for several weeks."
)
HURT = (
    "{} people were hurt, according to the ambulance service, which sent six vehicles to the scene "
    "shortly after seven o'clock in the morning."
)


@dataclass(slots=True)
class World:
    """A site whose pages are empty until a script fills them, and an archive that watches it."""

    place: Path
    story: list[str] = field(default_factory=list)
    page: str = SHELL
    base: str = ""
    time: datetime = datetime(2025, 3, 1, 12, tzinfo=UTC)

    def answer(self, request: web.Request) -> web.StreamResponse:
        if request.path == "/api/1":
            return web.json_response(self.story)
        if request.path == PATH:
            return web.Response(text=self.page, content_type="text/html", headers={"ETag": '"1"'})
        return web.Response(status=404)

    async def looks(self, *before: Callable[[], object], rendering: Rendering | None) -> None:
        """One look after each of ``before``, an hour after the last."""
        app = web.Application()

        async def handle(request: web.Request) -> web.StreamResponse:
            return self.answer(request)

        app.router.add_route("*", "/{tail:.*}", handle)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        server = web.TCPSite(runner, "127.0.0.1", 0)
        await server.start()
        self.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            with ExitStack() as stack:
                archive = stack.enter_context(open_archive(self.place))
                path = stack.enter_context(capture_path(archive))
                with archive.write() as records:
                    url = f"{self.base}{PATH}"
                    source = records.add_source(url, SourceKind.ARTICLE, None, self.time)
                    records.update_source(source.id, render=rendering)
                async with watcher(
                    archive, path, clock=lambda: self.time, allow_loopback=True, pace=0.0
                ) as watching:
                    for change in before:
                        change()
                        self.time += timedelta(hours=1)
                        await watching.look_once(everything=True)
        finally:
            await runner.cleanup()

    def kept(self) -> tuple[list[Version], list[Capture]]:
        with open_archive(self.place, read_only=True) as archive, archive.read() as records:
            [article] = records.articles()
            return records.versions(article.id), records.captures(article.id)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    if os.geteuid() == 0:
        monkeypatch.setenv("VARIORUM_BROWSER_SANDBOX", "off")
    why = why_no_browser()
    if why is not None and not os.environ.get("CI"):
        pytest.skip(why)
    assert why is None
    yield World(tmp_path / "archive")


def test_a_rendered_story_is_kept_read_verified_and_read_again(world: World) -> None:
    def told(hurt: str) -> Callable[[], None]:
        return lambda: setattr(world, "story", [HEAD, FIRST, HURT.format(hurt)])

    steps = (told("12"), told("12"), told("21"), lambda: None)
    asyncio.run(world.looks(*steps, rendering=Rendering.SCREENSHOTS))
    versions, captures = world.kept()
    assert [v.document.headline for v in versions] == [HEAD, HEAD]
    assert "21 people were hurt" in versions[1].document.text
    assert [c.version for c in captures] == [0, 0, 1, 1]
    # The response is the same empty page each time; what differs was built of it.
    assert len({c.digest for c in captures}) == 1
    doms = [part_of(c.details, "dom") for c in captures]
    assert doms[0] == doms[1] and doms[2] == doms[3] and doms[1] != doms[2]
    shots = [part_of(c.details, "screenshot") is not None for c in captures]
    assert shots == [True, False, True, False]
    assert all(c.details["rendered"]["browser"].startswith("Chromium") for c in captures)

    with open_archive(world.place) as archive:
        with archive.read() as records:
            dom, kind = body_of(archive, records, captures[2])
            assert HURT.format("21").encode() in dom and kind == "text/html; charset=utf-8"
            sent, _ = response_of(archive, records, captures[2])
            assert sent.decode() == SHELL
            picture = part_of(captures[2].details, "screenshot")
            assert picture is not None
            assert archive.warc.read(picture.record).payload.startswith(b"\x89PNG")
        with capture_path(archive) as path, archive.write() as records:
            replay(path, records, captures[0].article)
    again, replayed = world.kept()
    assert [v.document for v in again] == [v.document for v in versions]
    assert [c.details for c in replayed] == [c.details for c in captures]

    with open_archive(world.place, read_only=True) as archive, capture_path(archive) as path:
        derive = Rereading(path.reader)
        done = verify_archive(world.place, Options(derive=derive, everything=True))
    assert done.report.sound
    items = {(item.what, item.name): item.status for item in done.report.items}
    assert items["part", f"{captures[2].id}/dom"] is Status.OK
    assert items["part", f"{captures[2].id}/screenshot"] is Status.OK
    assert items["reading", f"{captures[0].article}@1"] is Status.OK


def test_a_part_that_is_not_what_it_was_is_found(world: World) -> None:
    world.story = [HEAD, FIRST, HURT.format("12")]
    asyncio.run(world.looks(lambda: None, rendering=Rendering.PAGE))
    with open_archive(world.place) as archive, archive.write() as records:
        [capture] = records.captures(1)
        details = {
            **capture.details,
            "rendered": {**capture.details["rendered"], "digest": "0" * 64},
        }
        records.update_capture(capture.id, details=details)
    done = verify_archive(world.place, Options())
    found = {(i.what, i.name): i.status for i in done.report.items}
    assert found["part", "1/dom"] is Status.ALTERED


def test_what_cannot_be_rendered_is_a_failed_look_with_its_response_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.story = [HEAD, FIRST, HURT.format("12")]
    monkeypatch.setenv("VARIORUM_BROWSER", "/nowhere/chromium")
    asyncio.run(world.looks(lambda: None, rendering=Rendering.PAGE))
    versions, [capture] = world.kept()
    assert versions == [] and str(capture.outcome) == "failed"
    assert "could not be rendered" in capture.reason and "/nowhere/chromium" in capture.reason
    assert capture.record is not None and capture.status == 200
