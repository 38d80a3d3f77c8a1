"""Boxes that tell of the reader's own place and moment: weather, air, tides, roads, what is on the air.

"Your region: Hallam", "-3°C, light rain, wind 5 km/h", "On air now: Farming Hour": they move by the hour
and have nothing to do with the story that they stand in. A story tells of weather too, in words of the
same kind; so a box counts as one of these only where it says that it is the reader's, or where nothing
else in the story speaks of its matter. What is none but figures, places and words of that matter is a
reading; a sentence, a label that the matter does not know ("Conditions at the summit") makes it the
story's.
"""

# ruff: noqa: E501  (tables of words are easier to keep in long lines)

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from variorum.text.caseless import Caseless
from variorum.text.remember import remembered

_LONGEST_BOX, LINES = 320, 10  # characters and lines of such a box
_LONGEST = 110  # characters of a reading
_TITLE = 60  # characters of a box's title
_BRIEF = 20  # characters of a cell
_STRANGE = 3  # words of a line that may be a place's name
_WORD = re.compile(r"[^\W\d_]+")
_FIGURE = re.compile(r"\d")
_PARTS = re.compile(r"[,;:|·•/()–—]+")
_SENTENCE = re.compile(r"[.!?…。][\s\"'”’»)]*$")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Matter:
    """``names`` are what a box of it is called, ``measures`` words of its readings that say what is
    measured, ``told`` what a story about it speaks of."""

    names: Caseless
    measures: Caseless
    told: Caseless


_MATTERS = (
    Matter(
        Caseless(
            r"\b(?:weather|forecast|wetter|wettervorhersage|météo|el tiempo|pronóstico|meteo|previsioni|tempo (?:em|no|na|hoje|agora)|previsão|het weer|vädret|været|pogoda)\b|天気|الطقس"
        ),
        Caseless(
            r"°|º ?c\b|℃|\b(?:wind|gusts?|humidity|rain|showers?|snow|sleet|drizzle|sunny|sun|cloudy|clouds?|overcast|fog|mist|clear|feels like|sunrise|sunset"
            r"|regen|schnee|wolkig|bewölkt|sonnig|heiter|nebel|luftfeuchtigkeit|böen|sonnenaufgang|sonnenuntergang"
            r"|pluie|neige|vent|nuageux|ensoleillé|éclaircies|brouillard|couvert|humidité|averses|lever du soleil|coucher du soleil"
            r"|lluvia|nieve|viento|nublado|soleado|despejado|niebla|humedad|chubascos|pioggia|neve|vento|nuvoloso|sereno|soleggiato|nebbia|umidità"
            r"|chuva|nublado|ensolarado|nevoeiro|umidade|humidade|aguaceiros)\b"
        ),
        Caseless(
            r"°|\b(?:weather|temperatures?|degrees|storms?|winds?|gusts?|snow(?:fall|ed)?|frost|heat ?wave|drought|rainfall|floods?|flooding|forecast(?:ers?)?|hurricane|blizzard|met office"
            r"|wetter\w*|temperatur\w*|grad|sturm|stürme|böen|schnee\w*|hitze\w*|hochwasser|unwetter|météo\w*|températures?|degrés|tempête|rafales|neige|canicule|inondations?|orages?"
            r"|temperaturas?|grados|tormenta|temporal|vientos?|nieve|inundaci\w+|meteorol\w+|temperatur[ae]|gradi|tempesta|maltempo|alluvione|vento|neve|graus|tempestade|inundações|ventos?)\b"
        ),
    ),
    Matter(
        Caseless(
            r"\b(?:air quality|air|pollen|uv|ozone|luftqualität|pollenflug|qualité de l['’]air|pollens?|calidad del aire|polen|qualità dell['’]aria|pollini|qualidade do ar|pólen)\b"
        ),
        Caseless(
            r"\b(?:air quality|aqi|pollen|uv(?:-| )?index|indice uv|índice uv|ozone|pm ?2|pm ?10|no2|µg|birch|grass|hazel|alder|mugwort|luftqualität|ozon|birke|gräser|hasel|erle|qualité de l['’]air"
            r"|bouleau|graminées|calidad del aire|polen|gramíneas|olivo|qualità dell['’]aria|polline|graminacee|betulla|qualidade do ar|pólen)\b"
        ),
        Caseless(
            r"\b(?:air quality|air pollution|pollut\w+|pollen|smog|ozone|hay fever|particulates?|luftqualität|feinstaub|pollen\w*|heuschnupfen|qualité de l['’]air|pollens?|pollution"
            r"|calidad del aire|contaminación|polen|qualità dell['’]aria|inquinamento|polline|qualidade do ar|poluição|pólen)\b"
        ),
    ),
    Matter(
        Caseless(
            r"\b(?:tides?|tide times|water levels?|river levels?|bathing water|gezeiten|pegel|wasserstand|marées?|mareas?|maree|marés?)\b"
        ),
        Caseless(
            r"\b(?:high (?:water|tide)|low (?:water|tide)|water level|river level|sea temperature|water temperature|hochwasser|niedrigwasser|pegel|wasserstand|pleine mer|basse mer|marée (?:haute|basse)"
            r"|coefficient|pleamar|bajamar|alta marea|bassa marea|preia-?mar|baixa-?mar|maré (?:alta|baixa))\b"
        ),
        Caseless(
            r"\b(?:tides?|tidal|high water|low water|water levels?|gezeiten|flut|ebbe|pegel\w*|hochwasser|marées?|mareas?|pleamar|maree?|alta marea|marés?|preia-?mar)\b"
        ),
    ),
    Matter(
        Caseless(
            r"\b(?:traffic|roads?|travel|verkehr|verkehrslage|trafic|info trafic|tráfico|traffico|viabilità|trânsito)\b"
        ),
        Caseless(
            r"\b(?:delays?|queues?|congestion|slow traffic|heavy traffic|jams?|stau|stockend\w*|verzögerung|bouchons?|ralentissements?|retards?|atascos?|retenciones|retrasos?|coda|code|rallentamenti"
            r"|ritard[oi]|congestionamento|lentidão|atrasos?|fila)\b"
        ),
        Caseless(
            r"\b(?:traffic|congestion|queues?|jams?|delays?|motorists?|verkehr\w*|staus?|autofahrer\w*|trafic|bouchons?|circulation|automobilistes|tráfico|atascos?|retenciones|traffico|automobilisti|trânsito|congestionament\w+)\b"
        ),
    ),
)
_NONE = (0,) * len(_MATTERS)
# A title that says whose the box is: the reader's, where and when they read.
_READERS_OWN = Caseless(
    r"\W{0,3}(?:your (?:region|area|place|location|town|city|local|weather|forecast)|my (?:location|region|area|weather)|near you|local (?:weather|forecast|traffic|roads|tides|air quality)"
    r"|(?:(?:\w+|\d{1,2})[ -]day|full|hourly|detailed|weekly|local) forecast\W{0,3}$|(?:zur )?(?:\d{1,2}|\w+)-tage-(?:vorhersage|wetter)|prévisions à \d+ jours|previsión a \d+ días|previsioni a \d+ giorni"
    r"|(?:weather|traffic|roads|forecast|tides|air quality|pollen) (?:near you|in your (?:area|region)|where you are|(?:right )?now|today|tonight|at the moment)"
    r"|(?:ihre?|deine?) (?:region|stadt|ort|standort)|mein (?:ort|standort)|(?:wetter|verkehr) (?:in ihrer (?:nähe|region)|bei ihnen|jetzt|heute|aktuell)"
    r"|votre (?:région|ville|commune)|(?:météo|trafic) (?:près de chez vous|chez vous|dans votre région|du jour|en ce moment)|(?:tu|su) (?:región|ciudad|zona|localidad)|(?:el tiempo|tráfico) (?:en tu|en su|ahora|hoy)"
    r"|(?:la tua|la vostra) (?:regione|città|zona)|(?:meteo|traffico) (?:nella tua|vicino a te|oggi|ora)|(?:a sua|sua|tua) (?:região|cidade|zona)|(?:tempo|trânsito) (?:na sua|hoje|agora))\b"
)
_GLUE = _words(
    """
    and at in of the to for from with on by today tonight tomorrow now morning afternoon evening night high low highs lows max min
    light heavy moderate strong partly mostly few some chance likely good fair poor bad very none index level currently outlook
    junction junctions exit exits lane lanes roadworks accident closed blocked northbound southbound eastbound
    westbound clockwise anticlockwise ausfahrt anschlussstelle kreuz dreieck sortie échangeur salida uscita svincolo saída
    km h kmh mph kph kt kn knots m cm mm ft f c hpa mbar mb g n s e w ne nw se sw nne ene ese sse ssw wsw wnw nnw north south east west
    am pm uhr a p minutes minute mins min spells intervals dry warm cold cool mild hot thunder thunderstorms pressure visibility
    und bei in im am der die das von mit heute morgen jetzt leicht leichter leichte leichtes stark starker mäßig gut schlecht hoch niedrig tief höchst tiefst gefühlt
    et à au aux de du des la le les l sur par avec aujourd hui demain maintenant faible faibles fort forte modéré bonne bon moyenne mauvaise élevé bas ressenti indice d
    y en el los las un una con por hoy mañana ahora débil fuerte moderada moderado buena bueno mala alta baja alto bajo sensación índice aire
    e il lo gli i di del della con oggi domani ora debole forte moderata buona buono bassa basso aria dell qualità
    o os as do da no na em com por hoje amanhã agora fraca fraco boa bom má ar
    air quality water sea tide mar preia baixa pleamar feels like uv qualité qualità qualidade calidad
    """
)
_CHANGE = Caseless(
    r"\W{0,3}(?:change|set|edit|choose|full|more|see|view|all|5-day|7-day|hourly|ändern|mehr|alle|changer|modifier|voir|plus|cambiar|más|ver|cambia|vedi|tutte|mudar|alterar|mais)\b.{0,40}"
)


def _is_title(text: str) -> bool:
    return len(text) <= _TITLE and not _SENTENCE.search(text)


@remembered
def _reads(text: str) -> tuple[int, ...]:
    """Of each matter how many things a whole line measures, and nothing else; 0 for any other line."""
    if len(text) > _LONGEST or _SENTENCE.search(text):
        return _NONE
    return tuple(_measured(text, matter) for matter in _MATTERS)


def _measured(text: str, matter: Matter) -> int:
    if not matter.measures.search(text):
        return 0
    strange = [w for w in _WORD.findall(text) if w.casefold() not in _GLUE]
    strange = [w for w in strange if not matter.measures.search(w)]
    if len(strange) > _STRANGE or not all(w[0].isupper() for w in strange):
        return 0
    return sum(matter.measures.search(part) for part in _PARTS.split(text))


def may_read(text: str) -> bool:
    """Whether a line is a reading of something."""
    return bool(_FIGURE.search(text)) and _reads_any(text)


def is_readings(lines: Sequence[str], spoken: Callable[[], Sequence[bool]]) -> bool:
    """Whether a box (its lines) is one of readings; ``spoken`` gives for each matter whether the
    story speaks of it (:func:`spoken_of`)."""
    if not lines or len(lines) > LINES or sum(map(len, lines)) > _LONGEST_BOX:
        return False
    if not any(_FIGURE.search(x) for x in lines):
        return False
    return any(_is_of(at, lines, spoken) for at in range(len(_MATTERS)))


def _is_of(at: int, lines: Sequence[str], spoken: Callable[[], Sequence[bool]]) -> bool:
    matter = _MATTERS[at]
    told = [_reads(x)[at] for x in lines]
    if not any(told):
        return False
    others = [x for x, n in zip(lines, told, strict=True) if not n]
    titles = [x for x in lines[:1] if x in others and _is_title(x)]
    rest = [x for x in others if x not in titles and not _CHANGE.fullmatch(x)]
    rest = [x for x in rest if not _READERS_OWN.match(x)]
    if not all(_reads_any(x) or _is_plain(x) for x in rest):
        return False
    own = any(_READERS_OWN.match(x) for x in lines)
    if own:
        return True
    if spoken()[at]:
        return False
    if any(matter.names.search(x) for x in titles):
        return True
    degrees_only = not any(matter.measures.search(x.replace("°", "")) for x in lines)
    return sum(told) > 1 and not degrees_only and all(map(_is_place, titles))


def _reads_any(text: str) -> bool:
    return any(_reads(text))


def _is_plain(text: str) -> bool:
    """A figure, a unit, a direction of the wind: what stands in a cell beside its label."""
    return len(text) <= _BRIEF and all(w.casefold() in _GLUE for w in _WORD.findall(text))


def _is_place(title: str) -> bool:
    words = [w for w in _WORD.findall(title) if w.casefold() not in _GLUE]
    return len(words) <= _STRANGE and all(w[0].isupper() for w in words)


def spoken_of(headline: str, prose: Sequence[str]) -> tuple[bool, ...]:
    """Of each matter whether a story speaks of it: in its headline, or in two lines of its prose."""
    told = [x for x in prose if not may_read(x)]
    return tuple(
        bool(m.told.search(headline)) or sum(m.told.search(x) for x in told) > 1 for m in _MATTERS
    )


_NOW_ON = (
    r"(?:on (?:the )?air (?:right )?now|now (?:on (?:the )?air|playing)|on now|currently (?:on (?:the )?air|playing)|live now on \w+"
    r"|(?:jetzt|gerade|derzeit) (?:läuft|im radio|auf sendung|on air)|(?:es )?läuft (?:gerade|jetzt)|jetzt hören sie"
    r"|(?:en ce moment )?à l['’]antenne|en ce moment sur \w+|vous écoutez|actuellement à l['’]antenne|(?:ahora )?en antena|ahora suena|está sonando|sonando ahora|ora in onda"
    r"|(?:adesso )?in onda (?:ora|adesso)|stai ascoltando|no ar agora|agora no ar|está a ouvir|tocando agora|nu op (?:de )?radio)"
)
_LISTEN = r"(?:listen live|watch live|live radio|listen now|(?:jetzt )?live hören|radio live|livestream hören|écoute[rz] (?:le|en) direct|escuchar? en (?:directo|vivo)|ascolta (?:la|in) diretta|ouvir (?:em direto|ao vivo)|luister live)"
_CLOCK = r"(?:\d{1,2} ?[:.h] ?\d{2}|\d{1,2} ?(?:h|uhr|[ap]\.?m)\b).{0,6}"
_ON_AIR = Caseless(rf"\W{{0,3}}(?:{_LISTEN}\W{{1,4}})?{_NOW_ON}\s?[:|–—-]\s?.{{1,90}}")
_ON_AIR_LABEL = Caseless(rf"\W{{0,3}}{_NOW_ON}\W{{0,3}}")
_AIRING = Caseless(
    r"\W{0,3}(?:on (?:the )?air|à l['’]antenne|en antena|in onda|no ar|auf sendung)\s?[:|–—-]\s?.{3,80}"
    rf"\b(?:until|till|since|bis|seit|jusqu['’]à|depuis|hasta|desde|fino alle|dalle|até) (?:\w{{1,3}} )?{_CLOCK}"
)
_LISTENING = Caseless(rf"\W{{0,3}}{_LISTEN}\W{{0,4}}")


_DELAYED = Caseless(
    r"\W{0,3}(?:(?:quotes?|prices?|data|kurse|cours|cotizaciones|quotazioni|cotações) )?(?:are |is )?(?:delayed|verzögert|différés?|con retraso|ritardat[aeio]|com atraso)\b.{0,14}(?:\d{1,3}|fifteen|twenty) ?min"
)


def is_delayed(text: str) -> bool:
    """What stands under the price that a share has now: "Delayed 15 min."."""
    return bool(_DELAYED.match(text))


@remembered
def is_on_air(text: str) -> bool:
    """A line that says what a station plays now."""
    if len(text) > _LONGEST or (_SENTENCE.search(text) and len(text) > _TITLE):
        return False
    return any(says.fullmatch(text) for says in (_ON_AIR, _ON_AIR_LABEL, _AIRING))


_HERE_NOW = Caseless(r"\W{0,3}[^\d.!?]{2,40} now:? [−-]?\d{1,2} ?°")


def is_line(tag: str, text: str, spoken_of: Callable[[], tuple[bool, ...]]) -> bool:
    """Whether a line alone is a reading, or tells what weather it is now somewhere ("Pike's Cross now 7°,
    light rain. Tonight it will stay wet"), and the story does not speak of such."""
    if len(text) <= _LONGEST_BOX and _HERE_NOW.match(text):
        return not spoken_of()[0]
    return tag == "p" and may_read(text) and is_readings([text], spoken_of)


def is_player(lines: Sequence[str]) -> bool:
    """Whether a box (its lines) is a station's player: a line that says what is on now, or an
    invitation to listen, and nothing that reads on."""
    if not lines or len(lines) > LINES or sum(map(len, lines)) > _LONGEST_BOX:
        return False
    if any(len(x) > _TITLE and _SENTENCE.search(x) for x in lines):
        return False
    return any(map(is_on_air, lines)) or (len(lines) > 1 and _LISTENING.fullmatch(lines[0]))
