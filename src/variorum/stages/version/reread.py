"""Old captures read again by a better extractor: history stays what it was, better told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.model import Document, Page, PageKind, Version
from variorum.stages.version.collapse import collapsed
from variorum.stages.version.compare import compare
from variorum.stages.version.digest import content_digest
from variorum.stages.version.evidence import Side


@dataclass(frozen=True, slots=True)
class Reread:
    """What becomes of one version.

    ``merged_into`` is the number of the version it turns out to be one with: its captures are
    listed under that one, and it is shown no more (None: it stays). ``document`` is the text to
    show from now on, ``same_as`` the first staying version with the same text, as in
    :class:`Version`. ``reason`` is one plain line.
    """

    version: int
    document: Document
    merged_into: int | None
    reason: str
    same_as: int | None = None


def reread(versions: Sequence[Version], pages: Sequence[Page | None]) -> list[Reread]:
    """What to do with each version of an article, oldest first.

    ``pages[i]`` is what the better extractor reads from the first capture that attested
    ``versions[i]``; None: its bytes are not there or cannot be read. One answer a version comes
    back, in order. No version is ever made, and none is taken away that the better reading does
    not show to be one with its neighbour: a version merges into the last one that stayed if the two
    captures differ in nothing that counts, or if its capture turns out to be a stub. A version
    whose page is not there stays, with its text.
    """
    results: list[Reread] = []
    first_with: dict[str, int] = {}
    last: tuple[int, Side] | None = None
    for version, page in zip(versions, pages, strict=True):
        side = _side(version, page)
        why = _one_with(last[1], side, page) if last is not None else ""
        if last is not None and why:
            document = last[1].given
            results.append(Reread(version.number, document, last[0], why))
            continue
        digest = content_digest(side.given)
        same_as = first_with.setdefault(digest, version.number)
        results.append(
            Reread(
                version.number,
                side.given,
                None,
                _stays(version, side),
                None if same_as == version.number else same_as,
            )
        )
        last = (version.number, side)
    return results


def tell_the_same(before: Page, now: Page) -> bool:
    """Whether two pages of one story differ in nothing that makes a version."""
    return not compare(Side.of(before), Side.of(now)).fields


def _side(version: Version, page: Page | None) -> Side:
    if page is not None and page.kind is PageKind.ARTICLE:
        return Side.of(page)
    return Side(version.document, None)


def _one_with(before: Side, now: Side, page: Page | None) -> str:
    """Why a version is one with the one before it; "" if it is not."""
    if page is None:
        return ""
    if page.kind is not PageKind.ARTICLE:
        return f"its capture is no article: {page.reason or page.kind}"
    found = compare(before, now)
    if not found.fields:
        return "read better, it says the same as the version before"
    stub = collapsed(before, now, found.differences)
    return stub.reason if stub is not None else ""


def _stays(version: Version, side: Side) -> str:
    if side.page is None:
        return "stays as it is: its capture cannot be read again"
    changed = content_digest(side.given) != (version.digest or content_digest(version.document))
    return "stays, read better" if changed else "stays"
