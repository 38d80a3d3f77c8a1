"""Parts that page builders and frameworks set among a story's paragraphs: figures, rows, ratings, results,
quotations with whose they are; and the site's own parts that look alike."""

# ruff: noqa: E501  (pages are easier to read in long lines)

from __future__ import annotations

import pytest
from newsdesk import PARAGRAPHS, body, page

from variorum.model import Document
from variorum.stages.extract import read_page

URL = "https://echo.example/news/bridge"


def read(among: str, story: str | None = None) -> Document:
    """The story with ``among`` between its second and third paragraph."""
    told = story or f"{body(PARAGRAPHS[:2])}{among}{body(PARAGRAPHS[2:])}"
    return read_page(page(told), url=URL).document


def wrapped(*parts: str) -> str:
    """Each part in two blocks of its own, as page builders set them."""
    return "".join(f'<div class="pb-el"><div class="pb-in">{p}</div></div>' for p in parts)


OWN = [
    # a figure set large, in a line or in two
    ("<span>200</span><span>lorries cross the bridge each hour</span>", "200 lorries cross the bridge each hour"),
    ("<span>£212,000</span><div>what repairs to the piers have cost</div>", "£212,000"),
    ("<span>£212,000</span><div>what repairs to the piers have cost</div>", "what repairs to the piers have cost"),
    # rows with the term in bold type or a span
    ("<h4>At a glance</h4><div><b>Closed to lorries</b> <span>from Monday, 6am</span></div><div><b>Repairs</b> <span>until 14 March</span></div>", "Closed to lorries from Monday, 6am"),
    ("<h4>At a glance</h4><div><span>Bridge opened</span><span>1931</span></div><div><span>Piers</span><span>14</span></div>", "Bridge opened 1931"),
    # a table by its roles
    ('<div role="table"><div role="row"><div role="columnheader">Bridge</div><div role="columnheader">Lorries</div></div><div role="row"><div role="cell">Northwick</div><div role="cell">3,200</div></div></div>', "Northwick | 3,200"),
    # the result of a match, with who scored
    ('<section><div><span>Northwick council</span><ul><li>Holm 12</li></ul></div><div>2–0</div><div><span>Port engineers</span></div></section>', "2–0"),
    # a critic's verdict
    ("<div><span>Rating: 3 out of 5 stars</span></div>", "Rating: 3 out of 5 stars"),
    ('<div><span aria-label="3 out of 5">★★★☆☆</span></div>', "★★★☆☆"),
    # whose words are set large
    ("<div>“I drove over it every day for thirty years and never looked down”</div><span>Ivo Brand, lorry driver</span>", "Ivo Brand, lorry driver"),
    # bullets made by hand
    ("<div>• Lorries: from Monday, 6am<br>• Buses: from Tuesday<br>• Cars: not before June</div>", "• Lorries: from Monday, 6am • Buses: from Tuesday • Cars: not before June"),
    # a list to tick off
    ('<h2>What to bring</h2><ul><li><label><input type="checkbox"> <span>600ml whole milk</span></label></li><li><label><input type="checkbox"> <span>Two large eggs, beaten</span></label></li></ul>', "600ml whole milk"),
    # what a recipe's figures are
    ("<dl><div><dt>Serves</dt><dd>4</dd></div><div><dt>Prep</dt><dd>10 min</dd></div></dl>", "4"),
    # terms, and the newsroom's own word, set aside
    ("<aside><h3>At a glance</h3><dl><dt>Bridge opened</dt><dd>1931</dd><dt>Lorries a day</dt><dd>3,200</dd></dl></aside>", "1931"),
    ("<aside><h4>Analysis: Ann Tiller</h4><p>The federation lost because its hauliers were at sea on the day, and that is unlikely to change.</p></aside>", "The federation lost because its hauliers were at sea on the day, and that is unlikely to change."),
    # how long it takes is no time of the page's
    ("<aside><h3>At a glance</h3><table><tr><td>Bridge opened</td><td>1931</td></tr><tr><td>Crossing time for lorries</td><td>52 minutes</td></tr></table></aside>", "Crossing time for lorries | 52 minutes"),
    # a match in a box at the head, and stars behind their label
    ('<div class="match"><div><span>Northwick council</span> <b>2</b>–<b>1</b> <span>Port engineers</span></div><p>Holm 14, Brand 71 (pen); Keane 90+2</p><p>Attendance: 18,204 · Referee: P Castell</p></div>', "Attendance: 18,204 · Referee: P Castell"),
    ('<div role="img"><span>Our rating</span> <span>★★★☆☆</span></div>', "Our rating ★★★☆☆"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "line"), OWN)
def test_what_a_page_builder_sets_in_a_story_is_the_storys(part: str, line: str) -> None:
    assert line in read(wrapped(part)).paragraphs
    alone = "".join(wrapped(f"<div>{p}</div>") for p in PARAGRAPHS[:2])
    rest = "".join(wrapped(f"<div>{p}</div>") for p in PARAGRAPHS[2:])
    assert line in read("", alone + wrapped(part) + rest).paragraphs


THE_SITES = [
    "<span>212</span><span>readers like this</span>",
    "<span>12,400</span><span>people are reading the Echo right now</span>",
    "<div><b>Share</b> <span>212</span></div><div><b>Comments</b> <span>14</span></div>",
    '<div role="row"><div role="cell">HRW</div><div role="cell">88.38</div></div>',
    "<div><span>Harlow</span></div><div>2–0</div><div><span>Saltmouth</span></div>",
    "<div>4.2 out of 5 stars</div><div>120 votes</div>",
    "<div>“Best paper on the coast”</div><span>Subscribe today</span>",
    "<div>1 / 5</div>",
    '<h3>Our letters</h3><ul><li><label><input type="checkbox"> Daily briefing</label></li><li><label><input type="checkbox"> Sport</label></li></ul><input type="email"><button>Sign up</button>',
    '<a href="/win/hamper"><img src="/h.jpg" alt=""><b>Win a hamper from the deli by the bridge</b></a><div>Three readers will each receive a basket. Enter before Sunday.</div>',
    "<p>Estimated reading time: <span>2</span><span> minutes</span></p>",
    '<p><b>Weather in Northwick</b></p><p>9°C Light rain</p><a href="/weather">Five-day forecast</a>',
]  # fmt: skip


@pytest.mark.parametrize("part", THE_SITES)
def test_what_the_site_sets_there_is_not(part: str) -> None:
    assert read(wrapped(part)).paragraphs == PARAGRAPHS


VOICE = [
    "Hungry for more? Our Food & Drink email goes to 6,200 readers every Thursday – <a href=/s>join them here</a>.",
    "You can now get the Echo’s biggest stories on WhatsApp. <a href=/w>Follow our channel</a>.",
    "The Echo is written by three people above a shoe shop. If you like what we do you can help us for £3 a month.",
    "You are visitor number 49170. Today is Wednesday. Northwick Echo, The Old Forge, Northwick.",
    "Readers like you pay for this work. 1254 people have given this month, and we are $8,180 short of what we need. <a href=/g>Give what you can</a>.",
    'Also in The Echo: <a href="/essays/ambel">The glass flowers of Ambel</a>',
    '<a href="#letters">Read 14 letters about this story</a>',
    "This post has been read 312 times since Monday",
    "Reactions: funny (3) interesting (1) cool (0)",
    "Nothing in this report is advice. © 2025 Meridian Wire. All rights reserved.",
    "62% of $80,000 raised, 12 days to go",
    "For the best experience, read this story in The Echo app.",
    "We hope that you value this article. The Echo has no owner but its readers, and 41,230 of them gave something last month.",
]  # fmt: skip


@pytest.mark.parametrize("line", VOICE)
def test_what_the_paper_says_of_itself_in_a_sentence_is_not(line: str) -> None:
    assert read(f"<p>{line}</p>").paragraphs == PARAGRAPHS


TOLD = [
    "The charity said that 41,230 people gave something last month, more than ever before.",
    "The council now sends its news to 6,200 residents by email every Thursday.",
    "Drivers can follow the works on the council’s channel, which went live on Friday.",
    "The film won three out of five awards at the festival in the town.",
    "Also in the report: a map of the piers, which the council had kept from the public.",
    "The council has read the report 14 times since Monday, its leader said.",
    "Some 62% of the $80,000 that the club needs has been raised, its treasurer said.",
    "You can help the police by ringing the number on the sign, a spokeswoman said.",
]


@pytest.mark.parametrize("line", TOLD)
def test_a_story_may_tell_of_such_things(line: str) -> None:
    assert line in read(f"<p>{line}</p>").paragraphs


def test_a_live_price_in_a_sentence_is_no_word_of_it() -> None:
    def told(price: str) -> str:
        chip = f'<a href="/q/LUMN">LUMN</a> <span class="button">{price}</span>'
        return f"<p>Lumenar <span class=chip>{chip}</span> and Castor are to merge their businesses in spring, both said.</p>"

    before, after = (read(told(x)).paragraphs for x in ("330.75 ▼ 0.40%", "331.20 ▲ 1.02%"))
    assert before == after
    assert "Lumenar LUMN and Castor are to merge" in before[2]


def test_a_sign_that_became_a_picture_of_itself_is_the_same_text() -> None:
    picture = '<img class="emoji" alt="🎅" src="/e/1f385.svg">'
    before, after = (
        read(f"<p>Santa {x} comes to the port on Friday, he said.</p>") for x in ("🎅", picture)
    )
    assert before.paragraphs == after.paragraphs
    assert after.media == ()


def test_an_obituary_that_was_amended_says_so_in_a_notice() -> None:
    note = "This obituary was amended on 27 November 2026 to correct Marguerite Ashdown’s age at her death."
    edited = "This interview has been edited for length and clarity."
    notices = read_page(
        page(body() + f"<p><em>{note}</em></p><p><em>{edited}</em></p>"), url=URL
    ).document.notices
    assert [n.text for n in notices if n.kind == "correction"] == [note]


def test_a_list_of_counts_says_nothing_of_a_recipe() -> None:
    counts = (
        "<dl><div><dt>Views</dt><dd>1,204</dd></div><div><dt>Comments</dt><dd>14</dd></div></dl>"
    )
    assert "1,204" not in read(wrapped(counts)).paragraphs


def test_the_place_of_a_picture_in_a_row_is_no_caption() -> None:
    figure = '<figure><img src="/g.jpg" alt="">{}<figcaption>Geese leaving the sea bank</figcaption></figure>'
    told = [m.caption for m in read(figure.format("<div>Image 1 of 6</div>")).media]
    assert told == ["Geese leaving the sea bank"]


def test_a_figure_in_an_element_of_the_sites_own_stays_in_its_sentence() -> None:
    told = '<p>Stocks of barley are seen at <mbw-num unit="t">640,000</mbw-num> tonnes.</p>'
    assert "Stocks of barley are seen at 640,000 tonnes." in read(told).paragraphs


def test_a_share_s_price_in_such_an_element_does_not() -> None:
    told = "<p>The yield on the note <x-quote>0.673%</x-quote> fell 4.8 basis points on Friday.</p>"
    assert "The yield on the note fell 4.8 basis points on Friday." in read(told).paragraphs


def test_a_paragraph_in_an_element_of_the_sites_own_is_a_paragraph() -> None:
    story = "".join(f"<story-text>{p}</story-text>" for p in PARAGRAPHS)
    assert read("", story).paragraphs == PARAGRAPHS


def test_comments_under_a_page_of_line_breaks_are_none_of_it() -> None:
    told = "<br><br>".join(PARAGRAPHS)
    said = "<b>Bav</b> said:<br>Finally some real journalism.<br><br><b>Chip Hater</b> said:<br>Nonsense, all of it, from first to last."
    story = f"{told}<br><br><hr><font size=4>2 comments</font><br><br>{said}"
    assert read("", story).paragraphs == PARAGRAPHS


def test_a_table_of_prices_that_move_is_not_the_storys() -> None:
    prices = "<table><tr><th>HRW</th><th>Last</th></tr><tr><td>Harrow Mining</td><td>41.20</td></tr><tr><td colspan=2>Delayed 15 min. As of 14:05</td></tr></table>"
    assert read(prices).paragraphs == PARAGRAPHS


def test_the_masthead_of_a_page_without_headings_is_not_its_headline() -> None:
    story = "<br><br>".join(PARAGRAPHS)
    html = (
        "<html><head><title>Northwick Valley News - Harbour bridge to close to lorries</title></head><body><table>"
        "<tr><td colspan=2><font size=6><b>Northwick Valley News</b></font></td></tr><tr><td><a href=/a>Local</a></td>"
        "<td><font size=5><b>Harbour bridge to close to lorries</b></font><br><i>by E. J. Hartnoll, 16.11.2026</i>"
        f"<p>{story}</td></tr></table></body></html>"
    )
    assert read_page(html, url=URL).document.headline == "Harbour bridge to close to lorries"
