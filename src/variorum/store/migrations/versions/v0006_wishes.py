"""What of a source's list is wanted, and how many looks an hour its articles may have."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("source", sa.Column("wanted", sa.JSON))
    op.add_column("source", sa.Column("looks", sa.Integer))
