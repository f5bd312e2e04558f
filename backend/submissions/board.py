"""The newest forms as the staff page shows them. Nothing personal is in any of it."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel
from sqlalchemy import select

from backend.accounts.guard import who_may
from backend.accounts.permissions import Permission, Staff
from backend.foundation.database import readable
from backend.hall.hall import Hall, TheHall
from backend.submissions.tables import Submission
from protocol.wire import IntakeStatus, ProgressStatus, Words

NEWEST = 100
router = APIRouter()
_COLUMNS = (
    Submission.id,
    Submission.receipt_number,
    Submission.service_id,
    Submission.kiosk,
    Submission.received_at,
    Submission.intake,
    Submission.status,
    Submission.note,
)


class BoardSubmission(BaseModel):
    id: UUID
    receipt_number: str
    service: Words
    kiosk: str
    received_at: AwareDatetime
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
def newest_submissions(hall: TheHall, staff: Annotated[Staff, who_may(Permission.SEE_BOARD)]) -> BoardSubmissions:
    with hall.database.read() as session:
        rows = select(*_COLUMNS).order_by(Submission.received_at.desc()).limit(NEWEST)
        submissions = readable(session, rows, partial(_submission, hall))
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
        received_at=row.received_at,
        needs_person=row.intake is IntakeStatus.NEEDS_PERSON and row.status is ProgressStatus.RECEIVED,
        status=row.status,
        note=row.note,
    )
