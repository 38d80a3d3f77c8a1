"""How well somebody followed the newspaper: their versions held against the true ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from variorum.newspaper.truth import TrueArticle


@dataclass(frozen=True, slots=True)
class Miss:
    """One article followed wrongly: rounds at which a version was invented, or went unseen.

    ``said`` is what the unseen versions changed, in words.
    """

    url: str
    invented: tuple[int, ...]
    unseen: tuple[int, ...]
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """``exact`` of ``articles`` were followed without a fault; ``strangers`` are URLs that are no
    story of the newspaper's."""

    articles: int
    exact: int
    invented: int
    unseen: int
    misses: tuple[Miss, ...]
    strangers: tuple[str, ...]

    @property
    def perfect(self) -> bool:
        return self.exact == self.articles and not self.strangers


def measure(truth: Mapping[str, TrueArticle], seen: Mapping[str, Sequence[int]]) -> Score:
    """Score the rounds at which new versions were ``seen``, by URL or alias, against ``truth``.

    An article that has no true version need not be in ``seen``.
    """
    home = {alias: url for url, a in truth.items() for alias in (url, *a.aliases)}
    found: dict[str, list[int]] = {url: [] for url in truth}
    for url, rounds in seen.items():
        if url in home:
            found[home[url]] += rounds
    misses = []
    for url, article in truth.items():
        said = {v.round: v.said for v in article.versions}
        rest = list(found[url])
        for round_ in said:
            if round_ in rest:
                rest.remove(round_)
        unseen = tuple(r for r in said if r not in found[url])
        if rest or unseen:
            misses.append(Miss(url, tuple(sorted(rest)), unseen, tuple(said[r] for r in unseen)))
    return Score(
        articles=len(truth),
        exact=len(truth) - len(misses),
        invented=sum(len(m.invented) for m in misses),
        unseen=sum(len(m.unseen) for m in misses),
        misses=tuple(misses),
        strangers=tuple(url for url in seen if url not in home),
    )
