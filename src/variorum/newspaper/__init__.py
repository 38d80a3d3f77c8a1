"""The demo newspaper: a small invented news world on loopback that knows what is true of it.

``make run`` watches it, tests measure against its :meth:`Newspaper.truth`. It knows nothing of the
archive. Names are imported when asked for, so that importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from variorum.newspaper.clock import Clock
    from variorum.newspaper.evil import EvilServer
    from variorum.newspaper.newspaper import Newspaper
    from variorum.newspaper.score import Score, measure
    from variorum.newspaper.truth import TrueArticle, TrueNotice, TrueOutcome, TrueVersion

__all__ = [
    "Clock",
    "EvilServer",
    "Newspaper",
    "Score",
    "TrueArticle",
    "TrueNotice",
    "TrueOutcome",
    "TrueVersion",
    "measure",
]
_HOME = {
    "Clock": "clock",
    "EvilServer": "evil",
    "Newspaper": "newspaper",
    "Score": "score",
    "TrueArticle": "truth",
    "TrueNotice": "truth",
    "TrueOutcome": "truth",
    "TrueVersion": "truth",
    "measure": "score",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
