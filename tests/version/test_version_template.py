"""A template is known again by the names of its elements where all the words round the story change."""

from __future__ import annotations

import pytest

from variorum.stages.extract import read_page
from variorum.stages.version.compare import Comparison, compare
from variorum.stages.version.evidence import Side

LABELS = {
    0: [
        "Tides",
        "Harbour radio",
        "Net prices",
        "Letters",
        "Crossword",
        "Bell times",
        "Regatta",
        "Moorings",
    ],
    1: [
        "Snow line",
        "Ski lifts",
        "Bread queue",
        "Chess",
        "Choir",
        "Lost dogs",
        "Night bus",
        "Market day",
    ],
}
NAMES = [
    "masthead",
    "ticker",
    "weather",
    "teaser",
    "strip",
    "byline",
    "lead-art",
    "share",
    "rail",
    "dock",
]


def page(look: int, caption: str, names: list[str]) -> str:
    boxes = "".join(
        f'<div class="{name}-box"><span>{label} {look}{n}</span></div>'
        for n, (name, label) in enumerate(zip(names, LABELS[look] * 2, strict=False))
    )
    return (
        f'<html><head><title>Lock gate gives way</title></head><body class="page"><main id="main-well">{boxes}'
        '<article class="story"><h1>Lock gate gives way</h1><figure class="picture"><img src="/gate.jpg">'
        f'<figcaption class="words">{caption}</figcaption></figure><div class="copy"><p>The upper gate of the '
        "lock at Fenny gave way on Monday night and drained the basin in an hour.</p><p>Nobody was hurt, the "
        "canal office said, but eleven boats lie on the mud and two have broken their backs.</p><p>Divers will "
        "look at the lower gate before the basin is filled again.</p></div></article></main></body></html>"
    )


def compared(before: str, after: str, names: tuple[list[str], list[str]]) -> Comparison:
    sides = [
        Side.of(read_page(page(n, caption, each), url="https://echo.example/lock"))
        for n, (caption, each) in enumerate(zip((before, after), names, strict=True))
    ]
    return compare(*sides)


def test_a_caption_is_compared_though_every_box_of_the_template_redrew_its_words() -> None:
    found = compared("The basin at dawn.", "The basin at dusk.", (NAMES, NAMES))
    assert found.fields == ("caption",)
    assert not found.redesigned


def test_other_names_and_other_words_are_a_new_template() -> None:
    others = [name[::-1] for name in NAMES]
    assert compared("The basin at dawn.", "The basin at dawn.", (NAMES, others)).redesigned


@pytest.mark.parametrize("extra", ["banner", "poll"])
def test_a_box_more_is_no_new_template(extra: str) -> None:
    found = compared("The basin at dawn.", "The basin at dusk.", (NAMES, [*NAMES, extra]))
    assert found.fields == ("caption",)
