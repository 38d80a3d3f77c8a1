"""How a line ends: as a sentence does, or as a label."""

from __future__ import annotations

import re

from variorum.text.caseless import Caseless
from variorum.text.moments import before_stamp

SENTENCE_END = re.compile(r"""[.!?…。！？؟।:;][\s"'”’»)\]›*]*$""")
_TIME_END = re.compile(r"\d ?[ap]\. ?m\.\W{0,2}$", re.IGNORECASE)


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does, and not only with the time of a stamp: "By Ana Holm
    Published Nov. 26, 2026 at 5:15 a.m."."""
    if SENTENCE_END.search(text) is None:
        return False
    return _TIME_END.search(text) is None or before_stamp(text) == text


_OPEN = frozenset('"“„«')
_QUOTED = re.compile('["“„«][^"”“»]*["”“»]')
_SAYING = 2  # words that say whose a quotation is, at least


def is_said(text: str) -> bool:
    """Whether a line begins with a quotation and says whose it is: “Sign up to nothing,” she said."""
    return bool(text) and text[0] in _OPEN and len(_QUOTED.sub(" ", text).split()) >= _SAYING


_REPORTS = Caseless(
    r"\b(?:said|says|wrote|told|asked|according to|sagten?|schrieb(?:en)?|laut|(?:a|ont) (?:dit|déclaré|écrit)|selon"
    r"|dijo|dijeron|escribió|según|ha detto|hanno detto|disse|disseram|escreveu)\b"
)


def reports(text: str) -> bool:
    """Whether a line reports what somebody said: a story does, a paper that speaks of itself does not."""
    return _REPORTS.search(text)
