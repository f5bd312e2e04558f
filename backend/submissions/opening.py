"""Opening a kept form with the hall's key, in memory only."""

from dataclasses import dataclass
from uuid import UUID

from pydantic import ValidationError

from backend.foundation.errors import RequestError
from backend.hall.hall import Hall
from backend.submissions.tables import Submission
from forms import Report, Service, validate
from protocol.sealing import SealError, open_sealed
from protocol.wire import SealedForm, sealing_context


class UnopenedError(RequestError):
    """The sealed form cannot be opened or read; the text says why."""

    status = 422


@dataclass(frozen=True)
class Opened:
    """A form as its writer sees it, with what the rules say about it."""

    service: Service
    form: SealedForm
    report: Report


def open_form(hall: Hall, row: Submission) -> Opened:
    """Open a stored form with the hall's key; UnopenedError when that is not possible."""
    return open_body(hall, row.id, row.service_id, row.service_version, row.receipt_number, row.sealed)


def open_body(
    hall: Hall, submission_id: UUID, service_id: str, version: str, receipt_number: str, sealed: bytes
) -> Opened:
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
    return Opened(service, form, validate(hall.catalogue, service, form.answers, hall.today))
