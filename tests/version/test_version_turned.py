"""A box that speaks of nothing in the story turns over: no version, whatever its words are."""

# ruff: noqa: E501  (pages are easier to read in long lines)

from __future__ import annotations

import pytest
from version_stories import after

from variorum.model import Decision
from variorum.stages.extract import read_page

STORY = (
    "A pair of otters has been filmed at the millpond in the middle of Merrow, for the first time since the mill stopped.",
    "The camera was put up by the angling club to catch poachers. It has caught none.",
    "What it did catch were two otters sliding down the sluice, eleven times, between three and four in the morning.",
    "Naturalists believe that they came up the leat from the estuary, where otters have lived for ten years.",
    "The film has been watched 60,000 times. The club asks people not to come with torches.",
    "A second camera will be put below the weir. It was paid for by a toy shop.",
)


def taken(one: str, other: str) -> Decision:
    """What is decided of a page with ``other`` in its midst after one with ``one``."""
    pages = (
        "<!doctype html><html lang='en'><head><title>Otters make film stars of themselves</title></head><body><main><article>"
        "<h1>Otters make film stars of themselves</h1><div class='t'>"
        + "".join(f"<p>{p}</p>" for p in STORY[:3])
        + box
        + "".join(f"<p>{p}</p>" for p in STORY[3:])
        + "</div></article></main></body></html>"
        for box in (one, other)
    )
    old, new = (read_page(html, url="https://courier.example/otters") for html in pages)
    return after(old, new)


DOOR = "<div><p><b>The paper through your door.</b> Six weeks for the price of two, with no delivery charge until Easter.</p></div>"
CHALET = "<div><p><b>A week at Sandy Cove.</b> Readers may enter our autumn draw for a stay in a chalet by the lido.</p></div>"
BARE = (
    "<div><p>Nineteen recipes for leeks, by those who grow them, in Saturday’s magazine.</p></div>"
)


@pytest.mark.parametrize(
    ("one", "other"), [(DOOR, CHALET), (CHALET, DOOR), (BARE, DOOR), (CHALET, BARE)]
)
def test_a_box_of_something_else_in_the_place_of_another_is_no_version(
    one: str, other: str
) -> None:
    assert not taken(one, other).kind.makes_version


def test_a_box_that_says_itself_what_it_is_may_take_its_place() -> None:
    letter = "<div><p><b>Morning letter</b></p><form><input type='email'><p>Sign up for our newsletter every morning at seven.</p></form></div>"
    for one, other in ((DOOR, letter), (letter, DOOR)):
        assert not taken(one, other).kind.makes_version


FISH = "<div><p><b>Trout and otters.</b> The angling club lost forty trout in one week at the sluice.</p></div>"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (DOOR, ""),  # a box went, and nothing came
        ("", DOOR),
        (DOOR, DOOR.replace("Six weeks", "Nine weeks")),  # edited
        (DOOR, DOOR.replace("no delivery", "a delivery")),
        (DOOR, FISH),  # one that speaks of the story
        (FISH, CHALET),
        (FISH, FISH.replace("forty", "fifty")),
        (f"<p>{STORY[0][:60]}.</p>", f"<p>{STORY[3][:60]}.</p>"),
        ("<p>Leeks grow well near the lido, said a gardener.</p>", "<p>Chalets were dear at Easter, said a cleaner.</p>"),
    ],
)  # fmt: skip
def test_what_may_be_an_editor_s_is_a_version(one: str, other: str) -> None:
    assert taken(one, other).kind.makes_version


def test_an_edit_beside_a_box_that_turned_over_is_a_version() -> None:
    box = CHALET + "<p>Nobody swims there.</p>"
    assert taken(DOOR + "<p>Nobody swims here.</p>", box).kind.makes_version
