"""Forms as the staff page shows them: whoever has waited longest first. Nothing personal is in any of it."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel
from sqlalchemy import not_, select

from backend.accounts.guard import who_may
from backend.accounts.permissions import Permission, Staff
from backend.foundation.database import readable
from backend.hall.hall import Hall, TheHall
from backend.submissions.tables import Submission
from protocol.wire import IntakeStatus, ProgressStatus, Words

MOST = 100
router = APIRouter()
_COLUMNS = (
    Submission.id,
    Submission.receipt_number,
    Submission.service_id,
    Submission.kiosk,
    Submission.filled_at,
    Submission.clock_wrong,
    Submission.intake,
    Submission.status,
    Submission.note,
)


class BoardSubmission(BaseModel):
    """`filled_at` is the arrival when the kiosk's clock was wrong."""

    id: UUID
    receipt_number: str
    service: Words
    kiosk: str
    filled_at: AwareDatetime
    clock_wrong: bool
    needs_person: bool
    status: ProgressStatus
    note: str


class BoardStatus(BaseModel):
    id: ProgressStatus
    words: Words


class BoardSubmissions(BaseModel):
    """`statuses` are all that staff can choose from, in order."""

    statuses: list[BoardStatus]
    submissions: list[BoardSubmission]


@router.get("/staff/submissions")
def submissions(hall: TheHall, staff: Annotated[Staff, who_may(Permission.SEE_BOARD)]) -> BoardSubmissions:
    """Open ones first, the one that was filled in first on top; then those that are done, the newest on top."""
    is_open = Submission.status.in_([status for status in ProgressStatus if status is not ProgressStatus.DONE])
    with hall.database.read() as session:
        open_ones = select(*_COLUMNS).where(is_open).order_by(Submission.filled_at).limit(MOST)
        submissions = readable(session, open_ones, partial(_submission, hall))
        if len(submissions) < MOST:
            rest = select(*_COLUMNS).where(not_(is_open)).order_by(Submission.filled_at.desc())
            submissions += readable(session, rest.limit(MOST - len(submissions)), partial(_submission, hall))
    return BoardSubmissions(
        statuses=[BoardStatus(id=status, words=hall.status_words[status]) for status in ProgressStatus],
        submissions=submissions,
    )


def _submission(hall: Hall, row: Any) -> BoardSubmission:
    return BoardSubmission(
        id=row.id,
        receipt_number=row.receipt_number,
        service=hall.title_of(row.service_id),
        kiosk=row.kiosk,
        filled_at=row.filled_at,
        clock_wrong=row.clock_wrong,
        needs_person=row.intake is IntakeStatus.NEEDS_PERSON and row.status is ProgressStatus.RECEIVED,
        status=row.status,
        note=row.note,
    )
