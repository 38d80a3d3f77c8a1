"""What really happened to every story: the measure against which an archive is compared.

Texts are what a perfect extractor gives, with white space normalised (no-break spaces too): body
paragraphs, crossheads, list items, quotations and the headings of live updates, in reading order.
Not part of it: captions (their own field), bylines, dates, the times of live updates, and anything
the page puts around or between. A notice that stands inside the body is a paragraph as well; one
after the article's container is a notice only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from variorum.newspaper.outlets import Outlet
from variorum.newspaper.story import (
    HARMLESS,
    OUTCOMES,
    Delivery,
    ScriptError,
    Step,
    Story,
    split_block,
)
from variorum.newspaper.typeset import dress, plain, squeeze


@dataclass(frozen=True, slots=True)
class TrueNotice:
    """A publisher's notice; ``in_body`` says that it is also one of the paragraphs."""

    kind: str
    text: str
    in_body: bool


@dataclass(frozen=True, slots=True)
class TrueVersion:
    """One state of a story as a reader could see it from ``time`` (the round numbered ``round``).

    ``paragraphs`` include in-body notices, ``story`` leaves them out. ``kinds`` sorts the change
    (figure, quote, quote-marks, hedge, headline, notice, denial, attribution, added, removed,
    moved, caption, byline, date, live-update, negated, returned, rewritten; first for version 0),
    ``said`` tells it in words, ``announced`` whether the publisher said so. ``same_as`` is the
    number of the earlier version with just this content.
    """

    number: int
    round: int
    time: datetime
    headline: str
    paragraphs: tuple[str, ...]
    story: tuple[str, ...]
    byline: tuple[str, ...]
    captions: tuple[str, ...]
    notices: tuple[TrueNotice, ...]
    kinds: tuple[str, ...]
    said: str
    announced: bool
    same_as: int | None = None

    @property
    def text(self) -> str:
        """Headline, then the paragraphs, each set off by one blank line."""
        return "\n\n".join((self.headline, *self.paragraphs))


@dataclass(frozen=True, slots=True)
class TrueOutcome:
    """A stretch of rounds, ``round`` <= r < ``until``, in which a fetch gives no version.

    ``until`` is None when it lasts to the end. ``outcome``: gone | moved | paywall | blocked |
    failed. ``status`` is the HTTP status of the first answer (None: robots.txt forbids asking).
    """

    round: int
    until: int | None
    time: datetime
    outcome: str
    status: int | None
    what: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """A round at which the page changed and the story did not."""

    round: int
    time: datetime
    said: str


@dataclass(frozen=True, slots=True)
class TrueArticle:
    """All that is true of one story. ``url`` is its first address, ``aliases`` later ones."""

    url: str
    aliases: tuple[str, ...]
    outlet: str
    language: str
    live: bool
    first_round: int
    versions: tuple[TrueVersion, ...]
    outcomes: tuple[TrueOutcome, ...]
    quiet: tuple[Quiet, ...]

    def version_at(self, round_: int) -> TrueVersion | None:
        """The newest version a reader could have seen by ``round_``."""
        return next((v for v in reversed(self.versions) if v.round <= round_), None)

    def outcome_at(self, round_: int) -> str:
        """``ok``, or what a fetch comes to at ``round_`` (``gone`` before it is out: 404)."""
        if round_ < self.first_round:
            return "gone"
        for outcome in self.outcomes:
            if outcome.round <= round_ and (outcome.until is None or round_ < outcome.until):
                return outcome.outcome
        return "ok"


def dressed(text: str, step: Step, outlet: Outlet, round_: int) -> str:
    """A story's text as the page sets it, markup kept."""
    styles = outlet.dress_at(round_) if step.dress is None else step.dress
    return dress(text, styles)


def true_article(
    story: Story, outlet: Outlet, base_url: str, rounds: Sequence[datetime]
) -> TrueArticle:
    """The truth of one story. Raises :class:`ScriptError` when a state can never be seen."""
    versions: list[TrueVersion] = []
    seen: list[tuple[object, ...]] = []
    for round_, time in enumerate(rounds):
        step = story.step_at(round_)
        if step is None or not readable(story.delivery_at(round_)):
            continue
        words = step.state.words
        if seen and words == seen[-1]:
            continue
        same_as = seen.index(words) if words in seen else None
        seen.append(words)
        versions.append(_version(len(versions), round_, time, story, outlet, same_as))
    wanted = sum(not s.quiet for s in story.steps)
    if versions and len(versions) != wanted:
        raise ScriptError(f"{story.slug}: {wanted} states, {len(versions)} of them ever visible")
    quiet = [Quiet(s.round, rounds[s.round], s.said) for s in story.steps if s.quiet]
    quiet += [Quiet(r, rounds[r], said) for r, said in outlet.quiet if r > story.first_round]
    urls = [base_url + outlet.path(story, slug) for slug in story.slugs()]
    return TrueArticle(
        url=urls[0],
        aliases=tuple(urls[1:]),
        outlet=outlet.key,
        language=outlet.language,
        live="live" in story.quirks,
        first_round=story.first_round,
        versions=tuple(versions),
        outcomes=_outcomes(story, rounds),
        quiet=tuple(sorted(quiet, key=lambda q: q.round)),
    )


def readable(delivery: Delivery | None) -> bool:
    """Whether the story can be read through this delivery."""
    return delivery is None or delivery.what in HARMLESS


def _outcomes(story: Story, rounds: Sequence[datetime]) -> tuple[TrueOutcome, ...]:
    """The stretches of rounds in which the story cannot be read, worked out round by round."""
    found: list[TrueOutcome] = []
    for round_ in range(story.first_round, len(rounds)):
        delivery = story.delivery_at(round_)
        what = "" if readable(delivery) or delivery is None else delivery.what
        if found and found[-1].until is None:
            if what == found[-1].what:
                continue
            found[-1] = replace(found[-1], until=round_)
        if what:
            outcome, status = OUTCOMES[what]
            found.append(TrueOutcome(round_, None, rounds[round_], outcome, status, what))
    return tuple(found)


def _version(
    number: int, round_: int, time: datetime, story: Story, outlet: Outlet, same_as: int | None
) -> TrueVersion:
    step = story.step_at(round_)
    if step is None:  # the caller has seen to it
        raise ScriptError(story.slug)
    loud = [s for s in story.steps if not s.quiet and s.round <= round_][-1]

    def set_(text: str) -> str:
        return plain(dressed(text, step, outlet, round_))

    body = tuple(set_(split_block(block)[1]) for block in step.state.body)
    in_body = outlet.note_place != "after"
    notices = tuple(TrueNotice(n.kind, set_(n.text), in_body) for n in step.state.notices)
    texts = tuple(n.text for n in notices)
    with_notices = {"end": body + texts, "top": texts + body}.get(outlet.note_place, body)
    caption = set_(step.state.caption)
    return TrueVersion(
        number=number,
        round=round_,
        time=time,
        headline=squeeze(dressed(step.state.headline, step, outlet, round_)),
        paragraphs=with_notices,
        story=body,
        byline=step.state.byline,
        captions=(caption,) if caption else (),
        notices=notices,
        kinds=loud.kinds,
        said=loud.said,
        announced=loud.announced,
        same_as=same_as,
    )


def to_dict(article: TrueArticle) -> dict[str, Any]:
    """The article as JSON-ready data (times as ISO 8601), for printing and for other languages."""
    from dataclasses import asdict

    def ready(value: Any) -> Any:
        if isinstance(value, datetime):
            return value.isoformat()
        if isinstance(value, dict):
            return {k: ready(v) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return [ready(v) for v in value]
        return value

    result: dict[str, Any] = ready(asdict(article))
    return result
