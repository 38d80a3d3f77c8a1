"""What the record classes share: the connection that they are bound to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError


@dataclass(slots=True)
class Attempt:
    """How a piece of work inside a transaction ended: ``error`` is None when it is kept."""

    error: Exception | None = None


class BoundRecords:
    """Reads and writes on one connection, inside whatever transaction it has."""

    def __init__(self, connection: Connection) -> None:
        self.db = connection

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
            attempt.error = error
