"""How far everything that a source lists is read."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("source", sa.Column("walk", sa.JSON))
