"""Documents as the commands name them: a file, or a version in the archive."""

from __future__ import annotations

import json
from pathlib import Path

from variorum.cli.common import fail, find, find_version, named, one_version, opened, say
from variorum.model import Document, Page

_MAX_FILE = 50_000_000


def document_of(name: str, archive: str) -> Document:
    """The Document that ``name`` gives: a file (.html .txt .json) or ARTICLE[@N]."""
    path = Path(name)
    if path.is_file():
        return _from_file(path)
    looks_like_file = path.suffix.lower() in (".html", ".htm", ".txt", ".json") and "@" not in name
    if looks_like_file and "://" not in name:
        fail(f"no such file: {name}")
    return _from_archive(name, archive)


def pair_of(old: str, new: str | None, archive: str) -> tuple[Document, Document]:
    """The two Documents of OLD NEW, or of ARTICLE@N..M alone."""
    if new is not None:
        return document_of(old, archive), document_of(new, archive)
    wanted = named(old)
    if wanted.old is None or wanted.new is None:
        fail("two texts are wanted: OLD NEW, ARTICLE@N ARTICLE@M, or ARTICLE@N..M")
    return (
        _from_archive(f"{wanted.article}@{wanted.old}", archive),
        _from_archive(f"{wanted.article}@{wanted.new}", archive),
    )


def _from_archive(name: str, archive: str) -> Document:
    wanted = one_version(name)
    with opened(archive) as store, store.read() as records:
        article = find(records, wanted.article)
        return find_version(records, article, wanted.old).document


def _from_file(path: Path) -> Document:
    size = path.stat().st_size
    if size > _MAX_FILE:
        fail(f"{path}: {size:,} bytes is more than {_MAX_FILE:,}, the most a text may have")
    data = path.read_bytes()
    if path.suffix.lower() in (".html", ".htm", ".xhtml"):
        from variorum.stages.extract import read_page

        page = read_page(data)
        return page.document if page.document.text else _all_visible(path, page)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        fail(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8")
    if path.suffix.lower() == ".json":
        return _from_json(path, text)
    return Document.from_text(text)


def _all_visible(path: Path, page: Page) -> Document:
    """A file that is no article, a fragment say, is compared by all the text it shows."""
    if not page.visible:
        fail(f"{path}: no story found, nor any other text ({page.kind}: {page.reason})")
    say(f"{path}: no story found ({page.kind}: {page.reason}); taking all its text")
    return Document.from_text("\n\n".join(page.visible))


def _from_json(path: Path, text: str) -> Document:
    try:
        data = json.loads(text)
    except ValueError as error:
        fail(f"{path}: not JSON ({error})")
    if isinstance(data, dict) and isinstance(data.get("document"), dict):
        data = data["document"]
    if not isinstance(data, dict) or not (data.get("paragraphs") or data.get("text")):
        fail(f'{path}: not a Document: an object with "headline" and "paragraphs" is wanted')
    return Document.from_dict(data)
