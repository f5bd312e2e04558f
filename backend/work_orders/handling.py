"""What staff do with an order: take it, give it to somebody, answer it, close it, open it again. No program does."""

import re
from uuid import UUID

from sqlalchemy import select

from backend.accounts.permissions import Staff
from backend.accounts.tables import StaffMember
from backend.foundation.errors import RequestError, UnknownError
from backend.hall.hall import Hall
from backend.hall.hours import hours_of
from backend.work_orders import said
from backend.work_orders.due import due_day
from backend.work_orders.stored import NotNowError, stored, write_down
from backend.work_orders.tables import OrderAct, WorkOrder
from forms.hall.work_orders import OFFICE
from protocol.work_orders.order import OrderState

_PERSONAL = re.compile(r"1[3-9]\d[- ]?\d{4}[- ]?\d{4}|(?:\d[- ]?){15,}")  # a mobile number; an ID or bank card


class TakenError(RequestError):
    """Somebody else was first."""

    status = 409
    code = "order_taken"

    def __init__(self, owner: str) -> None:
        super().__init__(f"{owner} has taken this work order: a lead can give it to somebody else.")


class NotWrittenDownError(RequestError):
    """What the person said is still there as sound alone."""

    status = 409
    code = "not_written_down"

    def __init__(self) -> None:
        super().__init__("Write down what was said before you answer: the sound is deleted then.")


class OfficeError(RequestError):
    """The words of the change name an office, or there is no such change."""

    status = 422
    code = "office_missing"

    def __init__(self) -> None:
        super().__init__("Choose what was changed, and name the office where it was passed on.")


class PersonalAnswerError(RequestError):
    """Whoever has the number can read the answer."""

    status = 422
    code = "personal_answer"

    def __init__(self) -> None:
        super().__init__(
            "Whoever has the slip can read the answer: leave out names, ID numbers, bank cards and mobile numbers."
        )


def take(hall: Hall, order: UUID, staff: Staff) -> None:
    """This member of staff is its owner; who was first stays. UnknownError, TakenError, NotNowError."""
    with hall.database.write() as session:
        row = stored(session, order)
        if row.owner == staff.name and row.state is OrderState.IN_HAND:
            return
        if row.owner is not None and row.state is OrderState.IN_HAND:
            raise TakenError(row.owner)
        if row.state is not OrderState.OPEN:
            raise NotNowError
        row.owner, row.state = staff.name, OrderState.IN_HAND
        write_down(session, hall, row, staff.name, OrderAct.TAKEN)
    hall.feed.wake()


def assign(hall: Hall, order: UUID, name: str, staff: Staff) -> None:
    """A lead gives it to somebody with an account. UnknownError also where there is no such account; NotNowError."""
    with hall.database.write() as session:
        row = stored(session, order)
        there = StaffMember.name == name, StaffMember.is_disabled.is_(False)
        if session.scalar(select(StaffMember.id).where(*there)) is None:
            raise UnknownError
        if not row.state.is_unanswered:
            raise NotNowError
        row.owner, row.state = name, OrderState.IN_HAND
        write_down(session, hall, row, staff.name, OrderAct.ASSIGNED, name)
    hall.feed.wake()


def answer(hall: Hall, order: UUID, seen: int, text: str, change: str, office: str, staff: Staff) -> None:
    """Its person can read `text`, and what was changed because of it. UnknownError, ChangedMeanwhileError,
    NotWrittenDownError, OfficeError, PersonalAnswerError; NotNowError once it is closed."""
    words = hall.catalogue.work_orders.changes.get(change)
    if words is None or (OFFICE in words.zh) != bool(office):
        raise OfficeError
    with hall.database.write() as session:
        row = stored(session, order, seen)
        if row.state is OrderState.CLOSED:
            raise NotNowError
        if row.sound is not None:
            raise NotWrittenDownError
        if _is_personal(hall, row, f"{text} {office}"):
            raise PersonalAnswerError
        row.state, row.owner = OrderState.ANSWERED, row.owner or staff.name
        row.answer, row.change, row.office = text, change, office
        write_down(session, hall, row, staff.name, OrderAct.ANSWERED, text)
    hall.feed.wake()


def _is_personal(hall: Hall, row: WorkOrder, text: str) -> bool:
    left = said.contact_in(hall, row.id, row.contact)
    return bool(_PERSONAL.search(text) or (left and left.name and left.name in text))


def close(hall: Hall, order: UUID, seen: int, staff: Staff) -> None:
    """Nothing more is to be done. UnknownError, ChangedMeanwhileError; NotNowError while there is no answer."""
    with hall.database.write() as session:
        row = stored(session, order, seen)
        if row.state is not OrderState.ANSWERED:
            raise NotNowError
        row.state = OrderState.CLOSED
        write_down(session, hall, row, staff.name, OrderAct.CLOSED)
    hall.feed.wake()


def reopen(hall: Hall, order: UUID, seen: int, reason: str, staff: Staff) -> None:
    """Its person was not helped: it is everybody's again, with a new day. UnknownError, ChangedMeanwhileError;
    NotNowError while it has no answer."""
    with hall.database.write() as session:
        row = stored(session, order, seen)
        if row.state.is_unanswered:
            raise NotNowError
        days = hall.catalogue.work_orders.due_in(row.reason)
        row.state, row.owner = OrderState.OPEN, None
        row.due = due_day(hours_of(hall), hall.today, hall.today, days)
        write_down(session, hall, row, staff.name, OrderAct.REOPENED, reason)
    hall.feed.wake()
