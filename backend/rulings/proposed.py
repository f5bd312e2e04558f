"""Each no that waits for a second person, put before those who may agree to it."""

from uuid import UUID

from pydantic import AwareDatetime, BaseModel
from sqlalchemy import select

from backend.accounts.sessions import SignedIn
from backend.decisions.tables import Ruling
from backend.hall.hall import Hall
from backend.submissions.tables import Submission
from protocol.wire import ProgressStatus, Words

_MOST = 50
_OPEN = [one for one in ProgressStatus if one is not ProgressStatus.DONE]


class Proposed(BaseModel):
    """`who` has proposed it, `at`."""

    submission: UUID
    receipt_number: str
    service: Words
    who: str
    at: AwareDatetime


def proposed(hall: Hall, staff: SignedIn) -> list[Proposed]:
    """Those that somebody else has proposed, the longest waiting first."""
    waits = (Ruling.waits.is_(True), Ruling.ended_at.is_(None), Ruling.member != staff.member)
    wanted = select(Ruling.at, Ruling.who, Submission.id, Submission.receipt_number, Submission.service_id)
    joined = wanted.join(Submission, Submission.id == Ruling.submission)
    mine = joined.where(Submission.status.in_(_OPEN), Submission.withdrawn_at.is_(None), *waits)
    with hall.database.read() as session:
        rows = session.execute(mine.order_by(Ruling.at).limit(_MOST)).all()
    return [
        Proposed(submission=form, receipt_number=number, service=hall.definitions.title(service), who=who, at=at)
        for at, who, form, number, service in rows
    ]
