"""How far one's forms have got. Searches that find nothing, and wrong digits, are counted: TooManyTriesError."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from backend.hall.hall import Hall
from backend.kiosks.levels import Visitor
from backend.submissions.indexes import person_index, phone_of
from backend.submissions.lookup import looked_for, named_by_receipt
from backend.submissions.opening import UnopenedError, open_form, sealed_as
from backend.submissions.standing import next_step, state_words
from backend.submissions.tables import Submission
from protocol.levels import By
from protocol.queries.progress import Answer, Inputs, Line

MOST = 50  # forms of one person or one number; a kiosk gone mad may have made up thousands


def answer(hall: Hall, visitor: Visitor, inputs: Inputs) -> Answer:
    """All forms of the person whose card was shown, the newest first. Of a receipt its one form: where it stands and
    no more, all of it to whom the last digits of its phone, its slip or staff have shown.
    """
    kiosk = visitor.kiosk.id
    if (number := inputs.resident_id) is not None:
        own = looked_for(hall, kiosk, lambda: _forms(hall, Submission.person_index == person_index(hall, number)))
        return Answer(lines=[_told(hall, one) for one in own])
    named, here = Submission.receipt_number == inputs.receipt_number, Submission.kiosk_id == kiosk
    if (last4 := inputs.phone_last4) is not None:
        own = looked_for(
            hall, kiosk, lambda: [one for one in _forms(hall, named, here) if _phone(hall, one)[-4:] == last4]
        )
        if own:
            return Answer(lines=[_told(hall, one) for one in own])
        found = named_by_receipt(_forms(hall, named, here), kiosk)  # which was counted as a wrong search
    else:
        found = looked_for(hall, kiosk, lambda: named_by_receipt(_forms(hall, named, here), kiosk))
    tell = _told if visitor.has_shown(By.SLIP, By.STAFF) else _state
    return Answer(lines=[tell(hall, one) for one in found])


def _phone(hall: Hall, form: Submission) -> str:
    """ "" for none, and where it cannot be read."""
    try:
        return phone_of(open_form(hall, sealed_as(hall, form)))
    except UnopenedError:
        return ""


def _forms(hall: Hall, wanted: ColumnElement[bool], *first: ColumnElement[bool]) -> Sequence[Submission]:
    """The newest of those that are wanted, `first` before all others."""
    with hall.database.read() as session:
        there = select(Submission).where(wanted, Submission.withdrawn_at.is_(None))
        ordered = there.order_by(*(one.desc() for one in first), Submission.arrival.desc())
        return session.scalars(ordered.limit(MOST)).all()


def _state(hall: Hall, form: Submission) -> Line:
    return Line(
        receipt_number=form.receipt_number,
        status=form.status,
        words=state_words(hall, form),
        next=next_step(hall, form),
    )


def _told(hall: Hall, form: Submission) -> Line:
    more = {
        "service_id": form.service_id,
        "updated_at": form.updated_at,
        "note": form.note,
        "title": hall.definitions.title(form.service_id, form.definition),
    }
    return _state(hall, form).model_copy(update=more)
