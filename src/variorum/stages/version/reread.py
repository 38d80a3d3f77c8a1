"""Old captures read again by a better extractor: history stays what it was, better told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.model import Document, Version
from variorum.stages.version.digest import same_content


@dataclass(frozen=True, slots=True)
class Reread:
    """What becomes of one version. ``merged_into`` is the number of the version it is one with
    (None: it stays). ``document`` is the text to show from now on."""

    version: int
    document: Document
    merged_into: int | None
    reason: str


def reread(versions: Sequence[Version], documents: Sequence[Document | None]) -> list[Reread]:
    """What to do with each version, given what a better extractor reads from its first capture.

    ``documents[i]`` belongs to ``versions[i]``; None: that capture cannot be read any more.
    Never makes a version. Two neighbours that the better reading finds the same become one.
    """
    results: list[Reread] = []
    kept: Reread | None = None
    for version, document in zip(versions, documents, strict=True):
        read = document or version.document
        if kept is not None and document is not None and same_content(kept.document, read):
            results.append(Reread(version.number, read, kept.version, "the same text, read better"))
            continue
        kept = Reread(version.number, read, None, "stays")
        results.append(kept)
    return results
