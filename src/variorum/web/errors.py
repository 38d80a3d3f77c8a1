"""What a request can be told instead of a page."""

from __future__ import annotations


class PageError(Exception):
    """A request that gets no page: a status, a title and one line on what to do."""

    def __init__(self, status: int, title: str, detail: str = "") -> None:
        super().__init__(f"{status} {title}: {detail}")
        self.status = status
        self.title = title
        self.detail = detail


def not_found(what: str, detail: str = "") -> PageError:
    """404: the archive has no such thing."""
    return PageError(404, what, detail)


def bad_request(detail: str) -> PageError:
    """400: the request says something that cannot be meant."""
    return PageError(400, "That cannot be asked", detail)
