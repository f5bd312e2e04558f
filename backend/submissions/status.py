"""Where a form stands. Staff move it; no program ever does."""

from uuid import UUID

from backend.accounts.permissions import Staff
from backend.audit import log as audit
from backend.events.feed import announce
from backend.foundation.errors import UnknownError
from backend.hall.hall import Hall
from backend.submissions.tables import Submission
from protocol.wire import ProgressStatus


def set_status(hall: Hall, submission_id: UUID, status: ProgressStatus, note: str, staff: Staff) -> None:
    """A staff member moves a form and may add a note for its sender; UnknownError when it is not there."""
    now = hall.clock()
    with hall.database.write() as session:
        row = session.get(Submission, submission_id)
        if row is None:
            raise UnknownError
        audit.note(session, hall, staff.name, "status", row.id, f"{row.status} -> {status}")
        row.status, row.note, row.updated_at = status, note, now
        announce(session, "submission", row.id, now)
    hall.feed.wake()
