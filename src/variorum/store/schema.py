"""The tables; those of people are in ``people_schema``. ``migrations`` brings a database to this
shape; a test holds the two together."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A time as milliseconds since 1970 UTC: sorts, subtracts and reads alike in every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:
        return None if value is None else round(value.timestamp() * 1000)

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:
        return None if value is None else datetime.fromtimestamp(value / 1000, UTC)


metadata = MetaData()

# SQLite numbers rows by itself only for INTEGER keys; elsewhere they are 64 bits wide.
KEY = BigInteger().with_variant(Integer, "sqlite")

setting = Table(
    "setting",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", JSON, nullable=False),
)

source = Table(
    "source",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("url", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("title", Text),
    Column("paused", Boolean, nullable=False, default=False),
    Column("health", Text, nullable=False),
    Column("added", Moment, nullable=False),
    Column("checked", Moment),
    Column("next_check", Moment, index=True),
    Column("failures", Integer, nullable=False, default=0),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("every", Integer),  # seconds between two looks, where somebody chose them
    Column("wanted", JSON(none_as_null=True)),  # fields of stages.watch.Filter; None: everything
    Column("looks", Integer),  # looks an hour at its articles, where somebody bounded them
    Column("walk", JSON(none_as_null=True)),  # pipeline.baseline.Walk; None: not wanted
    Column("untrusted", Boolean),  # read though the certificate of its host cannot be trusted
    Column("render", String),  # a value of model.Rendering; None: pages as the server sends them
)

article = Table(
    "article",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("url", String, nullable=False, unique=True),
    Column("source", ForeignKey("source.id")),
    Column("host", String, nullable=False, index=True),
    Column("canonical", String, index=True),  # identity key of the page's own rel=canonical
    Column("headline", Text),
    Column("state", String, nullable=False),
    Column("first_seen", Moment),
    Column("last_seen", Moment),
    Column("last_checked", Moment),
    Column("last_change", Moment),
    Column("next_check", Moment, index=True),
    Column("next_reason", Text, nullable=False, default=""),
    Column("versions", Integer, nullable=False, default=0),
    Column("captures", Integer, nullable=False, default=0),
)

# Identity keys (see stages.version.identity) under which an article is found.
alias = Table(
    "alias",
    metadata,
    Column("key", String, primary_key=True),
    Column("article", ForeignKey("article.id"), nullable=False, index=True),
    Column("reason", Text, nullable=False, default=""),
)

warc_file = Table(
    "warc_file",
    metadata,
    Column("name", String, primary_key=True),
    Column("length", BigInteger, nullable=False),
)

capture = Table(
    "capture",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("article", ForeignKey("article.id"), nullable=False),
    Column("url", String, nullable=False),
    Column("final_url", String),
    Column("time", Moment, nullable=False),
    Column("status", Integer),
    Column("outcome", String, nullable=False),
    Column("version", Integer),
    Column("reason", Text, nullable=False, default=""),
    Column("digest", String),
    Column("story_digest", String),
    Column("media_type", String),
    Column("warc", ForeignKey("warc_file.name")),
    Column("offset", BigInteger),
    Column("length", BigInteger),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("origin", String, nullable=False),
    Column("details", JSON, nullable=False),
    Index("capture_by_article", "article", "time", "id"),
    Index("capture_by_url", "url", "time"),
)

version = Table(
    "version",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("article", ForeignKey("article.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("fields", JSON, nullable=False),
    Column("same_as", Integer),
    Column("label", Text),
    Column("headline", Text),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("digest", String, nullable=False),
    Column("extractor", String, nullable=False),
    Column("base", Integer),  # number of the version that the delta builds on; None: a keyframe
    Column("body", LargeBinary, nullable=False),
    Column("body_digest", String, nullable=False),
    UniqueConstraint("article", "number"),
)

# Distinct sentences of an article, each with the runs of versions that it stood in.
sentence = Table(
    "sentence",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("article", ForeignKey("article.id"), nullable=False),
    Column("digest", LargeBinary(16), nullable=False),
    Column("text", Text, nullable=False),
    UniqueConstraint("article", "digest"),
)

presence = Table(
    "presence",
    metadata,
    Column("sentence", ForeignKey("sentence.id"), primary_key=True),
    Column("since", Integer, primary_key=True),
    Column("until", Integer),  # first version without it; None: still there
)

change = Table(
    "change",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("article", ForeignKey("article.id"), nullable=False),
    Column("old", Integer),
    Column("new", Integer),
    Column("time", Moment, nullable=False),
    Column("weight", Float, nullable=False),
    Column("announced", Boolean, nullable=False),  # of every claim change
    Column("meaningful", Boolean, nullable=False),
    Column("kinds", String, nullable=False),  # ",figure,headline," so that LIKE finds whole words
    Column("summary", JSON, nullable=False),
    Column("partly", Boolean, nullable=False),  # announced of some claim changes, not of others
    Index("change_by_time", "time", "id"),
    Index("change_by_article", "article", "new"),
)

claim_change = Table(
    "claim_change",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("article", ForeignKey("article.id"), nullable=False),
    Column("new", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("speaker", Text),
    Column("statement", Text, nullable=False),
    Column("weight", Float, nullable=False),
    Column("announced", Boolean, nullable=False),
    Column("data", JSON, nullable=False),
    Index("claim_change_by_article", "article", "new"),
    Index("claim_change_by_speaker", "speaker"),
)

furniture = Table(
    "furniture",
    metadata,
    Column("host", String, primary_key=True),
    Column("data", JSON, nullable=False),
)
