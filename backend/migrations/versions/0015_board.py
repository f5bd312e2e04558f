"""The board is read in the order of arrival, by status, service, kiosk, day and receipt number."""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    for columns in (["status", "arrival"], ["kiosk", "status", "arrival"], ["service_id", "status", "arrival"]):
        op.create_index(f"ix_submissions_{'_'.join(columns)}", "submissions", columns)
    op.create_index("ix_submissions_receipt_number_status", "submissions", ["receipt_number", "status"])
    for column in ("receipt_number", "received_at", "filled_at"):
        op.drop_index(f"ix_submissions_{column}", "submissions")
