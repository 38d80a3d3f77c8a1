"""URLs in one form: what does not tell articles apart is taken out.

Follows the WHATWG URL standard for parsing where it matters here (case, default ports, dot
segments, percent-encoding, controls); what to drop beyond that is web practice, listed below.
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from variorum.model.hosts import bare_host

# Parameters that say where the reader came from, never what is read.
_TRACKING = re.compile(
    "|".join(
        (
            r"(?:utm|mtm|pk|piwik|matomo|hsa|oly|vero|wt|ns|at|stm|trk|fb|mc|sc|spm|_ga|gaa|guce)_.*",
            r"(?:fb|g|d|gb|wb|ms|yc|tw|ttc|li_fat_)clid|fbclid|gclsrc|clickid|wickedid|_openstat|_hsenc|_hsmi",
            r"cmp|cmpid|campaign(?:_?id)?|icid|intcid|int_source|ito|ocid|xtor|smid|smtyp|smprod",
            r"igshid|igsh|mbid|mkt_tok|ncid|taid|tpcc|wpisrc|wprov|yptr|guccounter|usqp|soc_src|soc_trk",
            r"ref|ref_?src|ref_?url|referrer|referer|source|src|traffic_source|trk|via|partner|emc|_r|sref",
            r"s_cid|scid|sr_share|share|shared|sharetype|socialshare|sh|feature|reflink|cmpredirect",
            r"unlocked_article_code|gift|giftcopy|leadsource|ftag|native_ads",
            r"cb|cachebuster|nocache|replytocom|showcomments?|jsessionid|phpsessid|sessionid",
            r"amp|amp_.*|outputtype|print|printable|mobile|force_?desktop|noredirect|googleamp|_amp",
        )
    ),
    re.IGNORECASE,
)
# Values of parameters that ask for another dress of the same page.
_DRESS = re.compile(
    r"(?:view|format|mode|layout|output|type|template|m)=(?:print|amp|mobile|text|rss|1)", re.I
)
_INDEX = re.compile(r"/(?:index|default|home)\.(?:s?html?|php|aspx?|jsp|cfm)$", re.IGNORECASE)
_VARIANT_HEAD = re.compile(r"^/(?:amp(?:html)?|mobile|m|print)(?=/.)", re.IGNORECASE)
_VARIANT_TAIL = re.compile(
    r"/(?:amp(?:html)?|print|mobile|single-?page)/?$|\.amp/?$", re.IGNORECASE
)
_VARIANT_MIDDLE = re.compile(r"[._-](?:amp|print)(?=\.s?html?$)", re.IGNORECASE)
_VARIANT_HOST = re.compile(r"^(?:m|mobile|amp|touch|wap|3g|print)\.(?=[^.]+\.[^.]+)", re.IGNORECASE)
_AMP_CACHE = re.compile(
    r"^https?://(?:(?:www\.)?google\.[a-z.]+/amp|[\w-]+\.cdn\.ampproject\.org/[cv])/(s/)?(.+)$",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"(?<=[^/])\.s?html?(?=$|\?)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x20\x7f]+")
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}
_SAFE = "!$&'()*+,;=:@-._~"


@lru_cache(maxsize=65536)
def canonical_url(url: str) -> str:
    """The form of an article's URL that is stored and compared: tracking, fragment, default port
    and the AMP, mobile or print dress taken off, host in lower case, the query in order.

    Compare by it; fetch the URL that was discovered, for a publisher may not serve this one. What
    is no http(s) URL comes back trimmed and otherwise as it is.
    """
    url = _AMP_CACHE.sub(_from_cache, _CONTROL.sub("", url))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not parts.hostname:
        return url
    host = _host(parts.hostname)
    where = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    query = _query(parts.query)
    return f"{scheme}://{where}{_path(parts.path)}{'?' + query if query else ''}"


def identity_key(url: str) -> str:
    """What two URLs of one page share: the canonical form without scheme, ``www`` and a
    technical suffix (.html)."""
    url = canonical_url(url)
    _, found, rest = url.partition("://")
    rest = (rest if found else url).removeprefix("www.")
    return _SUFFIX.sub("", rest)


def host_of(url: str) -> str:
    """The host of a URL without ``www``; "" where there is none."""
    return bare_host(canonical_url(url))


def path_of(url: str) -> str:
    """The path of the canonical form, without the slash at its end."""
    try:
        return urlsplit(canonical_url(url)).path.rstrip("/")
    except ValueError:
        return ""


def _from_cache(found: re.Match[str]) -> str:
    return f"{'https' if found.group(1) else 'http'}://{found.group(2)}"


def _host(name: str) -> str:
    name = name.rstrip(".").lower()
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        pass
    else:
        return f"[{name}]" if ":" in name else name
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            return name
    return _VARIANT_HOST.sub("www." if name.count(".") == 2 else "", name)


def _path(path: str) -> str:
    path = _SESSION.sub("", path)
    path = _normal_percent(_without_dots(path))
    path = re.sub(r"/{2,}", "/", path)
    path = _INDEX.sub("/", path)
    shorter = _VARIANT_MIDDLE.sub("", _VARIANT_TAIL.sub("", _VARIANT_HEAD.sub("", path)))
    path = shorter if len(shorter) > 1 else path
    return path.rstrip("/") or "/"


def _without_dots(path: str) -> str:
    if "/." not in path and not path.startswith("."):
        return path
    kept: list[str] = []
    for piece in path.split("/"):
        if piece in ("..", "%2e%2e", "%2E%2E", ".%2e", "%2e."):
            if len(kept) > 1:
                kept.pop()
        elif piece not in (".", "%2e", "%2E"):
            kept.append(piece)
    return "/".join(kept)


def _normal_percent(path: str) -> str:
    return "/".join(
        quote(unquote(p, errors="surrogateescape"), safe=_SAFE, errors="surrogateescape")
        for p in path.split("/")
    )


def _query(query: str) -> str:
    if not query:
        return ""
    try:
        pairs = parse_qsl(
            query, keep_blank_values=True, errors="surrogateescape", max_num_fields=200
        )
    except ValueError:
        return query
    kept = [
        (k, v) for k, v in pairs if not _TRACKING.fullmatch(k) and not _DRESS.fullmatch(f"{k}={v}")
    ]
    return urlencode(sorted(kept), errors="surrogateescape")
