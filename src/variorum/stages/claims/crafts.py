"""Ships, aircraft, trains and their like that have names: they say nothing."""

from __future__ import annotations

from collections.abc import Iterable

from variorum.stages.claims.lexicon import words
from variorum.stages.claims.names import Name
from variorum.stages.claims.reading import Reading

_CRAFT = words(
    "ferry catamaran hovercraft ship cargo-ship steamer steamship paddle-steamer warship flagship"
    " frigate destroyer corvette minesweeper battleship cruiser submarine u-boat trawler dredger"
    " barge tanker supertanker freighter schooner ketch yacht superyacht sloop tugboat icebreaker"
    " liner lightship motorboat speedboat sailboat longboat houseboat lifeboat vessel galleon"
    " airship zeppelin locomotive spacecraft spaceship spaceplane orbiter lander racehorse"
    " hurricane cyclone typhoon"
)
_NO_NAMES: frozenset[tuple[str, ...]] = frozenset()


def craft_names(
    r: Reading, found: Iterable[Name], sources: frozenset[int]
) -> frozenset[tuple[str, ...]]:
    """The keys of names that stand right after such a noun ("the ferry Brisa"); not of what is
    itself the source of a statement ("the tanker Corvex chartered", where Corvex said…)."""
    named = {n.key for n in found if n.first and r.low[n.first - 1] in _CRAFT and n.core == n.first}
    if not named:
        return _NO_NAMES
    speaks = {n.key for n in found if n.first in sources}
    return frozenset(named - speaks - {()})
