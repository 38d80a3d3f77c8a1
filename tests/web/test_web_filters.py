"""Filters combined: what is listed, what is counted as hidden and what is told live are the same
changes, counted here one by one."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient
from web_shelf import NOW, START, Filled

from variorum.model import Change, Lead, SourceKind
from variorum.pipeline.identity import article_at
from variorum.store.archive import open_for_writing
from variorum.web import create_app

HOSTS = ("harbour.example", "mill.example", "pier.example")
KINDS = ("headline", "figure", "quote", "hedge", "notice")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, list[Change]]]:
    """The pages of an archive of changes of every sort, and those changes."""
    rng = random.Random(6)
    with open_for_writing(tmp_path_factory.mktemp("filters") / "archive") as archive:
        with archive.write() as records:
            feed = records.add_source("https://harbour.example/f", SourceKind.FEED, "Bell", START)
            articles = [
                article_at(
                    records, f"https://{HOSTS[n % 3]}/{n}", feed.id if n % 4 else None, START
                )[0]
                for n in range(12)
            ]
            for n in range(240):
                article = rng.choice(articles)
                records.add_change(_change(rng, article.id, n))
            found = [
                (c, records.article(c.article).source)  # type: ignore[union-attr]
                for c in records.changes_after(0, 1000)
            ]
        app = create_app(archive, clock=lambda: NOW, allowed_hosts=("testserver",))
        app.state.site.stopping = True  # a stream of events has one look, then ends
        app.state.sources = {c.article: source for c, source in found}
        yield TestClient(app), [c for c, _ in found]


def _change(rng: random.Random, article: int, n: int) -> Change:
    return Change(
        article=article,
        old=n,
        new=n + 1,
        time=START + timedelta(minutes=rng.randrange(3 * 24 * 60)),
        kinds=tuple(k for k in KINDS if rng.random() < 0.4),
        weight=rng.random(),
        announced=rng.random() < 0.3,
        meaningful=rng.random() < 0.7,
        headline_old=f"Story {n}",
        headline_new=f"Story {n}",
        lead=Lead("figure", "12", "21", "12 became 21"),
        counts={"edited": 1},
        age=None,
    )


CHOICES: dict[str, tuple[str, ...]] = {
    "host": ("", "mill.example"),
    "kind": ("", "figure", "notice"),
    "weight": ("", "0.5"),
    "announced": ("", "yes", "no"),
    "since": ("", "1d"),
    "source": ("", "1"),
}
QUERIES = [
    dict(zip(CHOICES, values, strict=True)) for values in itertools.product(*CHOICES.values())
]


def fits(change: Change, query: Mapping[str, str], sources: Mapping[int, int | None]) -> bool:
    wanted = (
        not query["host"] or change.host == query["host"],
        not query["kind"] or query["kind"] in change.kinds,
        not query["weight"] or change.weight >= float(query["weight"]),
        not query["announced"] or change.announced == (query["announced"] == "yes"),
        not query["since"] or change.time >= NOW - timedelta(days=1),
        not query["source"] or sources[change.article] == int(query["source"]),
    )
    return all(wanted)


def listed(client: TestClient, query: Mapping[str, str]) -> tuple[list[int], int]:
    """Every change of a filtered front page, over all its pages, and the hidden count of the first."""
    page = client.get("/index.json", params=dict(query)).json()
    hidden = page["hidden"]
    found = [c["id"] for c in page["changes"]]
    while page["next"]:
        page = client.get(page["next"]).json()
        assert page["hidden"] == hidden
        found += [c["id"] for c in page["changes"]]
    return found, hidden


@pytest.mark.parametrize("query", random.Random(1).sample(QUERIES, 24))
def test_shown_and_hidden_are_counted_true_when_filters_are_combined(
    many: tuple[TestClient, list[Change]], query: dict[str, str]
) -> None:
    client, changes = many
    sources: Any = client.app.state.sources  # type: ignore[attr-defined]
    fitting = [c for c in changes if fits(c, query, sources)]
    shown, hidden = listed(client, query)
    assert sorted(shown) == sorted(c.id for c in fitting if c.meaningful)
    assert hidden == sum(not c.meaningful for c in fitting)
    everything, none = listed(client, {**query, "show": "everything"})
    assert sorted(everything) == sorted(c.id for c in fitting)
    assert none == 0
    page = client.get("/", params=query).text
    told = re.search(r"(\d+) minor changes?", page)
    assert int(told[1] if told else 0) == hidden


@pytest.mark.parametrize("query", random.Random(2).sample(QUERIES, 12))
@pytest.mark.parametrize("show", ["meaningful", "everything", ""])
def test_live_changes_are_those_that_the_filtered_page_would_show(
    many: tuple[TestClient, list[Change]], query: dict[str, str], show: str
) -> None:
    client, changes = many
    sources: Any = client.app.state.sources  # type: ignore[attr-defined]
    after = changes[len(changes) // 2].id
    fitting = [
        c.id
        for c in changes
        if c.id > after and fits(c, query, sources) and (c.meaningful or show != "meaningful")
    ]
    body = client.get("/events", params={**query, "show": show, "after": str(after)}).text
    assert [int(n) for n in re.findall(r"^id: (\d+)$", body, re.MULTILINE)] == fitting[:50]


def test_a_filter_that_is_none_is_refused_before_the_stream_begins(
    many: tuple[TestClient, list[Change]],
) -> None:
    client, _ = many
    assert client.get("/events?kind=nothing").status_code == 400
    assert client.get("/events?weight=9").status_code == 400


def test_a_search_narrowed_twice_finds_what_both_would(client: TestClient, shelf: Filled) -> None:
    def sentences(**asked: str) -> set[str]:
        found = client.get("/search.json", params={"q": "crane", **asked}).json()["hits"]
        return {f"{h['article']} {h['sentence']}" for h in found}

    alone = {
        "in": "removed",
        "kind": "figure",
        "host": "harbour.example",
        "since": "2025-03-12T07:00:00Z",
    }
    assert sentences(**alone)
    assert sentences(**alone) <= set.intersection(*(sentences(**{k: v}) for k, v in alone.items()))
