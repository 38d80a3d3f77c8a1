"""Whether a source is read though the certificate of its host cannot be trusted."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("source", sa.Column("untrusted", sa.Boolean))
