"""Which orders there are: those that are late first, by their day; what a kiosk gone mad has brought last."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from backend.hall.hall import Hall
from backend.work_orders.stored import UNANSWERED
from backend.work_orders.tables import WorkOrder
from protocol.work_orders.order import OrderState

MOST = 200  # in a list; those that wait longest are in it
# Without what is sealed, and without what people wrote.
COLUMNS = (
    *(WorkOrder.id, WorkOrder.number, WorkOrder.kiosk, WorkOrder.screen, WorkOrder.service_id, WorkOrder.reason),
    *(WorkOrder.left_at, WorkOrder.state, WorkOrder.owner, WorkOrder.due, WorkOrder.one_of_many),
    WorkOrder.sound.is_not(None).label("has_sound"),
)


class Which(StrEnum):
    """What is listed."""

    UNANSWERED = "unanswered"  # open or in hand
    MINE = "mine"  # of these, one's own
    OVERDUE = "overdue"  # of these, the late ones
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True)
class OrderSearch:
    """`who` asks. `number`: a whole one, in whatever state it is; "" for all."""

    which: Which
    who: str
    service: str = ""
    number: str = ""


def listed(hall: Hall, search: OrderSearch) -> Select[*tuple[Any, ...]]:
    """Rows of COLUMNS."""
    wanted = select(*COLUMNS).where(*_conditions(hall, search))
    if search.which in (Which.ANSWERED, Which.CLOSED):
        return wanted.order_by(WorkOrder.updated_at.desc()).limit(MOST)
    return wanted.order_by(WorkOrder.one_of_many, WorkOrder.due, WorkOrder.left_at).limit(MOST)


def count_waiting(session: Session) -> int:
    """How many nobody has answered, those of a kiosk gone mad aside."""
    return _count(session, WorkOrder.state.in_(UNANSWERED))


def count_overdue(session: Session, hall: Hall) -> int:
    """How many of these are late."""
    return _count(session, _late(hall))


def overdue(session: Session, hall: Hall) -> frozenset[UUID]:
    """Their ids, those of a kiosk gone mad among them."""
    return frozenset(session.scalars(select(WorkOrder.id).where(_late(hall))))


def _count(session: Session, which: ColumnElement[bool]) -> int:
    wanted = select(func.count()).select_from(WorkOrder).where(which, WorkOrder.one_of_many.is_(False))
    return session.scalar(wanted) or 0


def _conditions(hall: Hall, search: OrderSearch) -> list[ColumnElement[bool]]:
    if search.number:
        return [WorkOrder.number == search.number]
    of_which = {
        Which.UNANSWERED: WorkOrder.state.in_(UNANSWERED),
        Which.MINE: WorkOrder.state.in_(UNANSWERED) & (WorkOrder.owner == search.who),
        Which.OVERDUE: _late(hall),
        Which.ANSWERED: WorkOrder.state == OrderState.ANSWERED,
        Which.CLOSED: WorkOrder.state == OrderState.CLOSED,
    }
    return [of_which[search.which], *([WorkOrder.service_id == search.service] if search.service else [])]


def _late(hall: Hall) -> ColumnElement[bool]:
    return WorkOrder.state.in_(UNANSWERED) & (WorkOrder.due < hall.today)
