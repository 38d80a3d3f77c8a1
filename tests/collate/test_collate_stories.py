"""What happens to stories, and what the collation says of it."""

from __future__ import annotations

import time

import pytest

from variorum import align, collate
from variorum.model import Collation, Document, Media, Notice, Segment
from variorum.stages.collate import blame, collate_documents
from variorum.stages.collate.units import may_widen
from variorum.stages.collate.words import word_edits

LEAD = "A fire broke out in a warehouse on Mill Street on Monday night."
CROWD = "At least 12 people were taken to hospital, the fire service said."
MAYOR = "The mayor, Ann Marsh, called it the worst night she had known."
CAUSE = "Investigators do not know yet what caused the fire."
ROADS = "Mill Street and the old bridge stay shut until Thursday noon."
SCHOOL = "Two schools nearby will not open on Tuesday."


def story(*paragraphs: str, headline: str | None = None) -> Document:
    return Document.build(headline, paragraphs, language="en")


def marked(segment: Segment) -> str:
    forms = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return "".join(forms[sign].format(text) for sign, text in segment.words).strip()


def changes(collation: Collation) -> list[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    return [(s.op, s.old, s.new) for s in collation.segments if s.op != "same" or s.moved]


def edited(old: str, new: str) -> str:
    forms = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return "".join(forms[sign].format(text) for sign, text in word_edits(old, new))


# -- sentences


def test_a_figure_revised_is_one_edited_sentence() -> None:
    found = collate(story(LEAD, CROWD, MAYOR), story(LEAD, CROWD.replace("12", "21"), MAYOR))
    assert changes(found) == [("edited", (1,), (1,))]
    assert marked(found.segments[1]).startswith("At least [-12-]{+21+} people")


def test_a_sentence_put_in_and_one_taken_out() -> None:
    found = collate(story(LEAD, CROWD, MAYOR), story(LEAD, SCHOOL, CROWD))
    assert changes(found) == [("added", (), (1,)), ("removed", (2,), ())]


def test_what_went_stands_before_what_came_in_its_place() -> None:
    found = collate(story(LEAD, MAYOR, ROADS), story(LEAD, SCHOOL, ROADS))
    assert changes(found) == [("removed", (1,), ()), ("added", (), (1,))]


def test_one_sentence_made_two_and_two_made_one() -> None:
    whole = story(LEAD, "The mayor visited the site on Monday and promised help to all families.")
    parts = story(LEAD, "The mayor visited the site on Monday. She promised help to all families.")
    assert changes(collate(whole, parts)) == [("split", (1,), (1, 2))]
    assert changes(collate(parts, whole)) == [("merged", (1, 2), (1,))]


def test_a_paragraph_moved_and_edited_is_one_move_with_its_edit_marked() -> None:
    old = story(LEAD, f"{CAUSE} {SCHOOL}", CROWD, MAYOR, ROADS)
    new = story(LEAD, CROWD, MAYOR, ROADS, f"{CAUSE} {SCHOOL.replace('Two', 'Three')}")
    moved = [s for s in collate(old, new).segments if s.moved]
    assert [(s.op, s.old, s.new, s.move) for s in moved] == [
        ("same", (1,), (4,), 1),
        ("edited", (2,), (5,), 1),
    ]
    assert marked(moved[1]).startswith("[-Two-]{+Three+} schools")


def test_of_two_passages_that_changed_places_the_shorter_one_moved() -> None:
    old, new = story(LEAD, SCHOOL, f"{MAYOR} {CAUSE}"), story(LEAD, f"{MAYOR} {CAUSE}", SCHOOL)
    assert [s.old for s in collate(old, new).segments if s.moved] == [(1,)]


def test_a_latest_item_put_above_its_older_near_copies_is_the_new_one() -> None:
    def items(*days: str) -> list[str]:
        return [
            f"Update, {day}: {n} cases were confirmed." for day, n in (d.split("=") for d in days)
        ]

    old = ["Latest news", *items("Monday=12", "Sunday=9")]
    new = ["Latest news", *items("Tuesday=15", "Monday=12", "Sunday=9")]
    assert align(old, new) == [(0, 0), (1, 2), (2, 3)]


def test_templated_sentences_that_differ_in_a_figure_keep_their_order() -> None:
    old = [f"Ward {w}: {n} votes counted." for w, n in (("A", 10), ("B", 20), ("C", 30))]
    new = [f"Ward {w}: {n} votes counted." for w, n in (("A", 14), ("B", 25), ("C", 38))]
    assert align(old, new) == [(0, 0), (1, 1), (2, 2)]


def test_a_short_value_and_a_state_flipped_are_edits_in_place() -> None:
    assert align([LEAD, "£1,526", ROADS], [LEAD, "£1,518", ROADS]) == [(0, 0), (1, 1), (2, 2)]
    old, new = [LEAD, "Nominations open", ROADS], [LEAD, "Nominations closed", ROADS]
    assert align(old, new) == [(0, 0), (1, 1), (2, 2)]


def test_two_lines_rewritten_between_the_same_neighbours_are_linked_in_step() -> None:
    gates = "The harbour gates will be closed to all traffic on Sunday 4 June from noon."
    ships = "Ferries will not run from pier five to the islands while work goes on at the gates."
    later = "From 8 June ships may come to the harbour only by the western channel."
    buses = "Passengers for the islands have no boats from pier six until the autumn."
    old, new = [LEAD, gates, ships, ROADS], [LEAD, later, buses, ROADS]
    assert align(old, new) == [(0, 0), (1, 1), (2, 2), (3, 3)]
    assert align(old, [LEAD, MAYOR, SCHOOL, ROADS]) == [(0, 0), (3, 3)]
    assert align(old, [LEAD, later, MAYOR, buses, ROADS]) == [(0, 0), (3, 4)]


def test_a_repeated_line_is_paired_with_its_own_neighbours() -> None:
    line = "Read more"
    old = [LEAD, line, CROWD, line, MAYOR]
    new = [LEAD, CROWD, line, MAYOR]
    assert align(old, new) == [(0, 0), (2, 1), (3, 2), (4, 3)]


def test_a_line_repeated_everywhere_follows_the_sentence_it_stands_under() -> None:
    note = "This file may not be suitable for everybody."
    names = ["Probate", "Divorce", "Asylum", "Appeals", "Mediation", "Wills", "Fees", "Courts"]
    old = [line for name in names for line in (f"{name} slides", note)]
    new = [line for name in [*names[:3], "Abuse", *names[3:]] for line in (f"{name} slides", note)]
    assert align(old, new) == [(i, i if i < 6 else i + 2) for i in range(len(old))]


def test_a_passage_moved_is_not_lost_to_a_faint_likeness_where_it_stood() -> None:
    plan = "Come and speak to us about how we can work to create great places and better homes."
    moved = "Do speak to us about how we can work to create great places and better homes."
    faint = "Come and speak to us and find out what the team does all year."
    old = [LEAD, ROADS, MAYOR, CAUSE, plan, SCHOOL]
    new = [LEAD, moved, ROADS, MAYOR, CAUSE, faint, SCHOOL]
    assert (4, 1) in align(old, new)
    assert (4, 5) not in align(old, new)


def test_unrelated_texts_have_no_links() -> None:
    assert align([LEAD, CROWD], ["Shares rose in Tokyo.", "Rain is due by Friday."]) == []
    assert align([], [LEAD]) == []
    assert align([LEAD], []) == []


# -- words


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("a fine of £1.5m", "a fine of £15m", "a fine of [-£1.5m-]{+£15m+}"),
        ("on 12 March it", "on 14 March it", "on [-12 March-]{+14 March+} it"),
        ("lost 1.5 million men", "lost 1.5 billion men", "lost [-1.5 million-]{+1.5 billion+} men"),
        ("up 5 per cent now", "up 7 per cent now", "up [-5 per cent-]{+7 per cent+} now"),
        ("the terrorists fled", "the “terrorists” fled", "the [-terrorists-]{+“terrorists”+} fled"),
        ("said John Smith, who", "said Jane Smith, who", "said [-John Smith-]{+Jane Smith+}, who"),
        ("the Cut", "the cut", "the [-Cut-]{+cut+}"),
        (
            "Police Arrest Four Men In Raid On House",
            "Police Arrest Five Men In Raid On House",
            "Police Arrest [-Four-]{+Five+} Men In Raid On House",
        ),
        ("a cat and a dog", "a cat and a bird and a dog", "a cat {+and a bird +}and a dog"),
        ("He left. She ran.", "He left. It rained. She ran.", "He left. {+It rained. +}She ran."),
        (
            "Boys: 28% (tall 825; short 787)",
            "Boys: 26.5% (tall 851; short 812)",
            "Boys: [-28%-]{+26.5%+} (tall [-825-]{+851+}; short [-787-]{+812+})",
        ),
        (
            "On it sit Ann Lusk, Joe Stone, Mark Rossi, Ray Levy and Tom Mandel.",
            "On it sit Mark Rossi, Ray Levy, Iago Pastor, Cal McCall and Jan Degas.",
            "On it sit [-Ann Lusk, Joe Stone, -]Mark Rossi, Ray Levy"
            "[- and Tom Mandel-]{+, Iago Pastor, Cal McCall and Jan Degas+}.",
        ),
        (
            "In Kate Marsh’s Future Library",
            "In Kate Marshs Future Library",
            "In Kate [-Marsh’s-]{+Marshs+} Future Library",
        ),
        (
            "The Water Gov Club met.",
            "The WaterGov Club met.",
            "The [-Water Gov-]{+WaterGov+} Club met.",
        ),
        ("a -5% change", "a 5% change", "a [--5%-]{+5%+} change"),
        ("警察は12人を逮捕した。", "警察は21人を逮捕した。", "警察は[-12-]{+21+}人を逮捕した。"),
        ("قال إن 12 شخصا قتلوا", "قال إن 21 شخصا قتلوا", "قال إن [-12-]{+21+} شخصا قتلوا"),
    ],
)
def test_a_change_is_shown_as_a_reader_would_mark_it(old: str, new: str, shown: str) -> None:
    assert edited(old, new) == shown


def test_a_sub_heading_in_other_words_over_the_same_text_is_an_edit_in_place() -> None:
    before = story(LEAD, "A long night", CROWD, CAUSE)
    after = story(LEAD, "What the neighbours saw", CROWD, CAUSE)
    assert changes(collate_documents(before, after)) == [("edited", (1,), (1,))]
    assert changes(collate_documents(after, before)) == [("edited", (1,), (1,))]


def test_a_sentence_in_the_place_of_another_and_a_heading_over_other_text_are_new() -> None:
    gone = [("removed", (1,), ()), ("added", (), (1,))]
    told = story(LEAD, SCHOOL, CROWD, CAUSE)
    assert changes(collate_documents(story(LEAD, "A long night", CROWD, CAUSE), told)) == gone
    over = story(LEAD, "A long night", MAYOR, CAUSE)
    under = story(LEAD, "What the neighbours saw", SCHOOL, CAUSE)
    assert ("edited", (1,), (1,)) not in changes(collate_documents(over, under))


def test_two_phrases_with_little_in_common_are_shown_whole() -> None:
    old = "Police said the man was in London at the time of the attack and had no weapon."
    new = "Officers believe a suspect travelled to Paris before the shooting and carried a knife."
    assert sum(sign == "-" for sign, _ in word_edits(old, new)) == 1


def test_no_function_word_stands_alone_between_two_edits() -> None:
    assert edited("9 of 30 voted yes", "12 of 31 voted yes") == "[-9 of 30-]{+12 of 31+} voted yes"


# -- typography, white space, fields


def test_curly_quotes_from_a_template_are_no_difference_but_kept_to_the_letter() -> None:
    found = collate("“It’s over,” he said.", '"It\'s over," he said.')
    assert not found.differs
    assert "".join(t for s in found.segments for sign, t in s.words if sign != "+").startswith(
        "“It’s"
    )


def test_a_paragraph_break_moved_is_no_difference() -> None:
    assert not collate(f"{LEAD} {CROWD}", f"{LEAD}\n\n{CROWD}").differs


def test_a_picture_that_is_only_delivered_otherwise_is_no_edit() -> None:
    def story(picture: str, notice: str) -> Document:
        return Document.from_dict(
            {
                "headline": "Ferry sails again",
                "paragraphs": ["It left at noon."],
                "media": [{"kind": "image", "url": picture, "caption": ""}],
                "notices": [{"kind": "correction", "text": notice, "where": "bottom"}],
            }
        )

    old = story("https://img.example/pix/ferry-at-noon.png?v=abc&w=640", "It was nine, not ten.")
    again = story("https://img.example/pix/ferry-at-noon.png?v=xyz&w=320", "It was nine, not ten.")
    other = story("https://img.example/pix/ferry-sinking.png?v=abc", "Correction: It was ten.")
    assert collate(old, again).fields == ()
    media, notice = collate(old, other).fields
    assert media.field == "media"
    assert (notice.old, notice.new) == (
        "correction: It was nine, not ten.",
        "Correction: It was ten.",
    )


def test_fields_that_differ_are_named_and_modified_alone_is_not() -> None:
    old = Document.build(
        "Fire in warehouse", [LEAD], byline=("A. Marsh",), published="2021-02-03", modified="1",
        media=(Media("image", "a.jpg", "The fire."),), section="News",
    )  # fmt: skip
    new = Document.build(
        "Fire in warehouse", [LEAD], byline=("A. Marsh", "B. Hale"), published="2021-02-04",
        modified="2", media=(Media("image", "b.jpg", "The blaze."),), section="City",
        notices=(Notice("correction", "An earlier version gave another street."),),
    )  # fmt: skip
    found = collate(old, new)
    assert [f.field for f in found.fields] == [
        *["byline", "published", "section", "media", "caption", "notice"]
    ]
    assert found.differs
    touched = Document.build("Fire in warehouse", [LEAD], modified="2")
    assert not collate(Document.build("Fire in warehouse", [LEAD], modified="1"), touched).differs


@pytest.mark.parametrize(
    ("before", "after", "differs"),
    [
        ("2021-02-03T13:42:00+08:00", "2021-02-03T17:42:00+12:00", False),
        ("2021-02-03T09:22:00+00:00", "2021-02-03", False),
        ("2021-02-03T09:22:00+00:00", "2021-02-03T09:23:00+00:00", True),
        ("2021-02-03T09:22:00+00:00", "2021-02-04", True),
        ("the third of May", "the fourth of May", True),
        (None, "2021-02-03", True),
    ],
)
def test_a_date_told_otherwise_is_no_other_date(
    before: str | None, after: str, differs: bool
) -> None:
    found = collate(*(Document.build("Fire", [LEAD], published=p) for p in (before, after)))
    assert found.differs is differs


def test_a_new_headline_is_a_field_and_the_first_sentence() -> None:
    old, new = story(LEAD, headline="Three hurt in fire"), story(LEAD, headline="Four hurt in fire")
    found = collate(old, new)
    assert [f.field for f in found.fields] == ["headline"]
    assert changes(found) == [("edited", (0,), (0,))]


# -- a whole history


def test_blame_says_which_version_brought_changed_and_dropped_each_sentence() -> None:
    history = [
        story(LEAD, CROWD, CAUSE),
        story(LEAD, CROWD.replace("12", "21"), CAUSE, MAYOR),
        story(LEAD, CROWD.replace("12", "21"), MAYOR, ROADS),
    ]
    found = blame(history)
    assert [(s.introduced, s.worded, s.dropped) for s in found.present] == [
        *[(0, 0, None), (0, 1, None), (1, 1, None), (2, 2, None)]
    ]
    assert [(s.text, s.introduced, s.dropped) for s in found.gone] == [(CAUSE, 0, 2)]
    assert found.to_dict()["gone"][0]["dropped"] == 2
    assert blame([]).present == ()


def test_a_sentence_that_went_and_came_back_is_one_sentence_with_an_absence() -> None:
    found = blame(
        [story(LEAD, CAUSE), story(LEAD), story(LEAD, SCHOOL), story(LEAD, SCHOOL, CAUSE)]
    )
    assert [(s.introduced, s.absent) for s in found.present] == [(0, ()), (2, ()), (0, ((1, 3),))]
    assert found.gone == ()


# -- limits


def numbered(count: int, word: str) -> Document:
    lines = (f"Item {k} of the {word} list has {k * 7919 % 10007} marks." for k in range(count))
    return Document.from_text("\n\n".join(lines), language="en")


def test_twenty_thousand_sentences_are_collated_in_bounded_time() -> None:
    start = time.process_time()
    found = collate_documents(numbered(20_000, "old"), numbered(20_000, "new"))
    assert time.process_time() - start < 20
    assert sum(s.op == "edited" for s in found.segments) > 19_000


def test_one_line_repeated_thousands_of_times_is_no_trap() -> None:
    many, few = "\n\n".join(["Advertisement"] * 6_000), "\n\n".join(["Advertisement"] * 5_000)
    start = time.process_time()
    found = collate(many, few)
    assert time.process_time() - start < 10
    assert sum(s.op == "removed" for s in found.segments) == 1_000


def test_a_sentence_too_long_to_compare_exactly_is_compared_by_its_rare_words() -> None:
    long = " ".join(f"word{k}" for k in range(16_000))
    other = " ".join(f"word{k}" if k % 5 else "else" for k in range(16_000))
    found = collate(long, other)
    assert found.limits == ("words-by-unique-anchors",)
    assert "".join(t for s in found.segments for sign, t in s.words if sign != "-") == other


def test_beyond_so_many_sentences_only_the_unchanged_are_linked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("variorum.stages.collate.align.MOST_SENTENCES", 3)
    old, new = (
        story(LEAD, CROWD, MAYOR, CAUSE),
        story(LEAD, f"{MAYOR[:-1]} in years.", SCHOOL, CAUSE),
    )
    found = collate(old, new)
    assert found.limits == ("only-unchanged-sentences-linked",)
    assert {s.op for s in found.segments} == {"same", "added", "removed"}


def test_evidence_given_up_is_a_named_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("variorum.stages.collate.evidence.LOOKUPS", 20)
    monkeypatch.setattr("variorum.stages.collate.evidence.COMMON", 2.0)
    old = story(LEAD, CROWD, MAYOR, CAUSE, SCHOOL)
    new = story(LEAD, CROWD.replace("12", "21"), MAYOR[:-1], CAUSE[:-1], SCHOOL[:-1])
    assert collate(old, new).limits == ("common-words-propose-no-pairs",)


def test_beside_a_token_of_nothing_visible_a_replacement_does_not_widen() -> None:
    assert not may_widen(['"', "", "0", ","], 2, 3)
    assert not may_widen(["said", "0", ""], 1, 2)
