"""Lists of sources, brought and taken along."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.stages.watch import Outline, Unreadable, read_opml, write_opml


def test_a_reader_s_list_is_read_with_its_folders() -> None:
    body = b"""<?xml version="1.0"?><opml version="1.1"><head><title>Mine</title></head><body>
    <outline text="North"><outline text="Courier &amp; Co" type="rss" xmlUrl="https://c.example/rss"/>
    <outline text="Deep"><outline title="Tarn" XMLURL="https://t.example/atom"/></outline></outline>
    <outline text="Twice" xmlUrl="https://c.example/rss"/>
    <outline text="Bad" xmlUrl="javascript:alert(1)"/><outline text="Worse" xmlUrl="file:///etc/passwd"/>
    </body></opml>"""
    assert read_opml(body) == (
        Outline("https://c.example/rss", "Courier & Co", "North"),
        Outline("https://t.example/atom", "Tarn", "North/Deep"),
    )


@pytest.mark.parametrize(
    "body",
    [b"", b"<rss/>", b"words", b'<!DOCTYPE opml [<!ENTITY a "b">]><opml><body/></opml>'],
)
def test_what_is_no_list_of_sources_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_opml(body)


names = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20).filter(
    lambda t: "&" not in t and "<" not in t and "/" not in t
)


@given(st.lists(st.tuples(names, names), max_size=6, unique_by=lambda pair: pair[0]))
def test_what_is_written_is_read_again(pairs: list[tuple[str, str]]) -> None:
    outlines = [
        Outline(f"https://{n}.example/feed", title, folder)
        for n, (title, folder) in enumerate(pairs)
    ]
    assert set(read_opml(write_opml(outlines))) == set(outlines)
