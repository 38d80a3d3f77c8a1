"""What a request can be told instead of a page."""

from __future__ import annotations

from collections.abc import Mapping

_CANNOT = "That request cannot be answered"


class PageError(Exception):
    """A request that gets no page: a status, a title and one line on what to do."""

    def __init__(
        self, status: int, title: str, detail: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(f"{status} {title}: {detail}")
        # A page that is gone, or not for somebody, may be there or for them a moment later.
        self.headers = {"Cache-Control": "no-store", **(headers or {})}
        if status == 401:
            self.headers.setdefault("WWW-Authenticate", 'Bearer realm="Variorum"')
        self.status = status
        self.title = title
        self.detail = detail


def not_found(what: str, detail: str = "") -> PageError:
    """404: the archive has no such thing."""
    return PageError(404, what, detail)


def no_source(number: int) -> PageError:
    """404: no source has this number, or no longer."""
    return not_found("No such source", f"No source has the number {number}.")


def removed(reason: str, *, legal: bool) -> PageError:
    """410, or 451 where the law asks for it: an editor hides the article; the reason is for everybody."""
    if legal:
        return PageError(451, "Withheld for legal reasons", reason)
    return PageError(410, "Removed by the editors", reason)


class ElsewhereError(Exception):
    """What was asked for lies at another place now, for good."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


def bad_request(detail: str) -> PageError:
    """400: the request says something that cannot be meant."""
    return PageError(400, _CANNOT, detail)


class FieldError(PageError):
    """400 about one field or parameter. Programs are told its name; people what its form calls it
    (``label``), and ``of_people`` where ``wants`` would say nothing to them."""

    def __init__(self, name: str, wants: str, of_people: str = "", label: str = "") -> None:
        super().__init__(400, _CANNOT, f"“{name}” {wants}")
        self.name, self.label = name, label
        self._of_people = of_people or wants

    def for_people(self, label: str) -> PageError:
        """The same of a field under its label."""
        return PageError(400, _CANNOT, f"“{label}” {self._of_people}", self.headers)
