"""Watching: what a source is, which articles it lists, when to look at them again. Pure."""

from variorum.stages.watch.classify import classify
from variorum.stages.watch.discover import discover
from variorum.stages.watch.filters import Filter
from variorum.stages.watch.listing import Classified, Listing, Unreadable
from variorum.stages.watch.opml import Outline, read_opml, write_opml
from variorum.stages.watch.plan import Budget, Candidate, choose, next_pace
from variorum.stages.watch.rates import Habits, age_step
from variorum.stages.watch.schedule import PACE, Look, LookFacts, chance, next_look

__all__ = [
    "PACE",
    "Budget",
    "Candidate",
    "Classified",
    "Filter",
    "Habits",
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
    "next_look",
    "next_pace",
    "read_opml",
    "write_opml",
]
