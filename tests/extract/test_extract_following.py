"""Pages that go on to the next story; what templates add to links; bare lines that sell. Beside each
what looks alike and is the story's."""

# ruff: noqa: E501  (pages are easier to read in long lines)

from __future__ import annotations

import pytest
from newsdesk import PARAGRAPHS, body, page

from variorum.stages.extract import read_page
from variorum.stages.extract.byline import tidy

URL = "https://echo.example/news/bridge"


def paragraphs(inner: str) -> tuple[str, ...]:
    return read_page(page(inner), url=URL).document.paragraphs


OTHER = (
    "<p>The mill at Moorgate belongs to its 41 workers from Friday, after a vote that took nine minutes.</p>"
    "<p>The price was £2m, said its founder, Tom Lacey, who will stay as a night watchman.</p>"
)
BY = "<div class='b'>By Ruth Adler</div>"


@pytest.mark.parametrize("label", ["Next story", "Read next", "Nächster Artikel", "À lire ensuite"])
@pytest.mark.parametrize("under", [BY, "<div><time datetime='2026-11-20T07:00Z'>7am</time></div>"])
@pytest.mark.parametrize("box", ["div", "article", "section"])
def test_the_next_story_in_full_is_another(label: str, under: str, box: str) -> None:
    after = f"<{box} class='n'><p>{label}</p><h2>Mill is sold to its workers</h2>{under}<div>{OTHER}</div></{box}>"
    assert paragraphs(f"<div>{body(PARAGRAPHS)}</div>{after}") == PARAGRAPHS


def test_the_next_story_may_follow_without_a_box() -> None:
    after = f"<p>Next story</p><h2>Mill is sold to its workers</h2>{BY}{OTHER}"
    assert paragraphs(f"{body(PARAGRAPHS)}{after}") == PARAGRAPHS


def test_the_story_goes_on_behind_another_in_a_box() -> None:
    box = f"<div class='n'><p>Read next</p><h3>Mill is sold to its workers</h3>{BY}{OTHER}</div>"
    assert paragraphs(f"{body(PARAGRAPHS[:2])}{box}{body(PARAGRAPHS[2:])}") == PARAGRAPHS


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='n'><h2>Analysis</h2>{BY}<div>{OTHER}</div></div>",
        f"<div class='n'><h2>What comes next</h2>{BY}<div>{OTHER}</div></div>",
        f"<div class='n'><p>What happens next</p><h2>A vote in March</h2><div>{OTHER}</div></div>",
        f"<h2>The next story of the bridge</h2>{OTHER}",
    ],
)
def test_an_analysis_with_a_by_line_of_its_own_is_the_story_s(box: str) -> None:
    assert "The price was £2m" in "\n".join(paragraphs(f"{body(PARAGRAPHS)}{box}"))


@pytest.mark.parametrize(
    "hint",
    [
        "<span class='sr-only'>, opens new tab</span>",
        "<span class='vh'> (opens in a new window)</span>",
        "<span class='x1a'>(external link)</span>",
        "<span class='unsichtbar'> (öffnet in einem neuen Fenster)</span>",
        "<span class='srt'>, nouvelle fenêtre</span>",
        "<span class='oculto'> (se abre en una nueva pestaña)</span>",
    ],
)
@pytest.mark.parametrize("within", [True, False])
def test_how_a_link_opens_is_no_word_of_the_story(hint: str, within: bool) -> None:
    link = f"<a href='/port'>the port{hint if within else ''}</a>{'' if within else hint}"
    told = f"The survey was paid for by {link}, which owns the piers."
    assert "The survey was paid for by the port, which owns the piers." in paragraphs(
        f"{body(PARAGRAPHS)}<p>{told}</p>"
    )


@pytest.mark.parametrize("said", ["opens a new site", "opens", "opens a new tab at the bar"])
def test_what_somebody_opens_is_told_in_a_link(said: str) -> None:
    told = f"<p>The brewery <a href='/pub'><span class='l'>{said}</span></a> in Moorgate on Friday.</p>"
    assert f"The brewery {said} in Moorgate on Friday." in paragraphs(f"{body(PARAGRAPHS)}{told}")


def test_what_is_set_into_a_sentence_leaves_no_space_behind() -> None:
    chip = "<a class='c' href='/quote/LKY'>LKY 214.5 +0.4%</a>"
    read = paragraphs(f"{body(PARAGRAPHS)}<p>The piers are owned by Larkey Group {chip}.</p>")
    assert read[-1] == "The piers are owned by Larkey Group."


@pytest.mark.parametrize(
    "line",
    [
        "Your Black Friday guide: half-price boilers at Hallane Home",
        "Win a hamper with Hosken's: see page 9",
        "Gewinnen: Gutscheine für den Moorgate-Markt",
        "Shop the best deals from only £9",
    ],
)
def test_a_bare_line_that_sells_is_none_of_the_story(line: str) -> None:
    assert paragraphs(f"{body(PARAGRAPHS[:2])}<p>{line}</p>{body(PARAGRAPHS[2:])}") == PARAGRAPHS


@pytest.mark.parametrize(
    "line",
    [
        "Half-price fares for pensioners from May",
        "Your council said the half-price fares would end in May.",
        "Win for the port: half of the piers stay",
        "“Save our half-price fares”",
    ],
)
def test_a_bare_line_about_prices_is_the_story_s(line: str) -> None:
    assert line in paragraphs(f"{body(PARAGRAPHS[:2])}<p>{line}</p>{body(PARAGRAPHS[2:])}")


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("Local democracy reporter", ("Local democracy reporter",)),
        ("Echo health team", ("Echo health team",)),
        ("Ann Adler political editor", ("Ann Adler",)),
        ("Ann van der Berg staff reporter", ("Ann van der Berg",)),
    ],
)
def test_a_desk_keeps_its_whole_name_and_a_person_loses_the_office(
    given: str, names: tuple[str, ...]
) -> None:
    assert tidy([given]) == names


@pytest.mark.parametrize(
    "box",
    [
        "<p><b>Echo Weekend</b></p><p>Walks and the big crossword in your inbox. You can leave whenever you like.</p><p><a href='/shop'>Sign up</a></p>",
        "<p><b>A calendar of cats</b></p><p>Twelve views by our readers. Order early and we will post it free.</p><p><a href='/shop'>Order your calendar</a></p>",
        "<p><b>Katzen für die Wand</b></p><p>Zwölf Blätter von unseren Lesern.</p><p><a href='/shop'>Kalender bestellen</a></p>",
        "<p><b>Le calendrier</b></p><p>Douze vues de nos lecteurs, en papier fort.</p><p><a href='/shop'>Commander le calendrier</a></p>",
        "<p><b>Become a Friend</b></p><p>For £3 a month you keep a reporter in every parish and come to our party. <a href='/f'>Join today</a></p>",
        "<p><b>News on your phone</b></p><p>Our app has the tide tables before breakfast. <a href='/app'>Download it free</a></p>",
        "<h3>Become a Friend</h3><p>For £3 a month you keep a reporter in every parish. <a href='/f'>Join today</a></p>",
        "<p><strong>Echo Friends</strong></p><p>Sign up for our morning letter. <a href='/f'>Sign up</a></p>",
        "<p><b>Beacon Events</b></p><p>Edda Holm talks about the bridge at the Corn Hall on 5 December.</p><a href='/events'>Book tickets</a>",
        "<p><b>The Northwick Echo calendar</b></p><p>Twelve cats on heavy paper.</p><p><a href='/shop'>All twelve</a></p>",
    ],
)
def test_a_box_that_ends_in_a_call_goes_as_a_whole(box: str) -> None:
    read = paragraphs(f"{body(PARAGRAPHS[:2])}<div class='g'>{box}</div>{body(PARAGRAPHS[2:])}")
    assert read == PARAGRAPHS


@pytest.mark.parametrize(
    ("box", "told"),
    [
        ("<p><b>What you can do</b></p><p>The port hears objections until 4 March.</p><p><a href='/o'>Sign the petition</a></p>", "until 4 March"),
        ("<p><b>Public events</b></p><p>The council hears objections on 5 December.</p><p><a href='/o'>The agenda</a></p>", "on 5 December"),
        ("<p><b>Northwick</b></p><p>The harbour town has two breweries and a bridge.</p><p><a href='/n'>The map</a></p>", "two breweries"),
    ],
)  # fmt: skip
def test_a_box_on_the_story_s_own_matter_stays(box: str, told: str) -> None:
    read = paragraphs(f"{body(PARAGRAPHS[:2])}<div class='g'>{box}</div>{body(PARAGRAPHS[2:])}")
    assert told in "\n".join(read)


POLLS = {
    "ja": "<h4>この店を利用したことがありますか。</h4><ul><li>ある 56%</li><li>ない 36%</li></ul><p>投票総数 732票</p>",
    "ja named": "<h4>アンケート：橋を閉じるべきですか</h4><ul><li>はい 56%</li><li>いいえ 44%</li></ul><p>732票</p>",
    "ar": "<h4>كم مرة تعبر الجسر؟</h4><ul><li>مرة <span>56%</span></li><li>أبدا <span>44%</span></li></ul><p>732 صوتا</p>",
    "ar total": "<h4>هل يغلق الجسر؟</h4><p>نعم ٥٦٪</p><p>لا ٤٤٪</p><p>عدد الأصوات: ٧٣٢</p>",
    "ru": "<h4>Закрыть мост?</h4><p>Да 56%</p><p>Нет 44%</p><p>732 голоса</p>",
    "pl": "<h4>Zamknąć most?</h4><p>Tak 56%</p><p>Nie 44%</p><p>Liczba głosów: 732</p>",
    "ko": "<h4>다리를 닫아야 할까요?</h4><p>예 56%</p><p>아니오 44%</p><p>732명 참여</p>",
    "zh": "<h4>應否封橋？</h4><p>應 56%</p><p>否 44%</p><p>732人投票</p>",
    "nl": "<h4>Moet de brug dicht?</h4><p>Ja 56%</p><p>Nee 44%</p><p>732 stemmen</p>",
    "dl": "<h2>Should the bridge close to lorries?</h2><dl><dt>Yes</dt><dd><div>56% (412 votes)</div></dd><dt>No</dt><dd><div>44% (320 votes)</div></dd></dl><div>Total votes: 732</div>",
}  # fmt: skip


@pytest.mark.parametrize("name", POLLS)
def test_a_poll_of_readers_is_none_of_the_story_in_whatever_language(name: str) -> None:
    box = f"<div class='w'>{POLLS[name]}</div>"
    assert paragraphs(f"{body(PARAGRAPHS[:2])}{box}{body(PARAGRAPHS[2:])}") == PARAGRAPHS


@pytest.mark.parametrize(
    "box",
    [
        "<h3>Vote</h3><p>The council closed the bridge by nine votes to four.</p>",
        "<h3>How they voted on the bridge</h3><ul><li>For: 9 votes</li><li>Against: 4 votes</li></ul>",
    ],
)
def test_a_vote_that_the_story_tells_of_stays(box: str) -> None:
    story = f"{body(PARAGRAPHS[:2])}<div class='w'>{box}</div>{body(PARAGRAPHS[2:])}"
    assert len(paragraphs(story)) > len(PARAGRAPHS)


@pytest.mark.parametrize(
    "ask",
    [
        "Give £3 a month and keep our reporters on the beat. £16,480 raised of £25,000.",
        "Only 12 days left of our winter appeal. £18,900 raised of £25,000.",
        "Noch zwölf Tage. 16.480 € von 25.000 € gespendet. Helfen Sie uns!",
    ],
)
def test_a_counter_of_gifts_is_no_sentence_of_the_story(ask: str) -> None:
    box = f"<div class='a'><div>Local news needs you</div><p>{ask}</p><p><a href='/support'>Support us</a></p></div>"
    assert paragraphs(f"{body(PARAGRAPHS[:2])}{box}{body(PARAGRAPHS[2:])}") == PARAGRAPHS
    told = "The town has £16,480 of the £25,000 that it needs, raised by its own people."
    assert told in paragraphs(f"{body(PARAGRAPHS)}<p>{told}</p>")


@pytest.mark.parametrize(
    ("told", "head"),
    [
        ("Городской совет закрыл мост для грузовиков с понедельника, сообщила мэрия.", "Голосование"),
        ("港は月曜日から橋をトラックに対して閉鎖すると市議会が金曜日に発表した。", "調査"),
    ],
)  # fmt: skip
def test_a_vote_or_an_inquiry_may_head_a_part_of_the_story(told: str, head: str) -> None:
    story = "".join(f"<p>{n}: {told}</p>" for n in range(4))
    box = f"<div class='w'><h3>{head}</h3><p>5: {told}</p></div>"
    assert f"5: {told}" in paragraphs(f"{story}{box}<p>6: {told}</p>")


def live(headings: tuple[str, ...]) -> str:
    entries = "".join(
        f"<section><h3><time datetime='2026-11-24T{20 - n}:15Z'>{20 - n}:15</time> {told}</h3><p>{PARAGRAPHS[n]}</p></section>"
        for n, told in enumerate(headings)
    )
    return f"<p>We report from the town hall all evening, as the council votes.</p>{entries}"


def test_what_happened_stands_behind_the_time_in_the_heading_of_an_entry() -> None:
    told = ("Budget passes by five votes", "Mayor walks out of the hall", "The doors open late")
    read = paragraphs(live(told))
    assert [p for p in read if p.endswith(told)] == [f"{20 - n}:15 {t}" for n, t in enumerate(told)]
    edited = paragraphs(live(("Budget passes by nine votes", *told[1:])))
    assert edited != read


def test_an_event_in_a_chronicle_is_told_behind_its_time() -> None:
    rows = (
        "<p><time>20:15</time> Police close the bridge</p><p>21.40 Uhr: Lorries queue in town</p>"
    )
    read = paragraphs(f"{body(PARAGRAPHS[:3])}{rows}{body(PARAGRAPHS[3:])}")
    assert "20:15 Police close the bridge" in read
    assert "21.40 Uhr: Lorries queue in town" in read


@pytest.mark.parametrize(
    "rest", ["By Ruth Adler", "Updated three hours ago", "| Ruth Adler", "Uhr, 24. November 2026"]
)  # fmt: skip
def test_a_time_with_a_writer_or_a_stamp_is_still_none_of_the_story(rest: str) -> None:
    line = f"<p><time datetime='2026-11-24T20:15Z'>20:15</time> {rest}</p>"
    assert paragraphs(f"{line}{body(PARAGRAPHS)}") == PARAGRAPHS


def test_the_staff_of_the_paper_itself_sign_with_its_whole_name() -> None:
    html = page(before="<address>By Northwick Echo staff</address>")
    read = read_page(html.replace("The Northwick", "Northwick"), url=URL)
    assert read.document.byline == ("Northwick Echo staff",)


@pytest.mark.parametrize("anchor", ["#comments", "#respond", "#disqus_thread", "#kommentare"])
@pytest.mark.parametrize(
    "said", ["Join the conversation: 18 comments so far", "What 47 of you made of it", "Sagen Sie es uns (18)"]
)  # fmt: skip
def test_a_paragraph_that_is_a_link_to_what_readers_say_is_none(anchor: str, said: str) -> None:
    link = f"<p><a href='{anchor}'>{said}</a></p>"
    assert paragraphs(f"{body(PARAGRAPHS[:2])}{link}{body(PARAGRAPHS[2:])}") == PARAGRAPHS


def test_a_link_within_the_page_to_the_story_itself_is_its_text() -> None:
    line = "<p><a href='#commentary-1'>What the engineers found in two of its piers.</a></p>"
    read = paragraphs(f"{body(PARAGRAPHS[:2])}{line}{body(PARAGRAPHS[2:])}")
    assert "What the engineers found in two of its piers." in read


def test_entries_of_a_live_page_are_no_next_story_whatever_stands_between_them() -> None:
    entries = "".join(
        f"<h3>Entry {'ABC'[n]} of the evening</h3><p><time datetime='2026-11-24T{20 - n}:15Z'>{20 - n}:15</time></p>"
        f"<p>{told}</p><p>Up next</p>"
        for n, told in enumerate(PARAGRAPHS[2:])
    )
    assert set(PARAGRAPHS) <= set(paragraphs(f"{body(PARAGRAPHS[:2])}{entries}"))


def test_a_paragraph_of_the_story_in_one_box_with_a_form_is_read() -> None:
    told = (
        "The port will pay for a month of storage, a spokeswoman said in a letter to the hauliers."
    )
    form = "<form><input type='email'><button>Sign up</button></form>"
    read = paragraphs(
        f"{body(PARAGRAPHS[:2])}<div class='p'><p>{told}</p>{form}</div>{body(PARAGRAPHS[2:])}"
    )
    assert told in read
