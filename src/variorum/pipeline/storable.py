"""Texts of other programs as no page of ours would give them, made fit to be kept."""

from __future__ import annotations

import json

from variorum.model import Document


def storable(document: Document) -> Document:
    """The same Document; lone surrogates, which no encoding has bytes for, become U+FFFD. The
    bytes that it came in are kept as they are."""
    told = json.dumps(document.to_dict(), ensure_ascii=False)
    try:
        told.encode()
    except UnicodeEncodeError:
        whole = told.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return Document.from_dict(json.loads(whole))
    return document
