"""What a reader is told of a step in one line."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from variorum import collate
from variorum.model import Document, Version
from variorum.stages.publish.summary import summarise

TEXT = ["The mill burned down on Monday, the mayor said.", "Nobody was hurt."]
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def told(old: Document, new: Document) -> str:
    first, second = (Version(1, n, d, NOW, NOW, "", "") for n, d in enumerate((old, new)))
    lead = summarise(first, second, collate(old, new), []).lead
    assert lead is not None
    return lead.statement


@pytest.mark.parametrize(
    ("before", "after", "statement"),
    [
        ("News", "Region", "section: “News” became “Region”"),
        (None, "News", "section added: “News”"),
        ("News", None, "section removed: “News”"),
    ],
)
def test_a_field_that_was_empty_before_was_added_rather_than_changed_from_nothing(
    before: str | None, after: str | None, statement: str
) -> None:
    old = Document.build("Fire at the mill", TEXT, section=before)
    new = Document.build("Fire at the mill", TEXT, section=after)
    assert told(old, new) == statement
