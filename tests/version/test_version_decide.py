"""The decision told as stories: what is a version, and what is not."""

from __future__ import annotations

import pytest
from version_stories import HEADLINE, MENU, STORY, Told, after, answer, document, page, swap

from variorum.model import DecisionKind, History, Media, Notice, PageKind, Version
from variorum.stages.version import decide

K = DecisionKind


def test_the_first_sight_of_an_article_is_version_nought() -> None:
    decision = decide(page(), History())
    assert decision.kind is K.FIRST
    assert decision.details == {"outcome": "ok", "listed_under": 0}


def test_the_same_page_again_attests_the_current_version() -> None:
    decision = after(page(), page())
    assert (decision.kind, decision.same_as, decision.details["listed_under"]) == (K.SAME, 0, 0)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("£1.5m", "£15m"),
        ("£1.5m", "$1.5m"),
        ("-5%", "5%"),
        ("14 March", "12 March"),
        ("killed 12", "killed 21"),
        ("do not believe", "do believe"),
        ("two explosions", "explosions"),
        ("Mara Lindqvist", "mara lindqvist"),
        ("a warehouse", '"a warehouse"'),
        ('"We heard two explosions,"', "We heard two explosions,"),
        ("Officials do", "Some officials do"),
        ("Thursday", "Thursday,"),
        ("the authority said", "the authority claimed"),
    ],
)
def test_one_word_figure_sign_or_mark_is_a_new_version(old: str, new: str) -> None:
    decision = after(page(), page(swap(old, new)))
    assert (decision.kind, decision.fields) == (K.CHANGED, ("body",))
    assert decision.details["listed_under"] == 1


def test_a_figure_revised_in_the_last_paragraph_is_a_new_version() -> None:
    assert after(page(), page(swap("until 14 March", "until 24 March"))).kind is K.CHANGED


def test_terrorists_losing_their_quotation_marks_are_a_new_version() -> None:
    old = page((*STORY, 'The minister spoke of "terrorists" at the quay.'))
    new = page((*STORY, "The minister spoke of terrorists at the quay."))
    assert after(old, new).kind is K.CHANGED
    assert after(new, old).kind is K.CHANGED


def test_the_last_paragraph_taken_away_is_a_new_version() -> None:
    assert after(page(), page(STORY[:-1])).kind is K.CHANGED


def test_a_story_put_in_another_order_is_a_new_version() -> None:
    moved = (STORY[0], STORY[3], STORY[1], STORY[2], *STORY[4:])
    assert after(page(), page(moved)).kind is K.CHANGED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"We heard two explosions,"', "“We heard two explosions,”"),
        ('"We heard two explosions,"', "« We heard two explosions, »"),
        ("port's", "port’s"),
        ("paint and", "paint\u00a0and"),
        ("paint and", "paint  \n and"),
        ("paint and", "pa\u00adint and"),
        ("Officials", "O\ufb03cials"),
        ("-5%", "−5%"),
        ("Mara", "Ma\u200bra"),
        ("A fire", "A\u200e fire"),
    ],
)
def test_typography_alone_is_recorded_and_is_no_version(old: str, new: str) -> None:
    decision = after(page(), page(swap(old, new)))
    assert (decision.kind, decision.same_as) == (K.TYPOGRAPHIC, 0)


def test_an_entity_escaped_twice_is_typography() -> None:
    old = page((*STORY, "Smith & Sons owned the warehouse."))
    new = page((*STORY, "Smith &amp; Sons owned the warehouse."))
    assert after(old, new).kind is K.TYPOGRAPHIC


def test_a_drop_capital_cut_off_by_a_template_is_typography() -> None:
    new = page(("T he " + STORY[1][4:], *STORY[2:]))
    old = page(STORY[1:])
    assert after(old, new).kind is K.TYPOGRAPHIC


def test_superscripts_are_not_figures() -> None:
    old = page((*STORY, "An area of 10² metres burnt."))
    assert after(old, page((*STORY, "An area of 102 metres burnt."))).kind is K.CHANGED


def test_other_paragraph_breaks_are_no_version() -> None:
    joined = (f"{STORY[0]} {STORY[1]}", *STORY[2:])
    assert after(page(), page(joined)).kind is K.TYPOGRAPHIC


@pytest.mark.parametrize("charset", ["cp1252", "latin-1"])
def test_text_in_the_wrong_charset_is_not_a_change(charset: str) -> None:
    good = (*STORY, "Café owner José Álvarez said the “old” quay – all of it – was naïvely built.")
    bad = tuple(p.encode().decode(charset, errors="replace") for p in good)
    assert after(page(good), page(bad)).kind in {K.TYPOGRAPHIC, K.FURNITURE}
    assert after(page(bad), page(good)).kind in {K.TYPOGRAPHIC, K.FURNITURE}


@pytest.mark.parametrize("text", ["He “did not hear” us.", "Álvarez said “Írj” to Ýrr."])
def test_a_sign_of_which_a_byte_was_lost_is_not_a_change_where_all_else_is_sound(text: str) -> None:
    lost = {sign: sign.encode().decode("cp1252", errors="replace") for sign in "”ÁÍÝ"}
    hurt = text.translate(str.maketrans(lost))
    assert "\ufffd" in hurt
    assert after(page((*STORY, text)), page((*STORY, hurt))).kind in {K.TYPOGRAPHIC, K.FURNITURE}
    assert after(page((*STORY, hurt)), page((*STORY, text))).kind in {K.TYPOGRAPHIC, K.FURNITURE}
    good, bad = page(headline=f"Harbour fire: {text}"), page(headline=f"Harbour fire: {hurt}")
    assert after(good, bad).kind in {K.TYPOGRAPHIC, K.FURNITURE}
    by, hurt_by = page(byline=(text,)), page(byline=(hurt,))
    assert after(by, hurt_by).kind in {K.TYPOGRAPHIC, K.FURNITURE}
    noted, hurt_note = (page(notices=(Notice("correction", t),)) for t in (text, hurt))
    assert after(noted, hurt_note).kind in {K.TYPOGRAPHIC, K.FURNITURE}
    shown, hurt_shown = (page(media=(Media("image", "/a.jpg", t),)) for t in (text, hurt))
    assert after(shown, hurt_shown).kind in {K.TYPOGRAPHIC, K.FURNITURE}
    other = page((*STORY, hurt.replace("us", "them").replace("to", "of")))
    assert after(page((*STORY, text)), other).kind is K.CHANGED


def test_lost_characters_are_not_a_change_but_a_word_beside_them_is() -> None:
    good = page((*STORY, "Café owner José Álvarez waited on the quay."))
    lost = page((*STORY, "Caf\ufffd owner Jos\ufffd \ufffdlvarez waited on the quay."))
    other = page((*STORY, "Caf\ufffd owner Jos\ufffd \ufffdlvarez slept on the quay."))
    assert after(good, lost).kind is K.FURNITURE
    assert after(good, other).kind is K.CHANGED


def test_a_headline_is_a_version_and_its_case_too() -> None:
    new = page(headline="Harbour fire: crews fight on")
    assert after(page(), new).fields == ("headline",)
    polish = page(headline="Polish crews at the harbour")
    assert after(polish, page(headline="polish crews at the harbour")).kind is K.CHANGED


def test_a_headline_set_in_capitals_by_a_template_is_none() -> None:
    assert after(page(), page(headline=HEADLINE.upper())).kind is K.FURNITURE


def test_a_template_that_shows_the_other_title_is_no_change_of_headline() -> None:
    both = {"h1": HEADLINE, "og": "Twelve die in harbour fire"}
    old = page(titles=both)
    new = page(
        headline="Twelve die in harbour fire", titles={**both, "h1": both["og"], "og": HEADLINE}
    )
    assert after(old, new).kind is K.FURNITURE


def test_a_byline_is_a_version() -> None:
    old, new = page(byline=("Ana Reyes",)), page(byline=("Ana Reyes", "Tom Okoro"))
    assert after(old, new).fields == ("byline",)


def test_a_byline_in_other_dress_is_none() -> None:
    old = page(byline=("By Ana Reyes and Tom Okoro",))
    assert after(old, page(byline=("Tom Okoro", "ANA REYES"))).kind in {K.SAME, K.FURNITURE}


def test_a_byline_that_a_redesign_now_shows_is_none() -> None:
    rebuilt = ("Start", "Politik", "Wirtschaft", "Meinung", "Impressum", "Datenschutz")
    decision = after(page(), page(byline=("Ana Reyes",), around=rebuilt))
    assert decision.kind is K.FURNITURE


TWIN = {"byline": ("Ana Reyes",), "published": "2026-03-12"}


@pytest.mark.parametrize("line", ["Ana Reyes", "By Ana Reyes", "ANA REYES, 2026-03-12"])
def test_a_twin_that_sets_its_byline_as_a_paragraph_is_none(line: str) -> None:
    old, twin = page(**TWIN), page((line, *STORY), **TWIN)
    assert after(old, twin).kind is K.FURNITURE
    assert after(twin, old).kind is K.FURNITURE


@pytest.mark.parametrize(
    "line", ["Ana Reyes and Tom Okoro", "Ana Reyes, 2026-03-19", "Ana Reyes was there."]
)
def test_what_says_more_than_who_wrote_it_that_day_is_a_version(line: str) -> None:
    assert after(page(**TWIN), page((line, *STORY), **TWIN)).kind is K.CHANGED


def test_a_date_in_another_form_is_none_and_another_day_is_one() -> None:
    old = page(published="2026-03-12")
    assert after(old, page(published="2026-03-12T09:00:00+00:00")).kind is not K.CHANGED
    assert after(old, page(published="2026-03-19")).fields == ("published",)


def test_modified_alone_is_never_a_version() -> None:
    old, new = page(modified="2026-03-12T09:00:00Z"), page(modified="2026-03-12T10:00:00Z")
    assert after(old, new).kind is K.SAME


def test_a_correction_is_a_version_wherever_it_stands() -> None:
    note = Notice("correction", "Correction: an earlier version gave a wrong date for the fire.")
    decision = after(page(), page(notices=[note]))
    assert decision.fields == ("notice",)
    assert after(page(notices=[note]), page()).fields == ("notice",)


def test_an_entry_of_a_change_log_is_no_version_of_its_own() -> None:
    note = Notice("update", "Added a link to the translation")
    log = (*MENU[:5], "History", "12 March 2026", note.text, *MENU[5:])
    old = page()
    new = page(notices=[note], around=log, seen=(HEADLINE, *STORY, *log))
    assert after(old, new).kind is K.FURNITURE


def test_a_note_under_the_date_above_the_story_is_a_version() -> None:
    note = Notice("update", "This story has been updated with a statement from the port")
    above = (*MENU[:5], HEADLINE, "12 March 2026")
    old = page(seen=(*above, *STORY))
    new = page(notices=[note], seen=(*above, note.text, *STORY))
    assert after(old, new).fields == ("notice",)


def test_other_related_links_a_clock_and_an_ad_are_furniture() -> None:
    old = page(around=(*MENU, "Ferry prices to rise", "09:00"))
    new = page(around=(*MENU, "Mayor opens a bridge", "09:30", "Advertisement"))
    assert (after(old, new).kind, after(old, new).same_as) == (K.FURNITURE, 0)


@pytest.mark.parametrize(
    ("was", "now"), [("1 hours ago", "2 minutes ago"), ("just now", "3 days ago")]
)
def test_how_long_ago_a_story_was_updated_grows_by_itself(was: str, now: str) -> None:
    line = "Oriane Batiste · Harbour News · Posted: Mar 12, 2026 3:30 AM | Last updated:"
    old, new = (page(seen=(*MENU, HEADLINE, f"{line} {ago}", *STORY)) for ago in (was, now))
    assert after(old, new).kind is K.FURNITURE


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("1 Comment 363 views", "2 Comments 410 views"),
        ("1 commentaire 9 partages", "3 commentaires 11 partages"),
        (
            "Filed in Harbour life17 minutes ago5 min read",
            "Filed in Harbour life32 minutes ago4 min read",
        ),
    ],
)
def test_one_comment_and_two_under_the_headline_are_a_count(was: str, now: str) -> None:
    line = "By Tom Hallam, local democracy reporter at the harbour 12 March 2026"
    sides = [page(seen=(*MENU, HEADLINE, f"{line} {count}", *STORY)) for count in (was, now)]
    assert after(*sides).kind is K.FURNITURE
    other = page(seen=(*MENU, HEADLINE, f"{line.replace('Tom', 'Tim')} {now}", *STORY))
    assert after(sides[0], other).kind is K.CHANGED


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "Read more: Mayor opens a bridge",
        "Sign up to our morning newsletter and never miss a story",
        "Updated 3 minutes ago",
        "1,204 shares",
        "12 comments",
        "Related stories",
    ],
)
def test_a_set_phrase_of_the_site_inside_the_text_is_furniture(line: str) -> None:
    assert after(page(), page((*STORY[:3], line, *STORY[3:]))).kind is K.FURNITURE


def test_words_that_a_story_also_uses_are_not_taken_for_furniture() -> None:
    for line in (
        "Register to vote by 12 March.",
        "Find out more about the scheme.",
        "Get help now.",
    ):
        assert after(page(), page((*STORY, line))).kind is K.CHANGED


def test_related_links_read_into_the_body_that_stood_on_the_page_before_are_delivery() -> None:
    link = "Mayor opens a bridge over the river after six years"
    old = page(around=(*MENU, link))
    new = page((*STORY, link), around=MENU)
    assert after(old, new).kind is K.FURNITURE


def test_a_line_that_still_stands_on_the_page_was_not_removed() -> None:
    new = page(STORY[:-1], seen=(*MENU, HEADLINE, *STORY))
    assert after(page(), new).kind is K.FURNITURE


def test_reordered_asides_are_furniture() -> None:
    asides = ("Ferry prices to rise again", "Mayor opens a bridge at last")
    assert (
        after(page(around=(*MENU, *asides)), page(around=(*MENU, *asides[::-1]))).kind
        is K.FURNITURE
    )


def test_two_layouts_of_one_story_are_one_version() -> None:
    rebuilt = ("Start", "Politics", "Opinion", "Puzzles", "About", "Cookies", "Follow us on X")
    story = Told(page())
    for around in (rebuilt, MENU, rebuilt, MENU):
        assert not story.take(
            page(around=around, byline=("Ana Reyes",) * (around is rebuilt))
        ).fields
    assert len(story.versions) == 1


def test_a_real_change_is_seen_through_a_redesign() -> None:
    rebuilt = ("Start", "Politics", "Opinion", "Puzzles", "About", "Cookies", "Follow us on X")
    assert after(page(), page(swap("12 people", "21 people"), around=rebuilt)).kind is K.CHANGED


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (PageKind.PAYWALL, "paywall"),
        (PageKind.TEASER, "paywall"),
        (PageKind.CONSENT, "blocked"),
        (PageKind.ERROR, "failed"),
        (PageKind.SOFT_404, "gone"),
        (PageKind.EMPTY, "failed"),
        (PageKind.TRUNCATED, "failed"),
        (PageKind.UNREADABLE, "failed"),
    ],
)
def test_what_is_no_article_is_no_version(kind: PageKind, outcome: str) -> None:
    decision = after(page(), page(STORY[:1], kind=kind))
    assert decision.kind is K.NOT_ARTICLE
    assert decision.details["outcome"] == outcome
    assert decision.details["listed_under"] == 0
    assert decision.same_as is None


def test_a_stub_before_any_version_is_listed_under_none() -> None:
    decision = decide(page(STORY[:1], kind=PageKind.PAYWALL), History())
    assert decision.details["listed_under"] is None


def test_a_meter_over_the_whole_text_does_not_hide_a_change() -> None:
    revised = page((*swap("12 people", "21 people"), *MORE), kind=PageKind.PAYWALL)
    assert after(page((*STORY, *MORE)), revised).kind is K.CHANGED
    assert after(page(), page(kind=PageKind.PAYWALL)).kind is K.SAME


MORE = tuple(f"Witness number {n} told the inquiry what was seen that night." for n in range(12))


def test_a_text_cut_to_its_beginning_is_a_stub() -> None:
    decision = after(page((*STORY, *MORE)), page(STORY[:2]))
    assert (decision.kind, decision.details["outcome"]) == (K.NOT_ARTICLE, "paywall")


def test_an_invitation_in_place_of_the_text_is_a_stub() -> None:
    stub = page(("Subscribe now to read this story. Already a subscriber? Log in.",))
    assert after(page((*STORY, *MORE)), stub).kind is K.NOT_ARTICLE


def test_an_empty_container_is_a_lost_body() -> None:
    decision = after(page((*STORY, *MORE)), page(()))
    assert (decision.kind, decision.details["outcome"]) == (K.NOT_ARTICLE, "failed")


def test_half_a_response_is_no_version() -> None:
    cut = (*STORY, *MORE[:6], MORE[6][:30].rstrip())
    assert after(page((*STORY, *MORE)), page(cut)).kind is K.NOT_ARTICLE
    assert Told(page()).take(page(STORY[:3]), answer(truncated=True)).kind is K.NOT_ARTICLE


def test_a_word_struck_out_of_a_story_of_one_sentence_is_a_version() -> None:
    whole = " and then ".join(
        f"the keeper of lamp {n} allegedly rowed to the next one with a can of oil"
        for n in range(9)
    )
    told = whole.replace("lamp 4 allegedly", "lamp 4")
    decision = after(page((f"{whole}.",)), page((f"{told}.",)))
    assert (decision.kind, decision.reason) == (K.CHANGED, "changed: body")


def test_a_text_that_stops_where_the_page_asks_for_a_subscription_is_a_stub() -> None:
    gate = "Continue reading with a subscription, cancelled whenever you like."
    opening = (*STORY, *MORE[: len(MORE) // 2])
    stub = page(opening, seen=(*MENU, HEADLINE, *opening, gate))
    decision = after(page((*STORY, *MORE)), stub)
    assert (decision.kind, decision.details["outcome"]) == (K.NOT_ARTICLE, "paywall")


def test_a_story_cut_by_its_publisher_is_a_version_though_the_page_always_asks_for_money() -> None:
    gate = "Subscribe to our paper."
    opening = (*STORY, *MORE[: len(MORE) // 2])
    sides = [page(t, seen=(*MENU, HEADLINE, *t, gate)) for t in ((*STORY, *MORE), opening)]
    assert after(*sides).kind is K.CHANGED


def test_a_page_that_ends_within_a_paragraph_is_half_a_page() -> None:
    kept = (*STORY, *MORE[:2])
    cut = page(kept, seen=(*MENU, HEADLINE, *kept, MORE[2][:40].rstrip()))
    decision = after(page((*STORY, *MORE)), cut)
    assert (decision.kind, decision.details["outcome"]) == (K.NOT_ARTICLE, "failed")


def test_a_few_unsigned_lines_of_something_else_are_no_version() -> None:
    known = page(byline=("Mara Lindqvist",), published="2026-03-12T06:00:00Z")
    other = page(["Enter the word that you were given.", "Then choose a colour."], "Private")
    decision = after(known, other)
    assert (decision.kind, decision.details["outcome"]) == (K.NOT_ARTICLE, "failed")


@pytest.mark.parametrize(
    "signed",
    [{"byline": ("Ove Brandt",)}, {"published": "2026-03-13"}, {"published": "2026-03-12"}],
)
def test_a_short_story_that_takes_the_place_of_another_is_a_version(signed: dict[str, str]) -> None:
    known = page(byline=("Mara Lindqvist",), published="2026-03-12T06:00:00Z")
    other = page(["Nobody was hurt after all, and the quay is open again."], "All clear", **signed)
    assert after(known, other).kind is K.CHANGED


def test_an_apology_where_a_story_stood_is_a_version() -> None:
    known = page(byline=("Mara Lindqvist",), published="2026-03-12T06:00:00Z")
    other = page(["We apologise to the owner of the port for what stood here."], "An apology")
    assert after(known, other).kind is K.CHANGED


def test_a_story_withdrawn_with_a_word_of_why_is_a_version() -> None:
    withdrawn = page(("This story has been withdrawn because it did not meet our standards.",))
    assert after(page((*STORY, *MORE)), withdrawn).kind is K.CHANGED


def test_a_breaking_story_that_grows_is_a_version() -> None:
    assert after(page(STORY[:1]), page((*STORY, *MORE))).kind is K.CHANGED


def test_a_text_that_comes_back_is_recorded_as_a_return() -> None:
    a, b = page(), page(swap("12 people", "21 people"))
    decision = Told(a, b).take(a)
    assert (decision.kind, decision.same_as) == (K.RETURNED, 0)
    assert decision.details["listed_under"] == 2


def test_to_and_fro_is_recognised_as_flapping_and_every_turn_is_kept() -> None:
    a, b = page(), page(swap("12 people", "21 people"))
    story = Told(a, b, a)
    decision = story.take(b)
    assert (decision.kind, decision.same_as) == (K.FLAPPING, 1)
    assert decision.details["between"] == [0, 1]
    assert "0 and 1" in decision.reason
    assert story.take(a).kind is K.FLAPPING
    assert [v.same_as for v in story.versions] == [None, None, 0, 1, 0]


def test_something_new_ends_the_flapping() -> None:
    a, b = page(), page(swap("12 people", "21 people"))
    decision = Told(a, b, a, b).take(page(swap("12 people", "24 people")))
    assert (decision.kind, decision.same_as) == (K.CHANGED, None)


def test_a_redirect_to_another_story_is_a_move() -> None:
    other = page(
        ("The council voted on the budget.", "Spending on schools goes up by a tenth, it said."),
        "Council votes on schools",
    )
    moved = answer(final="https://news.example/local/council-votes")
    decision = Told(page((*STORY, *MORE))).take(other, moved)
    assert (decision.kind, decision.details["outcome"]) == (K.MOVED, "moved")


def test_a_redirect_to_a_new_slug_of_the_story_is_not() -> None:
    renamed = answer(final="https://news.example/world/harbour-fire-kills-21")
    assert Told(page()).take(page(swap("12", "21")), renamed).kind is K.CHANGED


def test_an_archived_text_without_its_page_is_compared_by_its_words() -> None:
    story = Told(page())
    history = History(story.versions)
    assert decide(page(), history).kind is K.SAME
    assert decide(page(swap("12", "21")), history).kind is K.CHANGED


def test_an_imported_bare_text_is_compared_too() -> None:
    story = Told(page())
    bare = document().from_text("\n\n".join(STORY))
    old = story.versions[0]
    version = Version(1, 0, bare, old.first_seen, old.last_seen, "imported", "")
    assert decide(page(headline=None), History([version])).kind in {K.SAME, K.TYPOGRAPHIC}
