"""What comes after sending: a form may correct another one, be replaced by one, be taken back, have a page."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("submissions", sa.Column("amends", sa.Uuid()))
    op.add_column("submissions", sa.Column("replaced_by", sa.Uuid()))
    op.add_column("submissions", sa.Column("taken_back_at", sa.DateTime(timezone=True)))
    op.add_column("submissions", sa.Column("page_key", sa.String(200)))
    op.create_index("ix_submissions_amends", "submissions", ["amends"])
