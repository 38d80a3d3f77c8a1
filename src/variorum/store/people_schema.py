"""Tables of people: who may do what here, and everything that they did.

``hiding``, ``note``, ``parting`` and ``forward`` are conclusions of editors; what was captured is never touched
by them. ``act`` is only ever appended to: the database itself refuses to alter or delete a row.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    false,
)

from variorum.store.schema import KEY, Moment, metadata

person = Table(
    "person",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("role", String, nullable=False),
    Column("secret", Text, nullable=False),  # a password's hash, never the password
    Column("added", Moment, nullable=False),
)

# Signed-in browsers, by the digest of what their cookie holds.
session = Table(
    "session",
    metadata,
    Column("digest", String, primary_key=True),
    Column("person", ForeignKey("person.id"), nullable=False, index=True),
    Column("made", Moment, nullable=False),
    Column("until", Moment, nullable=False),
)

# Keys of programs, by the digest of the token.
token = Table(
    "token",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("person", ForeignKey("person.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("role", String, nullable=False),
    Column("digest", String, nullable=False, unique=True),
    Column("made", Moment, nullable=False),
    Column("until", Moment, nullable=False),
)

# Articles that are not shown, with the reason that is shown instead; ``legal``: the law asks for it.
hiding = Table(
    "hiding",
    metadata,
    Column("article", ForeignKey("article.id"), primary_key=True),
    Column("reason", Text, nullable=False),
    Column("person", String, nullable=False),
    Column("time", Moment, nullable=False),
    Column("legal", Boolean, nullable=False, server_default=false()),
)

# What editors wrote beside an article.
note = Table(
    "note",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("article", ForeignKey("article.id"), nullable=False, index=True),
    Column("version", Integer),
    Column("text", Text, nullable=False),
    Column("person", String, nullable=False),
    Column("time", Moment, nullable=False),
    Column("withdrawn", Moment),
)

# Pairs of articles that are never taken for one again, each pair once in either order.
parting = Table(
    "parting",
    metadata,
    Column("article", ForeignKey("article.id"), primary_key=True),
    Column("other", ForeignKey("article.id"), primary_key=True),
)

# Articles that were made part of another by hand; their old addresses lead there.
forward = Table(
    "forward",
    metadata,
    Column("article", ForeignKey("article.id"), primary_key=True),
    Column("into", ForeignKey("article.id"), nullable=False, index=True),
)

# No foreign keys: the log outlives what it speaks of.
act = Table(
    "act",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("time", Moment, nullable=False),
    Column("person", String, nullable=False),
    Column("role", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("article", Integer),
    Column("source", Integer),
    Column("reason", Text, nullable=False, default=""),
    Column("details", JSON, nullable=False),
    Index("act_by_article", "article", "id"),
)

# What is told to whom. ``seen`` is the last change that was considered, ``reached`` the latest time
# of one; ``again`` when a failed delivery is tried next.
rule = Table(
    "rule",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("name", Text, nullable=False),
    Column("target", Text, nullable=False),  # holds passwords of services: never shown whole
    Column("secret", Text, nullable=False),
    Column("base", Text, nullable=False),
    Column("kinds", String, nullable=False),
    Column("weight", Float, nullable=False),
    Column("host", String, nullable=False),
    Column("words", Text, nullable=False),
    Column("announced", Boolean),
    Column("paused", Boolean, nullable=False),
    Column("made", Moment, nullable=False),
    Column("seen", BigInteger, nullable=False),
    Column("reached", Moment),
    Column("failures", Integer, nullable=False),
    Column("health", Text, nullable=False),
    Column("again", Moment),
    Column("search", JSON),  # words, where, speaker; none where no search is followed
)
