"""What an error says, in one line: for logs, reports and people."""

from __future__ import annotations


def in_one_line(error: BaseException, longest: int = 200) -> str:
    """The words of an error (of the driver's own, where a database library wraps it) without line
    breaks, cut at ``longest`` characters; its kind where it says nothing."""
    own = getattr(error, "orig", None) or error
    return " ".join(str(own).split())[:longest] or type(own).__name__
