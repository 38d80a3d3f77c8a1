"""Many machines: who works on what, and when a host may be asked. What one process keeps in memory
stands in these tables where several write to one archive; in SQLite they stay empty."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

# The columns of rows that are evidence: a change of another one is not told to the log.
_CAPTURE = (
    "id", "url", "final_url", "time", "status", "media_type", "digest", "warc", "offset", "length",
    "etag", "last_modified", "origin", "article", "version", "outcome", "reason", "story_digest",
    "details",
)  # fmt: skip
_VERSION = (
    "article", "number", "kind", "reason", "fields", "same_as", "label", "headline", "first_seen",
    "digest", "extractor", "body_digest",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "lease",
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("token", sa.BigInteger, nullable=False),
        sa.Column("holder", sa.String, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "host",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("not_before", sa.BigInteger, nullable=False),
        sa.Column("resting_until", sa.BigInteger, nullable=False),
        sa.Column("holder", sa.String),
        sa.Column("held_until", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "worker",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("machine", sa.String, nullable=False),
        sa.Column("process", sa.Integer, nullable=False),
        sa.Column("started", sa.BigInteger, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False),
        sa.Column("checked", sa.BigInteger, nullable=False),
        sa.Column("versions", sa.BigInteger, nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE SEQUENCE lease_token")
        _watch_rows()


def _watch_rows() -> None:
    """Rows that a transaction changed are noted by the database itself, whatever code writes, until
    they are told to the evidence log."""
    op.execute(
        "CREATE TABLE evidence_touched (kind text, first bigint, second bigint, "
        "added boolean NOT NULL, PRIMARY KEY (kind, first, second))"
    )
    for table, first, second, columns in (
        ("capture", "id", "", _CAPTURE),
        ("version", "article", "number", _VERSION),
        ("act", "id", "", ()),
    ):
        new, old = (
            f"{row}.{first}, {f'{row}.{second}' if second else '0'}" for row in ("NEW", "OLD")
        )
        # Built of our own names only.
        note = (
            f"INSERT INTO evidence_touched VALUES ('{table}', {{}}, {{}}) ON CONFLICT DO NOTHING;"  # noqa: S608
        )
        op.execute(
            f"CREATE FUNCTION evidence_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP <> 'DELETE' THEN {note.format(new, 'TG_OP = $i$INSERT$i$')} END IF; "
            f"IF TG_OP <> 'INSERT' THEN {note.format(old, 'false')} END IF; RETURN NULL; END $$"
        )
        of = " OF " + ", ".join(f'"{name}"' for name in columns) if columns else ""
        op.execute(
            f"CREATE TRIGGER evidence_{table} AFTER INSERT OR UPDATE{of} OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION evidence_{table}()"
        )
