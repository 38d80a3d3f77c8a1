"""The languages that the pages speak: which one a reader wants, its messages, numbers and dates.

English is the language of the source texts; every other one has a catalogue in
``locale/CODE/LC_MESSAGES/variorum.po``. Programs are always answered in English: JSON, feeds, CSV
and problem+json never go through here.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib import resources
from typing import Any

from babel import Locale
from babel.dates import parse_pattern
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup
from starlette.datastructures import Headers
from starlette.requests import Request, cookie_parser
from starlette.types import Scope

DOMAIN = "variorum"
#: The cookie that remembers a language chosen, and for how many seconds.
COOKIE, REMEMBERED = "variorum-lang", 365 * 24 * 3600
#: The query parameter that chooses one.
PARAMETER = "lang"
# Longest Accept-Language header that is looked into.
_LONGEST = 400


@dataclass(frozen=True)
class Language:
    """One language of the pages. ``name`` is what it calls itself; ``moment`` and ``day`` are the
    patterns (CLDR) of a time to the minute and of a day."""

    code: str
    name: str
    moment: str = "d MMM y, HH:mm"
    day: str = "d MMM y"
    short: str = "d MMM"
    short_moment: str = "d MMM HH:mm"

    @cached_property
    def locale(self) -> Locale:
        return Locale.parse(self.code)

    @cached_property
    def messages(self) -> NullTranslations:
        return NullTranslations() if self.code == "en" else _catalogue(self.code)

    @cached_property
    def _marked(self) -> dict[tuple[str, str], Markup]:
        return {}

    def markup(self, message: str, context: str = "") -> Markup:
        """A message as markup, looked up once: there are as many as the sources hold."""
        key = (context, message)
        known = self._marked.get(key)
        if known is None:
            messages = self.messages
            said = messages.pgettext(context, message) if context else messages.gettext(message)
            known = self._marked[key] = Markup(said)  # noqa: S704 - a message of ours
        return known

    @cached_property
    def signs(self) -> dict[int, str]:
        """What stands for the comma and the point of an English number."""
        signs = self.locale.number_symbols["latn"]
        return {ord(","): signs["group"], ord("."): signs["decimal"]}

    def dated(self, time: datetime, pattern: str) -> str:
        """A point in time by one of our own CLDR patterns: what Babel's format_datetime gives, in a
        third of its time. A timeline has some thirty of them."""
        return _template(pattern) % {
            "d": time.day,
            "MMM": self._months[time.month],
            "y": time.year,
            "H": time.hour,
            "HH": f"{time.hour:02}",
            "mm": f"{time.minute:02}",
        }

    @cached_property
    def _months(self) -> Mapping[int, str]:
        return dict(self.locale.months["format"]["abbreviated"])


@lru_cache(maxsize=16)
def _template(pattern: str) -> str:
    """A CLDR pattern as a format string with the names of its fields."""
    return str(parse_pattern(pattern).format)


ENGLISH = Language("en", "English")
# Narrow spaces that do not break stand before the h of an hour, as French newspapers set it.
_HOUR = "H\u202f'h'\u202fmm"
FRENCH = Language(
    "fr",
    "Français",
    moment=f"d MMM y 'à' {_HOUR}",
    short_moment=f"d MMM, {_HOUR}",
)
#: All of them, in the order in which a page offers them.
LANGUAGES: Mapping[str, Language] = {one.code: one for one in (ENGLISH, FRENCH)}

_SPOKEN: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def current() -> Language:
    """The language of the page that is being made."""
    return _SPOKEN.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Make what is inside in this language."""
    token = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def N_(message: str) -> str:  # noqa: N802 - the name that catalogues are made by
    """Marks a message that is translated where it is shown."""
    return message


def NN_(one: str, more: str) -> tuple[str, str]:  # noqa: N802
    """Marks the two forms of a count."""
    return one, more


def gettext(message: str, **values: Any) -> str:
    """The message in the reader's language, ``%(name)s`` filled in."""
    text = _SPOKEN.get().messages.gettext(message)
    return text % values if values else text


def pgettext(context: str, message: str) -> str:
    """The message as it is meant in this context."""
    return _SPOKEN.get().messages.pgettext(context, message)


def ngettext(one: str, more: str, number: int) -> str:
    """The form that fits the number, as it stands in the catalogue."""
    return _SPOKEN.get().messages.ngettext(one, more, number)


def many(number: int, one: str, more: str, **values: Any) -> str:
    """The form that fits the number, which ``%(n)s`` stands for."""
    return ngettext(one, more, number) % {"n": decimal(number), **values}


def decimal(number: float, places: int = 0) -> str:
    """A number with the signs of the reader's language."""
    told = f"{number:,.{places}f}"
    language = _SPOKEN.get()
    return told if language is ENGLISH else told.translate(language.signs)


def wanted(scope: Scope) -> tuple[Language, bool]:
    """The language of an answer, and whether the address itself chose it: by ``?lang=``, else the
    cookie, else Accept-Language, else English."""
    asked = chosen_in(scope["query_string"].decode("latin-1"))
    if asked is not None:
        return asked, True
    headers = Headers(scope=scope)
    cookies = headers.get("cookie", "")
    known = LANGUAGES.get(cookie_parser(cookies).get(COOKIE, "")) if COOKIE in cookies else None
    return known or accepted(headers.get("accept-language", "")), False


def chosen_in(query: str) -> Language | None:
    """The language that a query string names, the last one where there are several."""
    if PARAMETER not in query:
        return None
    values = [p.partition("=")[2] for p in query.split("&") if p.startswith(PARAMETER + "=")]
    return LANGUAGES.get(values[-1]) if values else None


@lru_cache(maxsize=512)
def accepted(header: str) -> Language:
    """The language that an Accept-Language header (RFC 9110, 12.5.4) likes best of ours."""
    best, weight = ENGLISH, 0.0
    for part in header[:_LONGEST].split(","):
        tag, _, rest = part.partition(";")
        code = tag.strip().lower().partition("-")[0]
        language = ENGLISH if code == "*" else LANGUAGES.get(code)
        wish = liking(rest)
        if language is not None and wish > weight:
            best, weight = language, wish
    return best


def liking(text: str) -> float:
    """The weight (``q``) that a part of an Accept header gives itself, 0 to 1; 1 where it says none."""
    name, _, value = text.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    digits = value.strip()
    plain = digits[:5].replace(".", "", 1)
    return float(digits[:5]) if plain.isascii() and plain.isdigit() else 0.0


def language_of(request: Request) -> Language:
    """The language that the guard found out."""
    found: Language = request.scope.get("state", {}).get("language", ENGLISH)
    return found


def for_programs(path: str) -> bool:
    """Whether an address is one that programs read: those speak English."""
    return path == "/events" or path.endswith((".json", ".atom", ".csv", ".opml"))


def _catalogue(code: str) -> GNUTranslations:
    """The messages of a language, compiled in memory: there is no second file to keep in step."""
    place = resources.files("variorum.web") / "locale" / code / "LC_MESSAGES" / f"{DOMAIN}.po"
    compiled = io.BytesIO()
    with place.open("rb") as source:
        write_mo(compiled, read_po(source, locale=code))
    compiled.seek(0)
    return GNUTranslations(compiled)
