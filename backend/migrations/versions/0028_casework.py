"""Who deals with a form, how often staff have changed it, and what was done with it."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

WORDS = sa.String(200)


def upgrade() -> None:
    op.add_column("submissions", sa.Column("owner", WORDS))
    op.add_column("submissions", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("submissions", sa.Column("changed_by", WORDS))
    op.create_index("ix_audit_subject", "audit", ["subject"])
