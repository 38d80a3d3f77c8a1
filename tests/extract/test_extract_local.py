"""Boxes that tell of the reader's own place and moment, letters and advertisements without a label; and what
looks like them and is the story."""

from __future__ import annotations

import pytest
from boxes import amid, lost, told
from newsdesk import PARAGRAPHS, body, page

# ruff: noqa: E501  (pages are easier to read in one line)

NOT_THE_STORY = {
    "livebar": "<div class=livebar><p><b>LIVE</b> 4,450 people are following this</p><p>Refreshed 26 seconds ago</p></div>",
    "livebar2": "<div><span>Live</span> <span>1.2k watching</span> <span>Page refreshes in 30 seconds</span></div>",
    "refresh3": "<p>This page refreshes automatically every 60 seconds</p>",
    "refresh de": "<div><p>Live: 3.120 Nutzer lesen gerade mit</p><p>Seite aktualisiert vor 26 Sekunden</p></div>",
    "refresh fr": "<div><p>EN DIRECT 4 450 personnes suivent ce direct</p><p>Actualisé il y a 26 secondes</p></div>",
    "refresh es": "<div><p>EN VIVO: 4.450 personas siguen esta cobertura</p><p>Actualizado hace 26 segundos</p></div>",
    "refresh it": "<div><p>IN DIRETTA 4.450 persone seguono questa diretta</p><p>Pagina aggiornata 26 secondi fa</p></div>",
    "refresh pt": "<div><p>AO VIVO: 4.450 pessoas acompanham esta cobertura</p><p>Atualizado há 26 segundos</p></div>",
    "online": "<p>Readers online: 312</p>",
    "online3": "<p>Jetzt online: 312 Leser</p>",
    "online4": "<p>312 lecteurs connectés</p>",
    "you and": "<p>You and 4,450 others are following this story</p>",
    "last checked": "<p>Last checked: 10:43</p>",
    "weather": "<div class=region><p><b>Your region: Hallam</b></p><p>-3°C, light rain, wind 5 km/h</p><p>Air quality index 32</p></div>",
    "weather2p": "<div><p>Northwick</p><p>11°C</p><p>Sunny spells</p></div>",
    "weather3": "<div><h4>Weather</h4><p>Northwick 8°, cloudy</p><p>High 11° Low 4°</p><a href=/weather>Full forecast</a></div>",
    "weather de": "<div><p><b>Wetter in Hallam</b></p><p>8 °C, leichter Regen, Wind 12 km/h</p><p>Luftqualität: 32</p></div>",
    "weather fr": "<div><p><b>Météo à Lormont</b></p><p>8 °C, pluie faible, vent 12 km/h</p><p>Indice de qualité de l’air : 32</p></div>",
    "weather es": "<div><p><b>El tiempo en Soria</b></p><p>8 °C, lluvia débil, viento 12 km/h</p><p>Calidad del aire: 32</p></div>",
    "weather it": "<div><p><b>Meteo Siena</b></p><p>8 °C, pioggia debole, vento 12 km/h</p><p>Qualità dell’aria: 32</p></div>",
    "weather pt": "<div><p><b>Tempo em Évora</b></p><p>8 °C, chuva fraca, vento 12 km/h</p><p>Qualidade do ar: 32</p></div>",
    "weather p": "<p>Northwick: 8°C, light rain, wind 12 km/h</p>",
    "tide": "<div><p><b>Tides at Port Skerrin</b></p><p>High water 04:12 (4.3 m) and 16:40 (4.1 m)</p><p>Low water 10:25 (0.8 m)</p></div>",
    "pollen": "<div><p><b>Pollen today</b></p><p>Birch: high</p><p>Grass: low (3)</p></div>",
    "traffic": "<div><h4>Traffic near you</h4><p>A12: 14 min delay</p><p>Ring Road: 6 km queue</p></div>",
    "traffic de": "<div><h4>Verkehr in Ihrer Region</h4><p>A8: 4 km Stau</p><p>B27: 12 Minuten Verzögerung</p></div>",
    "sun": "<div><p>Sunrise 07:41</p><p>Sunset 16:02</p></div>",
    "player": "<div class=player><p><strong>Listen live</strong> On air now: Farming Hour</p><p>Since 21:05</p></div>",
    "player2": "<div><p>Now playing</p><p>The Morning Desk with Polly Ames</p><p>Next: Farming Hour, 10:00</p></div>",
    "player3": "<p>On air: Sea Forecast, until 14:00</p>",
    "player de": "<div><p><b>Jetzt live hören</b></p><p>Gerade läuft: Klassik am Mittag</p><p>bis 13:00 Uhr</p></div>",
    "player fr": "<div><p><b>Écouter le direct</b></p><p>À l’antenne : La matinale de Luc Amar</p><p>Depuis 7 h</p></div>",
    "player es": "<div><p>En antena: La ventana del mar</p><p>Desde las 9:00</p><p>Escuchar en directo</p></div>",
    "player it": "<div><p>Ora in onda: Caffè nero</p><p>Ascolta la diretta</p></div>",
    "player pt": "<div><p>No ar agora: Manhã Clara</p><p>Ouvir em direto</p></div>",
    "weather dl": "<section><header>Calder today</header><dl><dt>Now</dt><dd>9°</dd><dt>Feels like</dt><dd>6°</dd><dt>Wind</dt><dd>14 mph SW</dd><dt>UV</dt><dd>2</dd></dl></section>",
    "tide pt": "<div><p><b>Marés em Setúbal</b></p><p>Preia-mar 04:12 (3,1 m)</p><p>Baixa-mar 10:25 (0,8 m)</p></div>",
    "poll late": "<div><h4>Man of the match</h4><p>Have your say</p><p>Pym 61%</p><p>Roy 39%</p><p>4,412 votes</p></div>",
    "posts": "<p>Showing 3 of 3 posts · checked 4 seconds ago</p>",
    "auto": "<div><span>Live now</span><span>2,318 watching</span><span>Auto-update on · 12s</span></div>",
    "player late": "<div><p>On now: The Afternoon Play</p><p>Listen live</p></div>",
    "promo": "<div><p><b>Also in Culture</b></p><p>The potter who breaks everything she likes, and the museum that glues it together again.</p></div>",
    "promo2": "<div><p><b>From our weekend pages</b></p><p>A hundred years of bad weather: the best photographs from the Gazette’s cellar.</p></div>",
    "promo3": "<div><p><b>Elsewhere in Sport</b></p><p>The goalkeeper who knits, and the striker who cannot.</p></div>",
    "promo de": "<div><p><b>Aus unserem Archiv</b></p><p>Hundert Jahre schlechtes Wetter: die besten Fotos aus dem Keller.</p></div>",
    "promo fr": "<div><p><b>Également dans Culture</b></p><p>La potière qui casse tout ce qu’elle aime, et le musée qui recolle.</p></div>",
    "letter1": "<p>Good morning, Tarrow: the day’s stories in five minutes, read by 12,402 islanders over breakfast. Give us your address and it will be there at seven.</p>",
    "letter2": "<p>Liked this? 12,402 people have our Friday business letter already. It costs nothing and you can stop whenever you like.</p>",
    "letter3": "<p>Be the first to know. Join 12,402 others who have the Gazette’s alerts on their telephones.</p>",
    "ad1": "<div class=k37><p>Kellow Kitchens. Fitted units at a fifth off until Sunday. See them in our showroom on Quay Road.</p></div>",
    "ad2": "<div class=k37><p>Sleep well tonight: pocket-sprung mattresses from £199 at Angove’s, free delivery on the island.</p></div>",
    "ad3": "<div class=k37><p>Thinking of a stairlift? Ring Homestep for a survey without obligation.</p></div>",
    "ad4": "<div class=k37><p>Book now for Easter: seven nights in Madeira with flights from Ellermouth, from £489.</p></div>",
}


@pytest.mark.parametrize("name", NOT_THE_STORY)
def test_what_tells_of_the_readers_place_and_moment_is_furniture(name: str) -> None:
    assert told(amid(NOT_THE_STORY[name])) == told(page())


THE_STORY = {
    "followers": "<p>4,450 people are following this trial from a tent outside the court.</p>",
    "watching": "<p>Some 4,450 people are watching.</p>",
    "listeners": "<p>The station had 4,450 listeners when the mast fell.</p>",
    "summit": "<div><h4>Conditions at the summit</h4><p>Temperature: -12°C</p><p>Wind: 40 km/h from the north</p></div>",
    "tv": "<div><p><b>On television</b></p><p>“The Bridge”: Sunday, 20:15, Channel 4</p></div>",
    "onair prose": "<h3>On air</h3><p>The station read out the names of the drivers who had been turned back, and played a waltz.</p>",
    "traffic fact": "<div><h4>Diversions</h4><ul><li>A12 to Saltmouth: 14 km longer</li><li>Ring road: 22 minutes more</li></ul></div>",
    "fuel": "<ul><li>Diesel: 1.61 euros</li><li>Petrol: 1.74 euros</li></ul>",
    "count list": "<ul><li>Killed: 21</li><li>Injured: 64</li><li>Missing: 3</li></ul>",
    "score": "<p>Northwick 2-1 Saltmouth</p>",
    "petition": "<p>212,118 people have signed so far</p>",
    "results": "<div><p>Harbour 36.1%</p><p>Union 31.4%</p><p>Others 32.5%</p></div>",
    "on air since": "<h3>On air since 1985</h3><p>The station began in a henhouse and had 12 listeners, of whom four were hens, its founder said.</p>",
    "airtime": "<div><p>On the air: 41 years</p><p>Listeners: 4,120</p></div>",
    "also in": "<p>Also in the car were two children and a dog.</p>",
    "also in label": "<h3>Also in the car</h3><p>Two children and a dog were sitting in the back when the lorry came to a stop on the bridge.</p>",
    "ads in story": "<p>The shop offers free delivery, and a bed from £199, the mayor’s brother said.</p>",
    "book now quote": "<p>“Book now for Easter,” the ferry company told its passengers in September.</p>",
    "join others": "<p>He will join 12 others who have been waiting since the spring for a place on the council.</p>",
}


@pytest.mark.parametrize("name", THE_STORY)
def test_what_only_looks_like_it_is_the_storys(name: str) -> None:
    assert lost(THE_STORY[name], told(amid(THE_STORY[name]))) == []


STORM = (
    "Storm Edda brought gusts of 118 km/h to Northwick on Friday and took the roof off the fish market, the weather service said.",
    "Temperatures fell to −4°C within three hours, and rain turned into snow on the harbour bridge.",
    "“I have never seen wind like it,” said Edda Holm, who leads the council’s roads committee.",
    "The forecast for Saturday is 2°C with light snow, and the wind is expected to drop in the evening.",
    "Repairs are expected to take until 14 March, the council said in a statement on Friday.",
)
OF_THE_STORM = {
    "w lines": "<ul><li>Saturday: 2°C, light snow</li><li>Sunday: 4°C, rain</li></ul>",
    "w box": "<div><h4>The storm in figures</h4><p>Wind: gusts of 118 km/h at Cape Morrin</p><p>Rain: 96 mm in 24 hours</p><p>Lowest temperature: -4°C</p></div>",
    "w plain": "<div><p><b>Saturday</b></p><p>2°C, light snow, wind 20 km/h</p></div>",
}


@pytest.mark.parametrize("name", OF_THE_STORM)
def test_weather_in_a_story_about_weather_is_the_storys(name: str) -> None:
    text = told(amid(OF_THE_STORM[name], STORM, "Storm Edda takes a roof"))
    assert lost(OF_THE_STORM[name], text) == []


def test_the_readers_own_weather_is_furniture_even_in_a_story_about_weather() -> None:
    plain = told(page(body(STORM), headline="Storm Edda takes a roof"))
    assert told(amid(NOT_THE_STORY["weather"], STORM, "Storm Edda takes a roof")) == plain


ADS = "<div class=k{}><p>{}</p></div>"


def test_boxes_named_like_one_that_sells_are_advertisements_too() -> None:
    plain = "Castle Motors has forty nearly new cars on the forecourt this week."
    sells = "Thinking of a stairlift? Ring Homestep for a survey without obligation."
    longer = (*PARAGRAPHS, *(p.replace("bridge", "pier") for p in PARAGRAPHS))
    ads = ADS.format(37, plain), ADS.format(81, sells)
    text = told(page(body(longer[:3]) + ads[0] + body(longer[3:6]) + ads[1] + body(longer[6:])))
    assert text == told(page(body(longer)))
    assert plain in told(page(body(longer[:3]) + ads[0] + body(longer[3:])))


def entries(*ages: str) -> str:
    said = "The council says that it will put up signs in {} languages before the evening."
    return "".join(
        f"<div><p><time>{8 + n:02}:50</time> <span>{age}</span></p><p>{said.format(n + 2)}</p></div>"
        for n, age in enumerate(ages)
    )


@pytest.mark.parametrize(
    "ages",
    [
        ("3 hours ago", "2 hours ago", "1 hour ago"),
        ("vor 3 Std.", "vor 2 Std.", "vor 9 Min."),
        ("il y a 3 h", "il y a 2 h", "il y a 9 min"),
    ],
)
def test_how_long_ago_an_entry_came_is_no_part_of_its_time(ages: tuple[str, ...]) -> None:
    assert told(page(entries(*ages))) == told(page(entries("", "", "")))
    assert "08:50" in told(page(entries(*ages)))


COMMENTS = "<div><h2>{}</h2><ol><li><b>Bert of Lannick</b><p>I should like to shake hands with the one engineer who looked under pier nine.</p></li><li><b>tidewaiter</b><p>Lorries should never have been let on to it in the first place, if you ask me.</p></li></ol></div>"


@pytest.mark.parametrize(
    "label",
    [
        "3 readers have had their say",
        "3 Leser haben kommentiert",
        "3 lecteurs ont réagi",
        "3 lectores han opinado",
        "3 lettori hanno commentato",
        "3 leitores comentaram",
    ],
)
def test_what_readers_said_is_no_part_of_the_story(label: str) -> None:
    assert told(page(after=COMMENTS.format(label))) == told(page())
