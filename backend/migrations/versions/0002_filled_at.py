"""Forms know when they were filled in, and whether the kiosk's clock could be believed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

MOMENT = sa.DateTime(timezone=True)
_POSSIBLE = {  # what `submissions/filled_at.py` believes of a kiosk's clock; as SQL, since there may be many rows
    "sqlite": "julianday(created_at) BETWEEN julianday(received_at) - 180 AND julianday(received_at) + 5 / 1440.0",
    "postgresql": "created_at BETWEEN received_at - interval '180 days' AND received_at + interval '5 minutes'",
}


def upgrade() -> None:
    op.add_column("submissions", sa.Column("filled_at", MOMENT))
    op.add_column("submissions", sa.Column("clock_wrong", sa.Boolean()))
    possible = _POSSIBLE[op.get_bind().dialect.name]
    op.execute(
        f"UPDATE submissions SET clock_wrong = NOT coalesce({possible}, false),"
        f" filled_at = CASE WHEN {possible} AND created_at < received_at THEN created_at ELSE received_at END"
    )
    with op.batch_alter_table("submissions") as batch:
        batch.alter_column("filled_at", existing_type=MOMENT, nullable=False)
        batch.alter_column("clock_wrong", existing_type=sa.Boolean(), nullable=False)
    op.create_index("ix_submissions_filled_at", "submissions", ["filled_at"])
    op.create_index("ix_submissions_status_filled_at", "submissions", ["status", "filled_at"])
