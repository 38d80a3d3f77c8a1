"""How to cite a version or a comparison: plain text, BibTeX, CSL-JSON. The digests and times say
exactly what was seen, whatever becomes of the page or of this archive."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from variorum.about import __version__
from variorum.model import OBSERVED_BY, Article, Version
from variorum.model.times import iso

_BRACES = re.compile(r"[{}\\]")
_SPECIAL = re.compile(r"[&%$#_]")
_SPACE = re.compile(r"\s+")


def citation(article: Article, versions: Sequence[Version]) -> dict[str, Any]:
    """The same citation in three forms, of one version or of two compared."""
    return {
        "plain": _plain(article, versions),
        "bibtex": _bibtex(article, versions),
        "csl": _csl(article, versions),
    }


def _plain(article: Article, versions: Sequence[Version]) -> str:
    seen = " and ".join(
        f"{_label(v)}, {_seen(v)} {iso(v.first_seen)} (SHA-256 {v.digest})" for v in versions
    )
    return _line(f"“{_title(article, versions)}”, {article.url}: {seen}. Variorum {__version__}.")


def _bibtex(article: Article, versions: Sequence[Version]) -> str:
    last = versions[-1]
    digests = ", ".join(f"{_label(v)}: {iso(v.first_seen)} SHA-256 {v.digest}" for v in versions)
    key = f"variorum{article.id}v{'v'.join(str(v.number) for v in versions)}"
    lines = [
        f"title = {{{_tex(_title(article, versions))}}}",
        *([f"author = {{{' and '.join(map(_tex, _byline(last)))}}}"] if _byline(last) else []),
        f"url = {{{_bare(article.url)}}}",
        f"urldate = {{{last.first_seen.astimezone(UTC):%Y-%m-%d}}}",
        f"note = {{{_tex(digests)}}}",
    ]
    return f"@online{{{key},\n  " + ",\n  ".join(lines) + "\n}"


def _csl(article: Article, versions: Sequence[Version]) -> dict[str, Any]:
    last = versions[-1]
    return {
        "id": f"variorum-{article.id}-{'-'.join(str(v.number) for v in versions)}",
        "type": "article-newspaper",
        "title": _title(article, versions),
        "author": [{"literal": name} for name in _byline(last)],
        "URL": article.url,
        "version": ", ".join(_label(v) for v in versions),
        "accessed": {"date-parts": [_date(last.first_seen)]},
        "note": "; ".join(f"{_label(v)} SHA-256 {v.digest}" for v in versions),
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
