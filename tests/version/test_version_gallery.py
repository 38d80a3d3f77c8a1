"""Pictures of a gallery whose addresses differ in a number only: each caption counts."""

from __future__ import annotations

import pytest
from version_stories import after, page

from variorum.model import Media

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
