"""Drawing a number, and the order in which numbers are called."""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from backend.events.feed import announce
from backend.foundation.database import insert_new
from backend.hall.hall import Hall
from backend.queue.tables import QueueTicket
from protocol.queries.queue_ticket import Half, Inputs

EVENT = "queue"


def draw(hall: Hall, kiosk_id: UUID, wanted: Inputs, half: Half) -> QueueTicket:
    """The next number of the day, those of a day from 1; the one that this id has already, if it was drawn before."""
    now, day = hall.clock(), hall.today
    with hall.database.write() as session:
        while (ticket := session.get(QueueTicket, (kiosk_id, wanted.id))) is None:
            last = session.scalar(select(func.max(QueueTicket.number)).where(QueueTicket.day == day)) or 0
            row = {
                "kiosk_id": kiosk_id,
                "id": wanted.id,
                "day": day,
                "number": last + 1,
                "matter": wanted.matter,
                "half": half,
                "first": wanted.senior == "yes",
                "mobility": wanted.mobility,
                "drawn_at": now,
                "times_called": 0,
            }
            if insert_new(session, QueueTicket, row):  # else another kiosk was a little faster: the number after it
                announce(session, EVENT, last + 1, now)
    hall.feed.wake()
    return ticket


def drawn_before(session: Session, kiosk_id: UUID, ticket_id: UUID) -> QueueTicket | None:
    return session.get(QueueTicket, (kiosk_id, ticket_id))


def called_last(session: Session, day: date) -> int | None:
    """The number that staff called last on a day; None as long as nobody has called one: then nobody works by them."""
    called = select(QueueTicket.number).where(QueueTicket.day == day, QueueTicket.called_at.is_not(None))
    return session.scalar(called.order_by(QueueTicket.called_at.desc(), QueueTicket.number.desc()).limit(1))


def ahead_of(session: Session, ticket: QueueTicket) -> int:
    """How many go before it, whatever they come for; 0 for one that was called."""
    if ticket.called_at is not None:
        return 0
    before = (QueueTicket.day == ticket.day, QueueTicket.called_at.is_(None), _before(ticket))
    return session.scalar(select(func.count()).where(*before)) or 0


def waiting(day: date) -> Select[QueueTicket]:
    """The numbers of a day that were not called yet, in the order in which they will be: the morning before the
    afternoon, and in each those who go first before the others."""
    of_day = select(QueueTicket).where(QueueTicket.day == day, QueueTicket.called_at.is_(None))
    morning_first = QueueTicket.half.desc()  # "morning" comes after "afternoon" in the alphabet
    return of_day.order_by(morning_first, QueueTicket.first.desc(), QueueTicket.number)


def _before(ticket: QueueTicket) -> ColumnElement[bool]:
    lower = QueueTicket.number < ticket.number
    within = and_(QueueTicket.first, lower) if ticket.first else or_(QueueTicket.first, lower)
    return or_(QueueTicket.half > ticket.half, and_(QueueTicket.half == ticket.half, within))  # as in `waiting`
