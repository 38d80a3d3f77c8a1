"""How likely it is that an article has changed: a rate that falls with age, learned per article.

An article is edited by a Poisson process with rate m·f(age), where f is how edits spread over an
article's life and m, how much this article is edited, is unknown. m has a gamma prior (its mean the
source's habit), and what the looks saw makes it sharper: with k changes found while the share F of
all edits was to be expected, m has the gamma posterior (shape + k, shape / mean + F). A change
brings more with it (a typo put right, a quotation added, a story revived): a small second life.

Estimating change rates of pages from looks that only see "changed or not" follows Cho and
Garcia-Molina (2003); spending a budget by marginal gain follows Olston and Pandey (2008), with gain
counted here in versions seen rather than in freshness.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

HOUR, DAY = 3600.0, 86_400.0
# Share of an article's edits by age in seconds. Mean versions per article (3.6, NewsEdits, 2022)
# and "most in the first day, with a long tail" are published; the knots between are a guess,
# calibrated on simulated newsrooms (bench/schedule.py, other seeds than it reports).
SHARES = (
    (0.0, 0.0), (300.0, 0.07), (900.0, 0.18), (HOUR, 0.37), (4 * HOUR, 0.59), (12 * HOUR, 0.76),
    (DAY, 0.85), (3 * DAY, 0.92), (7 * DAY, 0.955), (30 * DAY, 0.985), (90 * DAY, 1.0),
    (400 * DAY, 1.02),
)  # fmt: skip
MEAN_EDITS = 2.6  # 3.6 versions an article are 2.6 edits (NewsEdits)
SHAPE = 0.5  # of the gamma prior: below 1, for most articles are never touched and a few often are
REVIVAL = 0.12  # edits that a change brings with it, spread like those of a new article
PRIOR_ARTICLES = 5.0  # how many articles' worth of evidence the general mean counts as

PRIOR_CHANGES = 40.0  # how many changes' worth of evidence the general spread over ages counts as
_AGES = [math.log1p(age / 60) for age, _ in SHARES]
_PARTS = tuple(part for _, part in SHARES)


@dataclass(frozen=True, slots=True)
class Habits:
    """How a source edits: over how many ``articles`` (watched for a day or longer) how many
    ``changes`` were found; how many of them by the article's age (``ages``: a count for each step
    of :data:`SHARES`, see :func:`age_step`) and in each hour of the day (``hours``: 24 counts,
    UTC). The last two may be empty: not known."""

    articles: int = 0
    changes: int = 0
    ages: tuple[int, ...] = ()
    hours: tuple[int, ...] = ()

    @property
    def mean(self) -> float:
        """Changes an article, drawn towards the general mean while little is known."""
        known = MEAN_EDITS * PRIOR_ARTICLES + self.changes
        return known / (PRIOR_ARTICLES + self.articles)


def age_step(age: float) -> int:
    """The step of :data:`SHARES` that an age in seconds belongs to, counted from 0."""
    right = bisect_right(_AGES, math.log1p(max(age, 0.0) / 60))
    return min(right, len(_AGES) - 1) - 1


@lru_cache(maxsize=1024)
def spread(ages: tuple[int, ...]) -> tuple[float, ...]:
    """The share of edits before each age of :data:`SHARES`, as a source's changes have it, drawn
    towards the general one while little is known."""
    if len(ages) != len(SHARES) - 1:
        return _PARTS
    total = PRIOR_CHANGES + sum(ages)
    parts = [0.0]
    for step, count in enumerate(ages):
        general = (_PARTS[step + 1] - _PARTS[step]) * PRIOR_CHANGES
        parts.append(parts[-1] + (general + count) / total)
    return tuple(parts)


def share(age: float, parts: tuple[float, ...] = _PARTS) -> float:
    """The share of an article's edits that fall before ``age`` (seconds)."""
    place = math.log1p(max(age, 0.0) / 60)
    right = bisect_right(_AGES, place)
    if right >= len(_AGES):
        return parts[-1]
    left = right - 1
    along = (place - _AGES[left]) / (_AGES[right] - _AGES[left])
    return parts[left] + along * (parts[right] - parts[left])


@dataclass(frozen=True, slots=True)
class Belief:
    """What is believed of one article when it was last looked at, ``age`` seconds old: the gamma
    posterior of its edits, how long before that its last change was found (None: never), and how
    its source's edits spread over ages."""

    age: float
    shape: float
    rate: float
    since_change: float | None
    parts: tuple[float, ...] = _PARTS

    def unchanged(self, wait: float) -> float:
        """The probability that nothing has changed after ``wait`` seconds more."""
        expected, revived = self._expected(wait)
        return math.exp(-revived) * float((self.rate / (self.rate + expected)) ** self.shape)

    def gain(self, wait: float) -> float:
        """What a look after ``wait`` seconds gains over looking never: the expected marginal number
        of versions seen, 1 - (1 + x) e^-x for x expected edits, averaged over the belief."""
        expected, revived = self._expected(wait)
        more = revived + self.shape * expected / (self.rate + expected)
        same = math.exp(-revived) * (self.rate / (self.rate + expected)) ** self.shape
        return float(1.0 - same * (1.0 + more))

    def _expected(self, wait: float) -> tuple[float, float]:
        """Of the waiting time: the share of all edits, and the edits that follow a change."""
        begun = share(self.age, self.parts)
        expected = max(share(self.age + wait, self.parts) - begun, 0.0)
        if self.since_change is None:
            return expected, 0.0
        revived = share(self.since_change + wait, self.parts)
        return expected, REVIVAL * max(revived - share(self.since_change, self.parts), 0.0)


def belief(first: float, last: float, changes: Sequence[float], habits: Habits) -> Belief:
    """The belief after looks at ages ``first`` to ``last`` that found ``changes`` (ages too), at a
    source of such habits."""
    parts = spread(habits.ages)
    seen = max(share(last, parts) - share(first, parts), 0.0)
    since = last - changes[-1] if changes else None
    rate = SHAPE / max(habits.mean, 0.05) + seen
    return Belief(last, SHAPE + len(changes), rate, since, parts)


def wait_for(belief: Belief, gain: float, longest: float) -> float:
    """Seconds until a look is worth ``gain``, at most ``longest`` (bisection over the logarithm; to
    about a thousandth)."""
    if belief.gain(longest) <= gain:
        return longest
    low, high = 0.0, math.log(max(longest, 2.0))
    for _ in range(20):
        middle = (low + high) / 2
        if belief.gain(math.exp(middle)) < gain:
            low = middle
        else:
            high = middle
    return math.exp(high)


def awake(start: float, wait: float, hours: Sequence[int]) -> float:
    """``wait`` stretched over the hours in which a source seldom edits and shortened over its busy
    ones: every hour counts by its share of the changes. ``start`` is seconds since midnight UTC."""
    total = sum(hours)
    if len(hours) != 24 or total < 48 or wait >= DAY:
        return wait
    weights = [(count + total / 48) / (total * 1.5 / 24) for count in hours]
    hour, now, left = int(start // HOUR), start, wait
    while now - start < DAY:
        weight = weights[hour % 24]
        until = now + left / weight
        if until <= (hour + 1) * HOUR:
            return until - start
        hour += 1
        left -= (hour * HOUR - now) * weight
        now = hour * HOUR
    return DAY
