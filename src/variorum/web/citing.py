"""How to cite a version or a comparison: plain text, BibTeX, CSL-JSON. The digests and times say
exactly what was seen, whatever becomes of the page or of this archive: of each version that of its
content, which only Variorum makes, and that of the bytes of its first capture, which anybody can."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from variorum.about import __version__
from variorum.model import OBSERVED_BY, Article, Version
from variorum.model.times import iso
from variorum.model.version import DIGEST_COVERS
from variorum.web.templating import memento

_BRACES = re.compile(r"[{}\\]")
_SPECIAL = re.compile(r"[&%$#_]")
_SPACE = re.compile(r"\s+")


def citation(
    article: Article, versions: Sequence[Version], public: str | None = None
) -> dict[str, Any]:
    """The same citation in three forms, of one version or of two compared. ``public`` is the address
    at which others reach these pages, where there is one; the versions have their captures."""
    place = _place(article, versions, public) if public else None
    return {
        "plain": _plain(article, versions, place),
        "bibtex": _bibtex(article, versions, place),
        "csl": _csl(article, versions, place),
    }


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an archive shows what is cited: the page, and the captures as they were received."""

    page: str
    captures: tuple[str, ...]


def _place(article: Article, versions: Sequence[Version], public: str) -> _Place:
    base = public.rstrip("/")
    numbers = "..".join(f"v{v.number}" for v in versions)
    captures = (v.received for v in versions)
    mementos = tuple(base + memento(c.url, c.time) for c in captures if c)
    return _Place(f"{base}/a/{article.id}/{numbers}", mementos)


def _digests(version: Version) -> str:
    capture = version.received
    of_bytes = f", capture SHA-256 {capture.digest}" if capture and capture.digest else ""
    return f"content SHA-256 {version.digest}{of_bytes}"


def _plain(article: Article, versions: Sequence[Version], place: _Place | None) -> str:
    seen = " and ".join(
        f"{_label(v)}, {_seen(v)} {iso(v.first_seen)} ({_digests(v)})" for v in versions
    )
    told = [f"“{_title(article, versions)}”, {article.url}: {seen}."]
    if place:
        captures = f" (captures: {', '.join(place.captures)})" if place.captures else ""
        told.append(f"Archived: {place.page}{captures}.")
    told.append(
        f"Variorum {__version__}; content: {DIGEST_COVERS}; capture: the body as it was sent."
    )
    return _line(" ".join(told))


def _bibtex(article: Article, versions: Sequence[Version], place: _Place | None) -> str:
    last = versions[-1]
    digests = ", ".join(f"{_label(v)}: {iso(v.first_seen)} {_digests(v)}" for v in versions)
    key = f"variorum{article.id}v{'v'.join(str(v.number) for v in versions)}"
    lines = [
        f"title = {{{_tex(_title(article, versions))}}}",
        *([f"author = {{{' and '.join(map(_tex, _byline(last)))}}}"] if _byline(last) else []),
        f"url = {{{_bare(article.url)}}}",
        f"urldate = {{{last.first_seen.astimezone(UTC):%Y-%m-%d}}}",
        f"note = {{{_tex(digests)}}}",
        *([f"addendum = {{Archived: \\url{{{_bare(place.page)}}}}}"] if place else []),
    ]
    return f"@online{{{key},\n  " + ",\n  ".join(lines) + "\n}"


def _csl(article: Article, versions: Sequence[Version], place: _Place | None) -> dict[str, Any]:
    last = versions[-1]
    return {
        "id": f"variorum-{article.id}-{'-'.join(str(v.number) for v in versions)}",
        "type": "article-newspaper",
        "title": _title(article, versions),
        "author": [{"literal": name} for name in _byline(last)],
        "URL": article.url,
        "version": ", ".join(_label(v) for v in versions),
        "accessed": {"date-parts": [_date(last.first_seen)]},
        "note": "; ".join(f"{_label(v)} {_digests(v)}" for v in versions),
        **({"archive": "Variorum", "archive_location": place.page} if place else {}),
    }


def _title(article: Article, versions: Sequence[Version]) -> str:
    return _line(versions[-1].document.headline or article.headline or article.url)


def _seen(version: Version) -> str:
    """Who saw it first, as far as the captures are at hand: another archive, or this one."""
    first = version.captures[0].origin if version.captures else ""
    return first if first.startswith(OBSERVED_BY) else "seen"


def _label(version: Version) -> str:
    return version.label or f"version {version.number}"


def _byline(version: Version) -> list[str]:
    return [_line(name) for name in version.document.byline]


def _date(time: datetime) -> list[int]:
    time = time.astimezone(UTC)
    return [time.year, time.month, time.day]


def _tex(text: str) -> str:
    """A text as LaTeX reads it: what has a meaning there is escaped; braces, which BibTeX counts, go."""
    return _SPECIAL.sub(r"\\\g<0>", _bare(text))


def _bare(text: str) -> str:
    """An address is taken to the letter, but for what would end its field."""
    return _BRACES.sub("", _line(text))


def _line(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
