"""How far one's forms have got. Wrong searches are counted: TooManyTriesError."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from backend.hall.hall import Hall, TheHall
from backend.kiosks.signed import TheKiosk
from backend.submissions.indexes import search_index
from backend.submissions.lookup import looked_for, named_by_receipt
from backend.submissions.tables import Submission
from protocol.queries.progress import Answer, Inputs, Line


def answer(hall: TheHall, kiosk: TheKiosk, inputs: Inputs) -> Answer:
    """The line of the form that a receipt number names, or those of a person, the newest first."""

    def find() -> Sequence[Submission]:
        if inputs.resident_id is not None and inputs.phone_last4 is not None:
            return _forms(hall, Submission.search_index == search_index(hall, inputs.resident_id, inputs.phone_last4))
        return named_by_receipt(_forms(hall, Submission.receipt_number == inputs.receipt_number), kiosk.id)

    return Answer(lines=_lines(hall, looked_for(hall, kiosk.id, find)))


def _forms(hall: Hall, wanted: ColumnElement[bool]) -> Sequence[Submission]:
    with hall.database.read() as session:
        there = select(Submission).where(wanted, Submission.withdrawn_at.is_(None))
        return session.scalars(there.order_by(Submission.arrival.desc())).all()


def _lines(hall: Hall, forms: Sequence[Submission]) -> list[Line]:
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
        for row in forms
    ]
