"""The first shape of the archive."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_key = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "setting",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.JSON, nullable=False),
    )
    op.create_table(
        "source",
        sa.Column("id", _key, primary_key=True),
        sa.Column("url", sa.String, nullable=False, unique=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("health", sa.Text, nullable=False),
        sa.Column("added", sa.BigInteger, nullable=False),
        sa.Column("checked", sa.BigInteger),
        sa.Column("next_check", sa.BigInteger, index=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
    )
    op.create_table(
        "article",
        sa.Column("id", _key, primary_key=True),
        sa.Column("url", sa.String, nullable=False, unique=True),
        sa.Column("source", _key, sa.ForeignKey("source.id")),
        sa.Column("host", sa.String, nullable=False, index=True),
        sa.Column("canonical", sa.String, index=True),
        sa.Column("headline", sa.Text),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("first_seen", sa.BigInteger),
        sa.Column("last_seen", sa.BigInteger),
        sa.Column("last_checked", sa.BigInteger),
        sa.Column("last_change", sa.BigInteger),
        sa.Column("next_check", sa.BigInteger, index=True),
        sa.Column("next_reason", sa.Text, nullable=False),
        sa.Column("versions", sa.Integer, nullable=False),
        sa.Column("captures", sa.Integer, nullable=False),
    )
    op.create_table(
        "alias",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("article", _key, sa.ForeignKey("article.id"), nullable=False, index=True),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_table(
        "warc_file",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("length", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "capture",
        sa.Column("id", _key, primary_key=True),
        sa.Column("article", _key, sa.ForeignKey("article.id"), nullable=False),
        sa.Column("url", sa.String, nullable=False),
        sa.Column("final_url", sa.String),
        sa.Column("time", sa.BigInteger, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("version", sa.Integer),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("digest", sa.String),
        sa.Column("story_digest", sa.String),
        sa.Column("media_type", sa.String),
        sa.Column("warc", sa.String, sa.ForeignKey("warc_file.name")),
        sa.Column("offset", sa.BigInteger),
        sa.Column("length", sa.BigInteger),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("origin", sa.String, nullable=False),
        sa.Column("details", sa.JSON, nullable=False),
    )
    op.create_index("capture_by_article", "capture", ["article", "time", "id"])
    op.create_index("capture_by_url", "capture", ["url", "time"])
    op.create_table(
        "version",
        sa.Column("id", _key, primary_key=True),
        sa.Column("article", _key, sa.ForeignKey("article.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.Column("same_as", sa.Integer),
        sa.Column("label", sa.Text),
        sa.Column("headline", sa.Text),
        sa.Column("first_seen", sa.BigInteger, nullable=False),
        sa.Column("last_seen", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("extractor", sa.String, nullable=False),
        sa.Column("base", sa.Integer),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("body_digest", sa.String, nullable=False),
        sa.UniqueConstraint("article", "number"),
    )
    op.create_table(
        "sentence",
        sa.Column("id", _key, primary_key=True),
        sa.Column("article", _key, sa.ForeignKey("article.id"), nullable=False),
        sa.Column("digest", sa.LargeBinary(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.UniqueConstraint("article", "digest"),
    )
    op.create_table(
        "presence",
        sa.Column("sentence", _key, sa.ForeignKey("sentence.id"), primary_key=True),
        sa.Column("since", sa.Integer, primary_key=True),
        sa.Column("until", sa.Integer),
    )
    op.create_table(
        "change",
        sa.Column("id", _key, primary_key=True),
        sa.Column("article", _key, sa.ForeignKey("article.id"), nullable=False),
        sa.Column("old", sa.Integer),
        sa.Column("new", sa.Integer),
        sa.Column("time", sa.BigInteger, nullable=False),
        sa.Column("weight", sa.Float, nullable=False),
        sa.Column("announced", sa.Boolean, nullable=False),
        sa.Column("meaningful", sa.Boolean, nullable=False),
        sa.Column("kinds", sa.String, nullable=False),
        sa.Column("summary", sa.JSON, nullable=False),
    )
    op.create_index("change_by_time", "change", ["time", "id"])
    op.create_index("change_by_article", "change", ["article", "new"])
    op.create_table(
        "claim_change",
        sa.Column("id", _key, primary_key=True),
        sa.Column("article", _key, sa.ForeignKey("article.id"), nullable=False),
        sa.Column("new", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("speaker", sa.Text),
        sa.Column("statement", sa.Text, nullable=False),
        sa.Column("weight", sa.Float, nullable=False),
        sa.Column("announced", sa.Boolean, nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
    )
    op.create_index("claim_change_by_article", "claim_change", ["article", "new"])
    op.create_index("claim_change_by_speaker", "claim_change", ["speaker"])
    op.create_table(
        "furniture",
        sa.Column("host", sa.String, primary_key=True),
        sa.Column("data", sa.JSON, nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        _postgres_search()
        return
    # External content: the words are kept once, in ``sentence``. Marks are folded off letters so
    # that "Müller" finds "Muller"; no stemming, since an exact word is what evidence needs.
    op.execute(
        "CREATE VIRTUAL TABLE sentence_fts USING fts5("
        "text, content='sentence', content_rowid='id', tokenize='unicode61 remove_diacritics 2')"
    )


def _postgres_search() -> None:
    """The words come as the tokens that ``store.search_postgres`` cuts: those of the other index."""
    op.execute(
        "CREATE TABLE sentence_fts ("
        "id bigint PRIMARY KEY REFERENCES sentence(id) ON DELETE CASCADE, words tsvector NOT NULL)"
    )
    op.execute("CREATE INDEX sentence_fts_words ON sentence_fts USING gin (words)")
