"""Forms know when they were filled in, and whether the kiosk's clock could be believed."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

MOMENT = sa.DateTime(timezone=True)
FIRST_FORM = datetime(2026, 1, 1, tzinfo=UTC)  # there was no kiosk before


def upgrade() -> None:
    op.add_column("submissions", sa.Column("filled_at", MOMENT))
    op.add_column("submissions", sa.Column("clock_wrong", sa.Boolean()))
    columns = ("created_at", "received_at", "filled_at", "clock_wrong")
    forms = sa.table("submissions", *(sa.column(name) for name in columns))
    clock_wrong = sa.or_(forms.c.created_at > forms.c.received_at, forms.c.created_at < sa.literal(FIRST_FORM, MOMENT))
    filled_at = sa.case((clock_wrong, forms.c.received_at), else_=forms.c.created_at)
    op.execute(forms.update().values(filled_at=filled_at, clock_wrong=clock_wrong))
    with op.batch_alter_table("submissions") as batch:
        batch.alter_column("filled_at", existing_type=MOMENT, nullable=False)
        batch.alter_column("clock_wrong", existing_type=sa.Boolean(), nullable=False)
    op.create_index("ix_submissions_filled_at", "submissions", ["filled_at"])
    op.create_index("ix_submissions_status_filled_at", "submissions", ["status", "filled_at"])
