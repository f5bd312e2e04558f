"""Taking in a form: keep it exactly once, then say "received" or "a person needs to look"; nothing is ever refused.

The form is opened in memory only, to check it and to make its search index; what is stored stays sealed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import partial
from itertools import compress
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.decisions.log import keep as keep_decisions
from backend.events.feed import announce_all
from backend.foundation.database import Database, insert_all_new, once_committed
from backend.foundation.errors import RequestError
from backend.foundation.together import Together
from backend.hall.hall import Hall
from backend.hall.state import Arrival, bear_witness, next_arrivals, state_of
from backend.kiosks.signed import NotAdmittedError
from backend.submissions.filled_at import filled_at
from backend.submissions.judging import Judged, judge
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
    def id(self) -> UUID | None: ...

    @property
    def name(self) -> str: ...

    @property
    def spend_all(self) -> Callable[[Session, Sequence[Any]], list[bool]]:
        """Asked of all kiosks of its kind, in the transaction that keeps their forms: False when nothing is to be
        taken from one."""

    def refusal(self, database: Database) -> NotAdmittedError:
        """Why `spend_all` said no."""


@dataclass(frozen=True)
class Brought:
    """A form as it came."""

    submission: UUID
    body: Submission
    kiosk: Bringer


class _Not(Enum):
    """Why a form was not stored."""

    ADMITTED = "admitted"
    NEW = "new"


Taken = tuple[SubmissionReceipt, bool]
Intake = Together[Brought, Taken]  # by `take_in_all`


def take_in(hall: Hall, submission_id: UUID, body: Submission, kiosk: Bringer) -> Taken:
    """Store the form and answer with its receipt, and whether it was new; the same body again changes nothing.

    OtherBodyError when the UUID is taken by another body or another kiosk; NotAdmittedError.
    """
    (taken,) = take_in_all(hall, [Brought(submission_id, body, kiosk)])
    if isinstance(taken, RequestError):
        raise taken
    return taken


def take_in_all(hall: Hall, brought: Sequence[Brought]) -> list[Taken | RequestError]:
    """The same for forms of kiosks of one kind, in one transaction; each is taken in or not by itself."""
    judged = [_judged(hall, form) for form in brought]
    rows = [_row(hall, *one) for one in zip(brought, judged, strict=True)]
    with hall.database.write() as session:
        arrivals = _keep(session, hall, [form.kiosk for form in brought], rows)
        kept = (one for one, arrival in zip(judged, arrivals, strict=True) if isinstance(arrival, Arrival))
        keep_decisions(session, [one.decision for one in kept if one.decision])
    return [_answer(hall, *one) for one in zip(brought, rows, arrivals, strict=True)]


def _judged(hall: Hall, form: Brought) -> Judged:
    now = hall.clock()
    return judge(hall, _sealed_as(hall, form.submission, form.body, filled_at(form.body.created_at, now) or now))


def _row(hall: Hall, form: Brought, judged: Judged) -> dict[str, Any]:
    """All columns but `arrival`."""
    body, now = form.body, hall.clock()
    filled = filled_at(body.created_at, now)
    row = body.model_dump(exclude={"sha256"}) | judged.columns
    row |= {"kiosk": form.kiosk.name, "kiosk_id": form.kiosk.id}
    row |= {"id": form.submission, "body_hash": body.body_hash, "received_at": now, "updated_at": now}
    row |= {"filled_at": filled or now, "clock_wrong": filled is None}
    return row | {"status": ProgressStatus.RECEIVED, "note": ""}


def _keep(
    session: Session, hall: Hall, kiosks: Sequence[Bringer], rows: Sequence[dict[str, Any]]
) -> list[Arrival | _Not]:
    may = kiosks[0].spend_all(session, kiosks)
    if not any(may):
        return [_Not.ADMITTED for _ in rows]
    arrivals = dict(zip(compress(range(len(rows)), may), next_arrivals(session, sum(may)), strict=True))
    numbered = [rows[at] | {"arrival": one.number} for at, one in arrivals.items()]
    new = insert_all_new(session, Row, numbered, "arrival")
    kept = {at: one for at, one in arrivals.items() if one.number in new}
    if kept:
        announce_all(session, "submission", [(rows[at]["id"], rows[at]["received_at"]) for at in kept])
        once_committed(session, partial(bear_witness, hall.files.settings.folder, max(kept.values())))
        once_committed(session, hall.feed.wake)
    return [kept.get(at, _Not.NEW if at in arrivals else _Not.ADMITTED) for at in range(len(rows))]


def _answer(hall: Hall, form: Brought, row: dict[str, Any], arrival: Arrival | _Not) -> Taken | RequestError:
    if arrival is _Not.ADMITTED:
        return form.kiosk.refusal(hall.database)
    is_new, intake = arrival is not _Not.NEW, row["intake"]
    if arrival is _Not.NEW:
        try:
            intake, arrival = _first_answer(hall, form.submission, row["body_hash"], form.kiosk)
        except OtherBodyError as error:
            return error
    body = form.body
    receipt = SubmissionReceipt(
        submission=form.submission,
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
