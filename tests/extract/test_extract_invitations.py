"""What a paper asks of its reader in a sentence, in eight languages; and stories that tell of such things.
Boxes of facts that close a story, and small parts of lines that are the page's."""

# ruff: noqa: E501  (pages are easier to read in long lines)

from __future__ import annotations

import pytest
from newsdesk import PARAGRAPHS, body, page

from variorum.model import Document
from variorum.stages.extract import read_page

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
