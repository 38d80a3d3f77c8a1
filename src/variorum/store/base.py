"""What the record classes share: the connection that they are bound to."""

from __future__ import annotations

from sqlalchemy import Connection


class BoundRecords:
    """Reads and writes on one connection, inside whatever transaction it has."""

    def __init__(self, connection: Connection) -> None:
        self.db = connection
