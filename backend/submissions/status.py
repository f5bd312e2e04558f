"""Where a form stands. Staff move it; no program ever does."""

from uuid import UUID

from backend.accounts.permissions import Staff
from backend.audit import log as audit
from backend.decisions.log import note_step
from backend.events.feed import announce
from backend.hall.hall import Hall
from backend.submissions.stored import NoLongerCountsError, stored, take_change
from protocol.wire import ProgressStatus


def set_status(
    hall: Hall, submission_id: UUID, status: ProgressStatus, note: str, version: int | None, staff: Staff
) -> None:
    """A staff member who saw the form at `version` (None: as it is now) moves it and may add a note for its sender.

    UnknownError, WithdrawnError, NoLongerCountsError, ChangedMeanwhileError.
    """
    now = hall.clock()
    with hall.database.write() as session:
        row = stored(session, submission_id)
        if row.taken_back_at or row.replaced_by:
            raise NoLongerCountsError
        take_change(session, row, row.version if version is None else version, staff)
        audit.note(session, hall, staff.name, "status", row.id, f"{row.status} -> {status}")
        note_step(session, row.id, now, staff, status, note)
        row.status, row.note, row.updated_at = status, note, now
        announce(session, "submission", row.id, now)
    hall.feed.wake()
