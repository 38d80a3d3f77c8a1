"""Pages that put a few paragraphs, and what the site sets among them, into one box; and other places
where a line of the story looks like none."""

from __future__ import annotations

import pytest
from newsdesk import HEADLINE, PARAGRAPHS, page

from variorum.model import Document
from variorum.stages.extract import SiteFurniture, learn, read_page

URL = "https://echo.example/news/bridge"
QUOTED = PARAGRAPHS[1]
READ_ALSO = '<p>Read also: <a href="/region/ferry-late">Ferry to Saltmouth is late again</a></p>'
LETTER = (
    "<div><h3>Good health, every Friday</h3><p>Get our free weekly letter about the harbour.</p>"
    '<form action="/letters"><input type="email"><button>Subscribe</button></form></div>'
)


def read(html: str, known: SiteFurniture | None = None) -> Document:
    return read_page(html, url=URL, furniture=known).document


def in_blocks(*among: str) -> str:
    """The story, a paragraph or two to a block, with ``among`` in the block of the quotation."""

    def dressed(text: str) -> str:
        return f'<p class="Text_p__q7">{text}</p>'

    blocks = [
        dressed(PARAGRAPHS[0]),
        "".join(among) + dressed(QUOTED),
        dressed(PARAGRAPHS[2]) + dressed(PARAGRAPHS[3]),
        dressed(PARAGRAPHS[4]),
    ]
    return "".join(
        f'<div data-component="text-block"><div class="Text_w__{n}">{block}</div></div>'
        for n, block in enumerate(blocks)
    )


@pytest.mark.parametrize("among", [READ_ALSO, LETTER, READ_ALSO + LETTER])
def test_a_quotation_in_one_block_with_the_sites_own_is_the_storys(among: str) -> None:
    assert read(page(in_blocks(among))).paragraphs == PARAGRAPHS


def test_another_storys_lead_in_the_clothes_of_links_is_none() -> None:
    lead = '<p class="Card_p">The ferry was late again on Friday, and nobody minded much.</p>'
    assert read(page(in_blocks(f"<div>{READ_ALSO}{lead}</div>"))).paragraphs == PARAGRAPHS


def entry(time: str, heading: str, text: str) -> str:
    return (
        f'<div class="Live_item"><div><time>{time}</time> <span>20 hours ago</span></div>'
        f"<h3>{heading}</h3><p>{text}</p></div>"
    )


ENTRIES = (
    entry("21:40", "We are closing now", f"{PARAGRAPHS[4]} Thank you for reading."),
    entry("20:15", "Lorries wait", PARAGRAPHS[2]),
    entry("18:30", "A hasty decision", PARAGRAPHS[3]),
    entry("17:05", "Cracks are found", PARAGRAPHS[0]),
    entry("16:20", "Good morning", "We begin our coverage of the closure at the old bridge here."),
)


def told(*blocks: str) -> list[str]:
    story = "".join(f"<div data-component=block><div>{b}</div></div>" for b in blocks)
    return list(read(page(story)).paragraphs)


def test_the_entries_of_a_live_blog_are_read_alike_whatever_blocks_hold_them() -> None:
    one, two, three, four, five = ENTRIES
    apart = told(one + two, three + four, five)
    assert apart == told("".join(ENTRIES))
    assert [p for p in apart if p.startswith(("21:40", "16:20"))] and "Good morning" in apart


def test_a_tables_caption_is_of_the_story() -> None:
    rows = "".join(f"<tr><td>Pier {n}</td><td>{n * 120} lorries</td></tr>" for n in range(1, 5))
    table = f"<table><caption>What crosses in an hour</caption>{rows}</table>"
    story = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    assert "What crosses in an hour" in read(page(story + table)).text


@pytest.mark.parametrize("name", ['data-gu-name="standfirst"', 'class="article__dek"'])
def test_a_short_lead_in_a_box_called_so_is_of_the_story(name: str) -> None:
    lead = f"<div {name}><p>Edda Holm has 14 piers to mend</p></div>"
    assert read(page(before=lead)).paragraphs[0] == "Edda Holm has 14 piers to mend"


def test_a_short_lead_that_the_page_gives_for_its_description_is_of_the_story() -> None:
    lead = "关闭三年之后，百年老市场迎来首批顾客。"
    head = f'<meta name="description" content="{lead}">'
    assert read(page(before=f"<div>{lead}</div>", head=head)).paragraphs[0] == lead


@pytest.mark.parametrize(
    "line",
    [
        "<div class=subtitle><p>Subscribe to our free newsletter now</p></div>",
        "<div class=image-subtitle>The bridge, seen from the quay</div>",
        "<div><p>You read as a guest. Get digital access for £1 a week.</p></div>",
    ],
)
def test_what_else_stands_under_the_headline_is_no_lead(line: str) -> None:
    assert read(page(before=line)).paragraphs[0] == PARAGRAPHS[0]


SET_AMONG = [
    "<div><p>【関連記事】<a href='#1'>潮の香りの図書館、来館者10万人に</a></p></div>",
    "<div><p>【PR】<a href='#3'>秋の温泉特集、早割は今月末まで</a></p></div>",
    "<p>[Anzeige] <a href='/kueche'>Neue Küchen im Herbst</a></p>",
    "<p><strong>Win two seats for the pantomime.</strong> We have ten pairs to give away. "
    '<a href="/offers/panto">Enter before Sunday</a></p>',
    "<p><strong>A year of the Echo for £1.</strong> Our best offer ends at midnight. "
    '<a href="https://echo.example/subscribe?x=1">See how</a></p>',
    "<div class=m-pod><h4>Listen</h4><p>Harbour Aloud, episode 215: the sound of a street</p></div>",
    "<p><i>Follow NB Northwick on social media, or send your story ideas to "
    "newsroom@nb.example</i></p>",
]


@pytest.mark.parametrize("among", SET_AMONG)
def test_labels_in_brackets_and_offers_that_lead_to_the_counter_are_none(among: str) -> None:
    first, *rest = (f"<p>{p}</p>" for p in PARAGRAPHS)
    assert read(page(first + among + "".join(rest))).paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    "line",
    [
        "<p>【独自】市長は来月にも辞任する意向を周囲に伝えた。</p>",
        "<p>（広告）費は三年続けて減ったと、協会は金曜日に発表した。</p>",
        '<p>The council keeps <a href="/offers/2024">a list of the offers</a> that it turned down.</p>',
        '<p>Two firms made their bids public, and both lost: read <a href="/deals/bids">the bids</a></p>',
        "<h3>Listen</h3><p>The crew heard three knocks before the second pier gave way.</p>",
        "<p>“Send your pictures to the council,” he said, and gave an address.</p>",
    ],
)
def test_sentences_that_speak_of_such_things_stay(line: str) -> None:
    first, *rest = (f"<p>{p}</p>" for p in PARAGRAPHS)
    text = read(page(first + line + "".join(rest))).text
    assert line.split(">")[1].split("<", maxsplit=1)[0].strip()[:24] in text


def test_a_story_at_three_addresses_does_not_make_its_lines_the_sites() -> None:
    short = "<p>Closed: 14 March, 1400 GMT</p>"
    copy = page("".join(f"<p>{p}</p>" for p in PARAGRAPHS) + short)
    known = SiteFurniture()
    for number in range(5):
        url = f"https://echo.example/section-{number}/bridge"
        known = learn(known, url, read_page(copy, url=url, furniture=known))
    assert "Closed: 14 March, 1400 GMT" in read(copy, known).text


def test_a_line_on_other_stories_of_one_headline_is_still_the_sites() -> None:
    short = "<p>All times are local to the harbour</p>"
    known = SiteFurniture()
    for number in range(5):
        story = "".join(f"<p>On day {number} {p}</p>" for p in PARAGRAPHS) + short
        url = f"https://echo.example/day-{number}"
        known = learn(known, url, read_page(page(story, headline=HEADLINE), url=url))
    copy = page("".join(f"<p>{p}</p>" for p in PARAGRAPHS) + short)
    assert "All times are local" not in read(copy, known).text


def in_divs(extra: str, name: str = "para-row") -> str:
    """The story in ``div > div > span``, its second paragraph in one box with ``extra``."""

    def row(text: str, more: str = "", of: str = "para-row") -> str:
        return f'<div class="{of}"><div class="story-text"><span>{text}</span></div>{more}</div>'

    first, second, *rest = PARAGRAPHS
    return row(first) + row(second, extra, name) + "".join(map(row, rest))


FORM = "<form><label>Sign up for our letter <input type=email></label><button>OK</button></form>"


@pytest.mark.parametrize(
    "name", ["para-row", "para-signup", "story-row--newsletter", "with-related"]
)
def test_a_paragraph_in_a_row_of_such_boxes_is_the_storys_whatever_its_box_is_called(
    name: str,
) -> None:
    assert read(page(in_divs(FORM, name))).paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    "told",
    [
        "It has planning consent to dig until 2041.",
        "The bakery sells cookies until noon.",
        "Patients must give consent before the trial.",
    ],
)
def test_a_story_in_divs_may_speak_of_consent_and_cookies(told: str) -> None:
    line = f'<div class="para-row"><div class="story-text"><span>{told}</span></div></div>'
    assert told in read(page(in_divs("") + line)).paragraphs


@pytest.mark.parametrize("head", ["Share", "Share (%)", "Print", "Comments"])
def test_a_table_in_a_figure_tells_what_its_heads_say(head: str) -> None:
    rows = "".join(f"<tr><td>Keep {n} shut</td><td>{n * 9}%</td></tr>" for n in range(1, 5))
    table = f"<figure class=wp-block-table><table><tr><th>Answer</th><th>{head}</th></tr>{rows}</table></figure>"
    first, *rest = (f"<p>{p}</p>" for p in PARAGRAPHS)
    text = read(page(first + table + "".join(rest))).text
    assert "Keep 3 shut" in text and "27%" in text and head in text
