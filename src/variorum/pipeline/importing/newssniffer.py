"""Saved pages of the older archive: a title, a line "Version N of M.", the text as it stood."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from selectolax.lexbor import LexborHTMLParser

from variorum.model import Document
from variorum.pipeline.importing.html import MAX_FILE
from variorum.pipeline.importing.items import Item, Items, Problem, TextItem, named
from variorum.pipeline.path import Brought
from variorum.text.told import in_one_line

# Each blank is taken in one place only: whatever a page has many of is passed once.
_LABEL = re.compile(
    r"^[^\S\n]*Version[^\S\n]+(\d{1,9})[^\S\n]+of[^\S\n]+\d{1,9}[^\S\n]*(?:\.[^\S\n]*)?$",
    re.IGNORECASE | re.MULTILINE,
)
_LABEL_IN_HTML = re.compile(
    r"<p>\s*(Version\s+\d{1,9}\s+of\s+\d{1,9})\s*(?:\.\s*)?</p>", re.IGNORECASE
)
_HEADING = re.compile(r"<h1>([^<]*)</h1>", re.IGNORECASE)
_BREAK = re.compile(r"\n[ \t]*\n\s*")


# What tells that a file is such a page stands at its beginning.
HEAD = 16_384


def looks_like_page(head: str) -> bool:
    """Whether a text, or a page of HTML, begins like a page of that archive."""
    return (_LABEL.search(head) or _LABEL_IN_HTML.search(head)) is not None


def read_page_of_versions(path: Path, now: datetime) -> Items:
    """The one version that a saved page holds. Its time is unknown: it is that of the import."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_FILE else b""
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield Problem(str(path), f"byte {error.start}", "not UTF-8; save it as UTF-8 and try again")
        return
    except OSError as error:
        yield Problem(str(path), "", f"cannot be read ({in_one_line(error)})")
        return
    if size > MAX_FILE:
        yield Problem(str(path), "", f"{size:,} bytes is more than a page can have")
        return
    text = text.replace("\r\n", "\n")
    if _LABEL_IN_HTML.search(text):
        yield _html_page(path, data, now)
        return
    label = _LABEL.search(text)
    title = text[: label.start()].strip() if label else ""
    if label is None or not title:
        yield Problem(str(path), "", "no title followed by a line 'Version N of M.'")
        return
    paragraphs = [p.strip() for p in _BREAK.split(text[label.end() :]) if p.strip()]
    if not paragraphs:
        yield Problem(str(path), "", "there is no text after 'Version N of M.'")
        return
    title = " ".join(title.split())
    yield TextItem(
        Brought(
            url=f"newssniffer:{quote(_slug(title))}",
            time=now,
            document=Document.build(title, paragraphs),
            data=data,
            media_type="text/plain; charset=utf-8",
            origin=f"imported from {named(path)}, a page of a News Sniffer archive",
            label=" ".join(label.group().split()),
        ),
        len(data),
        place=(str(path), ""),
    )


def _html_page(path: Path, data: bytes, now: datetime) -> Item:
    """The page as that archive's server gave it: the address of the article, the label, its
    paragraphs, one element each."""
    tree = LexborHTMLParser(data)
    told = [" ".join(node.text().split()) for node in tree.css("p")]
    at = next((i for i, line in enumerate(told) if _LABEL.match(line)), None)
    heading = tree.css_first("h1")
    title = " ".join(heading.text().split()) if heading else ""
    paragraphs = [line for line in told[at + 1 :] if line] if at is not None else []
    if at is None or not title or not paragraphs:
        return Problem(str(path), "", "no title, or no text after 'Version N of M.'")
    address = told[at - 1] if at else ""
    url = address if address.startswith(("http://", "https://")) else f"newssniffer:{_slug(title)}"
    return TextItem(
        Brought(
            url=url,
            time=now,
            document=Document.build(title, paragraphs, url=url),
            data=data,
            media_type="text/html",
            origin=f"imported from {named(path)}, a page of a News Sniffer archive",
            label=told[at],
        ),
        len(data),
        place=(str(path), ""),
    )


def page_number(path: Path) -> tuple[str, int]:
    """(title, N) of a saved page, so that several pages of one story are brought in in order."""
    try:
        with path.open("rb") as file:
            text = file.read(HEAD).decode("utf-8-sig", "replace").replace("\r\n", "\n")
    except OSError:
        return "", 0
    label = _LABEL.search(text)
    if label is None and (told := _LABEL_IN_HTML.search(text)):
        title = _HEADING.search(text)
        return (title.group(1).strip() if title else "", int(told.group(1).split()[1]))
    return (text[: label.start()].strip(), int(label.group(1))) if label else ("", 0)


def _slug(title: str) -> str:
    words = re.findall(r"\w+", title.lower())
    return "-".join(words)[:120]
