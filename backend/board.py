"""What the staff page shows: open calls, kiosks, the newest submissions. No personal data is in any of it."""

from uuid import UUID

from pydantic import AwareDatetime, BaseModel
from sqlalchemy import select

from backend.accounts.permissions import Staff
from backend.calls.tables import Call
from backend.hall import Hall
from backend.kiosks.tables import Kiosk
from backend.submissions.tables import Submission
from protocol.wire import CallState, IntakeStatus, ProgressStatus, Words

NEWEST = 100


class BoardCall(BaseModel):
    id: UUID
    kiosk: str
    screen: Words
    service: Words | None
    reason: str
    received_at: AwareDatetime
    state: CallState
    staff: str | None


class BoardKiosk(BaseModel):
    name: str
    version: str
    waiting: int
    degraded: list[str]
    seen_at: AwareDatetime


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


class Board(BaseModel):
    """`now` is the hall's clock, so that a browser with a wrong one still counts waiting seconds right."""

    staff: str
    now: AwareDatetime
    statuses: list[BoardStatus]
    calls: list[BoardCall]
    kiosks: list[BoardKiosk]
    submissions: list[BoardSubmission]


def board(hall: Hall, staff: Staff) -> Board:
    is_open = [state for state in CallState if not state.is_over]
    with hall.database.read() as session:
        calls = session.scalars(select(Call).where(Call.state.in_(is_open)).order_by(Call.received_at)).all()
        kiosks = session.scalars(select(Kiosk).order_by(Kiosk.name)).all()
        newest = select(Submission).order_by(Submission.received_at.desc()).limit(NEWEST)
        submissions = session.scalars(newest).all()
    return Board(
        staff=staff.name,
        now=hall.clock(),
        statuses=[BoardStatus(id=status, words=hall.status_words[status]) for status in ProgressStatus],
        calls=[_call(hall, row) for row in calls],
        kiosks=[BoardKiosk.model_validate(row, from_attributes=True) for row in kiosks],
        submissions=[_submission(hall, row) for row in submissions],
    )


def _call(hall: Hall, row: Call) -> BoardCall:
    service = _title(hall, row.service_id) if row.service_id else None
    return BoardCall(
        id=row.id,
        kiosk=row.kiosk,
        screen=_screen(hall, row),
        service=service,
        reason=row.reason,
        received_at=row.received_at,
        state=row.state,
        staff=row.staff,
    )


def _screen(hall: Hall, row: Call) -> Words:
    """A screen's name, such as "home" or "question-phone", in words; one without words stays as it is."""
    kind, _, field_id = row.screen.partition("-")
    words = hall.page_words.get(f"screen.{kind}", Words(zh=row.screen, en=row.screen))
    service = hall.catalogue.services.get(row.service_id or "")
    for field in service.steps if service else []:
        if field.id == field_id:
            return Words(zh=f"{words.zh}：{field.label.zh}", en=f"{words.en}: {field.label.en}")
    return words


def _submission(hall: Hall, row: Submission) -> BoardSubmission:
    return BoardSubmission(
        id=row.id,
        receipt_number=row.receipt_number,
        service=_title(hall, row.service_id),
        kiosk=row.kiosk,
        received_at=row.received_at,
        needs_person=row.intake is IntakeStatus.NEEDS_PERSON and row.status is ProgressStatus.RECEIVED,
        status=row.status,
        note=row.note,
    )


def _title(hall: Hall, service_id: str) -> Words:
    service = hall.catalogue.services.get(service_id)
    return Words(zh=service.title.zh, en=service.title.en) if service else Words(zh=service_id, en=service_id)
