"""A page that a browser built: read in place of the response, and kept beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from variorum.model import Capture, Fetched, Rendered
from variorum.store.parts import DOM_TYPE, DOM_URN, PICTURE_URN, Part, parts_of
from variorum.store.warc import WarcStore, payload_digest

_OF_THE_BODY = frozenset({"content-type", "content-encoding", "content-length"})


def as_read(fetched: Fetched) -> Fetched:
    """The fetch as the page is read from it: with the built page as its body, where there is one."""
    if fetched.rendered is None:
        return fetched
    kept = tuple(pair for pair in fetched.headers if pair[0].lower() not in _OF_THE_BODY)
    headers = (*kept, ("Content-Type", DOM_TYPE))
    return replace(fetched, headers=headers, body=fetched.rendered.dom, raw=None)


def keep_rendered(
    warc: WarcStore, fetched: Fetched, last: Capture | None, *, picture: bool
) -> dict[str, Any] | None:
    """Write down what a browser made of a page; returns what the capture's details say of it.

    A page that was built the same the last time is not written again. ``picture``: the screenshot
    too, where there is one.
    """
    made = fetched.rendered
    if made is None:
        return None
    digest = payload_digest(made.dom)
    before = next((p for p in parts_of(last.details) if p.digest == digest), None) if last else None
    place = before.record if before else _append(warc, fetched, DOM_URN, DOM_TYPE, made.dom)
    told = {**_told(made), **Part("dom", digest, place).to_dict()}
    if picture and made.screenshot:
        place = _append(warc, fetched, PICTURE_URN, "image/png", made.screenshot)
        shot = Part("screenshot", payload_digest(made.screenshot), place)
        told["screenshot"] = shot.to_dict()
    return told


def rendered_again(told: dict[str, Any], dom: bytes, screenshot: bytes | None) -> Rendered:
    """The inverse of what :func:`keep_rendered` says, for captures that are brought."""
    return Rendered(
        dom,
        str(told["browser"]),
        bool(told["sandbox"]),
        int(told["requests"]),
        int(told["refused"]),
        tuple(map(str, told["notes"])),
        screenshot,
    )


def _told(made: Rendered) -> dict[str, Any]:
    return {
        "browser": made.browser,
        "sandbox": made.sandbox,
        "requests": made.requests,
        "refused": made.refused,
        "notes": list(made.notes),
    }


def _append(
    warc: WarcStore, fetched: Fetched, urn: str, kind: str, data: bytes
) -> tuple[str, int, int]:
    return warc.append_resource(f"{urn}{fetched.final_url}", fetched.time, kind, data)
