"""Staff witness the mark of somebody who cannot write: who saw it made is kept by name, once."""

from uuid import UUID

from sqlalchemy import select

from backend.accounts.permissions import Staff
from backend.audit.log import note
from backend.events.feed import announce
from backend.foundation.database import insert_new
from backend.foundation.errors import RequestError, UnknownError
from backend.hall.hall import Hall
from backend.submissions.opening import open_form, sealed_as
from backend.submissions.stored import stored
from backend.submissions.tables import Witness
from forms.fields.signature import MARK


class WitnessedError(RequestError):
    """Somebody has witnessed this mark already."""

    status = 409
    code = "witnessed"

    def __init__(self, who: str) -> None:
        super().__init__(f"{who} has witnessed this mark already: nothing is left to do.")


def witness(hall: Hall, submission_id: UUID, field_id: str, staff: Staff) -> None:
    """This member of staff saw the mark made. UnknownError where there is none, WitnessedError, UnopenedError."""
    with hall.database.read() as session:
        row = stored(session, submission_id)
    opened = open_form(hall, sealed_as(hall, row))
    if opened.report.normalised.get(field_id) != MARK or opened.service.field(field_id).type != "signature":
        raise UnknownError
    now = hall.clock()
    with hall.database.write() as session:
        stored(session, submission_id)
        seen = {"submission": submission_id, "field": field_id, "who": staff.name, "at": now}
        if not insert_new(session, Witness, seen):
            of_mark = (Witness.submission == submission_id, Witness.field == field_id)
            raise WitnessedError(session.scalars(select(Witness.who).where(*of_mark)).one())
        note(session, hall, staff.name, "witness", submission_id, field_id)
        announce(session, "submission", submission_id, now)
    hall.feed.wake()
