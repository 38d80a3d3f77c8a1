"""Links in the form of the HTTP header ``Link`` (RFC 8288) and of link-format (RFC 6690)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

# A TimeMap has one link a memento; a header has a handful.
MAX_LINKS = 200_000
_SPACE = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Link:
    """``<uri>; name=value; …``. Of a parameter that is given twice the first counts."""

    uri: str
    parameters: dict[str, str]

    @property
    def relations(self) -> list[str]:
        return self.parameters.get("rel", "").lower().split()


def read_links(text: str) -> Iterator[Link]:
    """The links of ``text`` in order. What is no link is passed over, one that is cut is left out;
    takes time in proportion to the text."""
    at = 0
    for _ in range(MAX_LINKS):
        start = text.find("<", at)
        end = text.find(">", start)
        if start < 0 or end < 0:
            return
        parameters, at, whole = _parameters(text, end + 1)
        if whole:
            yield Link(text[start + 1 : end].strip(), parameters)


def _parameters(text: str, at: int) -> tuple[dict[str, str], int, bool]:
    """What follows a link up to its comma, where that ends, and whether it is whole."""
    found: dict[str, str] = {}
    while True:
        at = _after_space(text, at)
        if at >= len(text) or text[at] != ";":
            return found, at, True
        name_at = at = _after_space(text, at + 1)
        while at < len(text) and text[at] not in "=;,<" + _SPACE:
            at += 1
        name = text[name_at:at].lower()
        at = _after_space(text, at)
        value = ""
        if at < len(text) and text[at] == "=":
            value, at, whole = _value(text, _after_space(text, at + 1))
            if not whole:
                return found, at, False
        if name:
            found.setdefault(name, value)


def _value(text: str, at: int) -> tuple[str, int, bool]:
    if at < len(text) and text[at] == '"':
        end = text.find('"', at + 1)
        return (text[at + 1 : end], end + 1, True) if end >= 0 else ("", len(text), False)
    start = at
    while at < len(text) and text[at] not in ";,<" + _SPACE:
        at += 1
    return text[start:at], at, True


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at
