"""Which claim of one version is which of the other.

Inside a passage that the collation links, claims belong together when they share words of their
contents; elsewhere (a claim cut here and set there) when their contents read alike. An assignment
by falling likeness, each claim used once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from variorum.model import Claim
from variorum.stages.claims.passages import Passage, Side
from variorum.stages.claims.wording import carries, stem
from variorum.text.typography import fold

# Least share of the shorter content's words that two claims of one passage have in common. Read
# off the seen half of the project's own pairs: rewordings lie above .4, replacements below .25.
SHARED = 0.34
# Least likeness (rapidfuzz ratio, 0..100) of claims in sentences that nothing links.
ALIKE = 70.0
# Pairs of lone claims tried; two versions with more have nothing to do with each other, and their
# claims are then simply gone and new.
MOST_TRIES = 250_000


@dataclass(frozen=True, slots=True)
class Pair:
    """Numbers of an old and a new claim that are one, and the passage that holds them (or none)."""

    old: int
    new: int
    passage: int | None


class Pairing:
    """All pairs of a comparison, found again by claim and by passage."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self.pairs = list(pairs)
        self.old = {p.old for p in self.pairs}
        self.new = {p.new for p in self.pairs}
        self._of: dict[int | None, list[Pair]] = {}
        for pair in self.pairs:
            self._of.setdefault(pair.passage, []).append(pair)

    def of(self, passage: int | None) -> list[Pair]:
        """The pairs of one passage (None: of no passage)."""
        return self._of.get(passage, [])


def content_words(side: Side, claim: Claim) -> list[int]:
    """The word numbers of a claim's content in a passage."""
    return [k for span in claim.content_spans for k in side.within(span)]


def match_in_passage(
    both: Passage,
    number: int,
    old: Sequence[tuple[int, Claim]],
    new: Sequence[tuple[int, Claim]],
) -> list[Pair]:
    """Claims (with their numbers) of one passage, paired by the words that they share."""
    words = {j: set(content_words(both.new, claim)) for j, claim in new}
    scored = []
    for i, claim in old:
        mine = content_words(both.old, claim)
        twins = {both.old.twin[k] for k in mine} - {-1}
        for j, other in new:
            smaller = min(len(mine), len(words[j]))
            shared = len(twins & words[j]) / smaller if smaller else 0.0
            union = len(mine) + len(words[j])
            if shared >= SHARED or _same_frame(both, claim, other, shared):
                likeness = 2 * len(twins & words[j]) / union
                scored.append((likeness, -abs(i - j), i, j))
    return [Pair(i, j, number) for i, j in assigned(scored)]


# The share from which a statement of the same speaker counts as rephrased though less than SHARED
# of its words stayed. A guess between what replacements and rephrasings of real pairs share.
REPHRASED = 0.2


def _same_frame(both: Passage, old: Claim, new: Claim, shared: float) -> bool:
    """The same speaker around other words, in a sentence that stayed."""
    if old.source is None or new.source is None or old.cue is None or new.cue is None:
        return False
    indirect = old.type == "indirect" or new.type == "indirect"
    if indirect and both.in_place and _about_one_thing(both, old, new):
        return True
    if shared < (REPHRASED if indirect else 0.1):
        return False
    mine, theirs = both.old.within(old.source), both.new.within(new.source)
    if mine and all(both.old.twin[k] in theirs for k in mine):
        return True
    return indirect and _one_noun(
        [both.old.word[k] for k in mine], [both.new.word[k] for k in theirs]
    )


def _about_one_thing(both: Passage, old: Claim, new: Claim) -> bool:
    """ "X acknowledged the city's charm" / "X accepts that the city is different": the same words for
    who says it, the same thing said of it, between sentences that stayed."""
    if old.source is None or new.source is None:
        return False
    mine = [both.old.word[k] for k in both.old.within(old.source)]
    if mine != [both.new.word[k] for k in both.new.within(new.source)] or not any(
        map(carries, mine)
    ):
        return False
    said = {stem(both.old.word[k]) for k in content_words(both.old, old)}
    told = (both.new.word[k] for k in content_words(both.new, new))
    return any(carries(word) and stem(word) in said for word in told)


def _one_noun(old: list[str], new: list[str]) -> bool:
    """Whether one source is the other with more to its noun ("a report" / "a recent report")."""
    said, told = ({w for w in words if carries(w)} for words in (old, new))
    if not said or not told or old[-1] != new[-1] or old[-1] not in said:
        return False
    return said <= told or told <= said


def match_apart(
    old_text: str,
    new_text: str,
    old: Sequence[tuple[int, Claim]],
    new: Sequence[tuple[int, Claim]],
) -> list[Pair]:
    """Claims of unlinked sentences whose contents read alike."""
    if len(old) * len(new) > MOST_TRIES:
        return []
    theirs = {j: fold(new_text[c.content[0] : c.content[1]]).lower() for j, c in new}
    scored = []
    for i, claim in old:
        mine = fold(old_text[claim.content[0] : claim.content[1]]).lower()
        for j, _ in new:
            likeness = fuzz.ratio(mine, theirs[j], score_cutoff=ALIKE)
            if likeness:
                scored.append((likeness, -abs(i - j), i, j))
    return [Pair(i, j, None) for i, j in assigned(scored)]


def assigned(scored: Iterable[tuple[float, int, int, int]]) -> list[tuple[int, int]]:
    """One-to-one pairs by falling likeness, ties by nearness in reading order."""
    used_old: set[int] = set()
    used_new: set[int] = set()
    out: list[tuple[int, int]] = []
    for _, _, i, j in sorted(scored, reverse=True):
        if i not in used_old and j not in used_new:
            used_old.add(i)
            used_new.add(j)
            out.append((i, j))
    return sorted(out)
