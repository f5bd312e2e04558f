"""How far one's forms have got. Wrong tries are counted for each ID number: TooManyTriesError after five."""

from sqlalchemy import ColumnElement, select

from backend.foundation.limits import forgive, take_try
from backend.hall.hall import Hall, TheHall
from backend.submissions.indexes import person_index, search_index
from backend.submissions.tables import Submission
from protocol.queries.progress import Answer, Inputs, Line


def answer(hall: TheHall, inputs: Inputs) -> Answer:
    """The lines of a receipt number that one form alone carries, or of a person, the newest first."""
    if inputs.resident_id is not None and inputs.phone_last4 is not None:
        return Answer(lines=_of_person(hall, inputs.resident_id, inputs.phone_last4))
    lines = _lines(hall, Submission.receipt_number == inputs.receipt_number)
    return Answer(lines=lines if len(lines) == 1 else [])


def _of_person(hall: Hall, resident_id: str, phone_last4: str) -> list[Line]:
    limit = "search:" + person_index(hall, resident_id)
    take_try(hall.database, limit, hall.clock())
    found = _lines(hall, Submission.search_index == search_index(hall, resident_id, phone_last4))
    if found:
        forgive(hall.database, limit)
    return found


def _lines(hall: Hall, wanted: ColumnElement[bool]) -> list[Line]:
    with hall.database.read() as session:
        there = select(Submission).where(wanted, Submission.withdrawn_at.is_(None))
        rows = session.scalars(there.order_by(Submission.received_at.desc())).all()
    return [
        Line(
            receipt_number=row.receipt_number,
            service_id=row.service_id,
            status=row.status,
            words=hall.status_words[row.status],
            updated_at=row.updated_at,
            note=row.note,
            title=hall.definitions.title(row.service_id, row.definition),
        )
        for row in rows
    ]
