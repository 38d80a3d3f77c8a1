"""Searches whose hits are told elsewhere as they come and go."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("rule", sa.Column("search", sa.JSON))
