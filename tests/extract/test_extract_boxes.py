"""Boxes amid and under a story that tell of something else, and what looks like one and is the story."""

from __future__ import annotations

import pytest
from newsdesk import HEADLINE, PARAGRAPHS, body, page

from variorum.model import PageKind
from variorum.stages.extract import SiteFurniture, read_page
from variorum.stages.extract.furniture import learn

URL = "https://echo.example/news/bridge"
TABLE = (
    "<table><tr><th>Pier</th><th>Cracks</th></tr><tr><td>Seven</td><td>12</td></tr>"
    "<tr><td>Nine</td><td>3</td></tr></table>"
)


def told(html: str, furniture: SiteFurniture | None = None) -> str:
    return read_page(html, url=URL, furniture=furniture).document.text


def amid(box: str) -> str:
    """A story with something between its second and third paragraph."""
    return page(body(PARAGRAPHS[:2]) + box + body(PARAGRAPHS[2:]))


def test_a_table_in_a_figure_is_the_storys() -> None:
    assert "Seven | 12" in told(amid(f"<figure>{TABLE}</figure>"))


def test_a_quotation_in_a_figure_is_the_storys() -> None:
    quote = "“Nobody had looked under pier nine since the spring,” said one of the divers."
    assert quote in told(amid(f"<figure><blockquote><p>{quote}</p></blockquote></figure>"))


BOXES = {
    "a shop": "<div><span>SHOPPING – Contains affiliate links</span><p>The new kettle boils in ninety "
    "seconds and has room for six cups of tea.</p><a href=/shop>BUY NOW £49.99</a></div>",
    "a poll": "<div><h4>POLL</h4><p>Would you cross the bridge on foot?</p><ul><li>Yes 67%</li>"
    "<li>No 33%</li></ul><span>1,204 votes</span></div>",
    "a sign-up": "<div><h4>Our newsletter</h4><p>Every Thursday our desk tells you what it heard in "
    "the corridors.</p><input type=email><button>Sign up</button></div>",
}


@pytest.mark.parametrize("name", BOXES)
def test_a_box_amid_the_story_is_furniture(name: str) -> None:
    assert told(amid(BOXES[name])) == told(page())


LINES = [
    "<p>Advertisement: A bed for every back, from £99. <a href='https://shop.example/'>See it</a></p>",
    "<p>Anzeige: Heizöl zum Winterpreis, nur diese Woche</p>",
    "<p>41,220 people have read this story</p>",
    "<p>We have raised 61% of our goal. Every pound counts.</p>",
    "<p>Our summer fair opens in 12 days 8 hours 22 minutes</p>",
    "<p><small>Your reference: 8f3a</small></p>",
    "<p>Jetzt 3 Wochen für 1 Euro lesen. 45.306 Leser sind schon dabei.</p>",
    "<p>Unser Newsletter kommt um 18:36 Uhr und ist in 4 Minuten gelesen.</p>",
    "<p>NORD50 808.9 ▼0.95% KLP 155.9 ▲1.08% OIL 728.8 ▼0.85% GBP/NOK 12.8 ▲1.42%</p>",
    "<div><h4>Picture of the day</h4><p>Low sun on the drying racks at Grane.</p></div>",
    "<p class=audience>312 Leser verfolgen gerade diesen Artikel</p>",
]


@pytest.mark.parametrize("line", LINES)
def test_a_line_that_says_that_it_is_the_sites_is_furniture(line: str) -> None:
    assert told(amid(line)) == told(page())


@pytest.mark.parametrize(
    "line",
    [
        "The FTSE 100 rose 0.4%, the DAX fell 1.1% and oil gained 2%.",
        "The fair opens in 12 days, the mayor said, and 8 hours were needed to put up each tent.",
        "18 months for 12 burglaries was what the court gave him.",
        "The party newsletter is printed in a cellar, her brother told the court.",
        "The union has raised 61% of its goal, according to its treasurer.",
    ],
)
def test_figures_that_a_story_tells_are_the_storys(line: str) -> None:
    assert line in told(amid(f"<p>{line}</p>"))


def test_what_is_said_of_its_writer_outside_the_story_is_furniture() -> None:
    by = '<p class="byline">By Ines Rawdon</p>'
    box = "<div><p>Ines Rawdon keeps two hens and likes hearing from readers.</p></div>"
    assert told(page(before=by, after=box)) == told(page(before=by))


def test_what_its_writer_says_in_the_story_is_the_storys() -> None:
    by = '<p class="byline">By Ines Rawdon</p>'
    own = "Ines Rawdon walked the length of the bridge on Sunday and met nobody at all."
    assert own in told(page(body([*PARAGRAPHS[:3], own, *PARAGRAPHS[3:]]), before=by))


def test_a_sign_up_is_furniture_where_every_paragraph_stands_in_a_block_of_its_own() -> None:
    wrapped = [f"<div><p>{p}</p></div>" for p in PARAGRAPHS]
    box = (
        "<div><div>Slow Water</div><div>Our morning letter goes through the tides of the day and tells "
        "you what they mean.</div><input type=email><button>Sign up</button></div>"
    )
    plain = page("".join(wrapped))
    assert told(page("".join([*wrapped[:3], box, *wrapped[3:]]))) == told(plain)


def test_an_appeal_under_the_story_is_furniture() -> None:
    appeal = (
        "<div><h2>It is good to have you here</h2><p>Before you go, we wonder if you would take a moment "
        "to support what we do as the year ends.</p><p>Nobody owns us, and what is printed is decided "
        "by those who report it.</p></div>"
    )
    assert told(page(after=appeal)) == told(page())


def test_comments_under_a_heading_with_their_number_after_it_are_furniture() -> None:
    comment = "<div><h4>Bert, Saltmouth</h4><p>They should have looked at those piers ten years ago, I say.</p></div>"
    assert told(page(after=f"<div><h3>Comments 412</h3>{comment * 3}</div>")) == told(page())


def test_points_of_a_story_stay_when_a_link_to_another_stands_among_them() -> None:
    points = (
        "<ul><li>Lorries barred from Monday</li><li>Repairs take until March</li><li><a href=/x>TRENDING: "
        "the lighthouse keeper who collected two thousand kettles retires at last</a></li></ul>"
    )
    text = told(page(points + body()))
    assert "Lorries barred from Monday" in text
    assert "Repairs take until March" in text
    assert "TRENDING" not in text


def test_a_cell_stays_though_every_story_of_the_site_has_its_figure_somewhere() -> None:
    furniture = None
    for number in range(6):
        count = f"<div><span>Shares</span> <span>{number + 40}</span></div>"
        read = read_page(page(count + body(), headline=f"Story {number}"), url=f"{URL}/{number}")
        furniture = learn(furniture, f"{URL}/{number}", read)
    assert "Seven | 12" in told(amid(TABLE), furniture)


def test_a_gain_with_an_arrow_beside_the_link_is_none_either_and_a_written_one_is() -> None:
    chip = "<p>Harrow (LSX: <a href=/q/HRW>HRW</a> <span>{}</span>) will list its snacks by Easter.</p>"
    texts = {told(page(body(PARAGRAPHS) + chip.format(gain))) for gain in ("▲3.64%", "▼0.31%")}
    assert len(texts) == 1 and "(LSX: HRW ) will list" in texts.pop()
    written = (
        "<p>Shares of <a href=/q/HRW>HRW</a> <span>-4.9%</span> fell most in a year of losses.</p>"
    )
    assert "-4.9%" in told(page(body(PARAGRAPHS) + written))


def test_the_price_of_a_share_goes_with_what_it_gained() -> None:
    chip = (
        "<p>Carmaker Harrow Motors (<a href=/q/HRW>HRW.LS</a><span><span>{}</span> <span>{}</span></span>)"
        " will build 88.38 km of track.</p>"
    )
    texts = {
        told(page(body(PARAGRAPHS) + chip.format(*gain)))
        for gain in (("88.38", "▼ 0.05%"), ("£1,204.10", "▲ 2.1%"))
    }
    assert len(texts) == 1 and "(HRW.LS )" in texts.pop().replace("(HRW.LS)", "(HRW.LS )")
    plain = (
        "<p>The fund sold units of HRW <b>88.38</b> times in a day, a rise of ▲ 5% on the week.</p>"
    )
    assert "88.38" in told(page(body(PARAGRAPHS) + plain))


def test_what_a_share_gained_today_is_no_part_of_a_sentence_that_names_it() -> None:
    chip = "Harbour Works <a href=/q/HRW><span>HRW</span> <span>{}</span></a> said on Friday that it agreed."
    texts = {told(page(body([*PARAGRAPHS, chip.format(gain)]))) for gain in ("-4.94%", "+0.31%")}
    assert len(texts) == 1
    assert "Harbour Works HRW said on Friday" in texts.pop()
    linked = "Shares in Harbour Works <a href=/q/HRW>fell</a> by <a href=/q/HRW>-4.94%</a> on Friday, it said."
    assert "by -4.94% on Friday" in told(page(body([*PARAGRAPHS, linked])))


def test_the_caption_of_the_picture_of_the_day_is_none_of_the_storys() -> None:
    box = (
        "<div><h4>Photo of the day</h4><figure><img src=/day.jpg alt=''><figcaption>Low sun on the racks "
        "at Grane, sent in by a reader.</figcaption></figure><a href=/pictures>See all pictures</a></div>"
    )
    own = "<figure><img src=/pier.jpg alt=''><figcaption>Pier nine on Friday.</figcaption></figure>"
    document = read_page(amid(own + box), url=URL).document
    assert [m.caption for m in document.media] == ["Pier nine on Friday."]


APPEALS = [
    "<h2>Will you stand with us?</h2><div>Some 12,000 people pay for news that is open to all.</div>"
    "<div><a href=/give>Support the Echo</a> <a href=/later>Remind me in December</a></div>",
    "<h3>The Echo is yours</h3><div>We are owned by 1,400 readers and by nobody else.</div>"
    "<div><a href=/join>Become an owner</a></div>",
]


@pytest.mark.parametrize("box", APPEALS)
def test_a_heading_a_sentence_and_a_button_that_asks_are_an_appeal(box: str) -> None:
    assert told(amid(f"<div>{box}</div>")) == told(page())


def test_a_heading_a_sentence_and_a_link_of_the_storys_stay() -> None:
    box = (
        "<div><h2>What drivers can do</h2><div>Lorries may use the old ford at low water.</div>"
        "<div><a href=/tides.pdf>Tide tables of the port</a></div></div>"
    )
    assert "old ford at low water" in told(amid(box))


WALL = (
    "<div><h2>Register for free to continue reading</h2><p>You have read 5 articles this month. To"
    " register is simple, costs nothing and helps us to pay for work such as this.</p>"
    "<button>Register</button><p>Already registered? <a href=/in>Sign in</a></p>"
    "<p>Why register? Save articles, write comments and choose what you are told of.</p></div>"
)


def test_a_section_of_the_story_about_subscriptions_stays() -> None:
    section = (
        "<div><h2>Subscribers only</h2><p>From May on the port will tell tides to its subscribers"
        " alone, which the fishermen called a fee for looking at the sea.</p><p>Nobody had been asked, said"
        " Edda Holm of the council, and nobody would pay: whoever goes out at night has an almanac, a"
        " grandmother or both, and neither has ever sent an invoice.</p></div>"
    )
    assert "a fee for looking at the sea" in told(amid(section))


def test_a_wall_that_asks_to_register_leaves_a_stub_and_none_of_its_own_words() -> None:
    read = read_page(page(body(PARAGRAPHS[:1]) + WALL), url=URL)
    assert read.kind is PageKind.PAYWALL
    assert read.document.paragraphs == PARAGRAPHS[:1]
    assert told(page(body() + WALL)) == told(page())


SAID = "We counted eleven cracks that nobody had put on a list"
LARGE = [
    f"<aside><blockquote>{SAID}</blockquote></aside>",
    f"<aside class=pull><p>“{SAID}.”</p><p>Ines Marlow, bridge engineer</p></aside>",
    f"<aside><blockquote><p>{SAID}</p><footer>Ines Marlow</footer></blockquote></aside>",
    f"<aside class='pull-quote'><p>{SAID}</p><cite>Ines Marlow</cite></aside>",
]


@pytest.mark.parametrize("box", LARGE)
def test_a_quotation_set_large_that_the_story_does_not_repeat_is_the_storys(box: str) -> None:
    assert SAID in told(amid(box))


@pytest.mark.parametrize("box", LARGE)
def test_a_quotation_set_large_that_repeats_the_story_is_not_read_twice(box: str) -> None:
    story = [*PARAGRAPHS, f"“{SAID},” said Ines Marlow on Friday, after a day under the deck."]
    html = page(body(story[:2]) + box + body(story[2:]))
    assert told(html) == told(page(body(story)))


PRAISED = [
    "<aside><blockquote>Subscribe to us: the only paper that tells this town the truth</blockquote></aside>",
    "<aside><blockquote>“The best seats in the house”</blockquote><a href=/tickets>Book now</a></aside>",
    "<aside><blockquote>“It changed how I shop for good”</blockquote><p>Contains affiliate links</p></aside>",
    "<aside><p>Nine out of ten readers would tell a friend about us</p></aside>",
]


@pytest.mark.parametrize("box", PRAISED)
def test_what_is_set_large_to_sell_is_none_of_the_story(box: str) -> None:
    assert told(amid(box)) == told(page())


EXPLAINS = (
    "<aside class=x7><h4>What the bridge carries</h4><p>Before the closure 1,400 lorries a day crossed the "
    "bridge at Northwick, most of them on their way to the harbour.</p></aside>"
)


def test_a_title_over_a_paragraph_on_the_storys_own_matter_is_the_storys() -> None:
    assert "1,400 lorries a day" in told(amid(EXPLAINS))


ELSEWHERE = [
    "<aside><h4>Who bakes best?</h4><p>Eleven families send us their plum cakes and the judges say "
    "which of them rises highest this year.</p></aside>",
    "<aside><h4>Support our work</h4><p>Subscribe to the Echo: the harbour bridge, the council and the lorries "
    "of Northwick are told nowhere as fully as here.</p></aside>",
]


@pytest.mark.parametrize("box", ELSEWHERE)
def test_a_title_over_a_paragraph_on_another_matter_is_furniture(box: str) -> None:
    assert told(amid(box)) == told(page())


SPONSORS = [
    "This story is brought to you by Heron Insurance. For those who live a little too close to the sea.",
    "This article is sponsored by Heron Insurance",
    "Sponsored by Heron Insurance. Peace of mind since 1911.",
    "A word from our sponsor: Heron Insurance mends roofs.",
    "Our sponsor this week is Heron Insurance, the friend of the wet.",
    "In association with Heron Insurance.",
    "Dieser Beitrag wird Ihnen präsentiert von der Nordkasse.",
    "Cet article vous est offert par la Banque du Port.",
    "Este artículo está patrocinado por Seguros Garza.",
]


@pytest.mark.parametrize("line", SPONSORS)
def test_a_line_that_names_who_pays_for_the_page_is_none_of_the_story(line: str) -> None:
    assert told(amid(f"<p><em>{line}</em></p>")) == told(page())


OF_SPONSORS = [
    "Sponsored by three senators, the bill would close the bridge to lorries for good.",
    "The race over the bridge was sponsored by Heron Insurance, which went bankrupt in June.",
    "In association with the harbour, the council will count lorries for a month.",
    "Brought to you by the same people who built the old pier is how one councillor put it on Friday night.",
    "The report was paid for by the council and says that the bridge is safe.",
    "“This story is brought to you by Heron Insurance,” said the poster under the bridge.",
]


@pytest.mark.parametrize("line", OF_SPONSORS)
def test_a_story_that_speaks_of_sponsors_keeps_its_words(line: str) -> None:
    assert line in told(amid(f"<p>{line}</p>"))


PROMOTED = [
    "<div class=group><p><strong>Win a hamper!</strong> Our Christmas hamper has plum cake, two cheeses and a "
    "bottle of sloe gin. Be in the draw before December 10.</p><p><a href=/win>Enter now</a></p></div>",
    "<div><p>Our app is here. Get the news from your street first.</p><p><a href=/app>Get the app</a>"
    "</p></div>",
    "<section><p>Half price until Sunday: you read everything for a penny a day.</p><a href=/offer>See the offer</a>"
    "</section>",
    "<div><p>Gewinnen Sie zwei Karten für das Hafenkonzert!</p><p><a href=/gewinn>Jetzt mitmachen</a></p></div>",
]


@pytest.mark.parametrize("box", PROMOTED)
def test_a_box_that_speaks_to_the_reader_and_ends_in_a_call_is_the_papers_own(box: str) -> None:
    assert told(amid(box)) == told(page())


TOLD_IN_A_BOX = [
    "<div><p>The council wants to know what people think of the bridge until December 4.</p>"
    "<p><a href=/plan>Read the plan</a></p></div>",
    "<div><p>The play about the bridge runs until 3 May at the Harbour Theatre in Northwick.</p>"
    "<p><a href='https://theatre.example/'>Book tickets</a></p></div>",
]


@pytest.mark.parametrize("box", TOLD_IN_A_BOX)
def test_a_box_that_tells_of_the_matter_is_the_storys_though_a_link_ends_it(box: str) -> None:
    sentence = box.partition("<p>")[2].partition("</p>")[0]
    assert sentence in told(amid(box))


def test_a_number_is_what_a_list_of_terms_tells_where_other_values_are_words() -> None:
    island = (
        "<div><h2>At a glance</h2><dl><dt>Population</dt><dd>3,418</dd><dt>Change since 2016</dt>"
        "<dd>+6.2 per cent</dd><dt>Schools</dt><dd>7</dd></dl></div>"
    )
    assert "3,418" in told(amid(island)) and "\n\n7\n\n" in told(amid(island))


def test_how_often_a_page_was_read_is_no_value_of_the_storys() -> None:
    counted = "<dl><dt>Views</dt><dd>3,418</dd><dt>Author</dt><dd>Ines Marlow of the harbour desk</dd></dl>"
    assert "3,418" not in told(amid(counted))


def test_rows_of_a_box_that_calls_itself_one_of_facts_are_kept_with_their_values() -> None:
    rows = "".join(
        f"<div><span>{name}</span> <strong>{value}</strong></div>"
        for name, value in (("Population", "3,418"), ("Piers", "Nine"), ("Ferries", "2"))
    )
    box = f"<div class=fact-box><h4>The island</h4>{rows}</div>"
    assert "Population 3,418" in told(amid(box))


HAND_MADE = """<html lang=en><head><title>{h}</title></head><body bgcolor=#ffffff>
<table width=960 align=center><tr><td width=160 valign=top>Home<br>News<br>Sport<br>Letters</td><td valign=top>
<h1>{h}</h1><p><i>The council will mend all nine piers, and says that it can pay</i></p>
<p>By Ines Marlow, 18 November 2026</p>
{story}<p><a href=#top>Back to top</a> | <a href=/news.html>More news</a></p></td></tr></table>
<p>Published by the Northwick Echo, 3 Cross Street.</p></body></html>"""


def test_a_table_that_lays_out_the_page_is_no_table_of_the_storys() -> None:
    html = HAND_MADE.format(h=HEADLINE, story=body())
    read = read_page(html, url=URL).document
    assert [p for p in read.paragraphs if p in PARAGRAPHS] == list(PARAGRAPHS)
    assert not any(" | " in p or "Marlow" in p or "Home" in p for p in read.paragraphs)


def test_a_table_of_figures_in_a_page_laid_out_by_a_table_is_still_one() -> None:
    html = HAND_MADE.format(h=HEADLINE, story=body(PARAGRAPHS[:2]) + TABLE + body(PARAGRAPHS[2:]))
    assert (
        "Seven | 12" in told(html) and PARAGRAPHS[2] in read_page(html, url=URL).document.paragraphs
    )


def test_an_offer_set_as_the_storys_paragraphs_are_is_the_papers_own_by_its_call() -> None:
    blocks = [f"<div><p>{p}</p></div>" for p in PARAGRAPHS]
    offer = (
        "<div><p>Subscribe now for just £1 a week and support journalism in your town.</p>"
        "<a href=/offers>See our offers</a></div>"
    )
    plain = told(page("".join(blocks)))
    assert told(page("".join([*blocks[:2], offer, *blocks[2:]]))) == plain
