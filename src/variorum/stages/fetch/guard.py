"""Where a request may go: only to public addresses, only over http and https.

A URL is judged before it is asked (:func:`allowed_url`), and the address that the socket is about
to connect to is judged once more (:meth:`Guard.socket`), because only that one is the truth: names
can resolve to anything and to something else a moment later.
"""

from __future__ import annotations

import socket
from typing import Any

from yarl import URL

from variorum.stages.fetch.addresses import address_in_disguise, denied_address, is_loopback

SCHEMES = ("http", "https")
LOCAL_NAMES = ("localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback")
# Names that only a network of one's own answers to (RFC 6762, 8375, 9476, 6761, ICANN 2024).
PRIVATE_SUFFIXES = (".local", ".internal", ".home.arpa", ".localdomain", ".lan", ".alt", ".onion")
MAX_URL = 8_192  # longer than any article's; servers commonly refuse above 8 KB
# Ports of services that misread an HTTP request as their own (WHATWG Fetch, "bad ports", abridged).
BAD_PORTS = frozenset(
    {1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95}
    | {101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179}
    | {389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601}
    | {636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000}
    | {6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080, 11211}
)


class ForbiddenError(OSError):
    """The guard refused to connect; ``str()`` is the reason in one plain phrase."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def allowed_address(address: str, *, allow_loopback: bool = False) -> str | None:
    """None when a request may go to this IP address, else why not."""
    if allow_loopback and is_loopback(address):
        return None
    return denied_address(address)


def allowed_url(url: str | URL, *, allow_loopback: bool = False) -> str | None:
    """None when this URL may be asked as far as its text tells, else why not, as one plain phrase.

    A name that resolves to a forbidden address is only found out at the connect.
    """
    parsed = parse_url(url)
    if isinstance(parsed, str):
        return parsed
    if parsed.scheme not in SCHEMES:
        return f"only http and https are asked, not {parsed.scheme or 'a relative address'}"
    if parsed.user is not None or parsed.password is not None:
        return "it carries a user name or password, and the archive goes around no login"
    if parsed.port in BAD_PORTS or parsed.port == 0:
        return f"port {parsed.port} belongs to another kind of service"
    host = parsed.raw_host
    if not host:
        return "it names no host"
    return _forbidden_host(host.lower(), allow_loopback)


def parse_url(url: str | URL) -> URL | str:
    """The URL read once, for the check and for the request alike; a phrase when it is none."""
    try:
        if isinstance(url, str):
            if any(ord(c) < 33 or ord(c) == 127 for c in url.strip()):
                return "it holds spaces or control characters"
            url.encode("utf-8")  # lone surrogates could not be stored
            url = URL(url.strip()[: MAX_URL + 1])
        # These are read late and raise for what the parser let pass.
        _ = url.host, url.raw_host, url.port, url.raw_path_qs
    except (ValueError, UnicodeError):
        return "it cannot be read as a URL"
    if len(str(url)) > MAX_URL:
        return f"it is longer than {MAX_URL} characters"
    return url


def _forbidden_host(host: str, allow_loopback: bool) -> str | None:
    name = host.rstrip(".")
    if name in LOCAL_NAMES or name.endswith(".localhost"):
        return None if allow_loopback else "it names this machine itself"
    if name.endswith(PRIVATE_SUFFIXES):
        return "it names a host of a private network"
    hidden = address_in_disguise(host)
    if hidden is not None:
        return f"{host} is an address in disguise ({denied_address(hidden) or hidden})"
    if ":" in name or name.replace(".", "").isdigit():
        return allowed_address(name, allow_loopback=allow_loopback)
    return None


class Guard:
    """The rules of one installation. ``allow_loopback`` lets requests reach this machine itself
    (the demo newspaper and tests), nothing else inside the house."""

    def __init__(self, allow_loopback: bool = False) -> None:
        self.allow_loopback = allow_loopback
        self.refused = 0

    def address(self, address: str) -> str | None:
        """None when a socket may connect there, else why not."""
        return allowed_address(address, allow_loopback=self.allow_loopback)

    def url(self, url: str | URL) -> str | None:
        """None when this may be asked, else why not."""
        return allowed_url(url, allow_loopback=self.allow_loopback)

    def socket(self, info: tuple[Any, ...]) -> socket.socket:
        """The socket for one ``getaddrinfo`` row, about to be connected. This is the check that
        counts; it raises :class:`ForbiddenError` when the address is none of the public ones."""
        family, kind, protocol, _, target = info
        if family not in (socket.AF_INET, socket.AF_INET6):
            self.refused += 1
            raise ForbiddenError("not an internet address")
        zoned = family == socket.AF_INET6 and len(target) > 3 and target[3]
        address = f"{target[0]}%{target[3]}" if zoned and "%" not in target[0] else str(target[0])
        why = self.address(address)
        if why is not None:
            self.refused += 1
            raise ForbiddenError(f"its address {target[0]} is {why}")
        return socket.socket(family=family, type=kind, proto=protocol)
