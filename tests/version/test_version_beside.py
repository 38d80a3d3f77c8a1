"""A line that no reading took in was edited: a version, and its reason quotes what changed."""

from __future__ import annotations

from version_stories import HEADLINE, MENU, START, STORY, after, page

from variorum import collate
from variorum.model import Version, reasons
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
