"""Old captures read by a better extractor: history stays one, and never grows."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from version_stories import STORY, document, page, swap

from variorum.model import Document, Page, Version
from variorum.stages.version import content_digest, reread

NOW = datetime(2026, 3, 12, tzinfo=UTC)
PROMPT = "Our reporters have more for you every day."


def _versions(*documents: Document, same_as: dict[int, int] | None = None) -> list[Version]:
    return [
        Version(1, n, d, NOW, NOW, "", content_digest(d), same_as=(same_as or {}).get(n))
        for n, d in enumerate(documents)
    ]


def _kept(versions: list[Version], pages: list[Page | None]) -> list[int]:
    return [r.version for r in reread(versions, pages) if r.merged_into is None]


def test_a_version_that_only_the_old_extractor_saw_is_one_with_the_one_before() -> None:
    story, with_prompt = document(), document((*STORY, PROMPT))
    old = _versions(story, with_prompt)
    result = reread(old, [page(), page()])
    assert [r.merged_into for r in result] == [None, 0]
    assert result[1].reason


def test_real_versions_stay_with_the_better_text() -> None:
    noisy = (*STORY, PROMPT)
    old = _versions(document(noisy), document(swap("12 people", "21 people", noisy)))
    new = [page(), page(swap("12 people", "21 people"))]
    result = reread(old, new)
    assert [r.merged_into for r in result] == [None, None]
    assert result[1].document.paragraphs == swap("12 people", "21 people")


def test_a_capture_that_cannot_be_read_any_more_keeps_its_version_and_text() -> None:
    old = _versions(document(), document(swap("12 people", "21 people")))
    result = reread(old, [None, None])
    assert [r.merged_into for r in result] == [None, None]
    assert result[0].document == old[0].document


def test_a_capture_that_turns_out_to_be_a_stub_is_no_version_of_its_own() -> None:
    more = tuple(
        f"Witness number {n} told the inquiry what was seen that night." for n in range(12)
    )
    old = _versions(document((*STORY, *more)), document(STORY[:1]), document((*STORY, *more)))
    result = reread(old, [page((*STORY, *more)), page(STORY[:1]), page((*STORY, *more))])
    assert [r.merged_into for r in result] == [None, 0, 0]


def test_a_return_stays_a_return() -> None:
    a, b = document(), document(swap("12 people", "21 people"))
    old = _versions(a, b, a, same_as={2: 0})
    result = reread(old, [page(), page(swap("12 people", "21 people")), page()])
    assert [r.merged_into for r in result] == [None, None, None]
    assert [r.same_as for r in result] == [None, None, 0]


def test_a_line_that_stood_on_both_pages_does_not_make_two_versions() -> None:
    seen = (*STORY, PROMPT)
    result = reread(
        _versions(document(), document((*STORY, PROMPT))),
        [page(seen=seen), page((*STORY, PROMPT), seen=seen)],
    )
    assert [r.merged_into for r in result] == [None, 0]


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_there_is_one_answer_a_version_and_merges_point_back(choice: list[int]) -> None:
    texts = [document((*STORY, f"It ends with the number {n} tonight.")) for n in range(6)]
    pages = [page((*STORY, f"It ends with the number {n} tonight.")) for n in range(6)]
    old = _versions(*(texts[n] for n in range(len(choice) % 6 + 1)))
    old = [Version(1, i, texts[n], NOW, NOW, "", "") for i, n in enumerate(choice)]
    result = reread(old, [pages[n] for n in choice])
    assert [r.version for r in result] == list(range(len(choice)))
    stays = {r.version for r in result if r.merged_into is None}
    assert 0 in stays
    assert all(r.merged_into in stays for r in result if r.merged_into is not None)
    assert len(stays) <= len(old)
