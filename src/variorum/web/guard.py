"""What holds for every answer: known host names only, reading only, nothing that could run."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from variorum.web.errors import PageError
from variorum.web.showing import problem
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
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}


class Guard:
    """Middleware around the whole application. Headers that an answer sets itself are kept."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self.site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        if refusal is None:
            await self.app(scope, receive, guarded)
        else:
            # The page about a refused host must not build links from that host.
            safe = {**scope, "headers": [h for h in scope["headers"] if h[0] != b"host"]}
            answer = problem(self.site, Request(safe), refusal)
            if refusal.status == 405:
                answer.headers["Allow"] = "GET, HEAD"
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
        if scope["method"] not in ("GET", "HEAD"):
            return PageError(405, "Only reading here", "These pages take GET and HEAD only.")
        return None


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
