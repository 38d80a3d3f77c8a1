"""The demo newspaper's whole truth, watched by four workers that are killed, hung and cut off."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from crew import Crew, doubles, verified

from postgres_server import Server
from variorum.bootstrap import open_archive
from variorum.cli.sources import add_sources
from variorum.evidence.report import Status
from variorum.evidence.verify import Verified
from variorum.model import Version
from variorum.newspaper import Newspaper, TrueArticle
from variorum.pipeline.identity import find_article

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]

# A process that hangs in the middle of writing keeps nobody waiting for longer than this.
_OPTIONS = "&options=-c%20idle_in_transaction_session_timeout%3D3000"


@dataclass(frozen=True)
class Watched:
    truth: dict[str, TrueArticle]
    versions: dict[str, list[Version]]
    articles: int
    doubles: list[tuple[object, ...]]
    verified: Verified
    logs: str


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory, postgres: Server) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("crew")
    place = postgres.place(folder / "captures") + _OPTIONS
    paper = Newspaper()
    with paper.serve():
        paper.clock.set(paper.rounds[0])
        with open_archive(place) as archive:
            asyncio.run(add_sources(archive, tuple(paper.sources()), None, True, paper.clock.now))
        crew = Crew(place, folder)
        crew.clock.write_text(paper.rounds[0].isoformat())
        crew.start(4)
        try:
            mishaps = _mishaps(crew, postgres)
            for number in range(len(paper.rounds)):
                crew.round(paper, number, mishaps.get(number, lambda: None))
        finally:
            crew.stop()
        yield _what_there_is(paper, place, crew)


def _mishaps(crew: Crew, postgres: Server) -> dict[int, Callable[[], None]]:
    """What happens in which round, once for the lists and once for the articles."""

    def killed() -> None:
        crew.busy(0)
        crew.send(0, signal.SIGKILL)

    def hung() -> None:
        crew.busy(1)
        crew.send(1, signal.SIGSTOP)

    def restarted() -> None:
        crew.busy(2)
        postgres.stop()
        postgres.start()

    return {
        1: killed,
        3: hung,
        5: lambda: crew.send(1, signal.SIGCONT),
        6: crew.cut_off,
        8: restarted,
    }


def _what_there_is(paper: Newspaper, place: str, crew: Crew) -> Watched:
    truth = paper.truth()
    versions = {}
    with open_archive(place, read_only=True) as archive, archive.read() as records:
        for url in truth:
            article = find_article(records, url)
            versions[url] = records.versions(article.id) if article else []
        articles = records.counts()["articles"]
        twice = doubles(archive)
    return Watched(truth, versions, articles, twice, verified(place), crew.logs())


def test_every_article_has_exactly_its_true_versions(watched: Watched) -> None:
    expected = {
        url: [(v.time, v.headline) for v in true.versions] for url, true in watched.truth.items()
    }
    found = {
        url: [(v.first_seen, v.document.headline) for v in versions]
        for url, versions in watched.versions.items()
    }
    assert found == expected, watched.logs[-3000:]


def test_every_version_has_exactly_the_true_text(watched: Watched) -> None:
    wrong = []
    for url, true in watched.truth.items():
        for expected, found in zip(true.versions, watched.versions[url], strict=True):
            if found.document.paragraphs != expected.paragraphs:
                wrong.append((url, expected.number))
    assert wrong == []


def test_no_article_is_invented_and_no_look_counted_twice(watched: Watched) -> None:
    assert watched.articles == len(watched.truth)
    assert watched.doubles == []


def test_the_evidence_is_sound_and_complete(watched: Watched) -> None:
    report = watched.verified.report
    assert report.sound, report.items[:10]
    # Whoever was killed may have been writing: that much was never acknowledged, and is said to be.
    pending = [item for item in report.items if item.status is Status.PENDING]
    assert len(pending) == report.total(Status.PENDING) <= 1, report.items[:10]
    assert all("never acknowledged" in item.why for item in pending), report.items[:10]


def test_what_was_in_the_dead_workers_hand_was_done_by_others(watched: Watched) -> None:
    assert "Done(" in watched.logs
    assert watched.logs.count("Done(") == 3, "all but the one that was killed ended by themselves"
