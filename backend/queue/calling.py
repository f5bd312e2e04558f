"""Staff call numbers: each is called by one of them, called again, and ended by one of them."""

from datetime import date, time

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import Session

from backend.accounts.permissions import Staff
from backend.audit.log import note
from backend.events.feed import announce
from backend.foundation.errors import RequestError, UnknownError
from backend.hall.hall import Hall
from backend.queue.tables import Outcome, QueueTicket
from backend.queue.tickets import EVENT, waiting

NOON = time(12)


class NobodyWaitsError(RequestError):
    """No number is left to be called."""

    status = 409
    code = "nobody_waits"

    def __init__(self) -> None:
        super().__init__("Nobody waits for that now: call another errand, or look again in a while.")


class NumberOpenError(RequestError):
    """This member of staff has called a number and not said what came of it."""

    status = 409
    code = "number_open"

    def __init__(self, number: int) -> None:
        super().__init__(f"You have called number {number}: say first whether it is done or nobody came.")


class NumberMovedError(RequestError):
    """Somebody else has dealt with it meanwhile."""

    status = 409
    code = "number_moved"

    def __init__(self) -> None:
        super().__init__("Somebody else has dealt with this number: look at the list again.")


def call_next(hall: Hall, matter: str | None, staff: Staff) -> int:
    """The number that is called now: the first one that may be called at this time, of those who come for `matter`.

    Of two who ask at once each gets another one. NobodyWaitsError, NumberOpenError.
    """
    with hall.database.write() as session:
        _must_be_free(session, hall, staff)
        wanted = waiting(hall.today).where(callable_now(hall), QueueTicket.matter == matter if matter else true())
        ticket = session.scalars(wanted.limit(1).with_for_update(skip_locked=True)).first()
        if ticket is None:
            raise NobodyWaitsError
        _call(session, hall, ticket, staff)
    hall.feed.wake()
    return ticket.number


def call_again(hall: Hall, number: int, staff: Staff) -> None:
    """One that was called, or that nobody came for. UnknownError, NumberMovedError, NumberOpenError."""
    with hall.database.write() as session:
        ticket = _of_today(session, hall, number)
        if ticket.called_at is None or ticket.outcome is Outcome.SERVED:
            raise NumberMovedError
        _must_be_free(session, hall, staff, but=number)
        _call(session, hall, ticket, staff)
    hall.feed.wake()


def end(hall: Hall, number: int, outcome: Outcome, staff: Staff) -> None:
    """Somebody was served, or nobody came. UnknownError, NumberMovedError."""
    with hall.database.write() as session:
        ticket = _of_today(session, hall, number)
        if ticket.called_at is None or ticket.outcome is not None:
            raise NumberMovedError
        ticket.outcome = outcome
        _tell(session, hall, ticket, staff, f"number_{outcome}")
    hall.feed.wake()


def callable_now(hall: Hall) -> ColumnElement[bool]:
    """Who chose the afternoon is not here before noon."""
    return true() if hall.clock().astimezone().time() >= NOON else QueueTicket.half == "morning"


def with_somebody(day: date) -> ColumnElement[bool]:
    """Numbers of a day that were called and not ended."""
    return and_(QueueTicket.day == day, QueueTicket.called_at.is_not(None), QueueTicket.outcome.is_(None))


def _must_be_free(session: Session, hall: Hall, staff: Staff, but: int | None = None) -> None:
    own = select(QueueTicket.number).where(with_somebody(hall.today), QueueTicket.called_by == staff.name)
    open_numbers = [one for one in session.scalars(own) if one != but]
    if open_numbers:
        raise NumberOpenError(open_numbers[0])


def _of_today(session: Session, hall: Hall, number: int) -> QueueTicket:
    wanted = select(QueueTicket).where(QueueTicket.day == hall.today, QueueTicket.number == number)
    ticket = session.scalars(wanted.with_for_update()).first()
    if ticket is None:
        raise UnknownError
    return ticket


def _call(session: Session, hall: Hall, ticket: QueueTicket, staff: Staff) -> None:
    ticket.called_at, ticket.called_by, ticket.outcome = hall.clock(), staff.name, None
    ticket.times_called += 1
    _tell(session, hall, ticket, staff, "number_called")


def _tell(session: Session, hall: Hall, ticket: QueueTicket, staff: Staff, action: str) -> None:
    note(session, hall, staff.name, action, f"{ticket.day.isoformat()} {ticket.number}")
    announce(session, EVENT, ticket.number, hall.clock())
