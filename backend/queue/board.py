"""Today's queue as the staff page shows it, and calling its numbers. A number names nobody."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict
from sqlalchemy import Select, and_, case, func, select, true
from sqlalchemy.orm import Session

from backend.accounts.guard import who_may
from backend.accounts.permissions import Permission, Staff
from backend.foundation.words import words_of
from backend.hall.hall import Hall, TheHall
from backend.queue import calling
from backend.queue.tables import Outcome, QueueTicket
from backend.queue.tickets import waiting
from forms import Choice
from protocol.queries.queue_ticket import NO_HELP, Half
from protocol.wire import Identifier, Words

MOST = 20  # numbers of one list
QUERY = "queue_ticket"  # of the service whose choices the numbers name
router = APIRouter()
MayCall = Annotated[Staff, who_may(Permission.CALL_NUMBERS)]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
_MOVED: dict[int | str, dict[str, Any]] = {
    404: {"description": "No such number today"},
    409: {"description": "Somebody else has dealt with it, nobody waits, or a number of one's own is open"},
}


class BoardNumber(BaseModel):
    """A number that was drawn: what for, and what help its person needs on the way, if any."""

    number: int
    errand: Words
    help: Words | None
    first: bool
    half: Half
    drawn_at: AwareDatetime


class CalledNumber(BoardNumber):
    """`called_at` is the last time, `mine`: whoever asks has called it."""

    called_at: AwareDatetime
    called_by: str
    times_called: int
    mine: bool


class Errand(BaseModel):
    """What people may come for, and how many wait for it who may be called now."""

    id: str
    words: Words
    waiting: int


class BoardQueue(BaseModel):
    """Today's numbers. `waiting` in the order in which they are called, of one errand if that was asked for: the first
    of them, and `more` after these; `later` come in the afternoon. `drawn`: how many were drawn today."""

    drawn: int
    errands: list[Errand]
    waiting: list[BoardNumber]
    more: int
    later: int
    called: list[CalledNumber]
    absent: list[CalledNumber]


class Next(BaseModel):
    model_config = ConfigDict(extra="forbid")

    errand: Identifier | None = None


class Called(BaseModel):
    number: int


@router.get("/staff/queue")
def queue(
    hall: TheHall,
    staff: MayCall,
    errand: Annotated[Identifier | None, Query(description="What people come for; all without it")] = None,
) -> BoardQueue:
    of_errand = QueueTicket.matter == errand if errand else true()
    of_day = QueueTicket.day == hall.today
    absent = select(QueueTicket).where(of_day, QueueTicket.outcome == Outcome.ABSENT)
    with hall.database.snapshot() as session:
        now = waiting(hall.today).where(calling.callable_now(hall))
        shown = session.scalars(now.where(of_errand).limit(MOST)).all()
        left = _count(session, waiting(hall.today).where(of_errand))
        called = session.scalars(select(QueueTicket).where(calling.with_somebody(hall.today)))
        gone = session.scalars(absent.order_by(QueueTicket.called_at.desc()).limit(MOST))
        counts = _counts(session, hall)
        all_waiting = sum(counts.values()) if errand is None else counts.get(errand, 0)
        return BoardQueue(
            drawn=_count(session, select(QueueTicket).where(of_day)),
            errands=_errands(hall, counts),
            waiting=[_number(hall, one) for one in shown],
            more=all_waiting - len(shown),
            later=left - all_waiting,
            called=[_called(hall, one, staff) for one in called],
            absent=[_called(hall, one, staff) for one in gone],
        )


@router.post("/staff/queue/next", responses=_MOVED)
def call_next(hall: TheHall, staff: MayCall, body: Next) -> Called:
    """The next number, of one errand or of all; of two who ask at once each gets another one."""
    return Called(number=calling.call_next(hall, body.errand, staff))


@router.post("/staff/queue/{number}/again", status_code=204, responses=_MOVED)
def call_again(hall: TheHall, staff: MayCall, number: Number) -> None:
    calling.call_again(hall, number, staff)


@router.post("/staff/queue/{number}/served", status_code=204, responses=_MOVED)
def served(hall: TheHall, staff: MayCall, number: Number) -> None:
    calling.end(hall, number, Outcome.SERVED, staff)


@router.post("/staff/queue/{number}/absent", status_code=204, responses=_MOVED)
def absent(hall: TheHall, staff: MayCall, number: Number) -> None:
    """Nobody came. It may be called again."""
    calling.end(hall, number, Outcome.ABSENT, staff)


def _count(session: Session, wanted: Select[QueueTicket]) -> int:
    return session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0


def _counts(session: Session, hall: Hall) -> dict[str, int]:
    """How many wait who may be called now, of each errand for which a number was drawn today."""
    may_be_called = and_(QueueTicket.called_at.is_(None), calling.callable_now(hall))
    of_each = select(QueueTicket.matter, func.sum(case((may_be_called, 1), else_=0)).label("waiting"))
    of_today = of_each.where(QueueTicket.day == hall.today).group_by(QueueTicket.matter).order_by(QueueTicket.matter)
    return {row.matter: row.waiting for row in session.execute(of_today)}


def _errands(hall: Hall, counts: Mapping[str, int]) -> list[Errand]:
    """All that one may come for, and what else numbers were drawn for: so a counter's choice is there all day."""
    ids = dict.fromkeys([*(one.id for one in _choices(hall, "matter")), *counts])
    return [Errand(id=one, words=_choice(hall, "matter", one), waiting=counts.get(one, 0)) for one in ids]


def _number(hall: Hall, ticket: QueueTicket) -> BoardNumber:
    return BoardNumber(**_told(hall, ticket))


def _called(hall: Hall, ticket: QueueTicket, staff: Staff) -> CalledNumber:
    assert ticket.called_at is not None, "of those that were called"
    assert ticket.called_by is not None
    return CalledNumber(
        **_told(hall, ticket),
        called_at=ticket.called_at,
        called_by=ticket.called_by,
        times_called=ticket.times_called,
        mine=ticket.called_by == staff.name,
    )


def _told(hall: Hall, ticket: QueueTicket) -> dict[str, Any]:
    return {
        "number": ticket.number,
        "errand": _choice(hall, "matter", ticket.matter),
        "help": None if ticket.mobility == NO_HELP else _choice(hall, "mobility", ticket.mobility),
        "first": ticket.first,
        "half": ticket.half,
        "drawn_at": ticket.drawn_at,
    }


def _choice(hall: Hall, field_id: str, chosen: str) -> Words:
    """As the county's service calls it; one that it does not have any more stays as it is."""
    labels = (one.label for one in _choices(hall, field_id) if one.id == chosen)
    return next((words_of(one) for one in labels), Words(zh=chosen, en=chosen))


def _choices(hall: Hall, field_id: str) -> list[Choice]:
    asking = (one for one in hall.catalogue.services.values() if one.query == QUERY and one.asks(field_id))
    return [choice for one in asking for choice in hall.catalogue.choices(one.field(field_id), {})]
