"""Taking in a form: keep it exactly once, then say "received" or "a person needs to look"; nothing is ever refused.

The form is opened in memory only, to check it and to make its search index; what is stored stays sealed.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import select

from backend.database import insert_new
from backend.feed import announce
from backend.hall import Hall
from backend.tables import Submission as Row
from forms import Report, Service, validate
from protocol.sealing import SealError, open_sealed
from protocol.wire import IntakeStatus, ProgressStatus, SealedForm, Submission, SubmissionReceipt, sealing_context


class OtherBodyError(Exception):
    """This UUID already belongs to a different body."""


class UnopenedError(Exception):
    """The sealed form cannot be opened or read; the text is one plain sentence."""


@dataclass(frozen=True)
class Opened:
    """A form as its writer sees it, with what the rules say about it."""

    service: Service
    form: SealedForm
    report: Report


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


def open_form(hall: Hall, row: Row) -> Opened:
    """Open a stored form with the hall's key; UnopenedError when that is not possible."""
    return _open(hall, row.id, row.service_id, row.service_version, row.receipt_number, row.sealed)


def _open(hall: Hall, submission_id: UUID, service_id: str, version: str, receipt_number: str, sealed: bytes) -> Opened:
    try:
        context = sealing_context(submission_id, service_id, version, receipt_number)
        form = SealedForm.model_validate_json(open_sealed(hall.keys.private, sealed, context))
    except SealError as error:
        raise UnopenedError(str(error)) from error
    except ValidationError as error:
        raise UnopenedError("The form opens, but what is inside is not a form; ask the person again.") from error
    service = hall.catalogue.services.get(service_id)
    if service is None:
        raise UnopenedError(f"This hall has no service {service_id!r}: add its file to assets/services.")
    return Opened(service, form, validate(hall.catalogue, service, form.answers, _today(hall)))


def _today(hall: Hall) -> date:
    return hall.clock().astimezone().date()


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
        opened = _open(hall, submission_id, body.service_id, body.service_version, body.receipt_number, body.sealed)
    except UnopenedError:
        return row
    same_rules = body.service_version == str(opened.service.version)
    if same_rules and opened.report.ok and not opened.report.warnings:
        row["intake"] = IntakeStatus.RECEIVED
    return row | _indexes(hall, opened)


def _indexes(hall: Hall, opened: Opened) -> dict[str, object]:
    """The digests under which the applicant's own ID number, and that with the phone's last four digits, are found."""
    person = _first(opened, "resident_id")
    phone = _first(opened, "phone")
    return {
        "person_index": person_index(hall, person) if person else None,
        "search_index": search_index(hall, person, phone[-4:]) if person and phone[-4:].isdigit() else None,
    }


def _first(opened: Opened, field_type: str) -> str:
    values = (opened.report.normalised.get(field.id) for field in opened.service.steps if field.type == field_type)
    return next((value for value in values if value), "")


def person_index(hall: Hall, resident_id: str) -> str:
    return hall.keys.digest("person", resident_id.upper())


def search_index(hall: Hall, resident_id: str, phone_last4: str) -> str:
    return hall.keys.digest("search", resident_id.upper(), phone_last4)
