"""Comments, captions, notices and other stories round the story, told on an invented newspaper."""

from __future__ import annotations

import pytest
from newsdesk import HEADLINE, PARAGRAPHS, body, page

from variorum.model import Document
from variorum.stages.extract import SiteFurniture, learn, read_page

URL = "https://echo.example/news/bridge"


def document(html: str) -> Document:
    return read_page(html, url=URL).document


def comments(answer: str, count: int = 5) -> str:
    return "".join(
        f"<div><b>user{i}</b><p>I have driven over that bridge for {i + 2} years and never saw a crack.</p>"
        f"<div>{answer}</div></div>"
        for i in range(count)
    )


@pytest.mark.parametrize(
    "opening", ["5 comments", "5 Kommentare", "5 commentaires", "5 comentarios", "5 commenti"]
)
def test_a_count_of_comments_in_a_plain_div_opens_the_readers_part(opening: str) -> None:
    story = f"{body()}<div><div>{opening}</div>{comments('27')}</div>"
    assert document(page(story)).paragraphs == PARAGRAPHS


@pytest.mark.parametrize("answer", ["Reply", "👍 3 · Report · Respond", "Antworten", "Répondre 4"])
def test_a_row_of_boxes_that_end_in_an_answer_are_comments_under_any_heading(answer: str) -> None:
    story = f"{body()}<div><div>What our readers make of it</div>{comments(answer)}</div>"
    assert document(page(story)).paragraphs == PARAGRAPHS


def test_comments_that_are_articles_in_a_list_are_comments_however_long() -> None:
    said = "<p>What a fine piece this is, and I have read a great many pieces in my time.</p>"
    items = "".join(
        f"<li><article><header><p>Reader {n} says</p></header><div>{said * (20 if n == 2 else 1)}"
        f"<p>Number {n} of the things that readers wrote under it.</p></div>"
        "<div>Reply</div></article></li>"
        for n in range(4)
    )
    after = f"</article><div><h3>Comments</h3><ol>{items}</ol></div><article>"
    assert document(page(after=after)).paragraphs == PARAGRAPHS


def test_a_writers_box_under_the_writers_name_is_no_story() -> None:
    box = (
        "<div><div><h3>About <a href='/ann'>Ann Writer</a></h3></div><div><p>She teaches at a college"
        " in Northwick, where she lives with her husband and two small dogs.</p></div></div>"
    )
    read = document(page(before="<p>By Ann Writer</p>", story=body() + box))
    assert read.byline == ("Ann Writer",)
    assert read.paragraphs == PARAGRAPHS


def test_a_speakers_name_over_each_answer_keeps_the_answers() -> None:
    answer = "<div><p>Ann Writer</p><p>And what did the council do about it that day, number {}?</p></div>"
    story = body() + "".join(answer.format(n) for n in range(3))
    read = document(page(before="<p>By Ann Writer</p>", story=story))
    assert sum("did the council do" in p for p in read.paragraphs) == 3


def test_an_appeal_for_money_after_the_story_goes_with_its_heading() -> None:
    appeal = (
        "<div><p>No wall round the truth</p><p>Good reporting costs money, and our readers know it. "
        "Nobody owns this paper but those who read it. Please support our journalism with what you"
        " can spare. <a href='/give'>I'm in</a></p></div>"
    )
    assert document(page(after=appeal)).paragraphs == PARAGRAPHS


def test_text_after_the_end_of_the_page_is_no_story() -> None:
    log = "Warning: the cache at tier two was closed for writing, and the page was built anew. "
    assert document(page() + log * 4).paragraphs == PARAGRAPHS


def test_a_page_that_stands_twice_in_its_file_is_read_once() -> None:
    story = body((*PARAGRAPHS[:3], "It will not hold.", *PARAGRAPHS[3:]))
    once = page(story=story)
    assert document(once + once).paragraphs == document(once).paragraphs


def test_what_the_page_says_of_itself_stays_known_whole() -> None:
    lead = "Engineers found cracks. What the council does next, and what it will cost the port."
    read = read_page(page(head=f'<meta property="og:description" content="{lead}">'), url=URL)
    assert read.titles["description"] == lead


def test_no_comments_yet_on_top_of_a_story_open_nothing() -> None:
    html = page(f"<div><div>0 comments</div>{body()}</div>")
    assert document(html).paragraphs == PARAGRAPHS


def test_a_second_whole_story_on_the_page_is_not_this_one() -> None:
    other = "<article><h1>Ferry late again</h1>" + "".join(
        f"<p>The ferry to Saltmouth was late for the {n}th time this month, passengers said.</p>"
        for n in range(4, 12)
    )
    assert document(page(after=f"</article>{other}</article><article>")).paragraphs == PARAGRAPHS


def test_a_list_of_links_does_not_cut_a_short_story_in_two() -> None:
    links = "".join(
        f'<div><a href="/{n}">Council under pressure after the closure of a bridge, case {n}</a></div>'
        for n in range(6)
    )
    parts = [f"<div><p>{p}</p></div>" for p in PARAGRAPHS]
    story = "".join([*parts[:4], f"<div><div>Related</div>{links}</div>", *parts[4:]])
    assert document(page(story)).paragraphs == PARAGRAPHS


def test_figures_in_a_table_are_kept_with_the_row_they_stand_in() -> None:
    table = "<table><tr><th>Pier</th><th>Cracks</th></tr><tr><td>6</td><td>3</td></tr></table>"
    story = body(PARAGRAPHS[:3]) + table + body(PARAGRAPHS[3:])
    assert {"Pier | Cracks", "6 | 3"} <= set(document(page(story)).paragraphs)


def test_a_line_of_bold_type_in_a_block_among_the_storys_is_a_sub_heading() -> None:
    parts = [f"<div>{p}</div>" for p in PARAGRAPHS]
    story = "".join([*parts[:3], "<div><b>What the council says</b></div>", *parts[3:]])
    assert "What the council says" in document(page(story)).paragraphs


# -- captions ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "figure",
    [
        '<figure><img src="/b.jpg"><figcaption>{}</figcaption></figure>',
        '<div class="pic"><img src="/b.jpg"><p>{}</p></div>',
        '<div><div><img src="/b.jpg" width="64" height="36"></div><div>{}</div></div>',
    ],
)
@pytest.mark.parametrize("where", ["above the story", "in the story"])
def test_a_caption_stands_with_its_picture(figure: str, where: str) -> None:
    caption = "The bridge at low tide last week, seen from the fish quay"
    picture = figure.format(caption)
    if where == "above the story":
        html = page(before=picture)
    else:
        html = page(body(PARAGRAPHS[:2]) + picture + body(PARAGRAPHS[2:]))
    found = document(html)
    assert found.paragraphs == PARAGRAPHS
    assert [(m.url, m.caption) for m in found.media] == [("https://echo.example/b.jpg", caption)]


def test_a_caption_right_after_its_picture_needs_no_figure() -> None:
    loose = '<picture><img src="/b.jpg"></picture><figcaption>The bridge on Friday</figcaption>'
    media = document(page(before=loose)).media
    assert [(m.url, m.caption) for m in media] == [
        ("https://echo.example/b.jpg", "The bridge on Friday")
    ]


def test_icons_and_counting_pixels_are_no_media() -> None:
    icons = '<img src="/i.png" width="16"><img src="/p.gif" width="²"><img src="data:image/gif,x">'
    urls = [m.url for m in document(page(body() + icons)).media]
    assert urls == ["https://echo.example/p.gif"]


# -- notices -------------------------------------------------------------------------------------

NOTICES = [
    ("correction", "Correction: An earlier version misstated the number of piers. There are 14."),
    ("correction", "An earlier version of this article gave the wrong day for the closure."),
    ("correction", "This article was amended on 3 March to correct the spelling of Edda Holm."),
    ("correction", "Korrektur: In einer früheren Fassung war von zwölf Pfeilern die Rede."),
    ("correction", "Rectificatif : le pont compte quatorze piles et non douze, selon la mairie."),
    ("correction", "Corrección: el puente tiene catorce pilares y no doce, como se dijo antes."),
    ("correction", "Errata corrige: il ponte ha quattordici pilastri e non dodici come scritto."),
    ("correction", "Correção: a ponte tem catorze pilares, e não doze, como publicado antes."),
    ("correction", "تصحيح: للجسر أربعة عشر عمودا وليس اثني عشر كما ورد في نص سابق."),
    ("correction", "訂正：橋脚の数は十二本ではなく十四本でした。おわびして訂正します。"),
    (
        "clarification",
        "Clarification: The council owns the bridge together with the port authority.",
    ),
    ("editors-note", "Editor’s note: The port advertises in this newspaper, as readers may know."),
    ("editors-note", "Anmerkung der Redaktion: Der Hafen ist an dieser Zeitung nicht beteiligt."),
    ("update", "Update, 3 March: This story has been updated with a statement from the port."),
]


@pytest.mark.parametrize(("kind", "text"), NOTICES)
@pytest.mark.parametrize("where", ["on top", "trailing italics", "after the container"])
def test_a_notice_is_read_wherever_it_stands(kind: str, text: str, where: str) -> None:
    if where == "on top":
        html = page(f"<p><em>{text}</em></p>{body()}")
    elif where == "trailing italics":
        html = page(f"{body()}<p><em>{text}</em></p>")
    else:
        html = page(after=f"<div><p>{text}</p></div>")
    assert [(n.kind, n.text) for n in document(html).notices] == [(kind, text)]


def test_a_label_alone_names_the_note_on_the_next_line() -> None:
    note = "<aside><h4>Correction</h4><p>The bridge has 14 piers; we first wrote 12.</p></aside>"
    (notice,) = document(page(after=note)).notices
    assert notice.kind == "correction"
    assert "14 piers" in notice.text


def test_a_note_without_a_label_counts_at_the_foot_only() -> None:
    text = "We originally put the cost to hauliers at £15m a week. It is £1.5m."
    assert [n.kind for n in document(page(after=f"<div>{text}</div>")).notices] == ["correction"]
    column = f"<p>{PARAGRAPHS[0]}</p><p>{text}</p>{body(PARAGRAPHS[1:])}"
    assert document(page(column)).notices == ()


def test_news_of_updates_and_corrections_is_no_notice() -> None:
    news = (
        "Updates on the vote are expected every hour, the returning officer told reporters.",
        "Corrections officers at Northwick prison voted on Friday to go on strike in April.",
        *PARAGRAPHS,
    )
    assert document(page(body(news))).notices == ()


# -- what the site shows everywhere ----------------------------------------------------------------


def seen_on(stories: int, line: str) -> SiteFurniture | None:
    known: SiteFurniture | None = None
    for number in range(stories):
        other = read_page(page(body([f"Story {number}: {p}" for p in PARAGRAPHS] + [line])))
        known = learn(known, f"story-{number}", other)
    return known


def test_a_sentence_seen_on_six_other_stories_is_the_sites() -> None:
    house = "The Echo has kept an eye on Northwick since 1871, and it means to go on."
    html = page(body([*PARAGRAPHS, house]))
    assert house in read_page(html, furniture=seen_on(5, house)).document.paragraphs
    known = seen_on(6, house)
    assert house in read_page(html).document.paragraphs
    found = read_page(html, furniture=known)
    assert found.document.paragraphs == PARAGRAPHS
    assert any("other stories" in b.why for b in found.blocks if b.text == house)


def test_a_sentence_that_stories_share_but_for_its_figure_stays_theirs() -> None:
    known = seen_on(9, "The inquiry is expected to take 5 days and to report before the summer.")
    told = "The inquiry is expected to take 50 days and to report before the summer."
    found = read_page(page(body([*PARAGRAPHS, told])), furniture=known)
    assert told in found.document.paragraphs


def test_a_sentence_that_many_stories_share_stays_where_it_stands_amid_this_one() -> None:
    shared = "The company did not respond to questions that the Echo had sent it on Monday."
    known = seen_on(9, shared)
    amid = [*PARAGRAPHS[:2], shared, *PARAGRAPHS[2:]]
    assert read_page(page(body(amid)), furniture=known).document.paragraphs == tuple(amid)
    boxed = body(PARAGRAPHS).replace("</p>", f"</p><div><em>{shared}</em></div>", 1)
    assert shared not in read_page(page(boxed), furniture=known).document.paragraphs


def test_a_label_seen_on_three_other_stories_is_the_sites_whatever_its_figure() -> None:
    known = seen_on(3, "Shared 12 times by readers of the Echo")
    assert known is not None
    assert known.knows("Shared 7 times by readers of the Echo")


def test_a_story_looked_at_often_does_not_become_furniture() -> None:
    known: SiteFurniture | None = None
    for _ in range(20):
        known = learn(known, "bridge", read_page(page()))
    assert read_page(page(), furniture=known).document.paragraphs == PARAGRAPHS


def test_furniture_that_was_learned_from_the_story_itself_is_not_used() -> None:
    known: SiteFurniture | None = None
    for alias in range(9):
        known = learn(known, f"alias-{alias}", read_page(page()))
    assert read_page(page(), furniture=known).document.paragraphs == PARAGRAPHS


def test_the_headline_is_not_said_again_in_the_text() -> None:
    assert HEADLINE not in document(page()).paragraphs


def over_headline(line: str) -> str:
    return page().replace("<h1>", f"<div class=inset><p>{line}</p></div><h1>", 1)


def test_a_correction_over_the_headline_is_a_notice() -> None:
    line = "Correction: an earlier version of this story said that the bridge closes on Sunday."
    document = read_page(over_headline(line), url=URL).document
    assert [(n.kind, n.text) for n in document.notices] == [("correction", line)]


def test_a_note_over_the_headline_in_the_storys_words_is_the_storys() -> None:
    line = "Change of date: the bridge at Northwick will close to lorries on Tuesday and not on Monday."
    assert line in read_page(over_headline(line), url=URL).document.paragraphs


@pytest.mark.parametrize(
    "line",
    [
        "Our website will be closed for repairs on Sunday night between two and four o'clock.",
        "Subscribe to read everything about the bridge at Northwick, its lorries and the council.",
        "The Northwick Echo has served the town and the harbour since the spring of 1874.",
    ],
)
def test_what_the_site_says_over_a_headline_is_none_of_the_story(line: str) -> None:
    document = read_page(over_headline(line), url=URL).document
    assert (document.text, document.notices) == (read_page(page(), url=URL).document.text, ())


def across_the_page(line: str) -> str:
    return page().replace("<main>", f"<main><div class=bar><p>{line}</p></div>", 1)


@pytest.mark.parametrize(
    "line",
    [
        "Correction: this article originally said that nobody was asked.",
        "Clarification: the harbour bridge at Northwick closes to lorries, and not to cars.",
        "Richtigstellung: In diesem Artikel stand zunächst eine falsche Zahl.",
    ],
)
def test_a_correction_across_the_page_above_the_story_is_a_notice(line: str) -> None:
    assert [n.text for n in document(across_the_page(line)).notices] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Correction: the recipe for plum cake in our weekend pages left out the plums.",
        "Corrections and clarifications: what we got wrong in March",
        "Update: our shop in the market hall is open again on Saturdays.",
    ],
)
def test_a_correction_across_the_page_of_something_else_is_none_of_the_storys(line: str) -> None:
    assert document(across_the_page(line)).notices == ()
