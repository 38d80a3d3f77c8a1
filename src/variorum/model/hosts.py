"""The host of an address, and the name that a publisher is known by."""

from __future__ import annotations

from urllib.parse import urlsplit


def host_of(url: str) -> str:
    """The host of a URL in lower case, without its port; "" where it has none or is no URL."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def bare_host(url: str) -> str:
    """The host of a URL without ``www.``, as the archive names it."""
    return host_of(url).removeprefix("www.")
