"""Variorum keeps every version of every story it watches and says which claims changed.

The functions below are the whole public Python interface; each imports its stage when called, so
that ``import variorum`` costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.about import __version__

if TYPE_CHECKING:
    from variorum.model import Claim, ClaimChange, Collation, Document, Figure
    from variorum.store.archive import Archive

__all__ = [
    "__version__",
    "align",
    "claim_changes",
    "claims",
    "collate",
    "extract",
    "figures",
    "open_archive",
]


def extract(html: bytes | str, url: str | None = None) -> Document:
    """The Document of an HTML page. Any bytes are taken; a page with no story gives an empty one."""
    from variorum.stages.extract import read_page

    return read_page(html, url=url).document


def align(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Links (i, j) between sentences of two texts, many-to-many; what has none came or went."""
    from variorum.stages.collate import align_sentences

    return align_sentences(old, new)


def collate(old: Document | str, new: Document | str) -> Collation:
    """Two texts aligned, sentence by sentence and word by word."""
    from variorum.stages.collate import collate_documents

    return collate_documents(_document(old), _document(new))


def claims(doc: Document | str) -> list[Claim]:
    """The attributed statements of a text, in reading order."""
    from variorum.stages.claims import find_claims

    return find_claims(_document(doc))


def claim_changes(old: Document | str, new: Document | str) -> list[ClaimChange]:
    """What became of the claims of ``old`` in ``new``, weightiest first."""
    from variorum.stages.claims import compare_claims

    before, after = _document(old), _document(new)
    return compare_claims(before, after, collate(before, after))


def figures(text: str) -> list[Figure]:
    """Every quantity of a text, whoever gives it."""
    from variorum.stages.claims import find_figures

    return find_figures(text)


def open_archive(place: str | Path, *, create: bool = False, read_only: bool = False) -> Archive:
    """The archive at ``place``, a directory or ``postgresql://…``. Use it as a context manager.

    With ``create`` one is begun where there is none; ``read_only`` reads one that another process
    writes to. Raises ``variorum.store.errors.ArchiveError`` with one plain line:
    ``ArchiveMissingError`` where there is no archive, and none is to be begun.
    """
    from variorum.bootstrap import open_archive as opened
    from variorum.store.errors import ArchiveMissingError

    if create and read_only:
        raise ValueError("an archive that is only read cannot be begun: create or read_only")
    try:
        return opened(place, read_only=read_only, begin=create)
    except ArchiveMissingError as error:
        raise ArchiveMissingError(
            f"no archive in {place}: open_archive(…, create=True) begins one"
        ) from error


def _document(given: Document | str) -> Document:
    from variorum.model import Document

    return Document.from_text(given) if isinstance(given, str) else given
