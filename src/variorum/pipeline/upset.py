"""A text that upsets the rules for claims costs its claims, and nothing else of what is made with them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TypeVar

from variorum.text.told import in_one_line

T = TypeVar("T")
log = logging.getLogger(__name__)


def unless_upset(text: str, work: Callable[[], Sequence[T]]) -> Sequence[T] | None:
    """What ``work`` finds in a text; None, and a line in the log that names it, where it breaks."""
    try:
        return work()
    except Exception as error:
        kind = type(error).__name__
        log.warning("%s upsets the rules for claims: %s (%s)", text, in_one_line(error), kind)
        return None
