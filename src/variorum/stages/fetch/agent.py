"""Who asks: the User-Agent of every request (RFC 9110, section 10.1.5)."""

from __future__ import annotations

import os

from variorum.about import __version__

#: Names whom a publisher may write to: a web page or a mail address of whoever runs this archive.
CONTACT = "VARIORUM_CONTACT"
_LONGEST = 200
_PURPOSE = "keeps versions of news stories"


def user_agent() -> str:
    """The name of this software and what it is for, with the contact where one is named."""
    contact = _comment(os.environ.get(CONTACT, ""))
    return f"Variorum/{__version__} ({f'+{contact}; ' if contact else ''}{_PURPOSE})"


def _comment(told: str) -> str:
    """What may stand in a comment of a header as it is; all else goes."""
    return "".join(c for c in told.strip() if "!" <= c <= "~" and c not in '()\\"')[:_LONGEST]
