"""Articles that turn out not to be wanted once their page is read: known, kept as they came, and left
out."""

from __future__ import annotations

from variorum.model import Article, Decision, DecisionKind
from variorum.stages.watch import Filter
from variorum.store.records import Records

_MARK = "left_out"


def left_out(records: Records, article: Article, language: str | None) -> Decision | None:
    """Why the first text of an article makes no version of it; None where it is wanted."""
    told = records.wanted_of(article.source) or {}
    wanted = Filter(languages=tuple(map(str, told.get("languages", ()))))
    why = wanted.refusal_of_language(language)
    if why is None:
        return None
    return Decision(DecisionKind.NOT_ARTICLE, f"left out: {why}", details={_MARK: True})


def is_left_out(decision: Decision) -> bool:
    return bool(decision.details.get(_MARK))
