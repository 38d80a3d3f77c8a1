"""When to look: versions seen on simulated newsrooms, against other trackers' rules at equal cost.

Run: .venv/bin/python bench/schedule.py [--quick]; writes docs/benchmarks/schedule.md and .svg.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from variorum.stages.watch import Habits, LookFacts, age_step, next_look

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
HORIZON = 90 * DAY
SHORTEST = 2 * MINUTE  # nobody looks more often
START = datetime(2025, 1, 6, tzinfo=UTC)
BUDGETS = (6, 8, 10, 16, 25, 40, 70, 120)
REPORT = Path(__file__).parent.parent / "docs" / "benchmarks"


@dataclass(frozen=True, slots=True)
class Newsroom:
    """A source profile: mean edits an article and their dispersion (negative binomial), shares of
    quick fixes, development and late edits, the share of follow-ups, how much is edited at night,
    and whether its feed or sitemap says when an article was modified."""

    name: str
    mean: float
    dispersion: float
    kinds: tuple[float, float]
    follow_up: float
    night: float
    dated: bool


# Invented, but so that the whole has the published figures: 3.6 versions an article in the mean,
# most edits in the first day, a long tail (NewsEdits, NAACL 2022: 1,278,804 articles, 4,609,430
# versions, 22 outlets).
NEWSROOMS = (
    Newsroom("wire", 4.5, 0.7, (0.40, 0.52), 0.35, 0.9, True),
    Newsroom("broadsheet", 2.2, 0.6, (0.30, 0.50), 0.25, 0.3, True),
    Newsroom("tabloid", 3.4, 0.8, (0.25, 0.65), 0.30, 0.5, False),
    Newsroom("public", 2.6, 0.5, (0.35, 0.45), 0.20, 0.4, False),
    Newsroom("local", 0.8, 0.4, (0.40, 0.40), 0.15, 0.1, False),
)


@dataclass(frozen=True, slots=True)
class Story:
    """One article: its newsroom, when it is published (seconds), the ages at which it is edited,
    and the age at which its source's feed has led every tracker to it."""

    room: Newsroom
    born: float
    edits: tuple[float, ...]
    found: float


def poisson(rng: random.Random, mean: float) -> int:
    count, passed = 0, rng.expovariate(1.0)
    while passed < mean:
        count, passed = count + 1, passed + rng.expovariate(1.0)
    return count


def mixed_ages(rng: random.Random, room: Newsroom) -> list[float]:
    """Quick fixes, development and late edits (log-normal ages), each with follow-ups."""
    mean = rng.gammavariate(room.dispersion, room.mean / (1 + room.follow_up) / room.dispersion)
    ages: list[float] = []
    for _ in range(poisson(rng, mean)):
        kind = rng.random()
        if kind < room.kinds[0]:
            age = rng.lognormvariate(math.log(15 * MINUTE), 1.0)
        elif kind < sum(room.kinds):
            age = rng.lognormvariate(math.log(4 * HOUR), 1.2)
        else:
            age = rng.lognormvariate(math.log(5 * DAY), 1.6)
        ages.append(age)
        while rng.random() < room.follow_up / (1 + room.follow_up):
            age += rng.expovariate(1 / (20 * MINUTE))
            ages.append(age)
    return ages


def cascading_ages(rng: random.Random, room: Newsroom) -> list[float]:
    """Another world, to see whether the first was learned by heart: edits that beget edits, their
    waiting times by a power law (Omori), a few stories a hundred times as lively as the most."""
    mean = min(rng.paretovariate(1.4) * room.mean * 0.16, 40.0)
    todo = [0.0] * poisson(rng, mean)
    ages: list[float] = []
    while todo and len(ages) < 400:
        age = todo.pop() + 10 * MINUTE * ((1 - rng.random()) ** (-1 / 0.75) - 1)
        ages.append(age)
        todo += [age] * poisson(rng, 0.45)
    return ages


def stories(
    count: int, seed: int, ages_of: Callable[[random.Random, Newsroom], list[float]]
) -> list[Story]:
    """Invented articles of all newsrooms; editors mostly sleep from midnight to six."""
    rng = random.Random(seed)
    made: list[Story] = []
    for number in range(count):
        room = rng.choice(NEWSROOMS)
        born = (number // 40) * DAY + rng.triangular(5, 24, 11) * HOUR
        ages: list[float] = []
        for age in ages_of(rng, room):
            hour = (born + age) % DAY / HOUR
            if hour < 6 and rng.random() > room.night:
                age += (6 - hour + rng.random() * 3) * HOUR
            if age < HORIZON:
                ages.append(age)
        made.append(Story(room, born, tuple(sorted(ages)), rng.random() * 10 * MINUTE))
    return made


@dataclass(slots=True)
class State:
    """What a rule knows of an article: the ages at which it looked last and found changes."""

    story: Story
    last: float
    changes: list[float] = field(default_factory=list)
    looks: int = 1
    wait: float = 0.0

    @property
    def since_change(self) -> float:
        return self.last - (self.changes[-1] if self.changes else 0.0)


class Rule:
    """When to look again, by the age of the article; None: never. ``scale`` stretches the waits."""

    def __init__(self, scale: float) -> None:
        self.scale = scale

    def next(self, state: State) -> float | None:
        raise NotImplementedError

    def done(self, state: State) -> None:
        """The article's life is over."""


class Fixed(Rule):
    def next(self, state: State) -> float | None:
        return state.last + self.scale * HOUR


class NewsSniffer(Rule):
    """30 minutes, times 1.2 after each look without a change, 30 again after one; 40 days."""

    def next(self, state: State) -> float | None:
        if state.since_change > 40 * DAY:
            return None
        changed = bool(state.changes) and state.changes[-1] == state.last
        first = state.wait == 0.0 or changed
        state.wait = 30 * MINUTE * self.scale if first else state.wait * 1.2
        return state.last + state.wait


class NewsDiffs(Rule):
    """Waits by the time since the last change."""

    STEPS = ((3 * HOUR, 15 * MINUTE), (DAY, HOUR), (7 * DAY, 3 * HOUR), (30 * DAY, 3 * DAY))

    def next(self, state: State) -> float | None:
        quiet = state.since_change
        wait = next((wait for bound, wait in self.STEPS if quiet < bound), 30 * DAY)
        return state.last + wait * self.scale if quiet < 360 * DAY else None


class Diffengine(Rule):
    """When the time since the last look is a fifth of the age."""

    def next(self, state: State) -> float | None:
        return max(state.last, MINUTE) / (1 - min(0.2 * self.scale, 0.99))


class Ours(Rule):
    """``scale`` is the pace. Sources' habits are learned on the way, as the archive does."""

    hints = False

    def __init__(self, scale: float) -> None:
        super().__init__(scale)
        self.habits: dict[str, Learned] = {}

    def next(self, state: State) -> float | None:
        story = state.story
        source = self.habits.setdefault(story.room.name, Learned()).habits()
        born = START + timedelta(seconds=story.born)
        facts = LookFacts(
            born=born,
            last_look=born + timedelta(seconds=state.last),
            changes=tuple(born + timedelta(seconds=change) for change in state.changes),
            looks=state.looks,
            first_look=born + timedelta(seconds=story.found),
            source=source,
        )
        look = next_look(facts, born + timedelta(seconds=state.last), self.scale)
        planned = None if look.delay is None else state.last + look.delay.total_seconds()
        return self._told(state, planned) if self.hints else planned

    def _told(self, state: State, planned: float | None) -> float | None:
        """Two days long a dated list tells of a change at its next poll (every ten minutes)."""
        if not state.story.room.dated:
            return planned
        changed = next((e for e in state.story.edits if e > state.last), None)
        if changed is None or changed > 2 * DAY:
            return planned
        told = changed + (10 * MINUTE - changed % (10 * MINUTE))
        return told if planned is None else min(planned, told)

    def done(self, state: State) -> None:
        learned = self.habits.setdefault(state.story.room.name, Learned())
        learned.articles += 1
        for change in state.changes:
            learned.ages[age_step(change)] += 1
            learned.hours[int((state.story.born + change) % DAY // HOUR)] += 1


@dataclass(slots=True)
class Learned:
    """What a tracker has seen of a source's habits so far."""

    articles: int = 0
    ages: list[int] = field(default_factory=lambda: [0] * 11)
    hours: list[int] = field(default_factory=lambda: [0] * 24)

    def habits(self) -> Habits:
        return Habits(self.articles, sum(self.ages), tuple(self.ages), tuple(self.hours))


class OursTold(Ours):
    hints = True


@dataclass(frozen=True, slots=True)
class Result:
    """Looks an article, share of versions missed, median delay in minutes."""

    looks: float
    missed: float
    delay: float


def simulate(world: list[Story], rule: Rule) -> Result:
    """A version is seen when a look falls between its edit and the next."""
    looks = seen = total = 0
    delays: list[float] = []
    for story in world:
        state = State(story, story.found)
        edits, place, at = story.edits, 0, story.found
        total += standing(story)
        while True:
            begun = place
            while place < len(edits) and edits[place] <= at:
                place += 1
            changed = place > begun
            if changed or at == story.found:
                seen += 1
            if changed:
                delays.append(at - edits[place - 1])
                if at != story.found:
                    state.changes.append(at)
            looks += 1
            state.last, state.looks = at, state.looks + 1
            following = rule.next(state)
            if following is None:
                break
            at = max(following, at + SHORTEST)
            if at > HORIZON:
                break
        rule.done(state)
    delays.sort()
    median = delays[len(delays) // 2] / MINUTE if delays else math.nan
    return Result(looks / len(world), 1 - seen / total, median)


def standing(story: Story) -> int:
    """The versions that stood at or after the moment the article was found."""
    return 1 + sum(1 for edit in story.edits if edit > story.found)


def perfect(world: list[Story], looks: float) -> Result:
    """An oracle that knows every edit and spends the same number of looks: one for a version, none
    in vain; what goes within two minutes of the last look it misses as well."""
    total = sum(standing(story) for story in world)
    catchable = 0
    for story in world:
        kept, ends = story.found, (*story.edits[1:], HORIZON)
        catchable += 1
        for edit, end in zip(story.edits, ends, strict=False):
            if edit > story.found and end > max(edit, kept + SHORTEST):
                kept = max(edit, kept + SHORTEST)
                catchable += 1
    return Result(looks, max(1 - min(catchable, looks * len(world)) / total, 0.0), 0.0)


PEERS: dict[str, tuple[type[Rule], tuple[float, ...]]] = {
    "fixed interval": (Fixed, (12, 24, 48, 100, 200, 400, 900)),
    "News Sniffer": (NewsSniffer, (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 10, 40, 200, 800)),
    "NewsDiffs": (NewsDiffs, (0.3, 0.5, 1, 2, 4, 8, 20, 60)),
    "diffengine": (Diffengine, (0.2, 0.35, 0.6, 1, 1.5, 2.5, 3.5, 4.4)),
}
PACES = (0.0001, 0.0003, 0.001, 0.003, 0.008, 0.02, 0.05, 0.12, 0.3)
OURS: dict[str, tuple[type[Rule], tuple[float, ...]]] = {
    "Variorum, looks alone": (Ours, PACES),
    "Variorum, with dated lists": (OursTold, PACES),
}


def curve(world: list[Story], kind: type[Rule], scales: tuple[float, ...]) -> list[Result]:
    return sorted((simulate(world, kind(s)) for s in scales), key=lambda r: r.looks)


def at_budget(results: list[Result], budget: float) -> Result | None:
    """The result at a budget, between two runs along the logarithm of their looks."""
    for less, more in pairwise(results):
        if less.looks <= budget <= more.looks:
            part = math.log(budget / less.looks) / math.log(more.looks / less.looks)
            missed = less.missed + part * (more.missed - less.missed)
            return Result(budget, missed, less.delay + part * (more.delay - less.delay))
    return None


def table(world: list[Story], curves: dict[str, list[Result]]) -> list[str]:
    lines = ["| | " + " | ".join(f"{b} looks" for b in BUDGETS) + " |"]
    lines.append("|---|" + "---|" * len(BUDGETS))
    for name, results in curves.items():
        cells = [
            f"{100 * r.missed:.1f} ({r.delay:.0f})" if (r := at_budget(results, b)) else "–"
            for b in BUDGETS
        ]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    oracle = [f"{100 * perfect(world, b).missed:.1f}" for b in BUDGETS]
    lines.append("| oracle (knows every edit) | " + " | ".join(oracle) + " |")
    for name in OURS:
        cells = []
        for budget in BUDGETS:
            mine = at_budget(curves[name], budget)
            others = [r.missed for p in PEERS if (r := at_budget(curves[p], budget))]
            fewer = 1 - mine.missed / min(others) if mine and others else None
            cells.append("–" if fewer is None else f"**{100 * fewer:.0f} %**")
        lines.append(f"| fewer missed than the best peer: {name} | " + " | ".join(cells) + " |")
    return lines


def own_pace(world: list[Story]) -> list[str]:
    """Each rule as its makers run it (scale 1) beside ours at the same cost."""
    lines = [
        "| as its makers run it | looks | missed % | Variorum at the same cost |",
        "|---|---|---|---|",
    ]
    mine = curve(world, Ours, PACES)
    for name in ("News Sniffer", "NewsDiffs", "diffengine"):
        theirs = simulate(world, PEERS[name][0](1))
        ours = at_budget(mine, theirs.looks)
        missed = f"{100 * ours.missed:.1f}" if ours else "–"
        lines.append(f"| {name} | {theirs.looks:.0f} | {100 * theirs.missed:.1f} | {missed} |")
    return lines


def plot(curves: dict[str, list[Result]], path: Path) -> None:
    """Missed versions over looks; left out where matplotlib is not installed."""
    try:
        import matplotlib as mpl
    except ImportError:
        return
    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "variorum"
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 4.5))
    for name, results in curves.items():
        bold = 2.5 if name in OURS else 1.2
        axes.plot(
            [r.looks for r in results], [100 * r.missed for r in results], ".-", label=name, lw=bold
        )
    axes.set(xscale="log", xlim=(4, 250), ylim=(0, 80), xlabel="looks an article in 90 days")
    axes.set_ylabel("versions missed, %")
    axes.legend()
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="a tenth of the articles; nothing written"
    )
    quick = parser.parse_args().quick
    started = time.process_time()
    count = 200 if quick else 2000
    lines = ["# When to look again", "", INTRODUCTION, ""]
    for title, ages_of, seed in (
        ("Mixed newsrooms", mixed_ages, 20_250),
        ("Cascades (another law of editing, on which nothing was calibrated)", cascading_ages, 77),
    ):
        world = stories(count, seed, ages_of)
        edits = [age for story in world for age in story.edits]
        first_day = sum(age < DAY for age in edits) / len(edits)
        never = sum(not story.edits for story in world) / count
        lines += [f"## {title}", ""]
        lines += [
            f"{count:,} articles, {len(edits) / count + 1:.2f} versions in the mean, "
            f"{100 * first_day:.0f} % of edits in the first day, {100 * never:.0f} % never edited.",
            "",
        ]
        curves = {name: curve(world, *how) for name, how in (PEERS | OURS).items()}
        lines += [*table(world, curves), "", *own_pace(world), ""]
        if ages_of is mixed_ages and not quick:
            plot(curves, REPORT / "schedule.svg")
            lines += ["![Versions missed over looks](schedule.svg)", ""]
    text = "\n".join(lines)
    sys.stdout.write(f"{text}\n{time.process_time() - started:.0f} s of CPU\n")
    if not quick:
        (REPORT / "schedule.md").write_text(text, encoding="utf-8")


INTRODUCTION = """Share of versions missed in an article's first 90 days, in per cent, and in
brackets the median delay of those seen, in minutes. A look is one request for one article; every
rule's waits are stretched or shortened until it makes as many looks as the column says, and all
find an article at the same time (0 to 10 minutes after publication) and look at most every two
minutes. Counted are the versions that stood when an article was found or later. The newsrooms
are invented so that the whole has the figures of NewsEdits (NAACL 2022: 3.6 versions an article)
and most edits in the first day. "Dated lists": two of the five newsrooms list in their feed or
sitemap when an article was modified, which is polled every ten minutes anyway to discover
articles; the peers poll too, but do not use the dates. Peers' rules are as their code has them
(News Sniffer, NewsDiffs, diffengine 0.2.7). Made by `.venv/bin/python bench/schedule.py`."""


if __name__ == "__main__":
    main()
