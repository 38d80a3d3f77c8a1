"""What a hub does at the callback: it asks whether a subscription is meant, and it pings."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from variorum.pipeline.websub.subscription import (
    Subscription,
    keep,
    keep_and_tell,
    subscription_of,
)
from variorum.store.records import Records

# Hubs that name no lease, or a strange one, are asked again within these bounds.
_SHORTEST, _USUAL, _LONGEST = timedelta(minutes=5), timedelta(days=1), timedelta(days=90)
_LONGEST_CHALLENGE = 4_096
_HASHES = {"sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a hub is answered. ``due``: the source is to be looked at now."""

    status: int
    text: str = ""
    due: bool = False


UNKNOWN = Answer(404, "nothing here has asked for that")


def verify_intent(
    records: Records, source: int, token: str, asked: Mapping[str, str], now: datetime
) -> Answer:
    """A hub asks whether a subscription is meant (a GET at the callback). Only what was asked for,
    and while the answer is awaited, is meant."""
    one = _found(records, source, token)
    if one is None or asked.get("hub.topic") != one.topic:
        return UNKNOWN
    if asked.get("hub.mode") == "denied":
        told = " ".join(asked.get("hub.reason", "").split())[:160]
        failed = one.failed(f"its hub refuses a subscription{f' ({told})' if told else ''}", now)
        keep_and_tell(records, failed)
        return Answer(200)
    challenge = asked.get("hub.challenge", "")
    usable = 0 < len(challenge) <= _LONGEST_CHALLENGE
    if asked.get("hub.mode") != "subscribe" or one.asked is None or not usable:
        return UNKNOWN
    keep_and_tell(records, one.confirmed(_lease(asked.get("hub.lease_seconds", "")), now))
    return Answer(200, challenge)


def is_subscription(records: Records, source: int, token: str) -> bool:
    """Whether this is a callback of ours: asked before anything is written down."""
    return _found(records, source, token) is not None


def awaits_ping(records: Records, source: int, token: str) -> bool:
    """Whether somebody is there who may ping: asked before a body is read."""
    one = _found(records, source, token)
    return one is not None and one.active


def welcome_ping(
    records: Records, source: int, token: str, body: bytes, signature: str, now: datetime
) -> Answer:
    """A hub sends news (a POST at the callback). Without the signature of our secret it is thanked
    for and left at that, as the protocol has it."""
    one = _found(records, source, token)
    if one is None or not one.active:
        return Answer(410, "nothing here has asked for that")
    if not proves(one.secret, body, signature):
        keep_and_tell(records, replace(one, unproven=one.unproven + 1))
        return Answer(202)
    keep(records, replace(one, pinged=now, pings=one.pings + 1))
    records.update_source(source, next_check=now)
    return Answer(202, due=True)


def proves(secret: str, body: bytes, signature: str) -> bool:
    """Whether a signature (``sha256=`` and hex, or a longer hash of the family) is of this body with
    this secret."""
    method, _, told = signature.strip().partition("=")
    made = _HASHES.get(method.lower())
    if made is None:
        return False
    right = hmac.new(secret.encode(), body, made).hexdigest()
    return hmac.compare_digest(right.encode(), told.lower().encode("utf-8", "replace"))


def _found(records: Records, source: int, token: str) -> Subscription | None:
    one = subscription_of(records, source)
    return one if one is not None and one.known_by(token) else None


def _lease(told: str) -> timedelta:
    if not (told.isascii() and told.isdigit() and len(told) < 12):
        return _USUAL
    return min(max(timedelta(seconds=int(told)), _SHORTEST), _LONGEST)
