"""What holds for every answer: known host names and visitors only, changes only where something can
be changed, nothing that could run."""

from __future__ import annotations

from collections.abc import Sequence
from re import Pattern

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from variorum.web.errors import PageError
from variorum.web.languages import (
    COOKIE,
    ENGLISH,
    REMEMBERED,
    for_programs,
    speaking,
    wanted,
)
from variorum.web.people.deeds import set_cookie, sign_in_first
from variorum.web.people.visitor import NOBODY, shows_token
from variorum.web.showing import problem, wants_json
from variorum.web.site import Site

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
#: What every answer says unless it says something else itself.
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}
#: What is said besides where somebody is or becomes known: no other window reaches theirs. It costs
#: a browser a process of its own before it paints, and a page that everybody may read guards nothing.
_APART = {"Cross-Origin-Opener-Policy": "same-origin"}
# What is there for everybody even where readers have to sign in.
_OPEN = ("/sign-in", "/static/", "/websub/")
_PRIVATE = "This archive is shown only to people with an account."


class Guard:
    """Middleware around the whole application. Headers that an answer sets itself are kept."""

    def __init__(
        self,
        app: ASGIApp,
        site: Site,
        orders: Sequence[Pattern[str]] = (),
        pages: Sequence[Pattern[str]] = (),
    ) -> None:
        self.app = app
        self.site = site
        #: the paths under which something is shown
        self.pages = pages
        #: the paths under which something can be done by POST
        self.orders = orders

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                framed = "frame-ancestors *" in headers.get("Content-Security-Policy", "")
                said = HEADERS | _APART if _somebody(scope) else HEADERS
                for name, value in said.items():
                    if not (framed and name == "X-Frame-Options"):
                        headers.setdefault(name, value)
                if "Content-Language" in headers:
                    _depends_on_language(scope, headers, chosen=chosen)
            await send(message)

        language, chosen = (ENGLISH, False) if for_programs(scope["path"]) else wanted(scope)
        scope.setdefault("state", {})["language"] = language
        with speaking(language):
            await self._answer(scope, receive, guarded)

    async def _answer(self, scope: Scope, receive: Receive, guarded: Send) -> None:
        refusal = self._refusal(scope)
        if refusal is None:
            refusal = await self._recognise(scope)
        if refusal is None:
            await self.app(scope, receive, guarded)
        elif refusal.status == 401 and self._asks_for_a_page(scope):
            await sign_in_first(Request(scope))(scope, receive, guarded)
        else:
            # The page about a refused host must not build links from that host.
            safe = {**scope, "headers": [h for h in scope["headers"] if h[0] != b"host"]}
            answer = problem(self.site, Request(safe), refusal)
            if refusal.status == 405:
                answer.headers["Allow"] = self._allowed(scope)
            await answer(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> PageError | None:
        host = Headers(scope=scope).get("host", "")
        if not host_allowed(host, self.site.allowed_hosts):
            return PageError(
                421,
                "Not under this name",
                "These pages are not served under that host name. Whoever runs this archive can "
                "allow it with --allowed-host.",
            )
        method = scope["method"]
        if method not in ("GET", "HEAD") and not (method == "POST" and self._takes_orders(scope)):
            return PageError(405, "Read only", "These pages take GET and HEAD only.")
        return None

    def _allowed(self, scope: Scope) -> str:
        """The methods that make sense where a request asked for another."""
        orders = self._takes_orders(scope)
        shown = not orders or any(pattern.match(scope["path"]) for pattern in self.pages)
        return ", ".join((["GET", "HEAD"] if shown else []) + (["POST"] if orders else []))

    def _takes_orders(self, scope: Scope) -> bool:
        return any(pattern.match(scope["path"]) for pattern in self.orders)

    def _asks_for_a_page(self, scope: Scope) -> bool:
        unknown = shows_token(Headers(scope=scope).get("authorization", ""))
        return scope["method"] in ("GET", "HEAD") and not unknown and not wants_json(Request(scope))

    async def _recognise(self, scope: Scope) -> PageError | None:
        """Note in the scope who asks; a refusal where that is not to be believed or not enough."""
        visitor = NOBODY
        headers = Headers(scope=scope)
        if shows_token(headers.get("authorization", "")) or "variorum=" in headers.get(
            "cookie", ""
        ):
            try:
                visitor = await to_thread.run_sync(self.site.access.recognise, scope)
            except PageError as error:
                return error
        scope.setdefault("state", {})["visitor"] = visitor
        closed = self.site.access.rules.private and not visitor.role
        open_to_all = scope["path"].startswith(_OPEN)
        return PageError(401, "Sign in first", _PRIVATE) if closed and not open_to_all else None


def _somebody(scope: Scope) -> bool:
    """Whether the one who asks has an account, or is about to say so."""
    visitor = scope.get("state", {}).get("visitor", NOBODY)
    return bool(visitor.role) or scope["path"].startswith("/sign-in")


def _depends_on_language(scope: Scope, headers: MutableHeaders, *, chosen: bool) -> None:
    """Caches keep the languages apart, and a language chosen by its link is remembered."""
    headers.add_vary_header("Accept-Language")
    headers.add_vary_header("Cookie")
    if not chosen:
        return
    cookie = set_cookie(Request(scope), COOKIE, headers["Content-Language"], REMEMBERED, "Lax")
    headers.append("Set-Cookie", cookie)
    if headers.get("Cache-Control", "no-cache") == "no-cache":
        headers["Cache-Control"] = "private, no-cache"


def host_allowed(host: str, allowed: Sequence[str]) -> bool:
    """Whether a Host header names one of the ``allowed`` hosts, whatever its port."""
    if "*" in allowed:
        return True
    name, bracket, rest = host.partition("]") if host.startswith("[") else (host, "", "")
    if bracket:
        name, port = name + "]", rest.removeprefix(":")
    else:
        name, _, port = host.partition(":")
    if port and not port.isdigit():
        return False
    return name.lower() in {a.lower() for a in allowed}
