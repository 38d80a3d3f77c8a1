"""How much a claim change weighs, for ranking: 0 (a trifle) to 1 (look at this first).

A judgement, not a measurement. The order of kinds was set by asking of each which change a reader
who trusted the first version would most need to hear of: words put into or taken out of somebody's
mouth, then a yes that became a no, then a claim that became a fact, then figures, then who said it,
then what came and went. The modifiers were set on the seen half of the project's own pairs, so that
in every pair with several changes the one that its author thought gravest comes first.
"""

from __future__ import annotations

from variorum.model.claim import ChangeKind

BASE: dict[ChangeKind, float] = {
    "quote": 0.9,
    "negated": 0.85,
    "unhedged": 0.75,
    "reattributed": 0.65,
    "figure": 0.65,
    "hedged": 0.6,
    "anonymised": 0.55,
    "dropped": 0.5,
    "named": 0.45,
    "reworded": 0.35,
    "added": 0.25,
}
HEADLINE = 0.08  # what most readers saw
APPROXIMATOR = -0.3  # "around 200" for "200": a shade, not a claim become fact
# What a revision of a figure turned out to be, and quotation marks that moved by a word or two
SORT = {
    "moved": -0.4,
    "sign": 0.2,  # -0.4% for 0.4%
    "scale": 0.2,  # thousands for millions
    "swapped": 0.1,  # 12 for 21
    "unit": 0.1,
    "bound": 0.05,
    "value": 0.0,
    "date": -0.1,
    "gone": -0.05,
    "new": -0.15,
}
SLIGHT = -0.25  # a single short word of many


def weight(
    kind: ChangeKind,
    *,
    headline: bool = False,
    sort: str = "",
    approximator: bool = False,
    changed: float = 1.0,
) -> float:
    """The weight of a change. ``sort``: of a figure's revision. ``changed``: for quotations and
    rewordings, the share of the words that changed (0..1)."""
    value = BASE[kind] + HEADLINE * headline + APPROXIMATOR * approximator
    value += SORT.get(sort, 0.0)
    if kind in {"quote", "reworded"}:
        value += SLIGHT * max(0.0, 0.3 - changed) / 0.3
    return round(min(1.0, max(0.05, value)), 3)
