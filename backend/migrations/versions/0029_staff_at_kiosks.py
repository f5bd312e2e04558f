"""Who of staff stands at which kiosk."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.create_table(
        "staff_at_kiosks",
        sa.Column("kiosk", sa.Uuid(), primary_key=True),
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
