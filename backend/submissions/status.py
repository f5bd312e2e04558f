"""Where a form stands. Staff move it; no program ever does."""

from typing import Literal
from uuid import UUID

from backend.accounts.permissions import Staff
from backend.audit import log as audit
from backend.decisions.log import note_step
from backend.decisions.rulings import counting, end
from backend.events.feed import announce
from backend.hall.hall import Hall
from backend.submissions.stored import NoLongerCountsError, stored, take_change
from protocol.wire import ProgressStatus

Step = Literal[ProgressStatus.RECEIVED, ProgressStatus.IN_REVIEW]  # what decides nothing


def set_status(hall: Hall, submission_id: UUID, status: Step, note: str, version: int | None, staff: Staff) -> None:
    """A staff member who saw the form at `version` (None: as it is now) moves it and may add a note for its sender.
    What was asked for is asked for no more; what becomes of it is decided elsewhere (backend.rulings).

    UnknownError, WithdrawnError, NoLongerCountsError, ChangedMeanwhileError.
    """
    now = hall.clock()
    with hall.database.write() as session:
        row = stored(session, submission_id, to_change=True)
        if row.status is ProgressStatus.DONE:
            raise NoLongerCountsError
        end(session, [counting(session, row.id)], now, staff.name)
        take_change(session, row, row.version if version is None else version, staff)
        audit.note(session, hall, staff.name, "status", row.id, f"{row.status} -> {status}")
        note_step(session, row.id, now, staff, status, note)
        row.status, row.note, row.updated_at = status, note, now
        announce(session, "submission", row.id, now)
    hall.feed.wake()
