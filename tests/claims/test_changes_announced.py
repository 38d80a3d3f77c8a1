"""Whether the publisher said so: a notice that names this change, another one, or none."""

from __future__ import annotations

import variorum
from variorum.model import ClaimChange, Document, Notice

OLD = "The ferry carried 12 people, captain Ona Reed said."
NEW = "The ferry carried 21 people, captain Ona Reed said."


def compared(notice: str | None, *, paragraph: bool = False, before: str = "") -> ClaimChange:
    old = Document.build("Ferry", [OLD, *([before] if before else [])])
    if notice is None:
        new = Document.build("Ferry", [NEW])
    elif paragraph:
        new = Document.build("Ferry", [NEW, notice])
    else:
        new = Document.build("Ferry", [NEW], notices=(Notice("correction", notice),))
    return next(c for c in variorum.claim_changes(old, new) if c.kind == "figure")


def test_a_notice_with_the_new_figure_announces_it() -> None:
    change = compared("Correction: the ferry carried 21 people, not 12.")
    assert change.announced
    assert change.details["notice"] == "names this"


def test_a_notice_about_something_else_does_not() -> None:
    change = compared("Correction: an earlier version misspelled the harbour's name.")
    assert not change.announced
    assert change.details["notice"] == "other"


def test_without_a_notice_the_change_is_unannounced() -> None:
    assert compared(None).details["notice"] == "none"


def test_a_paragraph_that_reads_like_a_notice_counts_as_one() -> None:
    text = "This article was amended on 3 May: the ferry carried 21 people."
    assert compared(text, paragraph=True).announced


def test_a_notice_that_was_there_before_announces_nothing_new() -> None:
    text = "Correction: the ferry carried 21 people, not 12."
    change = compared(text, paragraph=True, before=text)
    assert change.details["notice"] == "none"


def told(notice: str) -> str:
    """The verdict on a notice beside a trial whose number of patients changed."""
    old, new = (
        Document.build("Trial", [f"The trial had {n} patients, its leader Ona Reed said."])
        for n in (640, 460)
    )
    noted = Document.build("Trial", new.paragraphs, notices=(Notice("correction", notice),))
    return str(variorum.claim_changes(old, noted)[0].details["notice"])


def test_a_notice_without_a_figure_may_name_what_is_counted() -> None:
    assert (
        told("Correction: the number of patients was wrong in an earlier version.") == "names this"
    )
    assert told("Correction: the number of authors was wrong in an earlier version.") == "other"
    assert told("Correction: the name of the patients' group was wrong.") == "other"
