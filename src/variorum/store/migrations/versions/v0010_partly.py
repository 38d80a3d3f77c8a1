"""Steps of which a notice names some claim changes and not others. They had been told as announced."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_SOME = """
UPDATE change SET partly = true, announced = false
WHERE announced AND EXISTS (
    SELECT 1 FROM claim_change
    WHERE claim_change.article = change.article AND claim_change.new = change.new
    AND NOT claim_change.announced
)
"""


def upgrade() -> None:
    column = sa.Column("partly", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("change", column)
    op.execute(_SOME)
