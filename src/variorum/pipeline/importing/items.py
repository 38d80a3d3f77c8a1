"""What readers of foreign files give."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from variorum.model import Fetched
from variorum.pipeline.path import Brought

# What a value that is not what it should be makes go wrong, in whichever library meets it first.
UNUSABLE = (
    *(ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError),
    zlib.error,
)
# The file that something comes from, and where in it.
Place = tuple[str, str]
NOWHERE: Place = ("", "")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be imported: where it lies, and why."""

    path: str
    where: str
    why: str

    def __str__(self) -> str:
        return f"{self.path}{', ' + self.where if self.where else ''}: {self.why}"


def named(path: Path) -> str:
    """A file's name as it can be written down: one of another coding has letters that cannot."""
    return os.fsencode(path.name).decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class FetchedItem:
    """A capture that another program made. ``size`` is how far the file was read, in bytes."""

    fetched: Fetched
    origin: str
    size: int = 0
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class RevisitItem:
    """A capture that repeats the payload of an earlier one (WARC revisit)."""

    fetched: Fetched
    refers_to: tuple[str, str] | None
    origin: str
    size: int = 0
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class TextItem:
    """A text that another program extracted. ``last_seen`` is when it was seen last, where that is
    told and is later than its own time."""

    brought: Brought
    size: int = 0
    last_seen: datetime | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that is no page (an image, a redirect, a request)."""

    size: int = 0


Item = FetchedItem | RevisitItem | TextItem | Skipped | Problem
Items = Iterator[Item]
