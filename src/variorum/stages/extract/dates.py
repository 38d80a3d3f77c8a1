"""When the story was published and modified, as the publisher gives it, in ISO 8601.

Order of trust: the story's JSON-LD, the head's meta elements, ``itemprop`` dates, ``time``
elements beside the headline, dates written beside it, the URL's path. Dates of related items are
kept out by place: only what stands near the headline counts. There is no clock here: the same page
gives the same dates on every day.
"""

# ruff: noqa: E501  (tables of words are easier to keep in long lines)

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from variorum.stages.extract.endings import ends_sentence
from variorum.stages.extract.jsonld import Node
from variorum.stages.extract.meta import Meta
from variorum.stages.extract.tree import BYLINE, Line
from variorum.text.caseless import Caseless
from variorum.text.remember import remembered

_PUBLISHED_METAS = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "publish-date",
    "publish_date",
    "publishdate",
    "publication_date",
    "article.published",
    "originalpublicationdate",
    "pubdate",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "dcterms.available",
    "citation_publication_date",
    "citation_date",
    "vr:published_time",
    "iso-8601-publish-date",
    "rnews:datepublished",
    "date.published",
    "analytics.date",
    "datecreated",
    "date",
    "created",
    "og:pubdate",
    "article_date_original",
    "displaydate",
    "ptime",
    "timestamp",
)
_MODIFIED_METAS = (
    "article:modified_time",
    "og:article:modified_time",
    "article:modified",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
    "article:updated_time",
    "sailthru.updated",
    "revised",
)
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s?(Z|z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?"
)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?$")
_EPOCH = re.compile(r"^\d{10}(?:\d{3})?$")
_MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "january jan januar janvier ianuarie januari كانون enero ene gennaio gen janeiro januari stycznia styczeń январ січня ocak يناير tammikuu "
        "jänner leden ledna",
        "february februarie شباط feb februar février févr fevr febrero febbraio fevereiro fev februari lutego luty феврал лютого şubat فبراير "
        "feber únor února",
        "march martie maret آذار mar märz mrz maerz mars marzo março maart marca marzec март берез mart مارس březen března",
        "april aprilie نيسان apr avril avr abril abr aprile kwietnia kwiecień апрел квіт nisan أبريل ابريل duben dubna",
        "may أيار ايار май mai mayo maggio mag maio mei maj maja мая май трав mayıs مايو květen května",
        "june iunie حزيران jun juni juin junio giugno giu junho juni czerwca czerwiec июн черв haziran يونيو červen června",
        "july iulie تموز jul juli juillet juil julio luglio lug julho lipca lipiec июл лип temmuz يوليو červenec července",
        "august agustus آب aug août aout agosto ago augustus augusti sierpnia sierpień август серп ağustos أغسطس اغسطس srpen srpna",
        "september septembrie أيلول sep sept septembre septiembre settembre set setembro września wrzesień сентябр верес eylül سبتمبر září",
        "october octombrie oct oktober okt octobre octubre ottobre ott outubro out października październik октябр жовт ekim أكتوبر "
        "اكتوبر říjen října",
        "november noiembrie nov novembre noviembre novembro listopada listopad ноябр kasım نوفمبر listopadu",
        "december decembrie dec dezember dez décembre déc decembre diciembre dic dicembre dezembro grudnia grudzień декабр груд aralık "
        "ديسمبر prosinec prosince desember des",
    ),
    start=1,
):
    for _name in _names.split():
        _MONTHS.setdefault(_name, _number)
# The time after a date, unless it is said to be another's ("05:42, 3 March 2025 | UPDATED: 17:42").
_TIME = (
    r"(?:(?!\W*(?:updated|modified|aktualisiert|mis à jour|actualizado|aggiornato|atualizado))"
    r"\D{0,12}?(\d{1,2})[:.h](\d{2})(?::\d{2})?\s?([ap]\.?m\.?)?)?"
)
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s?(?:of |de |-)?\s?([^\W\d_]{3,12})\.?(?:\s?/\s?[^\W\d_]{3,12})?,?\s?(?:de |del |-)?\s?(\d{4})(?!\d)"
    + _TIME,
    re.I,
)
_MONTH_FIRST = re.compile(
    r"(?<![^\W\d_])([^\W\d_]{3,12})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})(?!\d)" + _TIME, re.I
)
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?!\d)" + _TIME, re.I)
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[./年-]\s?(\d{1,2})[./月-]\s?(\d{1,2})日?(?!\d)" + _TIME)
_KOREAN = re.compile(r"(\d{4})\s?년\s?(\d{1,2})\s?월\s?(\d{1,2})\s?일")
_URL = re.compile(
    r"/(19[89]\d|20\d\d)[/-]?(0[1-9]|1[0-2]|[1-9])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_\-.]|$)"
)
_UPDATED = re.compile(
    r"\b(?:updated?|modified|aktualisiert|mis à jour|actualizado|aggiornato|atualizado|bijgewerkt|uppdaterad"
    r"|oppdatert|opdateret|zaktualizowano|обновлено|güncelleme)|更新|수정|تحديث",
    re.I,
)


# Hours of a stamp in the world's time at which it is the next day in Japan, and the day before in
# California.
_LATE, _EARLY = 15, 8
_FARTHEST = 14  # hours; no zone is farther from the world's time


@dataclass(frozen=True, slots=True)
class Dates:
    published: str | None = None
    modified: str | None = None


def dates_of(
    meta: Meta, node: Node | None, near: Sequence[Line], url: str | None, props: Sequence[str]
) -> Dates:
    """The dates of the story; ``near`` are the lines round the headline and after the end that are
    not the story itself, ``props`` the values of elements marked ``itemprop=datePublished``."""
    written, changed = _beside(near)
    modified = first_date(
        [node.text("dateModified") if node else None, *(meta.first(n) for n in _MODIFIED_METAS)]
    )
    days = [d[:10] for d in (modified, changed, _from_url(url), written) if d]
    published = first_date(
        [
            *([node.text("datePublished"), node.text("dateCreated")] if node else []),
            *(meta.first(name) for name in _PUBLISHED_METAS),
            *props,
        ],
        days,
    )
    if published is None or (len(published) < 11 and written and written[:10] == published):
        published = written or published
    if published and written:
        published = _in_local_time(published, written)
    dated = _from_url(url) or _from_url(meta.first("og:url"))
    if published is None or (dated and _is_stray(published, dated, written)):
        published = dated
    modified = modified or changed
    return Dates(published or modified, modified)


def _is_stray(published: str, dated: str, written: str | None) -> bool:
    """Whether a stamp is not the story's: the day in its URL is well before it, and no date beside
    the headline agrees with the stamp."""
    apart = (date.fromisoformat(published[:10]) - date.fromisoformat(dated)).days
    return apart > 1 and (written or "")[:10] != published[:10]


def _in_local_time(stamp: str, written: str) -> str:
    """A stamp in the zone of the time written beside the headline, when that is the same moment:
    readers know the story by its local day. Where only a day is written, that day, if the stamp falls
    on it in another zone."""
    if len(stamp) < len("2020-01-01T00:00:00"):
        return stamp
    moment, shown = _moment(stamp), _moment(written)
    if moment is None or shown is None:
        return stamp
    if len(written) == len("2020-01-01"):
        return _written_day(moment, shown) or stamp
    if shown.tzinfo and moment.tzinfo:
        return written if abs(shown - moment) < timedelta(minutes=1) else stamp
    if shown.tzinfo or not moment.tzinfo:
        return stamp
    moment = moment.astimezone(UTC)
    minutes = round((shown - moment.replace(tzinfo=None, second=0)).total_seconds() / 60)
    if minutes % 15 or not -12 * 60 <= minutes <= 14 * 60:
        return stamp
    if minutes == 0:
        return stamp if shown.date().isoformat() == stamp[:10] else moment.isoformat()
    return moment.astimezone(timezone(timedelta(minutes=minutes))).isoformat()


def _moment(stamp: str) -> datetime | None:
    """A stamp as a moment; None for one whose zone or seconds are none ("-50:00")."""
    try:
        return datetime.fromisoformat(stamp)
    except ValueError:
        return None


def _written_day(moment: datetime, shown: datetime) -> str | None:
    """The day written beside the headline if it is the one before or after a stamp's and the stamp is so
    early or so late that it is this day elsewhere; None otherwise, and for a stamp in a zone that is
    not the world's own."""
    if moment.utcoffset():
        return None
    days = (shown.date() - moment.date()).days
    elsewhere = (days == 1 and moment.hour >= _LATE) or (days == -1 and moment.hour < _EARLY)
    return shown.date().isoformat() if elsewhere else None


def first_date(values: Iterable[str | None], days: Sequence[str] = ()) -> str | None:
    """The first value that reads as a date, in ISO 8601. Where day and month could be either way
    round, a day that ``days`` names decides."""
    for value in values:
        found = iso_date(value) if value else None
        if found is None:
            continue
        turned = f"{found[:5]}{found[8:10]}-{found[5:7]}{found[10:]}"
        if turned[:10] in days and found[:10] not in days[:1] and _NUMERIC.search(value or ""):
            return turned
        return found
    return None


def iso_date(text: str) -> str | None:
    """A date as ISO 8601 with as much time as it gives, or None. Day before month where the order
    is open, as nearly the whole world writes it; month first where the day could be no month."""
    text = text.strip()[:120]
    if match := _ISO.search(text):
        return _iso_from(match.groups())
    if match := _COMPACT.match(text):
        return _iso_from(match.groups())
    if _EPOCH.match(text):
        return datetime.fromtimestamp(int(text[:10]), tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return _rfc(text) or written_date(text)


# The months of the Levant and Iraq that have a name of two words.
_TWO_WORDS = {
    "كانون الثاني": "يناير",
    "تشرين الأول": "أكتوبر",
    "تشرين الاول": "أكتوبر",
    "تشرين الثاني": "نوفمبر",
    "كانون الأول": "ديسمبر",
    "كانون الاول": "ديسمبر",
}


@remembered
def written_date(text: str) -> str | None:
    """A date in words or figures within ``text``."""
    for name, other in _TWO_WORDS.items() if not text.isascii() else ():
        text = text.replace(name, other)
    for pattern, order in ((_MONTH_FIRST, "mdy"), (_DAY_FIRST, "dmy")):
        for match in pattern.finditer(text):
            name = match.group(1 if order == "mdy" else 2).casefold()
            month = _month(name)
            day = match.group(2 if order == "mdy" else 1)
            if month and (made := _made(match.group(3), month, day, match.groups()[3:])):
                return made
    for shape in (_YEAR_FIRST, _KOREAN):
        if found := shape.search(text):
            year, number, day, *clock = found.groups()
            return _made(year, number, day, clock)
    if figures := _NUMERIC.search(text):
        day, number, year, *clock = figures.groups()
        american = "/" in figures.group() and int(day) <= 12 and bool(clock and clock[-1])
        if int(number) > 12 or american:
            day, number = number, day
        return _made(year, number, day, clock)
    return None


def _month(name: str) -> int | None:
    if name in _MONTHS:
        return _MONTHS[name]
    return next(
        (n for m, n in _MONTHS.items() if not m.isascii() and len(m) > 2 and name.startswith(m)),
        None,
    )


def _made(year: str, month: str | int, day: str, clock: Sequence[str | None]) -> str | None:
    stamp = _valid(int(year), int(month), int(day))
    if stamp is None:
        return None
    if len(clock) >= 2 and clock[0] and clock[1]:
        hour, minute = int(clock[0]), int(clock[1])
        half = (clock[2] or "").lower() if len(clock) > 2 else ""
        if half.startswith("p") and hour < 12:
            hour += 12
        elif half.startswith("a") and hour == 12:
            hour = 0
        if hour < 24 and minute < 60:
            return f"{stamp}T{hour:02}:{minute:02}:00"
    return stamp


def _iso_from(parts: Sequence[str | None]) -> str | None:
    year, month, day, hour, minute, second, zone = (*parts, None)[:7]
    stamp = _valid(int(year or 0), int(month or 0), int(day or 0))
    if stamp is None or hour is None or int(hour) > 23 or int(minute or 0) > 59:
        return stamp
    zone = (zone or "").upper().replace("UTC", "Z").replace("GMT", "Z")
    if len(zone) == 5:
        zone = zone[:3] + ":" + zone[3:]
    if zone[1:3].isdecimal() and int(zone[1:3]) > _FARTHEST:
        zone = ""
    return f"{stamp}T{int(hour):02}:{minute}:{second or '00'}{zone}"


def _valid(year: int, month: int, day: int) -> str | None:
    if not 1985 <= year <= 2100:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _rfc(text: str) -> str | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return found.isoformat() if 1985 <= found.year <= 2100 else None


def _beside(near: Sequence[Line]) -> tuple[str | None, str | None]:
    """Published and modified from ``time`` elements and dates written near the headline."""
    published = modified = None
    for line in sorted(near, key=_says_when):
        if len(line.text) > 160 and not line.times:
            continue
        found = next((d for t in line.times if (d := iso_date(t))), None) or written_date(line.text)
        if not found:
            continue
        if _UPDATED.search(line.text) and len(line.text) < 60:
            modified = modified or found
        else:
            published = published or found
    return published or None, modified


def _says_when(line: Line) -> int:
    """Lines that say what they give first, then those that begin with it, then the others in their
    order: a date may also end a caption or stand in a teaser."""
    if line.times or _SAID.search(line.text):
        return 0
    return 1 if _DATED.match(line.text) else 2


_SAID = Caseless(
    r"\b(?:published|posted|veröffentlicht|publiziert|erstellt|publié|publicado|pubblicato|gepubliceerd|publicerad|publisert)\b"
    r"|نشر|公開|配信|입력",
)
_DATED = Caseless(
    r"\W*(?:(?:first |last )?(?:published|posted|updated|modified)|date\b|datum|veröffentlicht|erstellt|aktualisiert|stand\b"
    r"|publié|mis à jour|le \d|publicado|actualizado|fecha|pubblicato|aggiornato|data\b|atualizado|gepubliceerd|publicerad|publisert"
    r"|опубликовано|نشر|تم نشره|公開|更新|配信|입력|\d{1,4}[\s./年-]|[^\W\d_]{2,10},?\s\d{1,2}[.,\s])",
)


def _from_url(url: str | None) -> str | None:
    match = _URL.search(url or "")
    return _valid(int(match[1]), int(match[2]), int(match[3])) if match else None


_LABEL = re.compile(r"(?:^|\s)([^\W\d_][^\W\d_'’. -]{0,20}(?: [^\W\d_]{1,12}){0,2}) ?:(?=\s)")
# What labels the parts of a page's own dateline.
_OF_STAMP = Caseless(
    r"(?:.{0,10}\b)?(?:published|posted|updated?|modified|created|written|author|by|category|section|hits|views|comments|reading|source|editor|reporter|photos?|tags?|topics?"
    r"|veröffentlicht|aktualisiert|erstellt|geändert|stand|autor(?:in)?|von|kategorie|rubrik|ressort|lesezeit|quelle|foto|publiée?|mise? à jour|auteur|par|catégorie|rubrique|lecture|mis à jour"
    r"|publicad[oa]|actualizad[oa]|por|categoría|sección|lectura|fuente|pubblicat[oa]|aggiornat[oa]|autore|di|categoria|sezione|lettura|fonte|atualizad[oa]|secção|seção|leitura)(?:\b.{0,8})?"
)


@remembered
def labels_stamp(term: str) -> bool:
    """Whether a label is one of a page's dateline: "Published", "Author", "Section"."""
    return _OF_STAMP.fullmatch(term.strip(" :"))


def tells_facts(text: str) -> bool:
    """Whether a line is several facts under their labels ("Date: … Time: … Place: …"), of which none is
    one of a page's dateline."""
    labels = _LABEL.findall(text)
    return len(labels) > 1 and not any(map(labels_stamp, labels))


def is_dateline(line: Line) -> bool:
    """A line of names, dates and dots rather than a sentence."""
    text = line.text
    if len(text) > 160 or (ends_sentence(text) and not _STAMP_FIRST.match(text)):
        return False
    if ": " in text and tells_facts(text):
        return False
    if _heads_entry(text):
        return False
    dated = bool(line.times) or written_date(text) is not None
    return dated and bool(_STAMPED.search(text))


def _heads_entry(text: str) -> bool:
    """Whether a clock is followed by what happened then: "20:15 Budget passes by five votes"."""
    clock = _CLOCK_FIRST.match(text)
    told = text[clock.end() :] if clock else ""
    words = [w for w in told.split() if w.isalpha()]
    small = [w for w in words if w.islower() and len(w) >= _WORD]
    if len(words) < _WORDS or not small or BYLINE.match(told):
        return False
    return written_date(told) is None and not _STAMPED.search(told) and not _APART.search(told)


_CLOCK_FIRST = re.compile(
    r"\W{0,3}\d{1,2}\s?[:.h]\s?\d{2}(?::\d{2})?\s?(?:[ap]\.?m\.?|uhr|h|gmt|utc|bst|cest|cet|e[sd]?t)?\b\W{0,3}",
    re.I,
)
_APART = re.compile(r"[|•·@]")
_WORDS, _WORD = 3, 3  # words behind the clock, and letters of one that no name has


def is_dated_byline(text: str) -> bool:
    """Whether a line is who wrote a story and its date: "By Ana Holm, 18 November 2026"."""
    if len(text) > _BYLINE or not BYLINE.match(text) or ends_sentence(text):
        return False
    return written_date(text) is not None and text[-1].isdigit()


_BYLINE = 100  # characters
_STAMP_FIRST = Caseless(
    r"\W*(?:(?:first |last )?(?:posted|published|updated|modified)|veröffentlicht|aktualisiert|publié|mis à jour|publicado"
    r"|actualizado|pubblicato|aggiornato|atualizado)\W{0,3}(?:on |am |le |el |em |il )?[\w.]{0,10}\W{0,2}\d",
)
_STAMPED = Caseless(
    r"\b(?:posted|published|updated|modified|created|veröffentlicht|aktualisiert|erstellt|stand:|publié|mis à jour|publicado"
    r"|actualizado|pubblicato|aggiornato|atualizado|gepubliceerd|publicerad|uppdaterad|publisert|oppdatert|lesezeit|min read"
    r"|uhr|a\.?m\.?|p\.?m\.?|e[sd]?t|gmt|utc|cet|cest|ist|wib)\b|\d:\d\d|公開|更新|配信|입력|نشر|تحديث",
)
