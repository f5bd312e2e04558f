"""Forms as the staff page shows them: who has waited longest, and what is new. Nothing personal is in any of it."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel
from sqlalchemy import and_, func, or_, select

from backend.accounts.guard import who_may
from backend.accounts.permissions import Permission, Staff
from backend.foundation.database import readable
from backend.hall.hall import Hall, TheHall
from backend.submissions.tables import Submission
from protocol.wire import IntakeStatus, ProgressStatus, Words

MOST = 50  # of those that have waited longest, and as many of the newest
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
    Submission.definition,
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
    """`statuses` are all that staff can choose from, in order. `more_waiting` forms are open and not listed."""

    statuses: list[BoardStatus]
    submissions: list[BoardSubmission]
    more_waiting: int


@router.get("/staff/submissions")
def submissions(hall: TheHall, staff: Annotated[Staff, who_may(Permission.SEE_BOARD)]) -> BoardSubmissions:
    """Open ones first, the one that was filled in first on top; then those that are done, the newest on top.

    However many wait, the newest are among them: one belongs to the person who stands at the desk.
    """
    is_open = Submission.status.in_([status for status in ProgressStatus if status is not ProgressStatus.DONE])
    longest_waiting = select(Submission.id).where(is_open).order_by(Submission.filled_at).limit(MOST)
    newest = select(Submission.id).order_by(Submission.filled_at.desc()).limit(MOST)
    either = and_(or_(Submission.id.in_(longest_waiting), Submission.id.in_(newest)), Submission.withdrawn_at.is_(None))
    wanted = select(*_COLUMNS).where(either).order_by(Submission.filled_at)
    with hall.database.read() as session:
        all_open = session.scalar(select(func.count()).select_from(Submission).where(is_open)) or 0
        listed = readable(session, wanted, partial(_submission, hall))
    waiting = [form for form in listed if form.status is not ProgressStatus.DONE]
    done = [form for form in reversed(listed) if form.status is ProgressStatus.DONE]
    return BoardSubmissions(
        statuses=[BoardStatus(id=status, words=hall.status_words[status]) for status in ProgressStatus],
        submissions=waiting + done,
        more_waiting=max(0, all_open - len(waiting)),
    )


def _submission(hall: Hall, row: Any) -> BoardSubmission:
    return BoardSubmission(
        id=row.id,
        receipt_number=row.receipt_number,
        service=hall.definitions.title(row.service_id, row.definition),
        kiosk=row.kiosk,
        filled_at=row.filled_at,
        clock_wrong=row.clock_wrong,
        needs_person=row.intake is IntakeStatus.NEEDS_PERSON and row.status is ProgressStatus.RECEIVED,
        status=row.status,
        note=row.note,
    )
