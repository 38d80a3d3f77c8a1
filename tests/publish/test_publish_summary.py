"""What a reader is told of a step in one line."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from variorum import claim_changes, collate
from variorum.model import Change, Document, Notice, Version
from variorum.model.reasons import told_beside
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


@pytest.mark.parametrize(
    ("before", "after", "badge"),
    [
        ("Fire ‘deliberate’", "Fire 'deliberate'", False),
        ("Fire deliberate", "Fire 'deliberate'", True),
    ],
)
def test_a_headline_set_in_other_quotation_marks_has_no_badge_and_one_put_into_them_has(
    before: str, after: str, badge: bool
) -> None:
    olds, news = (
        Document.build(h, [*TEXT, n]) for h, n in ((before, "One fled."), (after, "Two fled."))
    )
    first, second = (Version(1, n, d, NOW, NOW, "", "") for n, d in enumerate((olds, news)))
    assert ("headline" in summarise(first, second, collate(olds, news), []).kinds) is badge


NOTE = Notice("correction", "Correction: the bill is £100,000, not £10,000.")
COST = ["The bill is £10,000, the mayor said.", "The hall seats 12 people."]


@pytest.mark.parametrize(
    ("edits", "notices", "label"),
    [
        ([("£10,000", "£100,000")], [NOTE], "announced"),
        ([("£10,000", "£100,000"), ("12", "21")], [NOTE], "announced in part"),
        ([("12", "21")], [NOTE], "unannounced"),
        ([("£10,000", "£100,000")], [], "unannounced"),
        ([], [NOTE], "announced"),
        ([("seats", "holds")], [], "unannounced"),
    ],
)
def test_a_step_is_announced_when_a_notice_names_every_claim_change_of_it(
    edits: list[tuple[str, str]], notices: list[Notice], label: str
) -> None:
    after = "\n".join(COST)
    for was, now in edits:
        after = after.replace(was, now)
    old = Document.build("The mill", COST)
    new = Document.build("The mill", after.split("\n"), notices=tuple(notices))
    assert step(old, new).announcement == label


def test_a_notice_that_is_taken_away_announces_nothing() -> None:
    noted = Document.build("The mill", COST, notices=(NOTE,))
    assert step(noted, Document.build("The mill", COST)).announcement == "unannounced"


def step(old: Document, new: Document) -> Change:
    first, second = (Version(1, n, d, NOW, NOW, "", "") for n, d in enumerate((old, new)))
    return summarise(first, second, collate(old, new), claim_changes(old, new))


@pytest.mark.parametrize("mark", ["; outside the text: ", "; in a line beside the text: "])
def test_a_line_outside_the_text_is_told_however_old_the_archive(mark: str) -> None:
    assert told_beside(f"changed: body{mark}added: “Two fled.”") == "added: “Two fled.”"
    assert told_beside("changed: body") == ""


@pytest.mark.parametrize("label", ["14:40", "Correction."])
def test_what_came_under_a_label_is_told_rather_than_the_label(label: str) -> None:
    entry = "The crane on the quay has been brought down, the port says."
    old = Document.build("Fire at the mill", TEXT)
    new = Document.build("Fire at the mill", [label, entry, *TEXT])
    assert told(old, new) == f"added: “{entry}”"


def test_a_label_that_came_alone_is_told() -> None:
    old = Document.build("Fire at the mill", TEXT)
    assert told(old, Document.build("Fire at the mill", ["14:40", *TEXT])) == "added: “14:40”"
