"""The main job on a world whose truth is known: every true version, and no other."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from variorum.bootstrap import capture_path, open_archive, watcher
from variorum.cli.history import log_command
from variorum.cli.sources import add_sources
from variorum.model import Capture, Version
from variorum.newspaper import Newspaper, TrueArticle
from variorum.pipeline.identity import find_article

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Watched:
    """The newspaper's truth, and what the archive has after watching every round of it."""

    truth: dict[str, TrueArticle]
    versions: dict[str, list[Version]]
    captures: dict[str, list[Capture]]
    states: dict[str, str]
    articles: int
    place: Path


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    place = tmp_path_factory.mktemp("demo") / "archive"
    paper = Newspaper()
    with paper.serve():
        asyncio.run(_watch(paper, place))
        yield _what_there_is(paper, place)


async def _watch(paper: Newspaper, place: Path) -> None:
    clock = paper.clock.now
    with open_archive(place) as archive, capture_path(archive) as path:
        await add_sources(archive, tuple(paper.sources()), None, True, clock)
        async with watcher(archive, path, clock=clock, allow_loopback=True, pace=0.0) as watching:
            for moment in paper.rounds:
                paper.clock.set(moment)
                await watching.look_once(everything=True)


def _what_there_is(paper: Newspaper, place: Path) -> Watched:
    truth = paper.truth()
    versions, captures, states = {}, {}, {}
    with open_archive(place, read_only=True) as archive, archive.read() as records:
        for url in truth:
            article = find_article(records, url)
            versions[url] = records.versions(article.id) if article else []
            captures[url] = records.captures(article.id) if article else []
            states[url] = article.state if article else "unknown"
        articles = records.counts()["articles"]
    return Watched(truth, versions, captures, states, articles, place)


def test_every_article_has_exactly_its_true_versions(watched: Watched) -> None:
    expected = {
        url: [(v.time, v.headline) for v in true.versions] for url, true in watched.truth.items()
    }
    found = {
        url: [(v.first_seen, v.document.headline) for v in versions]
        for url, versions in watched.versions.items()
    }
    assert found == expected


def test_every_version_has_exactly_the_true_text(watched: Watched) -> None:
    wrong = []
    for url, true in watched.truth.items():
        for expected, found in zip(true.versions, watched.versions[url], strict=True):
            if found.document.paragraphs != expected.paragraphs:
                wrong.append((url, expected.number))
    assert wrong == []


def test_bylines_captions_and_notices_are_those_of_the_truth(watched: Watched) -> None:
    wrong = []
    for url, true in watched.truth.items():
        for expected, found in zip(true.versions, watched.versions[url], strict=True):
            document = found.document
            if document.byline != expected.byline:
                wrong.append((url, expected.number, "byline", document.byline))
            if tuple(m.caption for m in document.media) != expected.captions:
                wrong.append((url, expected.number, "captions", document.media))
            if [n.text for n in document.notices] != [n.text for n in expected.notices]:
                wrong.append((url, expected.number, "notices", document.notices))
    assert wrong == []


def test_a_return_to_an_older_text_says_which(watched: Watched) -> None:
    for url, true in watched.truth.items():
        expected = [v.same_as for v in true.versions]
        assert [v.same_as for v in watched.versions[url]] == expected, url


def test_what_is_no_version_is_recorded_as_what_it_is(watched: Watched) -> None:
    wrong = []
    for url, true in watched.truth.items():
        for outcome in true.outcomes:
            seen = {str(c.outcome) for c in watched.captures[url] if c.time == outcome.time}
            if seen and outcome.outcome not in seen:
                wrong.append((url, outcome, seen))
    assert wrong == []


def test_no_article_is_invented_and_none_is_lost(watched: Watched) -> None:
    assert all(watched.captures[url] for url, true in watched.truth.items() if true.versions)
    assert watched.articles == len(watched.truth)


def test_every_capture_stands_under_a_version_once_there_is_one(watched: Watched) -> None:
    for url, captures in watched.captures.items():
        first = next((i for i, c in enumerate(captures) if c.version is not None), len(captures))
        assert all(c.version is not None for c in captures[first:]), url


def test_the_log_tells_where_a_story_that_moved_was_answered_from(watched: Watched) -> None:
    url, true = next((url, true) for url, true in watched.truth.items() if true.aliases)
    log = CliRunner().invoke(log_command, ["--archive", str(watched.place), url])
    told = [line.split("answered at ")[1] for line in log.output.splitlines() if "answered" in line]
    assert told
    assert set(told) <= {url, *true.aliases}
    as_json = CliRunner().invoke(log_command, ["--archive", str(watched.place), url, "--json"])
    lines = [c for line in as_json.output.splitlines() for c in json.loads(line)["captures"]]
    assert [c["answered_at"] for c in lines if "answered_at" in c] == told
