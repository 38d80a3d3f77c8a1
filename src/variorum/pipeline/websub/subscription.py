"""What is agreed with the hub of a source, kept among the archive's settings: one for each source
that names a hub."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from variorum.model import Source
from variorum.model.times import iso, parse_iso
from variorum.store.records import Records

PREFIX = "websub:"
# How long after a question its hub may take to ask back.
ANSWER_WITHIN = timedelta(minutes=10)
# Pings without a good signature, and none with one, after which a hub is not counted on.
_ENOUGH = 3
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(hours=1), timedelta(hours=24)
_TIMES = ("asked", "until", "again", "pinged")


class State(StrEnum):
    """How far it has come with a hub."""

    OFFERED = "offered"  # the source names it; nobody has asked it
    ASKED = "asked"  # asked, and it has not asked back
    ACTIVE = "active"  # until the lease ends
    FAILED = "failed"  # refused, or not done its part: asked again later


@dataclass(frozen=True, slots=True)
class Subscription:
    """``token`` is the secret part of the callback's address, ``secret`` what the hub signs with.
    ``again`` is when it is the subscriber's turn; ``until`` the end of the lease. ``why`` is one
    plain line where it failed; ``unproven`` counts pings without a good signature."""

    source: int
    hub: str
    topic: str
    token: str
    secret: str
    state: State = State.OFFERED
    asked: datetime | None = None
    until: datetime | None = None
    again: datetime | None = None
    failures: int = 0
    why: str = ""
    pinged: datetime | None = None
    pings: int = 0
    unproven: int = 0

    @classmethod
    def begun(cls, source: int, hub: str, topic: str, now: datetime) -> Subscription:
        token, secret = secrets.token_urlsafe(24), secrets.token_urlsafe(32)
        return cls(source, hub, topic, token, secret, again=now)

    @property
    def active(self) -> bool:
        return self.state is State.ACTIVE

    @property
    def useful(self) -> bool:
        """Active, and nothing speaks against its pings being signed as was asked for."""
        return self.active and (self.pings > 0 or self.unproven < _ENOUGH)

    def known_by(self, token: str) -> bool:
        return hmac.compare_digest(self.token.encode(), token.encode("utf-8", "replace"))

    def failed(self, why: str, now: datetime) -> Subscription:
        """Asked again after a pause that doubles."""
        pause = min(_FIRST_PAUSE * 2 ** min(self.failures, 6), _LONGEST_PAUSE)
        return replace(
            self,
            state=State.FAILED,
            why=why,
            failures=self.failures + 1,
            asked=None,
            until=None,
            again=now + pause,
        )

    def confirmed(self, lease: timedelta, now: datetime) -> Subscription:
        """Renewed when nine tenths of the lease are over."""
        return replace(
            self,
            state=State.ACTIVE,
            why="",
            failures=0,
            asked=None,
            until=now + lease,
            again=now + lease * 0.9,
        )

    def to_dict(self) -> dict[str, Any]:
        told = {name: getattr(self, name) for name in self.__dataclass_fields__}
        times = {name: told[name] and told[name].isoformat() for name in _TIMES}
        return {**told, **times, "state": str(self.state)}

    def told(self) -> dict[str, Any]:
        """What everybody may know of it."""
        return {
            "hub": self.hub,
            "state": str(self.state),
            "until": iso(self.until) if self.until else None,
            "pings": self.pings,
            "why": self.why,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Subscription:
        times = {name: parse_iso(data[name]) if data[name] else None for name in _TIMES}
        return cls(**{**data, **times, "state": State(data["state"])})


def subscription_of(records: Records, source: int) -> Subscription | None:
    told = records.setting(f"{PREFIX}{source}")
    return Subscription.from_dict(told) if told else None


def subscriptions(records: Records) -> list[Subscription]:
    return [Subscription.from_dict(told) for told in records.settings(PREFIX).values() if told]


def keep(records: Records, one: Subscription) -> None:
    records.set_setting(f"{PREFIX}{one.source}", one.to_dict())


def keep_and_tell(records: Records, one: Subscription) -> None:
    """And say in the health of its source what that means, where it answers otherwise."""
    keep(records, one)
    source = records.source(one.source)
    if source is not None and source.checked is not None and not source.failures:
        records.update_source(one.source, health=health_of(one))


def drop(records: Records, source: int) -> None:
    """Its callback is then unknown here, which tells the hub to let it go."""
    records.forget_setting(f"{PREFIX}{source}")


def note_hub(
    records: Records, source: Source, hub: str | None, topic: str | None, now: datetime
) -> Subscription | None:
    """Write down the hub that a source's list has just named, or that it names none."""
    known = subscription_of(records, source.id)
    if hub is None:
        if known is not None:
            drop(records, source.id)
        return None
    topic = topic or source.url
    if known is not None and (known.hub, known.topic) == (hub, topic):
        return known
    begun = Subscription.begun(source.id, hub, topic, now)
    keep(records, begun)
    return begun


def health_of(one: Subscription | None) -> str:
    """The line on a source that answers: how it stands with its hub, where that is no use."""
    if one is None or one.useful or one.state in (State.OFFERED, State.ASKED):
        return "ok"
    why = "its hub does not sign with SHA-256" if one.active else one.why
    return f"it answers; {why}, so it is looked at by the clock"
