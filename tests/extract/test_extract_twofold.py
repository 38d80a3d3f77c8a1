"""Words that buttons and labels share with what stories tell: in tables, lists, headings and boxes of facts."""

from __future__ import annotations

import pytest
from boxes import amid, lost, told
from newsdesk import PARAGRAPHS, page

# ruff: noqa: E501  (pages are easier to read in one line)

WORDS = {
    "share table": "<table><tr><th>Party</th><th>Share now</th><th>Share in June</th></tr><tr><td>Harbour</td><td>36%</td><td>31%</td></tr><tr><td>Others</td><td>15%</td><td>18%</td></tr></table>",
    "share table thead": "<table><thead><tr><th>Party</th><th>Share</th><th>Change</th></tr></thead><tbody><tr><td>Harbour</td><td>36%</td><td>+2</td></tr><tr><td>Others</td><td>15%</td><td>-1</td></tr></tbody></table>",
    "share first col": "<table><tr><td>Share of votes</td><td>36%</td></tr><tr><td>Comments received</td><td>212</td></tr><tr><td>Print run</td><td>4,000</td></tr><tr><td>Facebook</td><td>12m</td></tr></table>",
    "networks": "<table><tr><th>Network</th><th>Users</th></tr><tr><td>Facebook</td><td>3bn</td></tr><tr><td>Instagram</td><td>2bn</td></tr><tr><td>WhatsApp</td><td>2.5bn</td></tr><tr><td>Telegram</td><td>900m</td></tr></table>",
    "related": "<table><tr><th>Cause</th><th>Deaths</th></tr><tr><td>Related to alcohol</td><td>412</td></tr><tr><td>Related to tobacco</td><td>1,212</td></tr></table>",
    "newsletter tab": "<table><tr><th>Product</th><th>Subscribers</th></tr><tr><td>Newsletter</td><td>12,000</td></tr><tr><td>Print</td><td>4,100</td></tr><tr><td>App</td><td>9,000</td></tr></table>",
    "french": "<table><tr><th>Réseau</th><th>Utilisateurs</th></tr><tr><td>Partager un trajet</td><td>12 %</td></tr><tr><td>Imprimer chez soi</td><td>8 %</td></tr></table>",
    "german": "<table><tr><th>Posten</th><th>Betrag</th></tr><tr><td>Druck</td><td>12 €</td></tr><tr><td>Kommentare</td><td>3 €</td></tr><tr><td>Teilen</td><td>4 €</td></tr></table>",
    "most popular names": "<table><tr><th>Most popular names</th><th>2025</th></tr><tr><td>Olivia</td><td>3,121</td></tr><tr><td>Noah</td><td>4,382</td></tr></table>",
    "tags": "<table><tr><th>Topics</th><th>Weight</th></tr><tr><td>Themen</td><td>12</td></tr><tr><td>Tags</td><td>8</td></tr></table>",
    "table of views": "<table><tr><th>Video</th><th>Views</th></tr><tr><td>The seal</td><td>1,204,000 views</td></tr><tr><td>The ferry</td><td>12 views</td></tr></table>",
    "table times": "<table><tr><th>Ferry</th><th>Leaves</th></tr><tr><td>Sea Thistle</td><td>08:13</td></tr><tr><td>Lady Agnes</td><td>10:30</td></tr></table>",
    "loading table": "<table><tr><th>Berth</th><th>Loading</th></tr><tr><td>Seven</td><td>12 t</td></tr><tr><td>Nine</td><td>3 t</td></tr></table>",
    "prices": "<table><tr><th>Ad</th><th>Price</th></tr><tr><td>Advertising</td><td>£12</td></tr><tr><td>Promotion</td><td>£4</td></tr></table>",
    "list share": "<ul><li>Share of the vote: 36%</li><li>Print run: 12,000 copies</li><li>Comments received by the council: 212</li></ul>",
    "list networks": "<ul><li>Facebook: 3 billion users</li><li>Telegram: 900 million users</li><li>Reddit: 97 million users</li></ul>",
    "list share2": "<ul><li>Share prices down 12%</li><li>Save 12 minutes on the way to school</li><li>Register of owners opened in 2019</li></ul>",
    "p short share": "<p>Share prices fell by 12% within the hour</p>",
    "h share": "<h3>Share prices fall</h3><p>The port’s shares lost 12% on Friday, and its bonds lost 3% in the same hour, traders said.</p>",
    "updated rule": "<p>Updated plans will be shown in March.</p>",
    "published book": "<p>Published in 1998, the book sold 40 copies.</p>",
    "posted": "<p>Posted to Saltmouth in 1941, he stayed.</p>",
    "sub updated": "<h3>Updated plans</h3><p>The council will show its updated plans for the bridge to anybody who asks for them in March.</p>",
    "comments heading story": "<h3>Comments from the port</h3><p>The port said that it would rather wait for its own engineers, who are due to look at the piers in May.</p>",
    "div spans": "<div><h4>Opening hours</h4><div>Monday to Friday: 9am to 5pm</div><div>Saturday: 10am to 1pm</div></div>",
    "list counts": "<ul><li>Facebook: 212,000 followers</li><li>Newsletter subscribers: 4,120</li><li>TikTok: 4 million views of the fall</li></ul>",
    "es list": "<ul><li>Del 12 al 14 de mayo: reparto de las botas</li><li>Recibe un par quien presente el carné</li></ul>",
    "fr comment": "<h2>Comment réserver ses places</h2><p>Le conseil municipal a ouvert un guichet à la mairie, où l’on peut retenir ses places jusqu’au 14 mai.</p>",
}


@pytest.mark.parametrize("name", WORDS)
def test_a_word_of_buttons_does_not_take_a_line_of_the_story(name: str) -> None:
    assert lost(WORDS[name], told(amid(WORDS[name]))) == []


BUTTONS = [
    "Share",
    "Share on Facebook",
    "Share 1,204 shares",
    "Facebook 12k likes",
    "Teilen 12 Mal geteilt",
    "Share this article via e-mail",
    "Teilen",
    "Partager cet article",
    "Twitter: @echo",
    "Print this page",
    "Save for later",
    "Comments (12)",
]


@pytest.mark.parametrize("button", BUTTONS)
def test_a_button_is_no_point_of_the_story(button: str) -> None:
    assert told(amid(f"<ul><li>{button}</li></ul>")) == told(page())


def test_a_heading_that_begins_like_a_label_is_the_storys_where_each_paragraph_has_a_block_of_its_own() -> (
    None
):
    blocks = [f"<div><p>{p}</p></div>" for p in PARAGRAPHS]
    story = "".join([*blocks[:2], "<h2>Latest figures</h2>", *blocks[2:]])
    assert "Latest figures" in told(page(story))


@pytest.mark.parametrize(
    "label", ["Related", "Related stories", "Latest news", "Comments", "Latest"]
)
def test_a_label_over_links_is_none_of_the_story(label: str) -> None:
    box = f"<h3>{label}</h3><p><a href='/x'>Ferry to Saltmouth is late again, and nobody minds</a></p>"
    assert told(amid(box)) == told(page())


FACTS = {
    "aside book": "<aside><h2>How to book</h2><ul><li>Ring 0900 4411 on weekdays from 08:00 to 18:00</li><li>Or ask at any of 212 pharmacies</li><li>The test takes twenty minutes</li><li>No letter from a doctor is needed</li></ul></aside>",
    "aside how to help": "<aside><h3>How to help</h3><p>Call the police on 0800 123 456</p><p>Quote reference 44 of 26 November</p><p>Or write to Crime Desk, Northwick</p></aside>",
    "div how": "<div><h3>How to vote</h3><p>Bring a passport or a driving licence</p><p>Polling stations open at 7am</p><p>Call 0800 123 456 with questions</p></div>",
    "fr aside": "<aside><h3>Comment réserver</h3><ul><li>Appeler le 08 00 44 11 du lundi au vendredi</li><li>Ou demander dans l’une des 212 pharmacies</li><li>Se munir de sa carte Vitale</li></ul></aside>",
    "de aside": "<aside><h3>So erreichen Sie die Hotline</h3><ul><li>Telefon 0800 4411, werktags 8 bis 18 Uhr</li><li>Oder in einer von 212 Apotheken</li><li>Kein Rezept nötig</li></ul></aside>",
    "es aside": "<aside><h3>Cómo pedir cita</h3><ul><li>Llame al 900 44 11 de 8 a 18 horas</li><li>O en cualquiera de las 212 farmacias</li><li>No hace falta receta</li></ul></aside>",
    "aside sentences": "<aside><h3>The bridge</h3><p>It was built in 1911 by two firms.</p><p>It has 14 piers and one lamp.</p></aside>",
    "aside question": "<aside><h2>Can you help?</h2><p>Ring the police on 101 and quote 4412</p><p>Or Crimestoppers on 0800 555 111</p><p>Calls are free and not recorded</p></aside>",
}


@pytest.mark.parametrize("name", FACTS)
def test_a_box_of_instructions_is_the_storys(name: str) -> None:
    assert lost(FACTS[name], told(amid(FACTS[name]))) == []


ASIDES = [
    "<aside><h3>Weather</h3><p>Northwick: 8°C, light rain</p><p>Wind: 12 km/h</p><p>Air quality: 32</p></aside>",
    "<aside><h3>Radio Northwick</h3><p>On air now: Farming Hour</p><p>Next at 10:00: Sea Forecast</p></aside>",
    "<aside><h3>Kellow Kitchens</h3><p>Units at a fifth off until 4 May</p><p>Free delivery within 20 miles</p><p>Showroom open until 6pm</p></aside>",
    "<aside><h3>Our newsletter</h3><p>Every Thursday at 7am</p><p>Sign up in 10 seconds</p><p>Read by 4,100 people</p></aside>",
]


@pytest.mark.parametrize("box", ASIDES)
def test_what_else_stands_in_an_aside_is_not(box: str) -> None:
    assert told(amid(box)) == told(page())
