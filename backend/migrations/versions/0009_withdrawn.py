"""People may take their consent back: their form is erased, or locked where it has to be kept."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("submissions", sa.Column("withdrawn_at", sa.DateTime(timezone=True)))
