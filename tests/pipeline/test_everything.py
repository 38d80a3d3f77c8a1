"""Everything that a sitemap lists: all of its children are read, little by little, and not twice."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from variorum.bootstrap import open_archive
from variorum.model import Discovered, Fetched, Source, SourceKind
from variorum.pipeline.baseline import Walk, begun, record_step, walk_on
from variorum.pipeline.listing import look_at_source
from variorum.pipeline.planning import plan_source
from variorum.store.archive import Archive

NOW = datetime(2025, 3, 12, 12, tzinfo=UTC)
SITE = "https://bell.example"
MONTHS = 30


def sitemap(*urls: str) -> str:
    return f"<urlset>{''.join(f'<url><loc>{SITE}{u}</loc></url>' for u in urls)}</urlset>"


def index(*urls: str) -> str:
    listed = "".join(f"<sitemap><loc>{SITE}{u}</loc></sitemap>" for u in urls)
    return f"<sitemapindex>{listed}</sitemapindex>"


@dataclass
class Site:
    """Lists by their paths, and which of them were asked for."""

    lists: dict[str, str]
    asked: list[str] = field(default_factory=list)

    async def get(self, url: str, **_: object) -> Fetched:
        path = url.removeprefix(SITE)
        self.asked.append(path)
        text = self.lists.get(path)
        headers = (("Content-Type", "application/xml"),)
        status = 200 if text is not None else 500
        return Fetched(url, NOW, url, status, headers, (text or "").encode())


@pytest.fixture
def site() -> Site:
    months = [f"/{n}.xml" for n in range(MONTHS)]
    lists = {path: sitemap(f"/news{path}/a", f"/news{path}/b") for path in months}
    lists["/older.xml"] = index("/1999.xml", "/lost.xml", "/older.xml")
    lists["/1999.xml"] = sitemap("/news/1999/the-first", "/sport/1999/final")
    return Site({"/index.xml": index(*months, "/older.xml"), **lists})


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive") as opened:
        with opened.write() as records:
            source = records.add_source(f"{SITE}/index.xml", SourceKind.SITEMAP, None, NOW)
            records.update_source(source.id, walk={}, wanted={"never": ["/sport/"]})
        yield opened


class Ended(Exception):  # noqa: N818
    """The process ends here."""


def look(archive: Archive, site: Site, now: datetime, steps: int = 10_000) -> Source:
    """One ordinary look at the index; after so many steps of the walk the process ends."""
    left = [steps]

    async def write(walk: Walk, items: Sequence[Discovered], after: Walk | None) -> Walk | None:
        left[0] -= 1
        with archive.write() as records:
            walked = record_step(records, 1, walk, items, after, now)
            if left[0] < 0:
                raise Ended
            return walked

    async def story() -> None:
        with archive.read() as records:
            source = records.source(1)
        assert source is not None
        looked = await look_at_source(site, source)  # type: ignore[arg-type]
        with archive.write() as records:
            plan_source(records, source, looked, now)
        walk = begun(source, looked)
        assert walk is not None
        await walk_on(site, walk, lambda: now, write, lambda: False)  # type: ignore[arg-type]

    with suppress(Ended):
        asyncio.run(story())
    with archive.read() as records:
        source = records.source(1)
    assert source is not None
    return source


def test_all_that_an_index_lists_is_found_little_by_little_and_gets_its_turn(
    archive: Archive, site: Site
) -> None:
    first = look(archive, site, NOW)
    assert first.articles < MONTHS * 2
    assert first.to_dict()["everything"]["waiting"] == MONTHS + 1 - 5

    look(archive, site, NOW + timedelta(minutes=5), steps=2)  # killed while the third is written
    for minutes in range(10, 60, 5):
        last = look(archive, site, NOW + timedelta(minutes=minutes))

    assert last.articles == MONTHS * 2 + 1  # and no sport
    told = last.to_dict()["everything"]
    assert (told["waiting"], told["failed"]) == (0, 1)
    assert told["read"] == MONTHS + 2
    with archive.read() as records:
        planned = [a for a in records.articles_of(1, 500) if "first look" in a.next_reason]
    assert len(planned) == told["found"] > 0
    times = sorted(a.next_check for a in planned if a.next_check)
    assert all(b - a >= timedelta(seconds=10) for a, b in pairwise(times))


def test_no_more_lists_are_read_while_looks_are_planned_for_days(
    archive: Archive, site: Site
) -> None:
    site.lists["/20.xml"] = sitemap(*(f"/news/archive/{n}" for n in range(30)))
    with archive.write() as records:
        records.update_source(1, looks=1)  # an hour: two hours lie between two first looks
    for minutes in range(0, 45, 5):
        source = look(archive, site, NOW + timedelta(minutes=minutes))
    told = source.to_dict()["everything"]
    assert told["waiting"] == MONTHS - 20
    assert told["found"] == 30
