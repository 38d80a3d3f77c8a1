"""Boxes amid a story that speak of something else, whatever their words are, and boxes of the story's own."""

from __future__ import annotations

# ruff: noqa: E501  (pages are easier to read in one line)
import pytest
from newsdesk import HEADLINE, PARAGRAPHS, body, page

from variorum.model import Document
from variorum.stages.extract import read_page

URL = "https://echo.example/news/bridge"


def read(box: str) -> Document:
    """A story with something between its second and third paragraph."""
    return read_page(page(body(PARAGRAPHS[:2]) + box + body(PARAGRAPHS[2:])), url=URL).document


PLAIN = read("")

OTHER = {
    "shop": "<h4>From our shop</h4><p>The wall calendar 2027, with twelve views of the valley. £9.99, post free.</p>",
    "travel": "<h4>Echo Travel</h4><p>Five nights on the lakes from £389, half board. Book by telephone or online.</p>",
    "jobs": "<h4>Echo Jobs</h4><p>Forty vacancies in the valley. Find yours.</p>",
    "survey": "<h3>Tell us what you think</h3><p>Take our two-minute reader survey and win a voucher.</p><a href=/s>Start the survey</a>",
    "quiz": "<h3>Test yourself</h3><p>Which river runs through Tolby?</p><ul><li>Aune</li><li>Wend</li></ul>",
    "listing": "<h3>On Echo tonight</h3><dl><dt>20:00</dt><dd>Harbour Lights</dd><dt>21:00</dt><dd>News</dd></dl>",
    "scores": "<h4>Latest scores</h4><table><tr><td>Holt</td><td>0</td><td>Sele</td><td>0</td></tr><tr><td>Tolby</td><td>2</td><td>Marrick</td><td>1</td></tr></table>",
    "markets": "<h4>Markets now</h4><table><tr><td>Alder 100</td><td>7,412.3</td></tr><tr><td>Crown/Euro</td><td>0.811</td></tr></table>",
    "appeal": "<h4>Winter appeal</h4><p>You have given 12,300 crowns of 50,000. Please donate today.</p>",
    "podcast": "<h4>The Echo Daily podcast</h4><p>Episode 41: Who owns the bridge and its lorries?</p>",
    "podcast de": "<h4>Hören Sie auch unseren Podcast</h4><p>Folge 41: Wem gehört der Fluss?</p>",
    "podcast it": "<h4>Ascolta il podcast</h4><p>Puntata 12: il giudice che dorme</p>",
    "podcast ar": "<h4>استمع إلى البودكاست</h4><p>الحلقة ١٢: القاضي النائم</p>",
    "podcast fr": "<p><b>À écouter :</b> « Le juge endormi », notre podcast du mardi.</p>",
    "subscription": "<h4>Digital-Abo</h4><p>Jetzt zum halben Preis und mit Rätselheft über die Brücke.</p>",
    "comment": "<p>“I crossed that bridge with a lorry.”</p><span>puddleduck, 2 hours ago</span> <a href='#c'>Join 213 readers in the comments</a>",
    "embed": "<blockquote><p>Council closes the bridge to lorries.</p>— Tom Beck <span>2h</span> <span>41 likes</span> <span>3 replies</span></blockquote>",
    "app": "<p>Our app is faster and free. Download it today.</p>",
    "partner": "<p>In partnership with Holt Savings Bank</p>",
}  # fmt: skip


@pytest.mark.parametrize("name", OTHER)
def test_a_box_of_something_else_is_none_of_the_story(name: str) -> None:
    told = read(f"<div>{OTHER[name]}</div>").text
    if name == "embed":
        told = told.replace("Council closes the bridge to lorries.\n\n", "")
    assert told == PLAIN.text


OWN = {
    "who": "<h4>Edda Holm</h4><p>She came to the town in 2011 as a nurse.</p>",
    "figures": "<h4>In brief</h4><p>No vessel has hit one of the 14 piers before.</p>",
    "word": "<h4>Engineering</h4><p>Metal tires; a crack grows from a rivet.</p><p>An engineer looks for rust.</p>",
    "how": "<h3>How to vote</h3><p>Bring a passport</p><p>Stations open at 7am</p>",
    "help": "<h3>Anyone with a tip</h3><p>Ring Crime Desk on 0800 123 456</p>",
    "opening": "<h4>The library</h4><p>Saturday: 10am to 1pm</p><p>Sunday: closed</p>",
    "game": "<h4>Scores</h4><table><tr><td>Holt</td><td>0</td></tr><tr><td>Sele</td><td>2</td></tr></table>",
    "on": "<h3>On the bridge</h3><p>Two lorries, one van.</p><p>Nobody else.</p>",
    "segment": "<h4>Subscriptions</h4><p>Haulage fees rose 12% to £4.1m.</p>",
    "names": "<h4>Holm</h4><p>Holm went on from there, and came late.</p>",
    "said": "<h4>Words</h4><p>He owes nobody a thing, his aunt told us.</p>",
    "likes": "<p>The post drew 396 likes and 36 replies.</p>",
    "podcast": "<h4>A podcast on rust</h4><p>Engineers told their podcast in June that the bridge would crack.</p>",
}  # fmt: skip


@pytest.mark.parametrize("name", OWN)
def test_a_box_with_words_of_the_story_or_of_use_to_its_reader_is_kept(name: str) -> None:
    box = OWN[name]
    told = read(f"<div>{box}</div>").text
    words = [w.split("</")[0] for w in box.replace("<p>", "<td>").split("<td>")[1:]]
    assert all(w in told for w in words)


def test_a_story_that_is_told_in_blocks_under_headings_keeps_each_of_them() -> None:
    blocks = [f"<div><h3>Part {n}</h3><p>{p}</p></div>" for n, p in enumerate(PARAGRAPHS)]
    strange = "<div><h3>Part of a poem</h3><p>Owls sit; foxes yawn.</p></div>"
    html = page("".join([*blocks[:2], strange, *blocks[2:]]))
    assert "Owls sit" in read_page(html, url=URL).document.text


def test_the_words_under_a_video_that_come_next_are_no_caption_of_the_storys() -> None:
    for caption in (
        "Watch next: Mayor rides tram for free",
        "<a href=/v>Cat climbs spire (0:48)</a>",
    ):
        box = f"<figure><video poster=/v1.jpg></video><figcaption>{caption}</figcaption></figure>"
        assert read(box).media == ()
    own = "<figure><video src=/b.mp4></video><figcaption>Watch: the moment the pier moved</figcaption></figure>"
    assert [m.caption for m in read(own).media] == ["Watch: the moment the pier moved"]


def test_whose_words_a_quotation_gives_at_its_foot_is_read() -> None:
    quote = "<blockquote><p>It is the last of its kind</p><footer>Tom Beck, engineer</footer></blockquote>"
    assert "Tom Beck, engineer" in read(quote).text


@pytest.mark.parametrize(
    "head",
    [
        "<p class=by>Clara Nouwen</p><time datetime=2026-11-26>26 November 2026</time>",
        "<ul class=m><li><strong>Clara Nouwen</strong></li><li><time>26 November 2026</time></li></ul>",
        "<p>26 November 2026</p>",
    ],
)
def test_a_bare_name_over_a_date_right_under_the_headline_is_no_paragraph(head: str) -> None:
    lean = f"<html lang=en><title>{HEADLINE}</title><body><article><h1>{HEADLINE}</h1>{head}{body()}</article></body></html>"
    assert read_page(lean, url=URL).document.paragraphs == PARAGRAPHS


@pytest.mark.parametrize("first", ["Rain Over Northwick", "On 26 November 2026 the bridge closed."])
def test_what_only_looks_like_a_name_or_a_date_is_a_paragraph(first: str) -> None:
    lean = f"<html lang=en><title>{HEADLINE}</title><body><article><h1>{HEADLINE}</h1><p>{first}</p>{body()}</article></body></html>"
    assert first in read_page(lean, url=URL).document.paragraphs


def test_key_points_in_elements_of_the_pages_own_making_are_read() -> None:
    points = "<x-points><x-point>Last lorry on Sunday night</x-point><x-point>Two ferries will follow</x-point></x-points>"
    found = read_page(page(before=points), url=URL).document.paragraphs
    assert found[:2] == ("Last lorry on Sunday night", "Two ferries will follow")
