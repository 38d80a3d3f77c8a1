"""Documents and decisions as an export of ours writes them, taken only where each value is of its kind:
one that is not would be half a document, and go wrong far from here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from variorum.model import Decision, DecisionKind, Document

_TEXTS = ("headline", "text", "url", "published", "modified", "language", "section")
_LISTS = ("paragraphs", "byline")
_MEDIA = ("kind", "url", "caption")


def told_document(data: Mapping[str, Any]) -> Document:
    """Raises ValueError, which names the first value that is not of its kind."""
    for name in _TEXTS:
        _text(data, name)
    for name in _LISTS:
        texts_at(data, name)
    for one in _objects(data, "media"):
        for name in _MEDIA:
            _text(one, name)
    for one in _objects(data, "notices"):
        _text(one, "kind")
        _text(one, "text")
        whole_number_at(one, "paragraph")
    return Document.from_dict(data)


def told_decision(data: Mapping[str, Any]) -> Decision | None:
    """What the archive that a line comes from took its version for; None where it does not say, or in
    no word that stands for a version. Raises ValueError as :func:`told_document` does."""
    try:
        kind = DecisionKind(data["kind"])
    except (KeyError, ValueError):
        return None
    if not kind.makes_version:
        return None
    reason = _text(data, "reason") or ""
    return Decision(kind, reason, texts_at(data, "fields"), whole_number_at(data, "same_as"))


def label_of(data: Mapping[str, Any]) -> str | None:
    """What a line calls its version. Raises ValueError."""
    return _text(data, "label")


def texts_at(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list of texts; nothing where there is none. Raises ValueError."""
    found = data.get(name)
    if found is None:
        return ()
    if not isinstance(found, list | tuple) or not all(isinstance(one, str) for one in found):
        raise ValueError(f'"{name}" is not a list of texts')
    return tuple(found)


def whole_number_at(data: Mapping[str, Any], name: str) -> int | None:
    """A number of a version or a paragraph. Raises ValueError."""
    found = data.get(name)
    if found is None:
        return None
    if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found < 1 << 31:
        raise ValueError(f'"{name}" is not a number of anything')
    return found


def _text(data: Mapping[str, Any], name: str) -> str | None:
    found = data.get(name)
    if found is not None and not isinstance(found, str):
        raise ValueError(f'"{name}" is not a text')
    return found


def _objects(data: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = data.get(name)
    if found is None:
        return []
    if not isinstance(found, list | tuple) or not all(isinstance(one, Mapping) for one in found):
        raise ValueError(f'"{name}" is not a list of objects')
    return list(found)
