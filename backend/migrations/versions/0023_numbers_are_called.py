"""Staff call the numbers of the queue: who did, how often, what came of it."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("queue_tickets", sa.Column("called_by", sa.String(200)))
    op.add_column("queue_tickets", sa.Column("times_called", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("queue_tickets", sa.Column("outcome", sa.String(32)))
