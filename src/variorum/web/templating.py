"""Templates: autoescaped, with the few filters that pages need."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from ipaddress import ip_address
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from variorum.about import __version__
from variorum.model.times import iso, parse_iso
from variorum.web.assets import Assets
from variorum.web.naming import NAMES

# What no text may bring into a page: control characters other than tab and line feed, and lone
# surrogates, which no encoding has bytes for.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DAY = timedelta(days=1)


def environment(assets: Assets, demo: str | None) -> Environment:
    """The templates of ``web/templates``."""
    env = Environment(
        loader=PackageLoader("variorum.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {
        "when": when,
        "day": day,
        "span": span,
        "weblink": weblink,
        "marked": marked,
        "named": lambda kind: NAMES.get(kind, kind),
        "bytes": byte_size,
        "iso": iso,
        "published": published,
        "memento": memento,
        "hostname": hostname,
        "host_of": host_of,
        "badges": badges,
    }
    env.globals |= {"asset": assets.url, "demo": demo, "version_of_us": __version__}
    return env


def harmless(text: str) -> str:
    """``text`` without control characters; what stood there shows as a replacement character."""
    return _CONTROL.sub("\ufffd", text)


@lru_cache(maxsize=4096)
def when(time: datetime | None) -> Markup:
    """A point in time, to the minute, in UTC."""
    if time is None:
        return Markup("never")
    time = time.astimezone(UTC)
    shown = f"{time.day} {time:%b %Y, %H:%M}"
    told = f'<time datetime="{iso(time)}">{shown} <abbr title="Universal time">UTC</abbr></time>'
    return Markup(told)  # noqa: S704 - digits and names of months


def day(time: datetime) -> str:
    """A day: 12 Mar 2025."""
    time = time.astimezone(UTC)
    return f"{time.day} {time:%b %Y}"


def span(length: timedelta | float | None) -> str:
    """A length of time as people say it; floats are seconds."""
    if length is None:
        return ""
    seconds = length.total_seconds() if isinstance(length, timedelta) else length
    for size, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        # Two of a unit before it is used: "36 hours" says more than "1 day".
        if seconds >= 2 * size or (size == 60 and seconds >= 60):
            number = int(seconds // size)
            return f"{number} {name}{'s' if number != 1 else ''}"
    return "under a minute"


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


def host_of(url: str) -> str:
    """The host of a URL as the archive names it, "" where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def hostname(host: str) -> str:
    """The name of a host, "" for one that has a number only: that tells a reader nothing."""
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return host
    return ""


@lru_cache(maxsize=4096)
def badges(kinds: tuple[str, ...], limit: int = 6) -> Markup:
    """The kinds of a change as a list of badges; what is over the limit is counted."""
    shown = [
        Markup('<li class="badge b-{}">{}</li>').format(k, NAMES.get(k, k)) for k in kinds[:limit]
    ]
    if len(kinds) > limit:
        rest = Markup('<li class="badge rest">and {} more</li>').format(len(kinds) - limit)
        shown.append(rest)
    return Markup('<ul class="badges" aria-label="Kinds of change">{}</ul>').format(
        Markup("").join(shown)
    )


#: Characters of a URL that may stand after a prefix of ours: all but "#", which ends a path.
URL_SAFE = ":/@!$&'()*+,;=~%?"


def marked(snippet: str) -> Markup:
    """A search snippet: U+0002 … U+0003 become a mark."""
    text = str(escape(snippet.replace("\r", " ")))
    opened = text.count("\x02") == text.count("\x03")
    text = text.replace("\x02", "<mark>" if opened else "")
    return Markup(text.replace("\x03", "</mark>" if opened else ""))  # noqa: S704 - escaped above


def byte_size(number: int) -> str:
    """Bytes as people say them."""
    size = float(number)
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            return f"{size:.0f} {unit}" if size >= 10 or unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return ""


Filter = Callable[..., Any]
