"""What a paper asks of its reader in a sentence, in eight languages; and stories that tell of such things.
Boxes of facts that close a story, and small parts of lines that are the page's."""

# ruff: noqa: E501  (pages are easier to read in long lines)

from __future__ import annotations

import pytest
from newsdesk import PARAGRAPHS, body, page

from variorum.model import Document
from variorum.stages.extract import read_page
from variorum.stages.extract.furniture import SiteFurniture, learn_lines

URL = "https://echo.example/news/bridge"


def read(among: str = "", last: str = "") -> Document:
    """The story with ``among`` between its paragraphs and ``last`` after them, in their block."""
    return read_page(
        page(f"<div>{body(PARAGRAPHS[:2])}{among}{body(PARAGRAPHS[2:])}{last}</div>"), url=URL
    ).document


INVITES = [
    "Thanks for reading! Subscribe for free to receive new posts.",
    "The Harbour Letter is a reader-supported publication.",
    "Add the Echo as a preferred source on Google to see more of our stories.",
    "Folgen Sie der Hafenzeitung auf WhatsApp.",
    "Alle Nachrichten von der Küste bekommen Sie auch über unseren WhatsApp-Kanal.",
    "Jeden Morgen das Wichtigste in Ihrem Postfach: Melden Sie sich für den Newsletter an.",
    "Legen Sie die Hafenzeitung als bevorzugte Quelle bei Google fest.",
    "Recevez chaque soir nos articles dans votre boîte mail.",
    "Suivez l’actualité du port sur notre chaîne WhatsApp.",
    "Ajoutez Le Phare à vos sources préférées sur Google.",
    "Añade El Faro como fuente preferida y no te pierdas nada.",
    "Sigue toda la información de El Faro en Facebook y X.",
    "Únete al canal de WhatsApp de El Faro.",
    "Recibe cada mañana las noticias en tu correo.",
    "Ricevi ogni mattina le notizie del porto nella tua casella: iscriviti alla newsletter.",
    "Segui il Corriere del Porto su Google News.",
    "Participe do canal do Jornal do Porto no WhatsApp.",
    "Entre no grupo do WhatsApp e receba notícias da região.",
    "تابعوا قناتنا على واتساب لمتابعة آخر الأخبار.",
    "اشترك في نشرتنا البريدية ليصلك كل جديد.",
    "メールマガジンに登録すると、毎朝ニュースが届きます。",
    "公式LINEアカウントをフォローして最新情報をチェック",
    "Ascolta l'articolo 00:00 / 02:14",
    "Escucha este artículo 4:05",
    "記事を聞く 02:31",
]
TELLS = [
    "Sigue la polémica en Facebook por las fotos del puente, que ya suman miles de comentarios.",
    "Entre los grupos de WhatsApp investigados hay tres del puerto.",
    "Entre os grupos de WhatsApp investigados há três do porto.",
    "The channel, which 4,000 people follow on WhatsApp, was closed by its owner on Friday.",
    "The Harbour Letter, a reader-supported publication, was sold to its staff in March.",
    "Der Verein ist jetzt auch auf WhatsApp zu finden, wie sein Vorsitzender am Freitag mitteilte.",
    "Les suspects recevaient chaque soir leurs ordres par courriel, selon le parquet.",
    "La polizia ha sequestrato il canale Telegram sul quale si vendevano i biglietti.",
    "تابع الوزير حديثه عن الجسر قائلا إن العمل سيبدأ في مارس.",
    "被害者の多くは、公式アカウントをフォローした後に送金を求められたという。",
    "We listened to the article read aloud, and it took eleven minutes.",
]


@pytest.mark.parametrize("line", INVITES)
def test_an_invitation_in_a_sentence_of_its_own_is_none_of_the_story(line: str) -> None:
    assert line not in read(f'<div class="iscr"><p>{line}</p></div>').paragraphs
    assert line not in read(f"<p>{line}</p>").paragraphs


@pytest.mark.parametrize("line", TELLS)
def test_a_story_may_tell_of_channels_and_letters(line: str) -> None:
    assert line in read(f"<p>{line}</p>").paragraphs


CLOSING = [
    ("<section class='timeline'><h3>The bridge in dates</h3><ul><li><time>1866</time> First pier built</li><li><time>1921</time> Rebuilt after a fire</li></ul></section>", "1921 Rebuilt after a fire"),
    ("<section><h3>The bridge in dates</h3><ul><li><time>1866</time> First pier built</li><li><time>1921</time> Rebuilt after a fire</li></ul></section>", "1921 Rebuilt after a fire"),
    ("<aside class='encadre'><h3>Repères</h3><ul><li>6 300 camions</li><li>41 000 tonnes</li><li>Quatre piles</li></ul></aside>", "6 300 camions"),
    ("<div class='despiece'><h4>Las claves</h4><ul><li><b>Presupuesto:</b> 38.000 euros</li><li><b>Fecha:</b> del 9 al 11 de octubre</li></ul></div>", "Presupuesto: 38.000 euros"),
]  # fmt: skip
NOT_CLOSING = [
    ("<section><h3>More from 2026</h3><ul><li><a href='/a'>2026 Harbour fees rise</a></li><li><a href='/b'>2025 New ferry</a></li></ul></section>", "2026 Harbour fees rise"),
    ("<div><h4>Share this</h4><ul><li>Facebook: 212</li><li>Email: 14</li></ul></div>", "Facebook: 212"),
    ("<aside class='encadre'><h3>Repères</h3><ul><li>Abonnez-vous</li><li>Recevez nos lettres</li><li>Publicité</li></ul></aside>", "Recevez nos lettres"),
]  # fmt: skip


@pytest.mark.parametrize(("box", "line"), CLOSING)
def test_a_box_of_facts_that_closes_the_story_is_the_storys(box: str, line: str) -> None:
    assert line in read(last=box).paragraphs


@pytest.mark.parametrize(("box", "line"), NOT_CLOSING)
def test_a_box_of_links_counts_or_offers_there_is_not(box: str, line: str) -> None:
    assert line not in read(last=box).paragraphs


def test_a_share_s_price_in_brackets_of_its_own_is_the_page_s() -> None:
    told = "<p>Shares in <span>Harlow Grain {}</span> are held by one family, which runs the port too.</p>"
    quoted = told.format("<em class='q'>(HGR 214.5p +0.4%)</em>")
    assert read(quoted).text == read(told.format("")).text


def test_the_way_back_from_a_note_is_none_of_it() -> None:
    note = "<ol><li id='n1'>Licence 2026/441, issued on 9 May. <a href='#r1'>{}</a></li></ol>"
    assert read(last=note.format("back")).text == read(last=note.format("↩")).text
    kept = "<ol><li id='n1'>Licence 2026/441, issued on <a href='#r2'>9 May</a>.</li></ol>"
    assert "Licence 2026/441, issued on 9 May." in read(last=kept).paragraphs


def test_links_to_use_the_page_beside_its_date_are_none_of_the_story() -> None:
    bare = "<p>Published <b>21 Nov</b> | <a href='p'>Print this page</a> | <a href='m'>Mail</a></p>"
    assert not any("Print" in p for p in read(bare).paragraphs)
    told = "<p>Harlow | Northwick | Saltmouth: the bridge is closed at all three | until noon.</p>"
    assert any("Saltmouth" in p for p in read(told).paragraphs)


def boxed(*lines: str) -> str:
    return f"<div class='c-4f1'>{''.join(lines)}</div>"


OF_HOUSE = [
    boxed("<p>From our archive</p>", "<p>In 1994 a reporter of ours spent a night with the men who dug the tunnel.</p>"),
    boxed("<p>On this day</p>", "<p>1961: The last steam trawler leaves the harbour with a crew of nine.</p>"),
    boxed("<p>Readers' comment, chosen by our moderators</p>", "<p>\"My mother taught on the islands for nine years.\" (Grete, 61)</p>"),
    boxed("<p>I have been skating there since I was four, and it was never this cold before.</p>", "<p>Rosa M., from the comments</p>"),
    boxed("<span>Paid for by Corve Bank</span>", "<p>Five things that first-time buyers forget, and how a plan helped one family.</p>"),
    boxed("<h4>What else we are covering</h4>", "<p><a href='/a'>The captain is cleared.</a> An inquiry blamed a failed sounder.</p>"),
    boxed("<p>Next up</p>", "<h3>Dog swims for charity</h3>", "<p>The dog, whose name is Major, swam four lengths of the lido on Sunday.</p>"),
    boxed("<p>How closely did you follow the week? Question 3 of 10: Which port did farmers block?</p>", "<p><a href='/quiz'>Play the quiz</a></p>"),
    boxed("<p>41 candles have been lit for Edith.</p>", "<p>Light a candle</p>"),
    boxed("<p>Join us on 3 December, when Ann Orr talks to two nurses about their work. Tickets from 8.</p>"),
    "<p>Since you are here: 1,204 readers gave to the Echo yesterday. <a href='/give'>Will you join them?</a></p>",
    "<p>We still need 212 more monthly donors before the end of the year. Could you be one of them?</p>",
    "<p>62% of 1,140 readers think that the booths should be pulled down.</p>",
    "<p><em>Aron Quist has written 412 pieces for us, most of them standing up.</em></p>",
    "<p>Pruett Holdings (PRH) 112.40p ▲ 0.3% at 10.05</p>",
    boxed("<ul><li>Latest: Athletic 0 Town 0 (31 min)</li><li>Latest: Vale 2 Borough 1 (29 min)</li></ul>"),
    "<div><b>Harlow now</b> 7°, light rain, wind from the west. Tonight it will stay wet until two.</div>",
]  # fmt: skip
OF_STORY = [
    boxed("<p>The engineers</p>", "<p>In 1994 the council's surveyor had spent a night with the men who dug the tunnel.</p>"),
    boxed("<p>What happens next</p>", "<p>The council will vote on the bridge in March, and lorries will go round by Saltmouth.</p>"),
    "<p>On this day in 1961 the last steam trawler left the harbour, and the bridge was raised for her.</p>",
    "<p>The union said that 62% of 1,140 drivers want the bridge to be closed to lorries for good.</p>",
    "<p>Forty-one candles have been lit on the bridge, where a man fell from the parapet in May.</p>",
    "<p>We need 300 more engineers, said the surveyor, who asked the council to join the county's appeal.</p>",
    boxed("<ul><li>Rovers 2 Harlow 1 (after extra time)</li><li>Northwick 0 Saltmouth 0</li></ul>"),
]  # fmt: skip


@pytest.mark.parametrize("box", OF_HOUSE)
def test_what_a_paper_sets_into_its_stories_by_itself_is_none_of_them(box: str) -> None:
    assert read(box).text == read().text


@pytest.mark.parametrize("box", OF_STORY[:6])
def test_what_a_story_tells_in_such_words_is_its_own(box: str) -> None:
    assert len(read(box).paragraphs) > len(read().paragraphs)


POINTS = "<section><h2>In brief</h2><ul><li>Repairs to last until August</li><li>Only cars may still cross</li></ul></section>"
RECIPE = "<div><h3>The stew of the bridge keepers</h3><ul><li>500g shin of beef</li><li>80g of barley</li><li>1 litre of stock</li></ul></div>"
CHART = '<div role="figure" aria-label="Survey"><p>How do you cross the bridge? (Survey by the council)</p><div><span>By lorry</span><span>57%</span></div><div><span>On foot</span><span>37%</span></div></div>'


@pytest.mark.parametrize(
    ("box", "line"),
    [(POINTS, "Only cars may still cross"), (RECIPE, "80g of barley"), (CHART, "By lorry 57%")],
)
def test_headed_points_amounts_and_charts_of_text_are_the_storys(box: str, line: str) -> None:
    assert line in read(box).paragraphs


def test_a_note_s_mark_and_a_mail_address_are_the_same_however_they_are_drawn() -> None:
    told = "<p>The pier was repaired in June.<sup>{}</sup></p>"
    assert read(told.format("[1]")).text == read(told.format("<a href='#n1'>1</a>")).text
    assert "10⁶" in read("<p>It took 10⁶ bolts and 10<sup>6</sup> nuts to close it again.</p>").text
    plain = "<p>Do you work there? The union asks those who do to write to {} before Friday.</p>"
    hidden = "<a href='/cdn-cgi/l/email-protection' data-cfemail='7b0f120b083b1e03151a160b171e551a03'>[email&#160;protected]</a>"
    key, address = 0x7B, "tips@echo.example"
    coded = f"{key:02x}" + "".join(f"{b ^ key:02x}" for b in address.encode())
    hidden = hidden.replace("7b0f120b083b1e03151a160b171e551a03", coded)
    assert read(plain.format(hidden)).text == read(plain.format(address)).text
    assert "protected" not in read(plain.format(hidden.replace(coded, "zz"))).text


CARDS = [
    boxed("<p><b>Echo Events</b></p>", "<p>Ann Monk talks to Milo Strand about the films of his youth.</p>", "<a href='/events'>Book tickets</a>"),
    boxed("<p>The budget is in <b>12 days</b></p>", "<a href='/budget'>All our budget coverage</a>"),
    boxed("<p>Black Friday: twelve weeks of the Letter for six crowns.</p>", "<a href='/offer'>Claim the offer</a>"),
    boxed("<p>Pollen today: low in Harlow</p>", "<p><a href='/pollen'>Change your town</a></p>"),
    boxed("<p>Advertisement: best savings rates today</p>", "<table><tr><td>Fernbank Saver</td><td>4.10%</td></tr><tr><td>Quay Direct</td><td>4.05%</td></tr></table>"),
    boxed("<p><span>Harlow 100</span> <span>6,114.2</span> <span>▲0.3%</span> <span>Live, delayed by 15 minutes</span></p>"),
    boxed("<p>Latest prices from our partner Fernbet: Silver Argument 7-4, Peculiar Bill 5-2. <a href='https://fernbet.example'>Bet now</a>. Odds change all the time. 18+</p>"),
]  # fmt: skip


@pytest.mark.parametrize("box", CARDS)
def test_a_line_and_a_button_amid_the_story_are_a_card_of_the_sites(box: str) -> None:
    assert read(box).text == read().text


def test_what_a_story_tells_beside_a_link_is_no_card() -> None:
    said = (
        "Samples were taken by the agency, which said that it expects the results within a month."
    )
    told = boxed(f"<p>{said}</p>", "<a href='/books'>Twelve books for a long night</a>")
    assert said in read(told).paragraphs
    entries = "".join(
        boxed(
            f"<p>Lorry number {n} was turned back at noon by a steward with a flag.</p>",
            "<a href='#'>Share this</a>",
        )
        for n in range(6)
    )
    assert sum("turned back" in p for p in read(entries).paragraphs) == 6


def test_a_figure_alone_is_known_of_other_stories_only_if_it_is_the_same() -> None:
    site = SiteFurniture()
    for n in range(6):
        site = learn_lines(site, f"story {n}", [f"{n + 211}", f"{n} comments", "114"])
    assert site.knows("9 comments") and site.knows("114")
    assert not site.knows("318") and not site.knows("11,406")
