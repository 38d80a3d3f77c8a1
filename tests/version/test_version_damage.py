"""Text that a wrong charset hurt on its way is the text it was, across a rebuilt site too."""

from __future__ import annotations

import pytest
from version_stories import after, page

from variorum.model import DecisionKind
from variorum.stages.version.damage import mend, same_but_for_losses

STORY = (
    "The café on the quay is shut – for now, the council said on Friday evening.",
    "“We had no reason to doubt her,” said Zoë Márquez, whose cafés the family ran.",
    "Shops in the centre opened as usual after the police had passed twice.",
    "The harbour master is to report in the new year, when the lock reopens.",
)
HURT = {
    "windows-1252": lambda t: t.encode().decode("cp1252", "replace"),
    "windows-1252, a byte dropped": lambda t: t.encode().decode("cp1252", "ignore"),
    "windows-1250": lambda t: t.encode().decode("cp1250", "replace"),
    "question marks": lambda t: t.encode("ascii", "replace").decode(),
    "lost characters, marks questioned": lambda t: "".join(
        c if c.isascii() else "\ufffd" if c.isalpha() else "?" for c in t
    ),
    "lost characters": lambda t: "".join(c if c.isascii() else "\ufffd" for c in t),
}


@pytest.mark.parametrize("how", HURT)
def test_damage_is_no_version_either_way(how: str) -> None:
    hurt = tuple(map(HURT[how], STORY))
    assert hurt != STORY
    for old, new in ((STORY, hurt), (hurt, STORY)):
        decision = after(page(paragraphs=old), page(paragraphs=new))
        assert not decision.kind.makes_version, decision.reason


@pytest.mark.parametrize("how", HURT)
def test_a_figure_that_changed_in_a_damaged_text_is_a_version(how: str) -> None:
    new = tuple(HURT[how](p.replace("twice", "six times")) for p in STORY)
    assert after(page(paragraphs=STORY), page(paragraphs=new)).kind is DecisionKind.CHANGED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Is it open? The council would not say.", "It is open. The council would not say."),
        ("Will it last?", "It will last."),
        ("“Who paid?” he asked, and left.", "“We paid,” he said, and left."),
    ],
)
def test_a_question_that_went_is_a_version(old: str, new: str) -> None:
    before, then = (*STORY, old), (*STORY, new)
    assert after(page(paragraphs=before), page(paragraphs=then)).kind is DecisionKind.CHANGED


@pytest.mark.parametrize("text", ["zášť", "ČESKÁ", "Łódź", "Ärzte in Oslo", "ŞÂĂŢ"])
def test_sound_words_are_not_mended(text: str) -> None:
    assert mend(text) == text


@pytest.mark.parametrize("name", ["Ágata Ruiz", "Íñigo Barral", "Luis Íñiguez", "Ávila"])
def test_a_capital_whose_second_byte_was_lost_is_no_other_name(name: str) -> None:
    read = name.encode().decode("cp1252", "replace")
    assert same_but_for_losses(mend(read), name)
    assert not same_but_for_losses(mend(read), f"{name} Sanz")


@pytest.mark.parametrize("lost", ["\ufffd", "\x9d", "?"])
def test_marks_given_by_name_beside_misread_letters_are_no_version(lost: str) -> None:
    told = [
        "They carried it over the Col d’Énaux by night, said Père Théophile, who heads the cellars.",
        "“C’était une pommade”, he said. “Très peu”, said Maëlle Desprès. “À la fête.” “Enfin.”",
    ]
    # "&rsquo;" in the page, all else misread; the last byte of a closing mark has no sign there
    hurt = ["’".join(_misread(part, lost) for part in line.split("’")) for line in told]
    old, new = page(paragraphs=(*STORY, *told)), page(paragraphs=(*STORY, *hurt))
    assert hurt != told
    assert not after(old, new).kind.makes_version
    turned = (*STORY, *(line.replace("by night", "by day") for line in hurt))
    assert after(old, page(paragraphs=turned)).kind.makes_version


def _misread(text: str, lost: str) -> str:
    return text.encode().replace(b"\x9d", b"\0").decode("cp1252").replace("\0", lost)
