"""A dossier as PDF: the page of HTML laid out by WeasyPrint, with that page itself attached.

WeasyPrint was chosen over a browser's print: 20 MB and no process beside, BSD licence, releases all
year. Pango sets what runs from right to left; a letter that no font here has is drawn as a box, stays
in the PDF as text, and is told.
"""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from lxml import etree

from variorum.pipeline.exporting_tables import MissingLibraryError

ATTACHED = "dossier.html"
# WeasyPrint holds the whole laid out in memory: 0.2 s and 3 MB a version, as measured.
MOST_VERSIONS = 300
_MISSING = ".notdef glyph"
_LAID_OUT = "Page %d"
# As measured: characters of the page of HTML on one of paper, and which part of the time layout takes.
_ON_A_PAGE = 2_900
_LAYOUT = 0.6


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, its pages, and how many kinds of letters no font here could draw."""

    data: bytes
    pages: int
    undrawn: int


def expected(page: str) -> float:
    """How much there is to do, roughly, in pages that are laid out."""
    return max(1.0, len(page) / _ON_A_PAGE) / _LAYOUT


def printed(page: str, tell: Callable[[int], None] = lambda pages: None) -> Printed:
    """The page as PDF; ``tell`` is told of each page that is laid out (they are drawn after that).
    Raises MissingLibraryError where WeasyPrint or Pango is not there."""
    weasyprint = _library()
    source = weasyprint.Attachment(
        string=page, name=ATTACHED, description="The same as HTML", relationship="Source"
    )
    with _undrawn() as missing, _followed(tell):
        laid_out = weasyprint.HTML(
            string=_with_directions(page), url_fetcher=_nothing_is_fetched
        ).render(pdf_tags=True)
        data: bytes = laid_out.write_pdf(attachments=[source], pdf_tags=True)
    return Printed(data, len(laid_out.pages), len(missing))


def _library() -> Any:
    try:
        import weasyprint
    except ImportError:
        raise MissingLibraryError(
            "PDF needs WeasyPrint: pip install 'variorum[pdf]', or export to .html and print that"
        ) from None
    except OSError as error:
        why = str(error).splitlines()[0][:120]
        raise MissingLibraryError(
            f"PDF needs Pango (Debian: apt-get install libpangoft2-1.0-0): {why}"
        ) from None
    return weasyprint


def _nothing_is_fetched(url: str, *_: object, **__: object) -> dict[str, Any]:
    raise ValueError(f"a dossier loads nothing: {url[:60]}")


def _with_directions(page: str) -> str:
    """WeasyPrint does not know dir="auto": the same said in so many words."""
    tree: Any = etree.HTML(page, etree.HTMLParser(encoding="utf-8"))
    for element in tree.iterfind('.//*[@dir="auto"]'):
        element.set("dir", _direction(element.itertext()))
    told: str = etree.tostring(tree, encoding="unicode", method="html", doctype="<!doctype html>")
    return told


def _direction(texts: Iterable[str]) -> str:
    """That of the first letter which has one (HTML's own rule for "auto")."""
    kinds = (unicodedata.bidirectional(letter) for text in texts for letter in text)
    strong = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
    return "ltr" if strong == "L" else "rtl"


@contextmanager
def _followed(tell: Callable[[int], None]) -> Iterator[None]:
    """The pages that WeasyPrint says it lays out, while the block runs."""

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            number = record.args[0] if isinstance(record.args, tuple) and record.args else None
            if isinstance(number, int) and _LAID_OUT in record.msg:
                tell(number)

    log, listener = logging.getLogger("weasyprint.progress"), Listener()
    level, through = log.level, log.propagate
    log.addHandler(listener)
    log.setLevel(logging.INFO)
    log.propagate = False
    try:
        yield
    finally:
        log.removeHandler(listener)
        log.setLevel(level)
        log.propagate = through


@contextmanager
def _undrawn() -> Iterator[set[str]]:
    """The letters that WeasyPrint says it has no font for; its log is not the terminal's matter."""
    found: set[str] = set()

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            message = record.getMessage()
            if _MISSING in message:
                found.add(message)

    log, listener = logging.getLogger("weasyprint"), Listener()
    before, through = log.handlers[:], log.propagate
    log.handlers, log.propagate = [listener], False
    try:
        yield found
    finally:
        log.handlers, log.propagate = before, through
