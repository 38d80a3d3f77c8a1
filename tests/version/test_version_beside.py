"""A line that no reading took in was edited: a version, and its reason quotes what changed."""

# ruff: noqa: E501  (lines of pages are easier to read whole)

from __future__ import annotations

from datetime import timedelta

import pytest
from version_stories import HEADLINE, MENU, START, STORY, after, page

from variorum import collate
from variorum.model import Media, Notice, Page, Version, reasons
from variorum.stages.publish.summary import summarise

LEAD = "Those who slept for {} after lunch did best in the tests of memory."


def seen(lead: str) -> tuple[str, ...]:
    return (*MENU[:4], HEADLINE, lead, *STORY, *MENU[4:])


def test_a_line_beside_the_text_that_changed_is_quoted_in_the_reason() -> None:
    old, new = (page(seen=seen(LEAD.format(x))) for x in ("half an hour", "20 minutes"))
    decision = after(old, new)
    assert decision.fields == ("body",)
    told = decision.reason.partition(reasons.BESIDE)[2]
    assert told == f"“{LEAD.format('half an hour')}” became “{LEAD.format('20 minutes')}”"


def test_a_reader_is_told_of_it_though_the_two_texts_are_the_same() -> None:
    old, new = (page(seen=seen(LEAD.format(x))) for x in ("half an hour", "20 minutes"))
    reason = after(old, new).reason
    time = START
    first, second = (
        Version(1, n, p.document, time, time, why, "")
        for n, (p, why) in enumerate([(old, "first seen"), (new, reason)])
    )
    change = summarise(first, second, collate(old.document, new.document), [])
    assert change.meaningful and change.kinds == ("reworded",)
    assert change.lead is not None and "20 minutes" in change.lead.statement


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("214 shares Click to share on X (Opens in new window)", "1.2K shares Click to share on X (Opens in new window)"),
        ("This series is supported by Oakenfold Bank About this content", "This series is supported by Brightwell Energy About this content"),
        ("Open in app", "Open in the app"),
        ("12 reactions to this walk in the hills", "1.4k reactions to this walk in the hills"),
    ],
)  # fmt: skip
def test_what_the_site_says_beside_the_text_is_no_version(one: str, other: str) -> None:
    assert not after(page(seen=seen(one)), page(seen=seen(other))).kind.makes_version


@pytest.mark.parametrize("lost", ["\ufffd", "Â©"])
def test_a_sign_that_was_lost_in_a_line_beside_the_text_is_no_version(lost: str) -> None:
    line = "© Northwick Wire. Subscribers may print this story with credit."
    whole, hurt = page(seen=seen(line)), page(seen=seen(line.replace("©", lost)))
    for old, new in ((whole, hurt), (hurt, whole)):
        assert not after(old, new).kind.makes_version
    other = page(seen=seen(line.replace("©", lost).replace("may", "must not")))
    assert after(whole, other).kind.makes_version


def test_a_series_that_the_story_tells_of_is_one() -> None:
    told = "The series of talks is supported by {}, which paid for the hall and the heating."
    old, new = (page(seen=seen(told.format(x))) for x in ("the county", "a bank"))
    assert after(old, new).kind.makes_version


def with_caption(text: str) -> Page:
    return page(media=[Media("image", "https://echo.example/a.jpg", text)], seen=seen(text))


def test_a_caption_that_changed_is_told_as_a_caption_and_not_as_the_text_beside() -> None:
    caption = "The town's {} sleepers wait for the bell of the great hall on Friday."
    decision = after(with_caption(caption.format("nine")), with_caption(caption.format("ninety")))
    assert (decision.fields, decision.reason) == (("caption",), "changed: caption")


def test_a_correction_below_the_story_is_told_as_a_notice_alone() -> None:
    note = "Correction: This article originally said that the hall was built in 1903. It was 1908."
    old = page(seen=seen(LEAD), modified=START.isoformat())
    lines = (*old.visible[:8], note, *old.visible[8:])
    new = page(
        notices=[Notice("correction", note)],
        seen=lines,
        modified=(START + timedelta(days=1)).isoformat(),
    )
    assert after(old, new).fields == ("notice",)
