"""Links, titles and dates of listings, made safe: what a list says is never trusted."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from variorum.stages.watch.listing import MAX_TITLE

MAX_URL = 2_048
# Parameters that only say where a reader came from; they never change what a page says.
_TRACKING = re.compile(
    r"(?:utm_[a-z_]+|at_(?:medium|campaign|link_.*|format|ptr_.*|bbc_team)|fbclid|gclid|dclid|msclkid"
    r"|mc_[ce]id|ns_[a-z]+|xtor|cmpid|cmp|smid|partner|rss|ref_src|wt\.[a-z_]+|traffic_source"
    r"|ito|_ga|igshid|s_cid|ncid|guccounter|guce_referrer(?:_sig)?)\Z",
    re.IGNORECASE,
)
# Bidirectional controls and other invisible characters that could make a title read otherwise.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_TAG = re.compile(r"<[a-zA-Z!/?][^<>]{0,2000}>")
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?"
)
# Zones by name that e-mail dates do not define; where a name means several, the one news feeds use.
_ZONES = {
    "BST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "WET": 0, "WEST": 1, "EET": 2, "EEST": 3,
    "MSK": 3, "JST": 9, "KST": 9, "SGT": 8, "HKT": 8, "AEST": 10, "AEDT": 11, "NZST": 12,
    "NZDT": 13, "SAST": 2, "WAT": 1, "EAT": 3, "UTC": 0, "GMT": 0, "Z": 0,
}  # fmt: skip
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # before the web; such dates are empty fields


def clean_link(base: str, link: str | None) -> str | None:
    """The absolute http(s) URL of a link, without fragment and tracking parameters.

    None for an empty link, another scheme (javascript:, data:, mailto:), credentials, no host or
    an over-long one.
    """
    text = re.sub(r"[\t\r\n]", "", link or "").strip()
    if not text or len(text) > MAX_URL:
        return None
    try:
        absolute = text[:8].lower().startswith(("http://", "https://"))
        parts = urlsplit(text if absolute else urljoin(base, text))
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    default = {"http": 80, "https": 443}[parts.scheme]
    name = f"[{host}]" if ":" in host else host
    place = name if port in (None, default) else f"{name}:{port}"
    return urlunsplit(
        (parts.scheme, place, parts.path.replace(" ", "%20") or "/", _query(parts.query), "")
    )


def _query(query: str) -> str:
    """The query without tracking; left to the letter when there is none."""
    if not query or len(query) > MAX_URL:
        return query
    given = parse_qsl(query, keep_blank_values=True, max_num_fields=None)
    kept = [(k, v) for k, v in given if not _TRACKING.match(k)]
    return query.replace(" ", "%20") if len(kept) == len(given) else urlencode(kept)


def plain(text: str | None) -> str | None:
    """A title as plain text on one line: no tags, no script, no invisible characters, at most 500
    characters. None when nothing is left."""
    if not text:
        return None
    text = text[: 20 * MAX_TITLE]
    if "<" in text:
        text = re.sub(r"(?is)<(script|style)\b[^<>]{0,2000}>.*?(?:</\1\s*>|\Z)", " ", text)
        text = _TAG.sub("", text)
    if "&" in text:
        text = html.unescape(text)
    text = " ".join(_UNSEEN.sub("", text).split())
    return text[:MAX_TITLE] or None


def read_date(text: str | None) -> datetime | None:
    """A date of a feed or sitemap (RFC 822 or ISO 8601, time and zone optional) as UTC.

    One without a zone is read as UTC. None when it cannot be read.
    """
    value = (text or "").strip()[:64]
    if not value:
        return None
    try:
        if iso := _ISO.match(value):
            return _from_iso(iso)
        return _from_mail(value)
    except (ValueError, OverflowError, TypeError):
        return None


def _from_iso(found: re.Match[str]) -> datetime:
    year, month, day, hour, minute, second, zone = found.groups()
    time = datetime(
        int(year),
        int(month),
        int(day),
        int(hour or 0) % 24,
        int(minute or 0),
        int(second or 0) % 60,
    )
    return time.replace(tzinfo=UTC) - _offset(zone)


def _offset(zone: str | None) -> timedelta:
    if not zone or zone == "Z":
        return timedelta()
    sign = -1 if zone[0] == "-" else 1
    digits = zone[1:].replace(":", "")
    return sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))


def _from_mail(value: str) -> datetime | None:
    parsed = parsedate_tz(value)
    if parsed is None:
        return None
    time = datetime(*parsed[:6], tzinfo=UTC)
    if parsed[9]:
        return time - timedelta(seconds=parsed[9])
    name = value.rsplit(maxsplit=1)[-1].strip("()").upper()
    return time - timedelta(hours=_ZONES.get(name, 0))


def believable(time: datetime | None, now: datetime) -> datetime | None:
    """A listed date clamped for ordering: one in the future (year 9999) is now, one before the web
    is none."""
    if time is None or time < EARLIEST:
        return None
    return min(time, now)
