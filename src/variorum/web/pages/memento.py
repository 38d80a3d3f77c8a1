"""Memento (RFC 7089): TimeGate, TimeMap, and captured pages as they were received.

A captured page is somebody else's code. It is served with a policy under which nothing of it runs,
loads or knows this origin, and never as a page of the archive.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from variorum.model import Article, Capture
from variorum.pipeline.bodies import body_of
from variorum.pipeline.identity import find_article
from variorum.store.records import Records
from variorum.web.errors import PageError, bad_request, not_found
from variorum.web.routing import Raw
from variorum.web.site import Site, refuse_hidden
from variorum.web.templating import URL_SAFE, memento, weblink

_SCHEME = re.compile(r"(https?):/{1,2}", re.IGNORECASE)
_ESCAPED = re.compile(r"https?(%3A|:%2F)", re.IGNORECASE)
_LINKS = "application/link-format"
_SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
# Types shown in the browser; everything else is offered as a file.
_SHOWN = frozenset({"text/html", "application/xhtml+xml", "text/plain"})


def timegate(site: Site, request: Request) -> Response:
    """Redirects to the memento nearest to Accept-Datetime, the newest without one."""
    url = _url(request)
    base = _base(request)
    article, captures = _mementos(site, url)
    wanted = request.headers.get("accept-datetime")
    chosen = captures[-1] if wanted is None else _nearest(captures, _http_date(wanted))
    place = memento(chosen.url, chosen.time)
    headers = {
        "Vary": "accept-datetime",
        "Link": ", ".join(
            (
                f'<{_safe(article.url)}>; rel="original"',
                f'<{base}/timemap/link/{_safe(article.url)}>; rel="timemap"; type="{_LINKS}"',
                *_ends(base, captures),
            )
        ),
    }
    return RedirectResponse(base + place, 302, headers=headers)


def timemap(site: Site, request: Request) -> Response:
    """Every memento of an article, in link format (RFC 6690)."""
    url = _url(request)
    base = _base(request)
    article, captures = _mementos(site, url)
    first, last = captures[0].time, captures[-1].time
    lines = [
        f'<{_safe(article.url)}>; rel="original"',
        f'<{base}/timemap/link/{_safe(url)}>; rel="self"; type="{_LINKS}"; '
        f'from="{_date(first)}"; until="{_date(last)}"',
        f'<{base}/timegate/{_safe(url)}>; rel="timegate"',
    ]
    for k, capture in enumerate(captures):
        ends = ("first ",) * (k == 0) + ("last ",) * (k == len(captures) - 1)
        lines.append(_memento_link(base, capture, "".join(ends) + "memento"))
    return Response(",\n".join(lines) + "\n", media_type=_LINKS)


def captured(site: Site, request: Request) -> Response:
    """The bytes of one capture, under a policy that lets nothing of them run."""
    url = _url(request)
    base = _base(request)
    time = _stamp(request.path_params["time"])
    article, captures = _mementos(site, url)
    exact = [c for c in captures if c.time.replace(microsecond=0) == time]
    if not exact:
        nearest = _nearest(captures, time)
        return RedirectResponse(base + memento(nearest.url, nearest.time), 302)
    chosen = next((c for c in exact if c.url == url), exact[0])
    with site.read() as records:
        body, content_type = body_of(site.archive, records, chosen)
    return Response(body, headers=_captured_headers(base, article, chosen, content_type, captures))


def _captured_headers(
    base: str,
    article: Article,
    capture: Capture,
    content_type: str | None,
    captures: Sequence[Capture],
) -> dict[str, str]:
    given = _latin(content_type or capture.media_type or "application/octet-stream")
    shown = given.split(";")[0].strip().lower() in _SHOWN
    return {
        "Content-Type": given if shown else "application/octet-stream",
        "Content-Disposition": "inline" if shown else "attachment",
        "Content-Security-Policy": _SANDBOX,
        **_built(capture),
        "X-Archive-Orig-Content-Type": given,
        "X-Robots-Tag": "noindex, nofollow",
        "Memento-Datetime": _date(capture.time),
        "Cache-Control": "private, max-age=600",
        "Link": ", ".join(
            (
                f'<{_safe(article.url)}>; rel="original"',
                f'<{base}/timegate/{_safe(article.url)}>; rel="timegate"',
                f'<{base}/timemap/link/{_safe(article.url)}>; rel="timemap"; type="{_LINKS}"',
                *_ends(base, captures),
            )
        ),
    }


def _built(capture: Capture) -> dict[str, str]:
    """Says of a page that a browser built that it is not what the server sent."""
    told = capture.details.get("rendered")
    return {"X-Archive-Rendered-By": _latin(str(told["browser"]))} if told else {}


def _mementos(site: Site, url: str) -> tuple[Article, list[Capture]]:
    """The article at ``url`` and its captures that hold a body."""
    with site.read() as records:
        article = find_article(records, url)
        if article is not None:
            refuse_hidden(records, article.id)
        captures = [] if article is None else _captures(records, article)
    held = [c for c in captures if c.record is not None and (c.digest or c.status == 304)]
    if article is None or not held:
        raise not_found("Not in this archive", "No capture of that address is kept here.")
    return article, held


def _captures(records: Records, article: Article) -> list[Capture]:
    """The captures of an article, and those of its address that were split from it by hand."""
    captures = records.captures(article.id)
    for other in records.parted_from(article.id):
        if records.hiding(other) is None:
            captures += [c for c in records.captures(other) if c.url == article.url]
    return sorted(captures, key=lambda c: (c.time, c.id))


def _url(request: Request) -> str:
    """The archived URL in the path, its query string included, to the letter as it was asked."""
    raw = request.scope.get("raw_path") or quote(request.scope["path"]).encode()
    path = raw.decode("latin-1").split("?")[0]
    prefix = next(p for p in ("/timegate/", "/timemap/link/", "/memento/") if path.startswith(p))
    url = path.removeprefix(prefix)
    if prefix == "/memento/":
        url = url.partition("/")[2]
    query = request.scope["query_string"].decode("latin-1")
    url = f"{url}?{query}" if query else url
    # Clients escape an address that is part of another, and proxies collapse its slashes.
    if _ESCAPED.match(url):
        url = unquote(url)
    found = _SCHEME.match(url)
    url = f"{found[1].lower()}://{url[found.end() :]}" if found else url
    if ":" not in url.split("/")[0]:
        url = f"http://{url}"
    if weblink(url) is None and not url.startswith("newssniffer:"):
        raise not_found(
            "Not in this archive", "An address that begins with http:// or https:// is needed here."
        )
    return url


def _http_date(text: str) -> datetime:
    try:
        time = parsedate_to_datetime(text)
        return (time.replace(tzinfo=UTC) if time.tzinfo is None else time).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        raise bad_request(
            "Accept-Datetime takes a date such as Thu, 31 May 2007 20:35:00 GMT."
        ) from None


def _stamp(digits: str) -> datetime:
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        raise PageError(
            404, "No such time", "14 digits are needed: year, month, day, hour, minute, second."
        ) from None


def _nearest(captures: Sequence[Capture], time: datetime) -> Capture:
    return min(captures, key=lambda c: abs((c.time - time).total_seconds()))


def _ends(base: str, captures: Sequence[Capture]) -> list[str]:
    if len(captures) == 1:
        return [_memento_link(base, captures[0], "first last memento")]
    return [
        _memento_link(base, captures[0], "first memento"),
        _memento_link(base, captures[-1], "last memento"),
    ]


def _memento_link(base: str, capture: Capture, rel: str) -> str:
    place = memento(capture.url, capture.time)
    return f'<{base}{place}>; rel="{rel}"; datetime="{_date(capture.time)}"'


def _date(time: datetime) -> str:
    return format_datetime(time.astimezone(UTC).replace(microsecond=0), usegmt=True)


def _safe(url: str) -> str:
    """A URL that can stand between angle brackets in a header."""
    return quote(url, safe=URL_SAFE + "#[]")


def _latin(text: str) -> str:
    return "".join(c if 32 <= ord(c) < 127 else "?" for c in text)


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


RAWS = (
    Raw("/timegate/{url:path}", timegate.__doc__ or "", timegate, "text/html", (302,)),
    Raw("/timemap/link/{url:path}", timemap.__doc__ or "", timemap, _LINKS),
    Raw(
        "/memento/{time:stamp}/{url:path}",
        captured.__doc__ or "",
        captured,
        "application/octet-stream",
        (200, 302),
    ),
)
