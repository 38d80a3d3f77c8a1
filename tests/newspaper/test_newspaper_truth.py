"""The truth can be measured against: it is complete, and the pages hold it and nothing more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from newspaper_reader import decode, get, read

from variorum.newspaper import Newspaper, TrueArticle, TrueVersion
from variorum.text.typography import fold


@pytest.fixture(scope="module")
def paper() -> Iterator[Newspaper]:
    with Newspaper().serve() as served:
        yield served


@pytest.fixture(scope="module")
def truth(paper: Newspaper) -> dict[str, TrueArticle]:
    return paper.truth()


def address(article: TrueArticle, round_: int, paper: Newspaper) -> str:
    """Where the story lives at a round: its first address, or the one it was moved to."""
    status, headers, _ = get(article.url)
    return headers["location"] if status == 301 and article.aliases else article.url


def test_a_perfect_reader_finds_the_truth_on_every_page_of_every_round(
    paper: Newspaper, truth: dict[str, TrueArticle]
) -> None:
    read_pages = 0
    for round_, time in enumerate(paper.rounds):
        paper.clock.set(time)
        for article in truth.values():
            version = article.version_at(round_)
            if version is None or article.outcome_at(round_) != "ok":
                continue
            status, headers, body = get(address(article, round_, paper))
            assert status == 200, (article.url, round_)
            seen = read(decode(body, headers), article.outlet)
            assert fold(seen.headline) == fold(version.headline)
            assert [fold(p) for p in seen.paragraphs] == [fold(p) for p in version.paragraphs]
            assert seen.byline == version.byline, article.url
            assert [fold(c) for c in seen.captions] == [fold(c) for c in version.captions]
            assert [fold(n) for n in seen.notices] == [fold(n.text) for n in version.notices]
            if version.round == round_:  # to the letter when the version appears
                assert seen.paragraphs == version.paragraphs, article.url
                assert seen.headline == version.headline
            read_pages += 1
    assert read_pages > 400


def test_every_other_outcome_has_the_status_it_promises(
    paper: Newspaper, truth: dict[str, TrueArticle]
) -> None:
    for round_, time in enumerate(paper.rounds):
        paper.clock.set(time)
        for article in truth.values():
            for outcome in article.outcomes:
                lasts = outcome.until is None or round_ < outcome.until
                if not outcome.round <= round_ or not lasts or outcome.status is None:
                    continue
                if outcome.what == "half":
                    continue  # has a test of its own
                assert get(article.url)[0] == outcome.status, (article.url, outcome)


def test_a_story_is_not_found_before_it_is_out(
    paper: Newspaper, truth: dict[str, TrueArticle]
) -> None:
    paper.clock.set(paper.rounds[0])
    early = [a for a in truth.values() if a.first_round > 0]
    assert early
    assert all(get(a.url)[0] == 404 and a.outcome_at(0) == "gone" for a in early)


def content(version: TrueVersion) -> tuple[object, ...]:
    folded = tuple(fold(p) for p in (version.headline, *version.paragraphs))
    return (folded, version.byline, tuple(fold(c) for c in version.captions), version.notices)


def test_each_version_differs_from_the_one_before_and_says_how(
    truth: dict[str, TrueArticle],
) -> None:
    for article in truth.values():
        for old, new in zip(article.versions, article.versions[1:], strict=False):
            assert new.said and new.kinds, article.url
            assert content(old) != content(new), (article.url, new.number)


def test_a_return_names_the_version_it_returns_to(truth: dict[str, TrueArticle]) -> None:
    returned = [(a, v) for a in truth.values() for v in a.versions if v.same_as is not None]
    assert len(returned) >= 6
    for article, version in returned:
        assert version.same_as is not None
        assert "returned" in version.kinds
        assert content(article.versions[version.same_as]) == content(version)


def test_what_is_quiet_changes_the_page_and_no_word(
    paper: Newspaper, truth: dict[str, TrueArticle]
) -> None:
    changed = 0
    for article in truth.values():
        for quiet in article.quiet:
            if (
                article.outcome_at(quiet.round) != "ok"
                or article.outcome_at(quiet.round - 1) != "ok"
            ):
                continue
            if any(v.round == quiet.round for v in article.versions):
                continue
            texts = []
            for round_ in (quiet.round - 1, quiet.round):
                paper.clock.set(paper.rounds[round_])
                _, headers, body = get(address(article, round_, paper))
                seen = read(decode(body, headers), article.outlet)
                texts.append("\n".join((seen.headline, *seen.paragraphs)))
            assert fold(texts[0]) == fold(texts[1])
            changed += texts[0] != texts[1]
    assert changed >= 5


def test_the_world_is_as_large_and_as_contested_as_was_asked(
    truth: dict[str, TrueArticle], paper: Newspaper
) -> None:
    articles = list(truth.values())
    kinds = {k for a in articles for v in a.versions for k in v.kinds}
    assert len(articles) >= 40 and len(paper.rounds) >= 8
    assert len({a.outlet for a in articles}) >= 5
    assert {a.language for a in articles} == {"en", "fr", "es"}
    assert kinds >= {
        *("figure", "quote", "quote-marks", "hedge", "headline", "notice", "denial", "attribution"),
        *("added", "removed", "moved", "caption", "byline", "date", "live-update", "negated"),
        *("returned", "rewritten", "first"),
    }
    outcomes = {o.what for a in articles for o in a.outcomes}
    assert outcomes >= {
        *("404", "410", "soft404", "front", "merged", "paywall", "consent", "robots", "error200"),
        *("503", "half", "loop", "scrambled"),
    }
    events = {v.round for a in articles for v in a.versions} | {
        o.round for a in articles for o in a.outcomes
    }
    assert events == set(range(len(paper.rounds)))
    assert any(len(a.versions) == 1 and not a.outcomes and not a.quiet for a in articles)
    assert any(v.announced for a in articles for v in a.versions)
