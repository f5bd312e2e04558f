"""Forms that were handed in together carry the same id."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("submissions", sa.Column("bundle", sa.Uuid()))
    op.create_index("ix_submissions_bundle", "submissions", ["bundle"])
