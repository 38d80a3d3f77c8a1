"""What readers of foreign files give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from variorum.model import Fetched
from variorum.pipeline.path import Brought


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be imported: where it lies, and why."""

    path: str
    where: str
    why: str

    def __str__(self) -> str:
        return f"{self.path}{', ' + self.where if self.where else ''}: {self.why}"


@dataclass(frozen=True, slots=True)
class FetchedItem:
    """A capture that another program made. ``size`` is how far the file was read, in bytes."""

    fetched: Fetched
    origin: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class RevisitItem:
    """A capture that repeats the payload of an earlier one (WARC revisit)."""

    fetched: Fetched
    refers_to: tuple[str, str] | None
    origin: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class TextItem:
    """A text that another program extracted. ``last_seen`` is when it was seen last, where that is
    told and is later than its own time."""

    brought: Brought
    size: int = 0
    last_seen: datetime | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that is no page (an image, a redirect, a request)."""

    size: int = 0


Item = FetchedItem | RevisitItem | TextItem | Skipped | Problem
Items = Iterator[Item]
