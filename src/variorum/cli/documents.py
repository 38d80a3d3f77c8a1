"""Documents as the commands name them: a file, or a version in the archive."""

from __future__ import annotations

import json
from dataclasses import replace

from variorum.cli.common import fail, find, find_version, named, one_version, opened, say
from variorum.cli.reading import (
    STDIN,
    bytes_of,
    ending,
    is_given,
    is_page,
    refuse_folder,
    text_of,
)
from variorum.model import Document, Page, Version


def document_of(name: str, archive: str) -> Document:
    """The Document that ``name`` gives: a file, "-" for standard input, or ARTICLE[@N]."""
    if is_given(name):
        return _from_file(name)
    looks_like_file = ending(name) in (".html", ".htm", ".txt", ".json") and "@" not in name
    if looks_like_file and "://" not in name:
        fail(f"no such file: {name}")
    if not name.isdecimal():
        refuse_folder(name)
    return _from_archive(name, archive)


def pair_of(old: str, new: str | None, archive: str) -> tuple[Document, Document]:
    """The two Documents of OLD NEW, or of ARTICLE@N..M alone."""
    if old == new == STDIN:
        fail("standard input is one text only: name a file for the other")
    if new is not None:
        return document_of(old, archive), document_of(new, archive)
    wanted = named(old)
    if wanted.old is None or wanted.new is None:
        fail("two texts are wanted: OLD NEW, ARTICLE@N ARTICLE@M, or ARTICLE@N..M")
    return (
        _from_archive(f"{wanted.article}@{wanted.old}", archive),
        _from_archive(f"{wanted.article}@{wanted.new}", archive),
    )


def versions_of(old: str, new: str | None, archive: str) -> tuple[Version | None, Version | None]:
    """The two as versions with their captures; None where a name is that of a file."""
    if new is not None:
        one, other = (None if is_given(n) else _version(n, archive) for n in (old, new))
        return one, other
    wanted = named(old)
    name = wanted.article
    return _version(f"{name}@{wanted.old}", archive), _version(f"{name}@{wanted.new}", archive)


def _from_archive(name: str, archive: str) -> Document:
    return _version(name, archive).document


def _version(name: str, archive: str) -> Version:
    wanted = one_version(name)
    with opened(archive) as store, store.read() as records:
        article = find(records, wanted.article)
        found = find_version(records, article, wanted.old)
        captures = records.captures_of_version(article.id, found.number)
    return replace(found, captures=tuple(captures))


def _from_file(name: str) -> Document:
    data = bytes_of(name)
    text = text_of(name, data)
    if ending(name) == ".json":
        return _from_json(name, text)
    if is_page(name, text):
        from variorum.stages.extract import read_page

        page = read_page(data)
        return page.document if page.document.text else _all_visible(name, page)
    told = _document_in(text) if name == STDIN else None
    return told or Document.from_text(text)


def _all_visible(name: str, page: Page) -> Document:
    """A file that is no article, a fragment say, is compared by all the text it shows."""
    if not page.visible:
        fail(f"{name}: no story found, nor any other text ({page.kind}: {page.reason})")
    say(f"{name}: no story found ({page.kind}: {page.reason}); taking all its text")
    return Document.from_text("\n\n".join(page.visible))


def _from_json(name: str, text: str) -> Document:
    try:
        json.loads(text)
    except ValueError as error:
        fail(f"{name}: not JSON ({error})")
    told = _document_in(text)
    if told is None:
        fail(f'{name}: not a Document: an object with "headline" and "paragraphs" is wanted')
    return told


def _document_in(text: str) -> Document | None:
    """The Document that is written as JSON, alone or in a version; None where that is none."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        data = json.loads(text)
    except ValueError:
        return None
    if isinstance(data.get("document"), dict):
        data = data["document"]
    return Document.from_dict(data) if data.get("paragraphs") or data.get("text") else None
