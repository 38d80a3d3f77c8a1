"""What orders about one article have in common."""

from __future__ import annotations

from variorum.model import Article
from variorum.store.article_records import MERGED
from variorum.store.records import Records
from variorum.web.errors import ElsewhereError, not_found
from variorum.web.people.forms import Field

#: Longest reason.
WHY = 1_000
REASON = Field("reason", "the reason, visible to everybody", required=True, longest=WHY)


def kept_article(records: Records, number: int) -> Article:
    """The article, hidden or not; leads on where it was made part of another."""
    article = records.article(number)
    if article is None:
        raise not_found("No such article", f"This archive has no article {number}.")
    if article.state == MERGED:
        raise ElsewhereError(f"/a/{records.forward_of(number)}")
    return article


#: JSON Schema of what :func:`whole_number` takes, or nothing.
WHOLE_NUMBER = {
    "anyOf": [
        {"type": "integer", "minimum": 0, "maximum": 10**18 - 1},
        {"type": "string", "pattern": "^[0-9]{0,18}$"},
    ]
}


def whole_number(text: str) -> int:
    """A version or an article as somebody types it."""
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise ValueError("a whole number")
    return int(text)
