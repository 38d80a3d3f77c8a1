"""What the record classes share: the connection that they are bound to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, select
from sqlalchemy.exc import OperationalError

from variorum.store.people_schema import hiding

# Built once: every page asks for it.
_ANY_HIDDEN = select(exists(select(hiding)))


@dataclass(slots=True)
class Attempt:
    """How a piece of work inside a transaction ended: ``error`` is None when it is kept."""

    error: Exception | None = None


class BoundRecords:
    """Reads and writes on one connection, inside whatever transaction it has.

    While ``veiled``, lists leave out the articles that editors hide: what readers may see.
    """

    veiled = False
    #: What the archive's mark was before anything was read here; None where nobody asked.
    mark: tuple[int, ...] | None = None

    def __init__(self, connection: Connection) -> None:
        self.db = connection
        #: How many attempts were undone: what was known of rows before may not be true after.
        self.undone = 0

    @property
    def on_postgres(self) -> bool:
        """Whether the tables are in PostgreSQL rather than in SQLite."""
        return self.db.dialect.name == "postgresql"

    @cached_property
    def hides(self) -> bool:
        """Whether anything is to be left out; mostly nothing is, and then nothing is filtered."""
        return self.veiled and bool(self.db.execute(_ANY_HIDDEN).scalar())

    def unhidden(self, query: Select[Any], article: ColumnElement[Any]) -> Select[Any]:
        """The query without hidden articles; ``article`` is the column that names one."""
        if not self.hides:
            return query
        return query.where(article.not_in(select(hiding.c.article)))

    @contextmanager
    def attempt(self) -> Iterator[Attempt]:
        """Work that is undone alone when it fails; the rest of the transaction goes on.

        A database or disk that fails is not survived here: OperationalError and OSError go on up.
        """
        attempt = Attempt()
        try:
            with self.db.begin_nested():
                yield attempt
        except (OperationalError, OSError):
            raise
        except Exception as error:
            self.undone += 1
            attempt.error = error
