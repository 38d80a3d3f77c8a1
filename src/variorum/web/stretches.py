"""An endless list cut into stretches that never change: the archives of a feed (RFC 5005).

What is listed is in the order of recording, so that whatever stands at a place stays there. Stretch
n holds the entries from ``n * LENGTH``; the feed itself has the newest ``LENGTH``, so that it and the
last full stretch overlap and nothing falls between them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from variorum.web import asking
from variorum.web.errors import not_found

T = TypeVar("T")

#: Entries of a feed, and of each of its archives.
LENGTH = 50
PARAMETER = asking.count(
    "archive", "Number of an archive of the feed (RFC 5005); pages take no notice of it.", 10**9
)


@dataclass(frozen=True, slots=True)
class Stretch(Generic[T]):
    """Part of a list: ``number`` is None for its newest part, which goes on growing."""

    items: Sequence[T]
    number: int | None
    before: int | None
    after: int | None


def stretch(
    number: int | None, total: int, fetch: Callable[[int, int, bool], Sequence[T]]
) -> Stretch[T]:
    """The stretch with this number of a list of ``total`` entries, its newest part for None.

    ``fetch`` takes how many, how many to skip, and whether from the newest. Raises a 404 for a
    stretch that is not full yet.
    """
    full = total // LENGTH
    if number is None:
        before = full - 1 if total > LENGTH else None
        return Stretch(fetch(LENGTH, 0, True), None, before, None)
    if number >= full:
        raise not_found("No such archive", "Newer entries are in the feed itself.")
    return Stretch(
        fetch(LENGTH, number * LENGTH, False),
        number,
        number - 1 if number else None,
        number + 1 if number + 1 < full else None,
    )
