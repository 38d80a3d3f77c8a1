"""Story files that contradict themselves are found out."""

from __future__ import annotations

from typing import Any

import pytest

from variorum.newspaper.story import ScriptError, State, _story, apply, split_block
from variorum.newspaper.typeset import curly, dress, inline, plain

STATE = State("Headline", ("First para.", "Second para.", "Third para."))


def script(**edit: Any) -> Any:
    entry = {"slug": "s", "headline": "H", "body": "One.\n\nTwo.", "edit": [{"said": "x", **edit}]}
    return _story("courier", entry, ())


def test_an_edit_that_changes_nothing_must_call_itself_quiet() -> None:
    with pytest.raises(ScriptError, match="quiet"):
        script(round=1)
    with pytest.raises(ScriptError, match="quiet"):
        script(round=1, quiet=True, headline="Other")
    assert script(round=1, quiet=True).steps[1].quiet


def test_words_that_are_not_there_cannot_be_replaced() -> None:
    with pytest.raises(ScriptError, match="no block contains"):
        script(round=1, replace=[["Three", "Four"]])
    with pytest.raises(ScriptError, match="0 blocks start"):
        script(round=1, remove=["Nine"])


def test_rounds_only_rise() -> None:
    with pytest.raises(ScriptError, match="rise"):
        script(round=0, headline="Other")


def test_blocks_are_added_moved_and_removed_where_the_script_says() -> None:
    added = apply(STATE, {"add": [{"after": "First", "text": "New one.\n\nNew two."}]})
    assert added.body[1:3] == ("New one.", "New two.")
    assert apply(STATE, {"add": [{"text": "Last."}]}).body[-1] == "Last."
    moved = apply(STATE, {"move": [{"block": "Third", "before": "First"}]})
    assert moved.body == ("Third para.", "First para.", "Second para.")
    assert apply(STATE, {"remove": ["Second"]}).body == ("First para.", "Third para.")


@pytest.mark.parametrize(
    ("block", "parts"),
    [
        ("Plain words.", ("paragraph", "Plain words.", "")),
        ("## What is in it", ("heading", "What is in it", "")),
        ("- An item", ("item", "An item", "")),
        ("> A rule", ("quote", "A rule", "")),
        ("@14:05 Doors open", ("update", "Doors open", "14:05")),
    ],
)
def test_a_block_says_what_it_is(block: str, parts: tuple[str, str, str]) -> None:
    assert split_block(block) == parts


@pytest.mark.parametrize(
    ("straight", "curled"),
    [
        ('"Go," she said.', "“Go,” she said."),
        ("\"It's 'fine',\" he said.", "“It’s ‘fine’,” he said."),
        ("'\"Go\" is what he said'", "‘“Go” is what he said’"),
        ("the ship's crew", "the ship’s crew"),
        ('said - "no"', "said - “no”"),
    ],
)
def test_quotation_marks_are_curled_the_way_printers_do(straight: str, curled: str) -> None:
    assert curly(straight) == curled


def test_dress_changes_no_word() -> None:
    text = '« Non », dit-il : "l\'été" - fini'
    for style in ("curly", "nbsp", "nfd", "dashes"):
        assert dress(text, frozenset({style})) != text
    assert dress(text, frozenset()) == text


def test_markup_is_for_the_page_and_code_is_not_markup() -> None:
    text = "A *very* [long](/story) <script>alert(1)</script>  day"
    assert plain(text) == "A very long <script>alert(1)</script> day"
    assert inline(text) == (
        'A <em>very</em> <a href="/story">long</a> &lt;script&gt;alert(1)&lt;/script&gt;  day'
    )
