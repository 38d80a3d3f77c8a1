"""Invented news as long as news is, with as much changed from one version to the next.

What it is made like is measured beside it (``bench/corpus_likeness.py``): the texts of the pairs that
the project measures with, and news pages. Sentences are put together from our own phrases with so many
names, places, figures and things that hardly one comes twice: a text must not be known from another.
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "corpus"))

from made_corpus import BEGIN, VERSIONS, write_corpus

SENTENCES, SPREAD = 33, 0.65  # the middle of a text, and how far texts are from it (log-normal)


def _words(told: str) -> list[str]:
    return told.split()


_HEADS = _words(
    "Al Bar Cas Dun East Fal Gar Hol Kel Lang Mar Nor Oak Pen Quar Ros Sel Thorn Ul Ven Wes Yar"
)
_MIDDLES = _words("a be den der er field ing ka le lin mer na or ri sa ten tor vi wen")
_TAILS = _words("bury by dale ford gate ham haven ley mere mouth ston stead ter ton wick worth")
_FIRST = _words(
    "Adam Alice Amara Anton Beatriz Bruno Carla Chidi Clara Dario Dina Edith Elias Farah Felix Greta "
    "Hana Hugo Ida Ivan Jana Jonas Kira Lars Leila Luca Maren Milo Nadia Noor Olga Oscar Petra Pavel Ruth "
    "Samir Silvia Tariq Tessa Viktor Wanda Yusuf Zoe"
)
_ENDS = _words(
    "ard berg court dottir ell er field ford idis ikov ing man moor naz olt ova quist sen son stein"
)
_ROLES = (
    "a spokeswoman for the ministry", "the head of the regional hospital", "the mayor of {place}",
    "an engineer at the water authority", "a professor of economics at the University of {place}",
    "the chair of the transport committee", "a police superintendent", "the union's general secretary",
    "the company's chief executive", "a member of the opposition", "the harbour master",
    "a lawyer for the families", "the director of the museum", "a spokesman for the fire service",
)  # fmt: skip
_THINGS = _words(
    "bridge budget bus-depot cable canal census clinic contract dam dispute embankment factory ferry "
    "forecast grant harbour hearing inquiry licence line market merger mine motorway nursery orchard "
    "pension permit pier pipeline plant programme quarry railway refinery reform report reservoir ruling "
    "school shipyard stadium station strike survey tariff tender theatre tram trial tunnel turbine vote "
    "warehouse weir"
)
_KINDS = _words(
    "ageing ambitious costly controversial delayed disputed early expanded final formal former heavy "
    "independent joint large local long-awaited modest national new northern partial pilot planned private "
    "public regional second separate small southern temporary unfinished western"
)
_DID = _words(
    "approved began blocked bought cancelled closed completed criticised delayed doubled ended expanded "
    "financed halted inspected launched opened postponed rebuilt reduced rejected reopened reviewed sold "
    "suspended welcomed"
)
_BODIES = (
    "the council of {place}", "the ministry of {thing}s", "{place} Rail", "the {place} Water Board",
    "the regional court in {place}", "a group of {n} residents", "the {surname} Foundation",
    "the audit office", "{surname} and Sons", "the federation of {thing} workers",
)  # fmt: skip
_TIMES = (
    "on Monday", "on Tuesday morning", "late on Thursday", "in March", "last autumn", "at the weekend",
    "in the first week of June", "{n} years ago", "within {n} days", "after {n} months of talks",
    "before the end of the year", "a day after the vote",
)  # fmt: skip
_PLAIN = (
    "{Body} {did} the {kind} {thing} near {place} {time}, and work on the {thing2} has not begun since.",
    "The {kind} {thing} in {place} had been {did} {time} because the {thing2} was {kind2} and cost £{m}m.",
    "About {n} people live beside the {thing}, which {body} {did} {time} together with a {kind} {thing2}.",
    "In {place}, where {body} {did} a {kind} {thing} {time}, {n} per cent of households use the {thing2}.",
    "The {thing} carries {n},{nnn} passengers a day between {place} and {place2}, and {body} {did} it {time}.",
    "Two years earlier the {kind} {thing} was {did} for £{m}.{d}m, a sum that {body} called {kind2}.",
    "{Body} published {n} pages about the {thing} {time}, with a {kind} chapter on the {thing2} of {place}.",
    "Rain had fallen on {place} for {n} hours when the {thing} gave way {time} and the {kind} {thing2} was shut.",
    "The {thing} is one of {n} in the {kind} valley of {place}; the oldest {thing2} there was {did} in 19{dd}.",
)
_SAID = (
    "“The {thing} has never been so {kind}, and nobody in {place} was asked about it,” said {name}, {role}.",
    "{name}, {role}, said the {kind} {thing} {hedge} cost £{m}m more than {body} had expected {time}.",
    "According to {body}, the {thing} in {place} {hedge} be {did} {time}, though the {thing2} is not ready.",
    "“We {hedge} wait {n} days for the {thing}, and then we will see,” {surname} told reporters in {place} {time}.",
    "{name} denied that {body} had {did} the {kind} {thing} {time} without telling the {thing2} workers.",
    "{Body} said {time} that {n} of the {nnn} people hurt in {place} {hedge} leave the {kind} clinic.",
    "Officials in {place} believe that the {thing} {hedge} open again {time}, once the {thing2} is {did}.",
)
_HEDGES = ("may", "could", "might", "is likely to", "will", "is expected to", "must")


def write_news(path: Path, versions: int, seed: int = 1) -> int:
    """A file of JSON lines with at least ``versions`` of them; returns how many."""
    return write_corpus(path, versions, seed, news_story)


def news_story(number: int, versions: int | None = None) -> Iterator[dict[str, Any]]:
    """The versions of one story, oldest first; ``versions`` None: as many as stories have."""
    rng = random.Random(number)
    place, thing = _place(rng), rng.choice(_THINGS)
    size = min(160, max(6, round(SENTENCES * math.exp(rng.gauss(0, SPREAD)))))
    body = [
        [_sentence(rng) for _ in range(rng.choice((1, 1, 2, 2, 3)))] for _ in range(size * 5 // 9)
    ]
    url = f"https://{_place(rng).lower()}.example.org/{place.lower()}-{thing}-{100001 + number}"
    when = BEGIN + timedelta(minutes=7 * (number % 60_000))
    headline = f"{place} {thing} {rng.choice(_DID)} {_filled(rng, rng.choice(_TIMES))}"
    for turn in range(rng.choice(VERSIONS) if versions is None else versions):
        if turn:
            when += timedelta(minutes=rng.randrange(5, 240) * turn)
            for _ in range(rng.choice((1, 1, 2, 2, 3, 4))):
                _edit(rng, body)
        paragraphs = [" ".join(told) for told in body]
        yield {"url": url, "time": when.isoformat(), "headline": headline, "paragraphs": paragraphs}


def _edit(rng: random.Random, body: list[list[str]]) -> None:
    """One thing that editors do: a word or figure of a sentence, a sentence more, one less."""
    paragraph = rng.choice(body)
    at = rng.randrange(len(paragraph))
    kind = rng.random()
    if kind < 0.55:
        words = paragraph[at].split(" ")
        place = rng.randrange(1, len(words))
        words[place] = rng.choice(
            (rng.choice(_KINDS), str(rng.randrange(2, 99)), rng.choice(_HEDGES))
        )
        paragraph[at] = " ".join(words)
    elif kind < 0.75:
        body.insert(rng.randrange(len(body) + 1), [_sentence(rng)])
    elif kind < 0.9:
        paragraph.insert(at, _sentence(rng))
    elif len(paragraph) > 1:
        del paragraph[at]


def _sentence(rng: random.Random) -> str:
    told = _filled(rng, rng.choice(_SAID if rng.random() < 0.25 else _PLAIN))
    return told[0].upper() + told[1:]


def _filled(rng: random.Random, form: str) -> str:
    """A form with its places filled, those of what is filled in too."""
    surname = _surname(rng)
    body = rng.choice(_BODIES)
    given = {
        "place": _place(rng), "place2": _place(rng), "surname": surname,
        "name": f"{rng.choice(_FIRST)} {surname}",
        "thing": rng.choice(_THINGS), "thing2": rng.choice(_THINGS),
        "kind": rng.choice(_KINDS), "kind2": rng.choice(_KINDS), "did": rng.choice(_DID),
        "hedge": rng.choice(_HEDGES), "n": rng.randrange(2, 99), "m": rng.randrange(2, 900),
        "d": rng.randrange(1, 10), "dd": rng.randrange(20, 99), "nnn": rng.randrange(100, 999),
        "body": body, "Body": body, "role": rng.choice(_ROLES), "time": rng.choice(_TIMES),
    }  # fmt: skip
    return form.format(**given).format(**given)


def _place(rng: random.Random) -> str:
    middle = rng.choice(_MIDDLES) if rng.random() < 0.7 else ""
    return rng.choice(_HEADS) + middle + rng.choice(_TAILS)


def _surname(rng: random.Random) -> str:
    return rng.choice(_HEADS) + rng.choice(_MIDDLES) + rng.choice(_ENDS)
