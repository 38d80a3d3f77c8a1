"""Tables by which several processes share the work on one archive; empty where one process writes.

Times are milliseconds of the database's clock, the only one that all of them see.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, String, Table

from variorum.store.schema import metadata

# Who works on which article or source. ``token`` is other for every lease that was ever given.
lease = Table(
    "lease",
    metadata,
    Column("kind", String, primary_key=True),  # article | source
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("token", BigInteger, nullable=False),
    Column("holder", String, nullable=False),
    Column("until", BigInteger, nullable=False),
)

# When each host may be asked again, and who asks it now.
host = Table(
    "host",
    metadata,
    Column("name", String, primary_key=True),
    Column("not_before", BigInteger, nullable=False),
    Column("resting_until", BigInteger, nullable=False),
    Column("holder", String),
    Column("held_until", BigInteger, nullable=False),
)

worker = Table(
    "worker",
    metadata,
    Column("name", String, primary_key=True),
    Column("machine", String, nullable=False),
    Column("process", Integer, nullable=False),
    Column("started", BigInteger, nullable=False),
    Column("seen", BigInteger, nullable=False),
    Column("checked", BigInteger, nullable=False),
    Column("versions", BigInteger, nullable=False),
)

#: Not part of what an archive knows: left behind when it moves.
PASSING = (lease, host, worker)
