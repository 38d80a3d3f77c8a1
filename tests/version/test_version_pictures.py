"""Pictures and their captions: which of them make a version, alone and in a gallery."""

from __future__ import annotations

import pytest
from version_stories import MENU, after, page

from variorum.model import DecisionKind, Media

PHOTO = Media("image", "https://img.example/2026/quay-at-night.jpg?w=640", "The quay at night.")


def test_a_caption_is_a_version() -> None:
    new = Media("image", PHOTO.url, "The quay on Thursday morning, after the fire.")
    assert "caption" in after(page(media=[PHOTO]), page(media=[new])).fields


def test_a_caption_whose_picture_comes_by_script_is_a_version() -> None:
    old = Media("image", "", "The quay at 3am, when at least 12 boats were burning")
    new = Media("image", "", "The quay at 3am, when at least 21 boats were burning")
    assert after(page(media=[old]), page(media=[new])).fields == ("caption",)
    assert not after(page(media=[old]), page(media=[old], around=(*MENU, "09:00"))).fields


@pytest.mark.parametrize(
    "url",
    [
        "https://img.example/2026/quay-at-night.jpg?w=1280&q=80",
        "https://img.example/2026/quay-at-night-1024x683.jpg",
        "https://cdn.example/resize/800/https://img.example/2026/quay-at-night.jpg",
        "https://img.example/2026/quay-at-night.webp",
    ],
)
def test_a_picture_in_another_size_is_none(url: str) -> None:
    new = Media("image", url, PHOTO.caption)
    assert after(page(media=[PHOTO]), page(media=[new])).kind in {
        DecisionKind.SAME,
        DecisionKind.FURNITURE,
    }


def test_another_picture_is_a_version_but_their_order_is_none() -> None:
    other = Media("image", "https://img.example/2026/coastguard-boat.jpg", "A coastguard boat.")
    bare = Media("image", "https://img.example/2026/coastguard-boat.jpg")
    video = Media("embed", "https://video.example/embed/harbour-fire")
    assert not after(page(media=[PHOTO]), page(media=[PHOTO, bare])).fields
    assert "media" in after(page(media=[PHOTO]), page(media=[PHOTO, video])).fields
    assert "media" in after(page(media=[PHOTO]), page(media=[other])).fields
    assert not after(page(media=[PHOTO, other]), page(media=[other, PHOTO])).fields


@pytest.mark.parametrize(
    ("shown", "counts"),
    [
        ("A fire engine on the slipway, its ladder out", True),
        ("The quay at night, boats burning at the far end of it", False),  # told at more length
        ("The quay at night.", False),  # the caption again
        ("", False),
    ],
)
def test_another_picture_over_the_same_caption_is_a_version_if_it_shows_something_else(
    shown: str, counts: bool
) -> None:
    old = Media("image", PHOTO.url, PHOTO.caption, "The quay at night, boats burning")
    new = Media("image", "https://img.example/2026/slipway-engine.jpg", PHOTO.caption, shown)
    assert after(page(media=[old]), page(media=[new])).fields == (("media",) if counts else ())


def test_one_picture_told_of_otherwise_is_no_version() -> None:
    old = Media("image", PHOTO.url, PHOTO.caption, "Boats burning below the lamps")
    new = Media("image", PHOTO.url, PHOTO.caption, "A harbour, seen from the water")
    assert not after(page(media=[old]), page(media=[new])).fields


# A gallery whose pictures have addresses that differ in a number only.
WORDS = (
    "The boats at dawn.",
    "The quay carries up to 200 tonnes.",
    "Divers at the lock on Monday.",
)


def gallery(*captions: str) -> list[Media]:
    return [Media("image", f"https://img.example/i/t05-{n}.jpg", c) for n, c in enumerate(captions)]


@pytest.mark.parametrize("changed", range(3))
def test_a_caption_of_any_picture_of_a_gallery_is_a_version(changed: int) -> None:
    new = list(WORDS)
    new[changed] = new[changed].replace(".", ", said the port.")
    assert after(page(media=gallery(*WORDS)), page(media=gallery(*new))).fields == ("caption",)


def test_one_picture_shown_twice_is_one() -> None:
    photo = gallery(WORDS[0])
    assert not after(page(media=photo), page(media=photo * 2)).fields
