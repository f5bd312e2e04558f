"""Taking in a form: keep it exactly once, then say "received" or "a person needs to look"; nothing is ever refused.

The form is opened in memory only, to check it and to make its search index; what is stored stays sealed.
"""

from datetime import datetime
from enum import Enum
from typing import Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.events.feed import announce
from backend.foundation.database import Database, insert_new
from backend.foundation.errors import RequestError
from backend.hall.hall import Hall
from backend.hall.state import Arrival, bear_witness, next_arrival, state_of
from backend.kiosks.signed import NotAdmittedError
from backend.submissions.filled_at import filled_at
from backend.submissions.judging import judge
from backend.submissions.opening import SealedAs
from backend.submissions.tables import Submission as Row
from protocol.wire import IntakeStatus, ProgressStatus, Submission, SubmissionReceipt


class OtherBodyError(RequestError):
    """This UUID already belongs to a different body, or to another kiosk's form."""

    status = 409

    def __init__(self) -> None:
        super().__init__("This submission id already belongs to another form: use a new id.")


class Bringer(Protocol):
    """The kiosk whose form it is, and how it is known that it may bring it at this moment."""

    @property
    def id(self) -> UUID: ...

    @property
    def name(self) -> str: ...

    def spend(self, session: Session) -> bool:
        """Asked in the transaction that keeps the form: False when nothing is to be taken from it."""

    def refusal(self, database: Database) -> NotAdmittedError:
        """Why `spend` said no."""


class _Not(Enum):
    """Why a form was not stored."""

    ADMITTED = "admitted"
    NEW = "new"


def take_in(hall: Hall, submission_id: UUID, body: Submission, kiosk: Bringer) -> tuple[SubmissionReceipt, bool]:
    """Store the form and answer with its receipt, and whether it was new; the same body again changes nothing.

    OtherBodyError when the UUID is taken by another body or another kiosk; NotAdmittedError.
    """
    now, body_hash = hall.clock(), body.body_hash
    filled = filled_at(body.created_at, now)
    row = body.model_dump(exclude={"sha256"}) | judge(hall, _sealed_as(hall, submission_id, body, filled or now))
    row |= {"kiosk": kiosk.name, "kiosk_id": kiosk.id}
    row |= {"id": submission_id, "body_hash": body_hash, "received_at": now, "updated_at": now}
    row |= {"filled_at": filled or now, "clock_wrong": filled is None}
    row |= {"status": ProgressStatus.RECEIVED, "note": ""}

    def keep(session: Session) -> Arrival | _Not:
        if not kiosk.spend(session):
            return _Not.ADMITTED
        arrival = next_arrival(session)
        if not insert_new(session, Row, row | {"arrival": arrival.number}):
            return _Not.NEW
        announce(session, "submission", submission_id, now)
        return arrival

    arrival, intake = hall.database.together.run(keep), row["intake"]
    if arrival is _Not.ADMITTED:
        raise kiosk.refusal(hall.database)
    is_new = arrival is not _Not.NEW
    if arrival is _Not.NEW:
        intake, arrival = _first_answer(hall, submission_id, body_hash, kiosk)
    else:
        bear_witness(hall.files.settings.folder, arrival)
        hall.feed.wake()
    receipt = SubmissionReceipt(
        submission=submission_id,
        receipt_number=body.receipt_number,
        status=intake,
        lacks_definition=body.definition is not None and not hall.definitions.has(body.definition),
        arrival=arrival.number,
        generation=arrival.generation,
    )
    return receipt, is_new


def _sealed_as(hall: Hall, submission_id: UUID, body: Submission, filled: datetime) -> SealedAs:
    names = (body.service_id, body.service_version, body.receipt_number, body.definition)
    return SealedAs(submission_id, *names, body.sealed, hall.day_of(filled))


def _first_answer(hall: Hall, submission_id: UUID, body_hash: str, kiosk: Bringer) -> tuple[IntakeStatus, Arrival]:
    """What was said of it the first time; its generation is the present one, in which it is still there."""
    stored = select(Row.body_hash, Row.kiosk_id, Row.intake, Row.arrival).where(Row.id == submission_id)
    with hall.database.read() as session:
        first_hash, first_kiosk, intake, number = session.execute(stored).one()
        state = state_of(session)
    if first_hash != body_hash or first_kiosk not in (None, kiosk.id):
        raise OtherBodyError
    return intake, Arrival(number, state.generation, state.generations)
