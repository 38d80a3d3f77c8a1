"""What is kept of a capture beside the response: the page as a browser built it, a picture of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from variorum.store.warc import RecordPlace

#: The type that the page is read with.
DOM_TYPE = "text/html; charset=utf-8"
#: Where the WARC records say that they are of, as other crawlers write them down.
DOM_URN, PICTURE_URN = "urn:rendered:", "urn:fullPage:"


@dataclass(frozen=True, slots=True)
class Part:
    """One of them: ``name`` is "dom" or "screenshot", ``digest`` the SHA-256 of its bytes, hex."""

    name: str
    digest: str
    record: RecordPlace

    def to_dict(self) -> dict[str, Any]:
        return {"digest": self.digest, "record": list(self.record)}


def parts_of(details: Mapping[str, Any]) -> tuple[Part, ...]:
    """The parts that a capture's details name, in the order in which they were written. Raises
    KeyError, TypeError or ValueError for details that nobody of ours wrote."""
    told = details.get("rendered")
    if told is None:
        return ()
    found = [_part("dom", told)]
    if "screenshot" in told:
        found.append(_part("screenshot", told["screenshot"]))
    return tuple(found)


def part_of(details: Mapping[str, Any], name: str) -> Part | None:
    return next((part for part in parts_of(details) if part.name == name), None)


def _part(name: str, told: Mapping[str, Any]) -> Part:
    file, offset, length = told["record"]
    return Part(name, str(told["digest"]), (str(file), int(offset), int(length)))
