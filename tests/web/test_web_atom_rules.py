"""Every feed keeps the rules of Atom; the rules themselves are tried on feeds that break them."""

from __future__ import annotations

import re

import pytest
from atom_rules import A, problems
from lxml import etree
from starlette.testclient import TestClient
from web_shelf import Filled

PLACE = "http://testserver"
GOOD = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0">
<id>urn:uuid:0af5b5ce-2c58-5d0f-9b0f-6b4f0c4a1111</id>
<title>Changes</title>
<updated>2025-03-12T06:00:00Z</updated>
<link rel="self" href="https://v.example/index.atom"/>
<entry>
<id>tag:v.example,2025:1</id>
<title>A bridge</title>
<updated>2025-03-12T06:00:00+01:00</updated>
<author><name>The Quay</name></author>
<link rel="alternate" type="text/html" href="https://v.example/a/1"/>
<category term="figure"/>
<content type="html">&lt;p&gt;12 &lt;del&gt;hurt&lt;/del&gt; &lt;a href="https://v.example/"&gt;more&lt;/a&gt;&lt;/p&gt;</content>
</entry>
</feed>"""
# What is put in place of what, and the section that it breaks.
BREAKS = [
    ("</feed>", "", "2:"),
    ("<title>Changes</title>", "", "4: 0 <title>"),
    ("<title>Changes</title>", "<title>a</title><title>b</title>", "4: 2 <title>"),
    ("<title>Changes</title>", "<title>a <b>b</b></title>", "3.1.1"),
    ("<title>Changes</title>", "<title type='xhtml'>a</title>", "3.1.1.3"),
    ("<title>Changes</title>", "<title type='text/plain'>a</title>", "3.1.1"),
    ("<title>Changes</title>", "<title>a</title><wrong/>", "4: <wrong>"),
    ("<title>Changes</title>", "<title>a</title><x xmlns=''/>", "6.4"),
    ("2025-03-12T06:00:00Z", "2025-03-12T06:00:00", "3.3"),
    ("2025-03-12T06:00:00Z", "2025-03-12 06:00:00Z", "3.3"),
    ("2025-03-12T06:00:00Z", "2025-02-31T06:00:00Z", "3.3"),
    ("2025-03-12T06:00:00Z", "2925-02-11T06:00:00Z", "3.3"),
    ("<author><name>The Quay</name></author>", "", "4.1.1"),
    ("<name>The Quay</name>", "<name> </name>", "3.2.1"),
    ("<name>The Quay</name>", "<name>A</name><uri>/quay</uri>", "3.2.2"),
    ("<name>The Quay</name>", "<name>A</name><email>a at b</email>", "3.2.3"),
    (
        'rel="self" href="https://v.example/index.atom"',
        'rel="self" href="https://x.example/"',
        "4.1.1",
    ),
    ('href="https://v.example/a/1"', 'href="/a/1"', "4.2.7.1"),
    ('rel="alternate" type="text/html"', 'rel="sideways"', "4.2.7.2"),
    ('type="text/html"', 'type="html"', "4.2.7.3"),
    ('<category term="figure"/>', "<category/>", "4.2.2"),
    ("tag:v.example,2025:1", "tag:v.example:1", "4.2.6"),
    ("tag:v.example,2025:1", "a/1", "4.2.6"),
    ("urn:uuid:0af5b5ce", "urn:uuid:0AF5B5CE", "4.2.6"),
    ("&lt;del&gt;hurt&lt;/del&gt;", "&lt;del&gt;hurt", "3.1.1.2"),
    ("&lt;del&gt;hurt&lt;/del&gt;", "&lt;script&gt;hurt&lt;/script&gt;", "3.1.1.2"),
    ("&lt;p&gt;", "&lt;p onclick='x'&gt;", "3.1.1.2"),
    ('href="https://v.example/"', 'href="/a"', "3.1.1.2"),
    ("<title>Changes</title>", "<title>a</title><fh:archive/>", "RFC 5005"),
]


def test_a_feed_that_keeps_the_rules_has_no_problem() -> None:
    assert problems(GOOD.encode(), "https://v.example/index.atom") == []


@pytest.mark.parametrize(("old", "new", "section"), BREAKS)
def test_each_broken_rule_is_seen(old: str, new: str, section: str) -> None:
    assert old in GOOD
    found = problems(GOOD.replace(old, new).encode(), "https://v.example/index.atom")
    assert any(line.startswith(section) for line in found), found


def test_two_entries_with_one_id_at_one_time_are_seen() -> None:
    entry = re.search("<entry>.*</entry>", GOOD, re.DOTALL)
    assert entry is not None
    twice = GOOD.replace(entry.group(), entry.group() * 2)
    assert "two entries" in problems(twice.encode(), "https://v.example/index.atom")[0]


def test_all_our_feeds_and_their_archives_keep_the_rules(client: TestClient, shelf: Filled) -> None:
    waiting = [
        "/index.atom",
        "/index.atom?show=everything",
        "/index.atom?host=harbour.example",
        "/index.atom?source=1",
        "/index.atom?kind=figure&weight=0.2",
        "/search.atom?q=said",
        "/search.atom?q=quay&in=removed",
        "/search.atom?q=nothing+has+these",
        "/speakers.atom?name=Ines+Maro",
        *(f"/a/{number}.atom" for number in range(1, 6)),
        f"/a/{shelf.hostile}.atom",
    ]
    seen, entries = set(waiting), 0
    while waiting:
        path = waiting.pop()
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["content-type"].startswith("application/atom+xml"), path
        assert problems(answer.content, PLACE + path) == [], path
        root = etree.fromstring(answer.content)
        entries += len(root.findall(f"{A}entry"))
        for link in root.findall(f"{A}link"):
            place = (link.get("href") or "").removeprefix(PLACE)
            onward = link.get("rel") in ("next", "prev-archive", "next-archive", "first", "current")
            if onward and place not in seen:
                seen.add(place)
                waiting.append(place)
    assert entries > 20
