"""A form as a kiosk keeps it, where nobody looks into it."""

from datetime import UTC, datetime
from hashlib import sha256

from protocol.wire import Submission

KEPT_AT = datetime(2026, 3, 1, tzinfo=UTC)


def kept_form(receipt_number: str = "A-1") -> Submission:
    sealed = b"sealed"
    return Submission(
        service_id="old-age-allowance",
        service_version="1",
        kiosk="村委会-1",
        receipt_number=receipt_number,
        created_at=KEPT_AT,
        sealed=sealed,
        sha256=sha256(sealed).hexdigest(),
    )
