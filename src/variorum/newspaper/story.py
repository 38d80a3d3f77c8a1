"""Stories and what becomes of them, read from the TOML files in ``stories/``.

A story is written once; its later states are *edits*, each at a round, each saying in words what
it does. How a page is delivered (gone, walled, cut short) is scripted beside it. Everything a test
may compare is worked out from these files: :mod:`variorum.newspaper.truth`.

Body blocks: a plain paragraph, ``## crosshead``, ``- list item``, ``> quotation``,
``@14:05 heading`` (an update of a live blog; the time is no part of the text).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from variorum.newspaper.typeset import plain

FOLDER = Path(__file__).parent / "stories"
FOREVER = 10**6
_BLANK = re.compile(r"\n\s*\n")
_PREFIX = re.compile(r"(?:## |- |> |@(\d\d[:.h]\d\d) )")


class ScriptError(ValueError):
    """A story file that does not do what it says."""


@dataclass(frozen=True, slots=True)
class Note:
    """The publisher's notice. ``kind``: correction | clarification | update | editors-note."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class State:
    """What a story says at one time, undressed and with its markup."""

    headline: str
    body: tuple[str, ...]
    byline: tuple[str, ...] = ()
    caption: str = ""
    notices: tuple[Note, ...] = ()

    @property
    def words(self) -> tuple[object, ...]:
        """What counts: two states that agree in this are one version (links are no words)."""
        body = tuple((split_block(block)[0], plain(split_block(block)[1])) for block in self.body)
        return (self.headline, body, self.byline, plain(self.caption), self.notices)


@dataclass(frozen=True, slots=True)
class Step:
    """A state and the edit that led to it. ``said`` tells the change in words; ``kinds`` are its
    sorts. ``dress`` is a set of typographic styles from this step on (None: the outlet's own).
    ``quiet`` steps change nothing that counts: no version."""

    round: int
    state: State
    kinds: tuple[str, ...]
    said: str
    announced: bool = False
    quiet: bool = False
    dress: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a page comes out in rounds ``start`` <= r < ``stop``. ``to`` is a slug."""

    what: str
    start: int
    stop: int = FOREVER
    to: str = ""


#: what is delivered instead of the story -> (outcome in the archive's terms, HTTP status)
OUTCOMES: Mapping[str, tuple[str, int | None]] = {
    "404": ("gone", 404),
    "410": ("gone", 410),
    "soft404": ("gone", 200),
    "front": ("moved", 302),
    "merged": ("moved", 301),
    "paywall": ("paywall", 200),
    "scrambled": ("paywall", 200),
    "consent": ("blocked", 200),
    "403": ("blocked", 403),
    "robots": ("blocked", None),
    "error200": ("failed", 200),
    "503": ("failed", 503),
    "half": ("failed", 200),
    "loop": ("failed", 302),
}
#: deliveries that still give the story
HARMLESS = frozenset({"slow", "renamed"})


@dataclass(frozen=True, slots=True)
class Story:
    """One story of one outlet with all its states. ``quirks`` are habits of its page alone."""

    outlet: str
    slug: str
    section: str
    steps: tuple[Step, ...]
    deliveries: tuple[Delivery, ...] = ()
    quirks: frozenset[str] = frozenset()

    @property
    def first_round(self) -> int:
        return self.steps[0].round

    def step_at(self, round_: int) -> Step | None:
        """The step in force, None before the story is out."""
        found = None
        for step in self.steps:
            if step.round <= round_:
                found = step
        return found

    def delivery_at(self, round_: int) -> Delivery | None:
        """What stands between the reader and the story at ``round_``, renames left out."""
        for delivery in self.deliveries:
            if delivery.what != "renamed" and delivery.start <= round_ < delivery.stop:
                return delivery
        return None

    def slug_at(self, round_: int) -> str:
        slug = self.slug
        for delivery in self.deliveries:
            if delivery.what == "renamed" and delivery.start <= round_:
                slug = delivery.to
        return slug

    def slugs(self) -> tuple[str, ...]:
        return (self.slug, *(d.to for d in self.deliveries if d.what == "renamed"))


def split_block(block: str) -> tuple[str, str, str]:
    """A body block as (kind, text, time): paragraph | heading | item | quote | update."""
    found = _PREFIX.match(block)
    if not found:
        return "paragraph", block, ""
    text = block[found.end() :]
    if found[1]:
        return "update", text, found[1]
    return {"## ": "heading", "- ": "item", "> ": "quote"}[found[0]], text, ""


@lru_cache(maxsize=1)
def load() -> tuple[Story, ...]:
    """All stories of the package. Raises :class:`ScriptError` for one that contradicts itself."""
    stories: list[Story] = []
    for path in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        everywhere = _deliveries(data.get("delivery", ()))
        stories += [_story(data["outlet"], entry, everywhere) for entry in data["story"]]
    return tuple(stories)


def _story(outlet: str, entry: Mapping[str, Any], everywhere: tuple[Delivery, ...]) -> Story:
    state = State(
        headline=entry["headline"],
        body=_blocks(entry["body"]),
        byline=tuple(entry.get("byline", ())),
        caption=entry.get("caption", ""),
    )
    steps = [Step(entry.get("round", 0), state, ("first",), "First published")]
    states = [state]
    for edit in entry.get("edit", ()):
        step = _step(steps[-1], states, edit, entry["slug"])
        steps.append(step)
        if not step.quiet:
            states.append(step.state)
    return Story(
        outlet,
        entry["slug"],
        entry.get("section", "News"),
        tuple(steps),
        _deliveries(entry.get("delivery", ())) + everywhere,
        frozenset(entry.get("quirks", ())),
    )


def _deliveries(entries: Iterable[Mapping[str, Any]]) -> tuple[Delivery, ...]:
    return tuple(
        Delivery(d["what"], d["from"], d.get("until", FOREVER), d.get("to", "")) for d in entries
    )


def _step(before: Step, states: list[State], edit: Mapping[str, Any], slug: str) -> Step:
    quiet = edit.get("quiet", False)
    try:
        after = states[edit["back_to"]] if "back_to" in edit else apply(before.state, edit)
    except ScriptError as error:
        raise ScriptError(f"{slug}, round {edit['round']}: {error}") from None
    if quiet != (after.words == before.state.words):
        raise ScriptError(f"{slug}, round {edit['round']}: quiet and changed must differ")
    if edit["round"] <= before.round:
        raise ScriptError(f"{slug}, round {edit['round']}: rounds must rise")
    styles = frozenset(edit["dress"]) if "dress" in edit else before.dress
    announced = edit.get("announced", "notice" in edit)
    kinds = tuple(edit.get("kinds", ()))
    return Step(edit["round"], after, kinds, edit["said"], announced, quiet, styles)


def apply(state: State, edit: Mapping[str, Any]) -> State:
    """``state`` after one edit: fields set, words replaced, blocks removed, moved and added."""
    body = list(_blocks(edit["body"])) if "body" in edit else list(state.body)
    for old, new in edit.get("replace", ()):
        if not any(old in block for block in body):
            raise ScriptError(f"no block contains {old!r}")
        body = [block.replace(old, new) for block in body]
    for start in edit.get("remove", ()):
        del body[_find(body, start)]
    for move in edit.get("move", ()):
        block = body.pop(_find(body, move["block"]))
        body.insert(_find(body, move["before"]) if "before" in move else len(body), block)
    for addition in edit.get("add", ()):
        at = _place(body, addition)
        body[at:at] = _blocks(addition["text"])
    notices = state.notices
    if "notice" in edit:
        notices = (*notices, Note(edit["notice"]["kind"], edit["notice"]["text"]))
    return replace(
        state,
        headline=edit.get("headline", state.headline),
        byline=tuple(edit.get("byline", state.byline)),
        caption=edit.get("caption", state.caption),
        body=tuple(body),
        notices=notices,
    )


def _place(body: list[str], addition: Mapping[str, Any]) -> int:
    if "before" in addition:
        return _find(body, addition["before"])
    return _find(body, addition["after"]) + 1 if "after" in addition else len(body)


def _find(body: list[str], start: str) -> int:
    found = [i for i, block in enumerate(body) if block.startswith(start)]
    if len(found) != 1:
        raise ScriptError(f"{len(found)} blocks start with {start!r}")
    return found[0]


def _blocks(text: str | Iterable[str]) -> tuple[str, ...]:
    parts = _BLANK.split(text) if isinstance(text, str) else text
    return tuple(" ".join(part.split()) for part in parts if part.strip())
