"""Where the entries of an OPML file stand in it: what cannot be watched is told with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from variorum.stages.watch.opml import attributes_of, outlines_in
from variorum.stages.watch.values import clean_link
from variorum.stages.watch.xml import for_parser, read_markup

_NOTHING_TO_WATCH = ("category", "folder", "include")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the file: its line, its address as written ("" where it has none), and the address
    that would be watched (None where that is none)."""

    line: int
    address: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that cannot be watched; ``url`` as the archive writes it, if it can."""

    line: int
    address: str
    why: str
    url: str | None

    def to_dict(self) -> dict[str, Any]:
        return {"url": self.address, "why": self.why, "line": self.line}


def refused_of(body: bytes, judge: Callable[[str], str | None]) -> list[Refused]:
    """The entries that cannot be watched; ``judge`` says why an address is not asked, or None."""
    found = []
    for entry in entries_of(body):
        why = judge(entry.url or entry.address) if entry.address else "it has no address"
        if why or entry.url is None:
            told = why or "it cannot be read as a URL"
            found.append(Refused(entry.line, entry.address, told, entry.url))
    return found


def entries_of(body: bytes) -> Iterator[Entry]:
    """The entries that have an address or say that they are a feed; folders are none. The file is one
    that ``read_opml`` could read."""
    text = read_markup(body)
    above = text.count("\n") - for_parser(text).count(
        b"\n"
    )  # the XML declaration may have had lines
    try:
        for event, element in outlines_in(text):
            if event == "end":
                continue
            given = attributes_of(element)
            address = (given.get("xmlurl") or given.get("url") or "").strip()
            kind = given.get("type", "").lower()
            if address or (kind and kind not in _NOTHING_TO_WATCH):
                line = (element.sourceline or 0) + above
                yield Entry(line, address, clean_link("", address))
    except etree.XMLSyntaxError:  # what came before it is what was read
        return
