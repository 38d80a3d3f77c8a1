"""Sending a message elsewhere: as JSON to a web address, or through Apprise to a service."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import aiohttp

from variorum.stages.fetch import Guard, user_agent

#: The header that proves to a receiver that the body is from here: HMAC-SHA-256 with its secret.
SIGNATURE = "X-Variorum-Signature-256"
_SECONDS = 20
# Schemes of Apprise that speak to this very machine, or to web addresses around our own guard.
_REFUSED = frozenset(
    "dbus file form forms glib gnome json jsons kde macosx qt syslog windows xml xmls".split()  # noqa: SIM905
)


class UndeliveredError(Exception):
    """A message did not arrive; the text says why in one line."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is told: for people (title and body) and for programs (data)."""

    title: str
    body: str
    data: Mapping[str, Any]


def complaint(target: str, guard: Guard) -> str | None:
    """Why nothing can be sent to a target, in one plain line."""
    scheme = target.partition("://")[0].lower()
    if "://" not in target:
        return "it is no address: https://… for a webhook, or an address of Apprise"
    if scheme in ("http", "https"):
        return guard.url(target)
    if scheme in _REFUSED:
        return f"{scheme}:// is not used from here; a webhook is an https:// address"
    if find_spec("apprise") is None:
        return "only webhooks can be used here: pip install 'variorum[notify]' brings the services"
    with _quiet():
        known = import_module("apprise").Apprise.instantiate(target)
    return None if known else "Apprise does not know such an address"


async def send(target: str, secret: str, message: Message, guard: Guard) -> None:
    """Send a message. Raises UndeliveredError."""
    why = complaint(target, guard)
    if why:
        raise UndeliveredError(why)
    if target.lower().startswith(("http://", "https://")):
        await _post(target, secret, message, guard)
    else:
        await asyncio.to_thread(_through_apprise, target, message)


async def _post(target: str, secret: str, message: Message, guard: Guard) -> None:
    body = json.dumps(message.data, ensure_ascii=False).encode("utf-8", "replace")
    headers = {
        "Content-Type": "application/json",
        "User-Agent": user_agent(),
        SIGNATURE: "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest(),
    }
    connector = aiohttp.TCPConnector(socket_factory=guard.socket)
    limit = aiohttp.ClientTimeout(total=_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(connector=connector, timeout=limit, trust_env=False) as session,
            session.post(target, data=body, headers=headers, allow_redirects=False) as answer,
        ):
            status = answer.status
    except (aiohttp.ClientError, OSError, ValueError, TimeoutError) as error:
        raise UndeliveredError(f"no answer ({str(error) or type(error).__name__})") from error
    if not 200 <= status < 300:
        raise UndeliveredError(f"the address answered {status}")


@contextmanager
def _quiet() -> Iterator[None]:
    """Apprise imports its services when one is first named; what they use that Python deprecates is
    not for our readers."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def _through_apprise(target: str, message: Message) -> None:
    try:
        with _quiet():
            service = import_module("apprise").Apprise()
            service.add(target)
            arrived = service.notify(title=message.title, body=message.body)
    except Exception as error:
        raise UndeliveredError(f"Apprise failed ({type(error).__name__})") from error
    if not arrived:
        raise UndeliveredError("the service did not take it")
