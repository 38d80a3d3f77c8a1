"""Whoever follows the newspaper can be told where they went wrong."""

from __future__ import annotations

from variorum.newspaper import Newspaper, measure


def test_who_saw_every_version_when_it_came_is_perfect() -> None:
    truth = Newspaper().truth()
    seen = {url: [v.round for v in a.versions] for url, a in truth.items() if a.versions}
    score = measure(truth, seen)
    assert score.perfect and score.exact == score.articles == len(truth)


def test_a_version_found_under_the_new_address_counts_for_the_old_one() -> None:
    truth = Newspaper().truth()
    seen = {(*a.aliases, url)[0]: [v.round for v in a.versions] for url, a in truth.items()}
    assert measure(truth, seen).perfect


def test_what_was_invented_unseen_or_never_printed_is_named() -> None:
    truth = Newspaper().truth()
    seen = {url: [v.round for v in a.versions] for url, a in truth.items()}
    first, second = [url for url, a in truth.items() if len(a.versions) > 2][:2]
    seen[first] = [*seen[first], 10, 10]
    dropped = seen[second].pop()
    seen["http://127.0.0.9/elsewhere"] = [0]
    score = measure(truth, seen)
    assert (score.invented, score.unseen, score.exact) == (2, 1, len(truth) - 2)
    assert not score.perfect and score.strangers == ("http://127.0.0.9/elsewhere",)
    unseen = next(m for m in score.misses if m.url == second)
    assert unseen.unseen == (dropped,) and unseen.said[0]
