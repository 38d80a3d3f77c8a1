"""Templates: autoescaped, with the few filters that pages need."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from ipaddress import ip_address
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import PackageLoader, StrictUndefined, Template
from jinja2.ext import Extension
from markupsafe import Markup, escape

from variorum.about import __version__
from variorum.model import Version
from variorum.model.hosts import bare_host
from variorum.model.times import iso, parse_iso
from variorum.pipeline.damage import damage_told
from variorum.web import languages
from variorum.web.assets import Assets
from variorum.web.languages import N_, NN_, Language, current, gettext, many
from variorum.web.naming import media_named, named, role_named, speaker_named
from variorum.web.quick import QuickEnvironment
from variorum.web.reported import plainly, told

# What no text may bring into a page: control characters other than tab and line feed, and lone
# surrogates, which no encoding has bytes for.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# The same among the bytes of UTF-8, looked for in three quick ways: in a fifth of the time.
_SINGLE = bytes((*range(0x09), *range(0x0B, 0x20), 0x7F))
_SECOND = re.compile(b"\xc2[\x80-\x9f]")
_LAST = re.compile(b"\xef\xbf[\xbe\xbf]")
_DAY = timedelta(days=1)


class Templates:
    """The templates of ``web/templates``, compiled once for each language."""

    def __init__(self, assets: Assets, demo: str | None) -> None:
        self._assets, self._demo = assets, demo
        self._known: dict[str, QuickEnvironment] = {}

    def get_template(self, name: str) -> Template:
        """A template in the language of the page that is being made. It is to be rendered while
        that language is spoken: what it includes is compiled then."""
        language = current()
        env = self._known.get(language.code)
        if env is None:
            env = self._known[language.code] = environment(self._assets, self._demo)
        return env.get_template(name)


class _Spoken(Extension):
    """Puts plain messages into the source of a template: they cost nothing when a page is made."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _PLAIN.sub(lambda found: _said(found[1].replace("\\'", "'")), source)


# {{ _('a message') }}, with nothing to fill in. Each character is looked at once.
_PLAIN = re.compile(r"\{\{ _\('((?:[^'\\]|\\.)*)'\) \}\}")


def environment(assets: Assets, demo: str | None) -> QuickEnvironment:
    """The templates, to be compiled in the language that is spoken now."""
    env = QuickEnvironment(
        loader=PackageLoader("variorum.web"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", _Spoken],
    )
    env.policies["ext.i18n.trimmed"] = True
    # Jinja's own functions would each go through the context three times, which took longer than
    # all the rest of a page. These ask for the reader's language when they are called.
    env.newstyle_gettext = True  # type: ignore[attr-defined]
    env.globals |= {"_": _said, "gettext": _said, "pgettext": _said_of, "many": _many}
    env.filters |= {
        "when": when,
        "day": day,
        "span": span,
        "weblink": weblink,
        "marked": marked,
        "named": named,
        "told": told,
        "damage": damage_told,
        "plainly": plainly,
        "role": role_named,
        "speaker_kind": lambda kind: speaker_named(str(kind)),
        "media_kind": lambda kind: media_named(str(kind)),
        "cell": cell,
        "number": languages.decimal,
        "versioned": versioned,
        "bytes": byte_size,
        "iso": iso,
        "published": published,
        "memento": memento,
        "hostname": hostname,
        "host_of": bare_host,
        "badges": badges,
    }
    env.globals |= {
        "asset": assets.url,
        "demo": demo,
        "version_of_us": __version__,
        "script_words": script_words,
        "speech": current,
        "languages": tuple(languages.LANGUAGES.values()),
    }
    return env


def harmless(text: str) -> str:
    """``text`` without control characters; what stood there shows as a replacement character."""
    return _CONTROL.sub("\ufffd", text)


def harmless_bytes(text: str) -> bytes:
    """The same in UTF-8."""
    try:
        data = text.encode()
    except UnicodeEncodeError:  # a lone surrogate
        return harmless(text).encode()
    clean = len(data.translate(None, _SINGLE)) == len(data)
    if clean and not _SECOND.search(data) and not _LAST.search(data):
        return data
    return harmless(text).encode()


def when(time: datetime | None) -> Markup:
    """A point in time, to the minute, in UTC."""
    return _when(time, current())


@lru_cache(maxsize=4096)
def _when(time: datetime | None, language: Language) -> Markup:
    if time is None:
        return escape(gettext("never"))
    time = time.astimezone(UTC)
    # Escaped here by hand: Markup.format took a tenth of the time of a timeline.
    told = escape(language.dated(time, language.moment))
    return Markup(  # noqa: S704 - of digits, an escaped date and a message of ours
        f'<time datetime="{iso(time)}">{told}\u00a0<abbr title="{_universal(language)}">UTC</abbr></time>'
    )


@lru_cache(maxsize=8)
def _universal(language: Language) -> Markup:
    return escape(gettext("Universal time"))


def day(time: datetime) -> str:
    """A day: 12 Mar 2025."""
    return _day(time, current())


@lru_cache(maxsize=4096)
def _day(time: datetime, language: Language) -> str:
    return language.dated(time.astimezone(UTC), language.day)


def versioned(version: Version) -> str:
    """What a version is called: as it came labelled, else by its number."""
    return version.label or gettext("version %(n)s", n=version.number)


def _said(message: str, **values: Any) -> Markup:
    """:func:`languages.gettext` for templates: the message may hold markup, the values may not."""
    text = current().markup(message)
    return text % values if values else text


def _said_of(context: str, message: str, **values: Any) -> Markup:
    """The same of a message with a context."""
    text = current().markup(message, context)
    return text % values if values else text


def _many(number: int, one: str, more: str, **values: Any) -> Markup:
    """:func:`languages.many` for templates, likewise."""
    text = Markup(languages.ngettext(one, more, number))  # noqa: S704 - a message of ours
    return text % {"n": languages.decimal(number), **values}


def span(length: timedelta | float | None) -> str:
    """A length of time as people say it; floats are seconds."""
    if length is None:
        return ""
    seconds = length.total_seconds() if isinstance(length, timedelta) else length
    for size, (one, more) in _UNITS:
        # Two of a unit before it is used: "36 hours" says more than "1 day".
        if seconds >= 2 * size or (size == 60 and seconds >= 60):
            return many(int(seconds // size), one, more)
    return gettext("under a minute")


_UNITS = (
    (86_400, NN_("%(n)s day", "%(n)s days")),
    (3_600, NN_("%(n)s hour", "%(n)s hours")),
    (60, NN_("%(n)s minute", "%(n)s minutes")),
)


def published(text: str | None) -> Markup | str:
    """A publisher's date as given: a time in UTC, a day as a day, anything else to the letter."""
    if not text:
        return ""
    try:
        return when(parse_iso(text)) if len(text) >= 16 else day(parse_iso(text))
    except (ValueError, OverflowError):
        return text


def weblink(url: str | None) -> str | None:
    """The URL where it may be linked to (http and https only), else None."""
    if not url or any(c.isspace() or ord(c) < 32 for c in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def memento(url: str, time: datetime) -> str:
    """The path of a captured page as it was received."""
    return f"/memento/{time.astimezone(UTC):%Y%m%d%H%M%S}/{quote(url, safe=URL_SAFE)}"


def hostname(host: str) -> str:
    """The name of a host, "" for one that has a number only: that tells a reader nothing."""
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return host
    return ""


def badges(kinds: tuple[str, ...], limit: int = 6) -> Markup:
    """The kinds of a change as a list of badges; what is over the limit is counted."""
    return _badges(kinds, limit, current())


@lru_cache(maxsize=4096)
def _badges(kinds: tuple[str, ...], limit: int, language: Language) -> Markup:
    shown = [Markup('<li class="badge b-{}">{}</li>').format(k, named(k)) for k in kinds[:limit]]
    if len(kinds) > limit:
        rest = gettext("and %(n)s more", n=len(kinds) - limit)
        shown.append(Markup('<li class="badge rest">{}</li>').format(rest))
    return Markup('<ul class="badges" aria-label="{}">{}</ul>').format(
        gettext("Kinds of change"), Markup("").join(shown)
    )


#: Characters of a URL that may stand after a prefix of ours: all but "#", which ends a path.
URL_SAFE = ":/@!$&'()*+,;=~%?"


def marked(snippet: str, element: str = "mark") -> Markup:
    """A search snippet: U+0002 … U+0003 become an ``element``."""
    text = str(escape(snippet.replace("\r", " ")))
    opened = text.count("\x02") == text.count("\x03")
    text = text.replace("\x02", f"<{element}>" if opened else "")
    return Markup(text.replace("\x03", f"</{element}>" if opened else ""))  # noqa: S704 - escaped above


def byte_size(number: int) -> str:
    """Bytes as people say them."""
    size = float(number)
    for unit in (N_("bytes"), N_("kB"), N_("MB"), N_("GB")):
        if size < 1000 or unit == "GB":
            places = 0 if size >= 10 or unit == "bytes" else 1
            return f"{languages.decimal(size, places)}\u00a0{gettext(unit)}"
        size /= 1000
    return ""


def cell(value: Any) -> str:
    """A cell of a table: numbers with the signs of the reader's language."""
    if isinstance(value, float) and not value.is_integer():
        return languages.decimal(value, 1)
    return languages.decimal(value) if isinstance(value, (int, float)) else str(value)


#: What the script says: it has the English words and looks here for others.
SCRIPT_WORDS = (
    N_("next change"),
    N_("previous change"),
    N_("earlier step"),
    N_("later step"),
    N_("another view"),
    N_("this list"),
    N_("Keys"),
    N_("Close"),
    N_("Turn keys on"),
    N_("Turn keys off"),
    N_("1 new change"),
    N_("{n} new changes"),
)


def script_words() -> str:
    """The words of ``static/variorum.js`` in the reader's language, as JSON."""
    return json.dumps({word: gettext(word) for word in SCRIPT_WORDS}, ensure_ascii=False)


Filter = Callable[..., Any]
