"""Histories of invented stories as JSON lines, as many as wanted, the same for the same number.

Sentences are put together from our own phrases: accidents with figures that move, statements with
hedges that come and go, quotations, corrections that some outlets announce and others do not.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

BEGIN = datetime(2024, 1, 1, 6, tzinfo=UTC)
VERSIONS_MADE = 60  # in the corpus that this folder's tests share
VERSIONS = (1, 1, 1, 2, 2, 3, 3, 4, 6, 17)  # 4 on average, few long histories: drawn alike
OUTLETS = {"courier": 0.8, "gazette": 0.3, "tidings": 0.05, "observer": 0.5}  # share announced

_PLACES = ("Aldermoor", "Brackwater", "Castlefen", "Dunhollow", "Eastmere", "Farrowgate", "Gullane")
_NAMES = (
    "Anna Berg", "Piet Maas", "Ruth Calder", "Samuel Okoro", "Ines Duarte", "Tom Whitlock",
    "Leila Haddad", "Marek Nowak", "Grace Lin", "Owen Pryce", "Nadia Petrova", "Hugh Farran",
)  # fmt: skip
_ROLES = (
    "a spokesman for the fire service", "the mayor", "an engineer at the council",
    "a professor of law", "the union's secretary", "the company's chairman", "a police inspector",
)  # fmt: skip
_EVENTS = ("fire", "flood", "collision", "explosion", "landslide", "power cut", "strike")
_HEDGES = ("may", "could", "might", "is likely to", "will", "is expected to")
_SCENES = (
    "Streets around the {place} station were closed for most of the day.",
    "Residents of {place} were told to keep their windows shut.",
    "Two schools in {place} stayed open, though few pupils came.",
    "The road between {place} and the coast was under water for {n} hours.",
    "Crews from three counties worked through the night in {place}.",
    "A shelter for {n} people was set up in the town hall of {place}.",
    "Trains on the northern line ran with delays of {n} minutes.",
    "The damage in {place} was put at £{n}m by the insurers.",
    "Shops in the centre lost about {n} per cent of a week's trade.",
    "The council of {place} had cut the budget for repairs two years before.",
)
_SAID = (
    "“We have never seen anything like it in {place},” said {name}, {role}.",
    "{name}, {role}, said the inquiry {hedge} last {n} weeks.",
    "According to {name}, the cause {hedge} be a fault in the wiring.",
    "“It {hedge} take {n} days before the road opens again,” {name} told reporters.",
    "{name} denied that the warning had come too late.",
    "{role_up}, {name}, said about {n} families had been moved to hotels.",
)


Telling = Callable[[int], Iterator[dict[str, Any]]]


def write_corpus(path: Path, versions: int, seed: int = 1, tell: Telling | None = None) -> int:
    """A file of the stories that ``tell`` (else :func:`story`) tells by their number: at least
    ``versions`` lines (whole stories), mixed as a crawl mixes them; returns how many. A hundred
    stories are held at a time."""
    rng = random.Random(seed)
    count = number = 0
    with path.open("w", encoding="utf-8") as file:
        while count < versions:
            lines: list[str] = []
            for number in range(number + 1, number + 101):  # noqa: B020
                lines += [json.dumps(v, ensure_ascii=False) for v in (tell or story)(number)]
                if count + len(lines) >= versions:
                    break
            rng.shuffle(lines)
            file.writelines(f"{line}\n" for line in lines)
            count += len(lines)
    return count


def story(number: int) -> Iterator[dict[str, Any]]:
    """The versions of one story, oldest first."""
    rng = random.Random(number)
    outlet = rng.choice(list(OUTLETS))
    place, event = rng.choice(_PLACES), rng.choice(_EVENTS)
    dead = rng.randrange(1, 30)
    body = [_sentence(rng, place) for _ in range(rng.randrange(14, 30))]
    url = (
        f"https://{outlet}.example.org/{place.lower()}-{event.replace(' ', '-')}-{100001 + number}"
    )
    when = BEGIN + timedelta(minutes=7 * (number % 60_000))
    notices: list[str] = []
    for turn in range(rng.choice(VERSIONS)):
        if turn:
            when += timedelta(minutes=rng.randrange(5, 240) * turn)
            dead = _edit(rng, body, notices, place, dead, OUTLETS[outlet], turn)
        lead = (
            f"At least {dead} people were killed in a {event} in {place} on Monday, officials said."
        )
        yield {
            "url": url,
            "time": when.isoformat(),
            "headline": f"{dead} dead in {place} {event}",
            "paragraphs": [lead, *_paragraphs(body), *notices],
        }


def _edit(
    rng: random.Random,
    body: list[str],
    notices: list[str],
    place: str,
    dead: int,
    announces: float,
    turn: int,
) -> int:
    kind = rng.random()
    if kind < 0.35:
        more = dead + rng.choice((-2, 1, 2, 3, 8))
        if more < dead and rng.random() < announces:
            notices.append(
                f"Correction: an earlier version of this article said {dead} people were killed. "
                f"The number is {max(1, more)}."
            )
        dead = max(1, more)
    elif kind < 0.6:
        at = rng.randrange(len(body))
        for old, new in (("may", "will"), ("could", "will"), ("might", "may"), ("will", "may")):
            if f" {old} " in body[at]:
                body[at] = body[at].replace(f" {old} ", f" {new} ", 1)
                break
        else:
            body[at] = _sentence(rng, place)
    elif kind < 0.9:
        body.insert(rng.randrange(len(body) + 1), _sentence(rng, place))
    else:
        body.append(f"This is the {turn}th time that the story was told anew.")
    return dead


def _sentence(rng: random.Random, place: str) -> str:
    form = rng.choice(_SAID if rng.random() < 0.4 else _SCENES)
    role = rng.choice(_ROLES)
    return form.format(
        place=place,
        n=rng.randrange(2, 90),
        name=rng.choice(_NAMES),
        role=role,
        role_up=role[0].upper() + role[1:],
        hedge=rng.choice(_HEDGES),
    )


def _paragraphs(body: list[str]) -> list[str]:
    return [" ".join(body[i : i + 2]) for i in range(0, len(body), 2)]
