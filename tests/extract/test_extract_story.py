"""What of a page is the story, told on an invented newspaper."""

from __future__ import annotations

import re

import pytest
from newsdesk import HEADLINE, PARAGRAPHS, body, page

from variorum.stages.extract import read_page

FURNITURE = {
    "clock": "<div>Updated 3 minutes ago</div>",
    "counter": "<p>7,307 reading · refreshed 08:00:54</p>",
    "german clock": "<div>Vor 5 Minuten aktualisiert</div>",
    "ad label": "<div>Advertisement</div>",
    "ad": "<div><p>Sponsored</p><p>Why thousands of keen gardeners are switching to Zorbo.</p></div>",
    "newsletter": "<div><h3>Sign up for our newsletter</h3><p>The best stories every morning.</p>"
    "<button>Subscribe</button></div>",
    "prompt": "<p>Enjoying this story? Sign up for our evening newsletter.</p>",
    "app": "<p>Download our app for alerts that matter.</p>",
    "read more": '<p>Read more: <a href="/x">Council votes on the old harbour bridge</a></p>',
    "bare link": '<p><a href="/x">Council votes on the old harbour bridge after a debate</a></p>',
    "lesen sie auch": '<p><b>Lesen Sie auch: <a href="/x">Stadtrat stimmt über Brücke ab</a></b></p>',
    "link list": '<ul><li><a href="/a">Bridge to close after vote</a></li>'
    '<li><a href="/b">New ferry line opens in spring</a></li></ul>',
    "shares": "<div>1.2k shares</div>",
    "share buttons": '<div><a href="https://x.example/s">Tweet</a> <a href="/f">Share</a></div>',
}


def paragraphs(html: str) -> tuple[str, ...]:
    return read_page(html, url="https://echo.example/news/bridge").document.paragraphs


def test_the_story_and_nothing_else_is_read() -> None:
    document = read_page(page(), url="https://echo.example/news/bridge").document
    assert document.headline == HEADLINE
    assert document.paragraphs == PARAGRAPHS
    assert document.language == "en"


@pytest.mark.parametrize("name", FURNITURE)
def test_a_box_without_a_class_name_between_two_paragraphs_is_left_out(name: str) -> None:
    parts = [f"<p>{p}</p>" for p in PARAGRAPHS]
    story = "\n".join([*parts[:3], FURNITURE[name], *parts[3:]])
    assert paragraphs(page(story)) == PARAGRAPHS


def test_class_names_and_ids_do_not_matter() -> None:
    plain = page()
    count = iter(range(10_000))
    dressed = re.sub(
        r"<(div|p|ul|section|article)>",
        lambda m: f'<{m[1]} id="n{next(count)}" class="related newsletter promo-{next(count)}">',
        plain,
    )
    assert dressed != plain
    assert read_page(dressed).document == read_page(plain).document


def test_one_figure_in_the_last_paragraph_is_read_as_it_stands() -> None:
    changed = (*PARAGRAPHS[:-1], PARAGRAPHS[-1].replace("14 March", "12 March"))
    assert paragraphs(page(body(changed))) == changed


def test_a_lead_under_the_headline_belongs_to_the_story() -> None:
    lead = "Cracks in two piers put 3,200 lorries a day on the road through the old town."
    assert paragraphs(page(before=f"<p>{lead}</p>")) == (lead, *PARAGRAPHS)


def test_sub_headings_lists_quotes_and_tables_are_kept_as_text() -> None:
    story = (
        body(PARAGRAPHS[:2])
        + "<h2>What closes when</h2><ul><li>Lorries over 7.5 tonnes: Monday</li>"
        "<li>Buses and coaches: from Thursday</li></ul>"
        "<blockquote>“The bridge has carried worse,” said a man fishing from it.</blockquote>"
        "<table><tr><th>Pier</th><th>Cracks</th></tr><tr><td>6</td><td>3</td></tr></table>"
        + body(PARAGRAPHS[2:])
    )
    found = paragraphs(page(story))
    assert "What closes when" in found
    assert "Lorries over 7.5 tonnes: Monday" in found
    assert "“The bridge has carried worse,” said a man fishing from it." in found
    assert "Pier | Cracks" in found
    assert "6 | 3" in found


def test_a_heading_with_only_furniture_under_it_goes_too() -> None:
    story = body() + '<h3>Related</h3><ul><li><a href="/a">Bridge to close after vote</a></li></ul>'
    assert paragraphs(page(story)) == PARAGRAPHS


def test_a_caption_is_kept_with_its_picture_and_not_among_the_paragraphs() -> None:
    caption = "The bridge at low tide last week, seen from the fish quay."
    figure = f'<figure><img src="/bridge.jpg"><figcaption>{caption}</figcaption></figure>'
    document = read_page(page(before=figure), url="https://echo.example/news/bridge").document
    assert document.paragraphs == PARAGRAPHS
    assert [(m.kind, m.url, m.caption) for m in document.media] == [
        ("image", "https://echo.example/bridge.jpg", caption)
    ]


def test_what_a_picture_shows_is_kept_as_it_is_told_to_those_who_cannot_see_it() -> None:
    figures = (
        '<figure><img src="/bridge-tide.jpg" alt="A bridge\n over mud"><figcaption>At low tide.</figcaption></figure>'
        '<figure><img src="/bridge-pier.jpg" alt="bridge-pier.jpg"><figcaption>At high tide.</figcaption></figure>'
    )
    media = read_page(page(before=figures), url="https://echo.example/news/bridge").document.media
    assert [m.alt for m in media] == ["A bridge over mud", ""]


def test_the_player_of_a_promoted_podcast_is_no_sound_of_the_storys() -> None:
    praise = "<h4>Listen: The Harbour Hour</h4><p>Our weekly podcast on all that floats.</p>"
    box = f"<div>{praise}<audio src='/hour.mp3'></audio></div>"
    own = "<div><p>The whistle of the last lorry</p><audio src='/whistle.mp3'></audio></div>"
    story = body(PARAGRAPHS[:2]) + box + own + body(PARAGRAPHS[2:])
    media = read_page(page(story), url="https://echo.example/news/bridge").document.media
    assert [m.url for m in media] == ["https://echo.example/whistle.mp3"]


def test_readers_comments_are_not_the_story_however_long_they_are() -> None:
    comment = (
        "<div><p>I have driven over that bridge for thirty years and never saw a crack.</p></div>"
    )
    assert paragraphs(page(after=f"<h3>48 comments</h3><div>{comment * 30}</div>")) == PARAGRAPHS


def test_a_story_about_newsletters_and_cookies_keeps_its_paragraphs() -> None:
    about = (
        "Sign up for the Sallow parish newsletter and you get the minutes a week before the council "
        "has agreed them, its editor has told the Echo.",
        "The letter’s cookie recipe has caused a privacy complaint, which the vicar called crumbly.",
        *PARAGRAPHS,
    )
    assert paragraphs(page(body(about))) == about


def test_a_page_wrapped_in_a_form_is_still_read() -> None:
    html = page().replace("<main>", "<form><main>").replace("</main>", "</main></form>")
    assert paragraphs(html) == PARAGRAPHS


def test_a_table_layout_of_the_turn_of_the_century_is_read() -> None:
    text = "<br><br>".join(PARAGRAPHS)
    html = (
        "<html><title>Echo | News | Harbour bridge to close to lorries</title><body><table><tr>"
        '<td><a href="/1">Home</a><br><a href="/2">Sport</a></td>'
        f"<td><font size=4>{HEADLINE}</font><br><br>{text}</td></tr></table></body></html>"
    )
    document = read_page(html).document
    assert document.paragraphs == PARAGRAPHS
    assert document.headline == HEADLINE


@pytest.mark.parametrize(
    ("language", "story"),
    [
        (
            "ja",
            [
                "市は金曜日、港の橋の橋脚二本に亀裂が見つかったため、月曜日から大型車の通行を止めると発表した。",
                "市の担当者は「安全を第一に考えた」と話し、修理は三月十四日まで続く見通しだという。",
            ],
        ),
        (
            "ar",
            [
                "أعلنت البلدية يوم الجمعة إغلاق جسر الميناء أمام الشاحنات بعد العثور على تشققات"
                " في اثنين من أعمدته.",
                "وقالت المسؤولة إن أعمال الإصلاح ستستمر حتى منتصف مارس المقبل على الأقل.",
            ],
        ),
        (
            "fr",
            [
                "Le pont du port sera fermé aux camions dès lundi, a annoncé la mairie après la"
                " découverte de fissures.",
                "« Nous préférons des chauffeurs en colère », a déclaré l’adjointe chargée de la voirie.",
            ],
        ),
    ],
)
def test_other_languages_are_read(language: str, story: list[str]) -> None:
    assert paragraphs(page(body(story), language=language)) == tuple(story)


def test_blocks_say_why_each_line_was_kept_or_dropped() -> None:
    blocks = read_page(page()).blocks
    assert all(b.why for b in blocks)
    assert [b.text for b in blocks if b.kept] == list(PARAGRAPHS)
    assert any(b.text == "Weather" and not b.kept for b in blocks)


def test_visible_holds_every_line_of_the_page_whole() -> None:
    story = '<p>Send entries to <a href="mailto:d@e.example">the <b>desk</b></a> by Friday, she said.</p>'
    visible = read_page(page(body() + story)).visible
    assert "Send entries to the desk by Friday, she said." in visible
    assert "Weather" in visible


def test_hidden_text_is_not_read() -> None:
    story = (
        body() + '<p style="display: none">This sentence is there for machines only, they say.</p>'
    )
    assert paragraphs(page(story)) == PARAGRAPHS


URL = "https://echo.example/news/bridge"


def test_a_figure_right_above_the_headline_is_the_storys() -> None:
    html = page().replace(
        "<main><article><h1>",
        '<main><article><figure><img src="/pier.jpg" alt=""><figcaption>The cracked pier seen from '
        "the ferry on Thursday</figcaption></figure><h1>",
    )
    media = read_page(html, url=URL).document.media
    assert [m.caption for m in media] == ["The cracked pier seen from the ferry on Thursday"]


def test_a_figure_of_another_block_above_the_headline_is_not() -> None:
    html = page().replace(
        "<main><article>",
        '<div class="promo"><figure><img src="/win.jpg" alt=""><figcaption>Win two tickets for the '
        "ferry to Saltmouth</figcaption></figure></div><main><article>",
    )
    assert read_page(html, url=URL).document.media == ()
