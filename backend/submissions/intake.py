"""Taking in a form: keep it exactly once, then say "received" or "a person needs to look"; nothing is ever refused.

The form is opened in memory only, to check it and to make its search index; what is stored stays sealed.
"""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.events.feed import announce
from backend.foundation.database import insert_new
from backend.foundation.errors import RequestError
from backend.hall.hall import Hall
from backend.submissions.filled_at import filled_at
from backend.submissions.judging import judge
from backend.submissions.opening import SealedAs
from backend.submissions.tables import Submission as Row
from protocol.wire import IntakeStatus, ProgressStatus, Submission, SubmissionReceipt


class OtherBodyError(RequestError):
    """This UUID already belongs to a different body."""

    status = 409

    def __init__(self) -> None:
        super().__init__("This submission id already belongs to another form: use a new id.")


def take_in(hall: Hall, submission_id: UUID, body: Submission) -> tuple[SubmissionReceipt, bool]:
    """Store the form and answer with its receipt, and whether it was new; the same body again changes nothing.

    OtherBodyError when the UUID is taken by another body.
    """
    now, body_hash = hall.clock(), sha256(body.model_dump_json(exclude_none=True).encode()).hexdigest()
    filled = filled_at(body.created_at, now)
    row = body.model_dump(exclude={"sha256"}) | judge(hall, _sealed_as(hall, submission_id, body, filled or now))
    row |= {"id": submission_id, "body_hash": body_hash, "received_at": now, "updated_at": now}
    row |= {"filled_at": filled or now, "clock_wrong": filled is None}
    row |= {"status": ProgressStatus.RECEIVED, "note": ""}

    def keep(session: Session) -> bool:
        is_new = insert_new(session, Row, row)
        if is_new:
            announce(session, "submission", submission_id, now)
        return is_new

    is_new = hall.database.together.run(keep)
    if is_new:
        hall.feed.wake()
    else:
        row["intake"] = _intake_of_stored(hall, submission_id, body_hash)
    lacks = body.definition is not None and not hall.definitions.has(body.definition)
    number, intake = body.receipt_number, row["intake"]
    receipt = SubmissionReceipt(submission=submission_id, receipt_number=number, status=intake, lacks_definition=lacks)
    return receipt, is_new


def _sealed_as(hall: Hall, submission_id: UUID, body: Submission, filled: datetime) -> SealedAs:
    names = (body.service_id, body.service_version, body.receipt_number, body.definition)
    return SealedAs(submission_id, *names, body.sealed, hall.day_of(filled))


def _intake_of_stored(hall: Hall, submission_id: UUID, body_hash: str) -> IntakeStatus:
    """What was said of it the first time."""
    with hall.database.read() as session:
        first_hash, intake = session.execute(select(Row.body_hash, Row.intake).where(Row.id == submission_id)).one()
    if first_hash != body_hash:
        raise OtherBodyError
    return intake
