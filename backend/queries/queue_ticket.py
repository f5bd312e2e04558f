"""A number of today's queue, if the hall is open at the time that is wanted."""

from datetime import date, datetime, time, timedelta

from backend.hall.hall import Hall
from backend.hall.hours import hours_of
from backend.kiosks.levels import Visitor
from backend.queue.calling import NOON
from backend.queue.tickets import ahead_of, called_last, draw, drawn_before
from protocol.queries.opening_hours import Day, Span
from protocol.queries.queue_ticket import Answer, Half, Inputs, Ticket

LOOKS_AHEAD_DAYS = 14


def answer(hall: Hall, visitor: Visitor, inputs: Inputs) -> Answer:
    """The same id is told of its number again, also when the hall has closed meanwhile."""
    kiosk = visitor.kiosk.id
    with hall.database.read() as session:
        ticket = drawn_before(session, kiosk, inputs.id)
    if ticket is None:
        now = hall.clock().astimezone()
        if (half := half_of(hours_of(hall).on(now.date()).spans, inputs.slot, now.time())) is None:
            return Answer(opens=_next_open(hall, now))
        ticket = draw(hall, kiosk, inputs, half)
    with hall.database.read() as session:
        called = called_last(session, ticket.day)
        ahead = ahead_of(session, ticket) if called else None
    half = "morning" if ticket.half == "morning" else "afternoon"
    drawn = {"number": ticket.number, "day": ticket.day, "half": half, "first": ticket.first}
    return Answer(ticket=Ticket.model_validate({**drawn, "ahead": ahead, "called": called}))


def half_of(spans: list[Span], slot: str, now: time) -> Half | None:
    """In which half of the day that is, of a hall that is open during `spans`; None when it is closed then."""
    morning = any(span.opens < NOON and span.closes > now for span in spans) and now < NOON
    afternoon = any(span.closes > max(now, NOON) for span in spans)
    if morning and slot in ("now", "morning"):
        return "morning"
    return "afternoon" if afternoon and slot in ("now", "afternoon") else None


def _next_open(hall: Hall, now: datetime) -> Day | None:
    """Today counts while the hall is to open again."""
    hours, today = hours_of(hall), now.date()
    days = [hours.on(today + timedelta(days=ahead)) for ahead in range(LOOKS_AHEAD_DAYS)]
    return next((day for day in days if _opens(day, today, now.time())), None)


def _opens(day: Day, today: date, now: time) -> bool:
    return any(day.date > today or span.closes > now for span in day.spans)
