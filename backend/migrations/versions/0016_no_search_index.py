"""Nobody looks a form up by a typed ID number and digits of a phone any more."""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.drop_index("ix_submissions_search_index", "submissions")
    op.drop_column("submissions", "search_index")
