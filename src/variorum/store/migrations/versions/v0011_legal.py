"""Whether the law asks that an article be hidden. Of those hidden before nobody said so."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    column = sa.Column("legal", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("hiding", column)
