"""Watching: what a source is, which articles it lists, when to look at them again. Pure."""

from variorum.stages.watch.classify import classify
from variorum.stages.watch.discover import discover
from variorum.stages.watch.filters import Filter
from variorum.stages.watch.links import Link, read_links
from variorum.stages.watch.listing import Classified, Listing, Unreadable
from variorum.stages.watch.mementos import (
    Held,
    HeldList,
    first_of_each,
    http_time,
    read_cdx,
    read_timemap,
    stamp_time,
    wanted,
)
from variorum.stages.watch.opml import Outline, read_opml, write_opml
from variorum.stages.watch.plan import Budget, Candidate, choose, next_pace
from variorum.stages.watch.rates import SHARES, Habits, age_step
from variorum.stages.watch.schedule import PACE, Look, LookFacts, chance, next_look

__all__ = [
    "PACE",
    "SHARES",
    "Budget",
    "Candidate",
    "Classified",
    "Filter",
    "Habits",
    "Held",
    "HeldList",
    "Link",
    "Listing",
    "Look",
    "LookFacts",
    "Outline",
    "Unreadable",
    "age_step",
    "chance",
    "choose",
    "classify",
    "discover",
    "first_of_each",
    "http_time",
    "next_look",
    "next_pace",
    "read_cdx",
    "read_links",
    "read_opml",
    "read_timemap",
    "stamp_time",
    "wanted",
    "write_opml",
]
