"""Taking in a form: keep it exactly once, then say "received" or "a person needs to look"; nothing is ever refused.

The form is opened in memory only, to check it and to make its search index; what is stored stays sealed.
"""

from hashlib import sha256
from uuid import UUID

from sqlalchemy import select

from backend.database import insert_new
from backend.errors import RequestError
from backend.events.feed import announce
from backend.hall import Hall
from backend.submissions.indexes import indexes_of
from backend.submissions.opening import UnopenedError, open_body
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
    body_hash = sha256(body.model_dump_json().encode()).hexdigest()
    row = _row(hall, submission_id, body, body_hash)
    with hall.database.write() as session:
        is_new = insert_new(session, Row, row)
        stored = session.scalars(select(Row).where(Row.id == submission_id)).one()
        if stored.body_hash != body_hash:
            raise OtherBodyError
        if is_new:
            announce(session, "submission", submission_id, stored.received_at)
    if is_new:
        hall.feed.wake()
    return SubmissionReceipt(
        submission=submission_id, receipt_number=stored.receipt_number, status=stored.intake
    ), is_new


def _row(hall: Hall, submission_id: UUID, body: Submission, body_hash: str) -> dict[str, object]:
    now = hall.clock()
    row: dict[str, object] = {
        **body.model_dump(exclude={"sha256"}),
        "id": submission_id,
        "body_hash": body_hash,
        "received_at": now,
        "updated_at": now,
        "status": ProgressStatus.RECEIVED,
        "note": "",
        "intake": IntakeStatus.NEEDS_PERSON,
        "person_index": None,
        "search_index": None,
    }
    try:
        opened = open_body(hall, submission_id, body.service_id, body.service_version, body.receipt_number, body.sealed)
    except UnopenedError:
        return row
    same_rules = body.service_version == str(opened.service.version)
    if same_rules and opened.report.ok and not opened.report.warnings:
        row["intake"] = IntakeStatus.RECEIVED
    return row | indexes_of(hall, opened)
