"""Where a submission stands, for the person who sent it. Staff move it; no program ever does."""

from uuid import UUID

from sqlalchemy import select

from backend.accounts.permissions import Staff
from backend.audit.tables import Audit
from backend.errors import UnknownError
from backend.events.feed import announce
from backend.hall import Hall
from backend.limits import forgive, take_try
from backend.submissions.indexes import person_index, search_index
from backend.submissions.tables import Submission
from protocol.wire import Progress, ProgressSearch, ProgressStatus


def by_receipt(hall: Hall, receipt_number: str) -> Progress:
    """UnknownError when no submission, or more than one, carries the number."""
    with hall.database.read() as session:
        rows = session.scalars(select(Submission).where(Submission.receipt_number == receipt_number)).all()
    if len(rows) != 1:
        raise UnknownError
    return _progress(hall, rows[0])


def search(hall: Hall, wanted: ProgressSearch) -> list[Progress]:
    """A person's submissions, newest first. Wrong tries are counted per ID number: TooManyTriesError after five."""
    limit = "search:" + person_index(hall, wanted.resident_id)
    take_try(hall.database, limit, hall.clock())
    index = search_index(hall, wanted.resident_id, wanted.phone_last4)
    with hall.database.read() as session:
        found = session.scalars(
            select(Submission).where(Submission.search_index == index).order_by(Submission.received_at.desc())
        ).all()
    if found:
        forgive(hall.database, limit)
    return [_progress(hall, row) for row in found]


def set_status(hall: Hall, submission_id: UUID, status: ProgressStatus, note: str, staff: Staff) -> Progress:
    """A staff member moves a submission and may add a note for the person; UnknownError when it is not there."""
    now = hall.clock()
    with hall.database.write() as session:
        row = session.get(Submission, submission_id)
        if row is None:
            raise UnknownError
        session.add(
            Audit(at=now, staff=staff.name, action="status", subject=str(row.id), detail=f"{row.status} -> {status}")
        )
        row.status, row.note, row.updated_at = status, note, now
        announce(session, "submission", row.id, now)
    hall.feed.wake()
    return _progress(hall, row)


def _progress(hall: Hall, row: Submission) -> Progress:
    return Progress(
        receipt_number=row.receipt_number,
        service_id=row.service_id,
        status=row.status,
        words=hall.status_words[row.status],
        updated_at=row.updated_at,
        note=row.note,
    )
