"""Rules by which changes are told to people and programs elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_key = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "rule",
        sa.Column("id", _key, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("base", sa.Text, nullable=False),
        sa.Column("kinds", sa.String, nullable=False),
        sa.Column("weight", sa.Float, nullable=False),
        sa.Column("host", sa.String, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("announced", sa.Boolean),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("made", sa.BigInteger, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False),
        sa.Column("reached", sa.BigInteger),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("health", sa.Text, nullable=False),
        sa.Column("again", sa.BigInteger),
    )
