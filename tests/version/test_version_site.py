"""A whole paper of traps through the real path: exactly its true versions, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import trap_site
from trap_articles import articles
from trap_site import LOOKS, START, Article

from variorum.bootstrap import capture_path, open_archive
from variorum.pipeline.identity import article_at, find_article

pytestmark = pytest.mark.slow

ALL = articles()


@pytest.fixture(scope="module", params=range(3), ids=["broadsheet", "tabloid", "rebuilt"])
def seen(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, list[int]]]:
    """The looks at which the archive saw a new version of each article, layout by layout."""
    place = tmp_path_factory.mktemp("traps") / "archive"
    trap_site.shift = request.param
    _watch(place)
    found = {}
    with open_archive(place, read_only=True) as archive, archive.read() as records:
        for each in ALL:
            known = find_article(records, each.url)
            times = records.version_times(known.id) if known else []
            found[each.slug] = [round((t - START).total_seconds() / 3600) for t in times]
        assert records.counts()["articles"] == len(ALL)
    yield found
    trap_site.shift = 0


def _watch(place: Path) -> None:
    with open_archive(place) as archive, capture_path(archive) as path:
        for look in range(LOOKS):
            with archive.write() as records:
                for each in ALL:
                    fetched = each.fetched(look)
                    article, _ = article_at(records, fetched.url, None, fetched.time)
                    path.take(records, article, fetched)
                path.finish(records)


def test_the_paper_has_48_articles_with_names_of_their_own() -> None:
    assert len(ALL) == len({a.slug for a in ALL}) == 48


@pytest.mark.parametrize("article", ALL, ids=lambda a: a.slug)
def test_exactly_the_true_versions_are_seen(article: Article, seen: dict[str, list[int]]) -> None:
    assert seen[article.slug] == article.versions()
