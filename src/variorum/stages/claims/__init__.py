"""Who is said to have said what, how surely, with what figures, and what became of it.

Four functions; each imports its part when called, so that importing the stage costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from variorum.model import Claim, ClaimChange, Collation, Document, Figure, Hedge
    from variorum.stages.claims.memory import Memory

__all__ = ["compare_claims", "explain_claims", "find_claims", "find_figures", "find_hedges"]


def find_claims(document: Document, memory: Memory | None = None) -> list[Claim]:
    """The attributed statements of ``document`` in reading order; offsets into its text. Whoever
    looks at the versions of an article one by one spares work with a ``memory`` for all of them;
    what is found is the same."""
    from variorum.stages.claims.attribution import attributed_statements

    return attributed_statements(document, memory)


def explain_claims(document: Document) -> list[str]:
    """One plain line a claim: what was found, and by which rule."""
    from variorum.stages.claims.attribution import explained

    return explained(document)


def find_figures(text: str) -> list[Figure]:
    """Every quantity of ``text``, whoever gives it, in reading order."""
    from variorum.stages.claims.figures import find_figures as found

    return found(text)


def find_hedges(text: str, start: int, end: int) -> list[Hedge]:
    """The words of ``text[start:end]`` that say how surely; offsets into ``text``."""
    from variorum.stages.claims.hedges import find_hedges as found

    return found(text, start, end)


def compare_claims(old: Document, new: Document, collation: Collation) -> list[ClaimChange]:
    """What became of the claims of ``old`` in ``new``, weightiest first."""
    from variorum.stages.claims.changes import compare_claims as compared

    return compared(old, new, collation)
