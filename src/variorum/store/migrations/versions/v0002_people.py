"""People: accounts, sessions, tokens, what editors concluded, and the log of what they did."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_key = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _accounts()
    _conclusions()
    _log()
    op.add_column("source", sa.Column("every", sa.Integer))


def _accounts() -> None:
    op.create_table(
        "person",
        sa.Column("id", _key, primary_key=True),
        sa.Column("name", sa.String, nullable=False, unique=True),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("added", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "session",
        sa.Column("digest", sa.String, primary_key=True),
        sa.Column("person", _key, sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column("made", sa.BigInteger, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "token",
        sa.Column("id", _key, primary_key=True),
        sa.Column("person", _key, sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False, unique=True),
        sa.Column("made", sa.BigInteger, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
    )


def _conclusions() -> None:
    op.create_table(
        "hiding",
        sa.Column("article", _key, sa.ForeignKey("article.id"), primary_key=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("time", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "note",
        sa.Column("id", _key, primary_key=True),
        sa.Column("article", _key, sa.ForeignKey("article.id"), nullable=False, index=True),
        sa.Column("version", sa.Integer),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("time", sa.BigInteger, nullable=False),
        sa.Column("withdrawn", sa.BigInteger),
    )
    op.create_table(
        "parting",
        sa.Column("article", _key, sa.ForeignKey("article.id"), primary_key=True),
        sa.Column("other", _key, sa.ForeignKey("article.id"), primary_key=True),
    )
    op.create_table(
        "forward",
        sa.Column("article", _key, sa.ForeignKey("article.id"), primary_key=True),
        sa.Column("into", _key, sa.ForeignKey("article.id"), nullable=False, index=True),
    )


def _log() -> None:
    op.create_table(
        "act",
        sa.Column("id", _key, primary_key=True),
        sa.Column("time", sa.BigInteger, nullable=False),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("article", sa.Integer),
        sa.Column("source", sa.Integer),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("details", sa.JSON, nullable=False),
    )
    op.create_index("act_by_article", "act", ["article", "id"])
    if op.get_bind().dialect.name == "postgresql":
        _postgres_log()
        return
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER act_no_{event.lower()} BEFORE {event} ON act "
            "BEGIN SELECT RAISE(ABORT, 'the log of acts is only ever appended to'); END"
        )


def _postgres_log() -> None:
    op.execute(
        "CREATE FUNCTION act_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'the log of acts is only ever appended to' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER act_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON act "
        "FOR EACH STATEMENT EXECUTE FUNCTION act_refuse()"
    )
