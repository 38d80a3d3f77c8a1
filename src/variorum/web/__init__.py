"""The pages of an archive: server-rendered, complete without JavaScript, each with a JSON twin."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from starlette.applications import Starlette

    from variorum.store.archive import Archive
    from variorum.web.people.access import Rules
    from variorum.web.people.tools import Tools

__all__ = ["LOOPBACK_HOSTS", "create_app"]

#: Host names under which the pages are served unless others are given.
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")


def create_app(
    archive: Archive,
    *,
    clock: Callable[[], datetime],
    allowed_hosts: Sequence[str] = LOOPBACK_HOSTS,
    demo: str | None = None,
    rules: Rules | None = None,
    tools: Tools | None = None,
    public_url: str | None = None,
) -> Starlette:
    """The web application over an open archive. It writes only what people with an account do, and
    only where the archive is open for writing, ``rules`` do not forbid it and there is an
    administrator. ``tools`` are what joining articles and adding sources need besides.

    A request under any other host name than ``allowed_hosts`` is refused ("*" allows every one).
    ``public_url`` is where others reach the pages: citations name it.
    ``demo`` is a line shown on every page when what is watched is the demo newspaper.
    """
    from variorum.web.app import build
    from variorum.web.people.access import Rules
    from variorum.web.people.tools import Tools

    return build(
        archive,
        clock=clock,
        allowed_hosts=allowed_hosts,
        demo=demo,
        rules=rules or Rules(),
        tools=tools or Tools(),
        public_url=public_url,
    )
