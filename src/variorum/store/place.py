"""Where an archive is kept, as people write it: a directory, or a PostgreSQL database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from variorum.store.errors import ArchiveError

_SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
_EXAMPLE = "postgresql://user@host/database?captures=/shared/directory"


@dataclass(frozen=True, slots=True)
class PostgresPlace:
    """An archive whose tables are in PostgreSQL. ``captures`` is the directory of its WARC files,
    its evidence log and its key: every process that writes must see the same one. ``warc`` is where
    WARC files go that are full, s3://bucket/prefix; None: they stay in the directory."""

    url: URL
    captures: Path
    warc: str | None = None

    def __str__(self) -> str:
        """The place without its password."""
        return self.url.set(drivername="postgresql").render_as_string(hide_password=True)


def read_place(place: str | Path) -> Path | PostgresPlace:
    """The place that is meant. Raises ArchiveError with one plain line."""
    text = str(place)
    if "://" not in text:
        return Path(place)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise ArchiveError(f"--archive cannot be read as a place; write {_EXAMPLE}") from error
    if url.drivername not in _SCHEMES:
        raise ArchiveError(
            f"cannot open {url.drivername}://…: archives are kept in a directory or in "
            f"PostgreSQL ({_EXAMPLE})"
        )
    captures = url.query.get("captures")
    if not isinstance(captures, str) or not captures:
        raise ArchiveError(
            "a PostgreSQL archive also needs one directory for its captures, the same for every "
            f"process that writes to it: {_EXAMPLE}"
        )
    if not url.database:
        raise ArchiveError(f"--archive names no database: {_EXAMPLE}")
    warc = url.query.get("warc")
    if warc is not None and (not isinstance(warc, str) or not warc.startswith("s3://")):
        raise ArchiveError("warc=… names a place for captures in a store: write s3://bucket/prefix")
    plain = url.difference_update_query(["captures", "warc"]).set(drivername="postgresql+psycopg")
    return PostgresPlace(plain, Path(captures), warc)
