"""Taking in an order: kept exactly once, never refused for what it says, and not opened.

A kiosk that brings more than MANY_AN_HOUR is marked, so that staff see people's orders before those of one gone mad.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.events.feed import announce
from backend.foundation.database import insert_new
from backend.foundation.errors import RequestError
from backend.hall.hall import Hall
from backend.hall.hours import hours_of
from backend.submissions.filled_at import filled_at
from backend.submissions.intake import Bringer
from backend.work_orders.due import due_day
from backend.work_orders.tables import WorkOrder
from protocol.work_orders.order import OrderState, WorkOrderReceipt, WorkOrderRequest

MANY_AN_HOUR = 20


class OtherOrderError(RequestError):
    """This UUID already belongs to another order, or to another kiosk's."""

    status = 409

    def __init__(self) -> None:
        super().__init__("This id already belongs to another work order: use a new one.")


def take_in(hall: Hall, order: UUID, body: WorkOrderRequest, kiosk: Bringer) -> tuple[WorkOrderReceipt, bool]:
    """Its receipt, and whether it was new; the same again changes nothing. OtherOrderError, NotAdmittedError."""
    with hall.database.write() as session:
        is_admitted = kiosk.spend_all(session, [kiosk])[0]
        is_new = is_admitted and insert_new(session, WorkOrder, _row(session, hall, order, body, kiosk))
        if is_new:
            announce(session, "work_order", order, hall.clock())
    if not is_admitted:
        raise kiosk.refusal(hall.database)
    if is_new:
        hall.feed.wake()
    else:
        _must_be_the_same(hall, order, body, kiosk)
    return WorkOrderReceipt(order=order, number=body.number), is_new


def _row(session: Session, hall: Hall, order: UUID, body: WorkOrderRequest, kiosk: Bringer) -> dict[str, Any]:
    now = hall.clock()
    left_at = filled_at(body.created_at, now) or now
    days = hall.catalogue.work_orders.due_in(body.reason)
    lately = WorkOrder.kiosk_id == kiosk.id, WorkOrder.received_at > now - timedelta(hours=1)
    count = session.scalar(select(func.count()).select_from(WorkOrder).where(*lately)) or 0
    row = body.model_dump(exclude={"created_at"})
    row |= {"id": order, "body_hash": body.body_hash, "kiosk": kiosk.name, "kiosk_id": kiosk.id}
    row |= {"left_at": left_at, "received_at": now, "updated_at": now, "one_of_many": count >= MANY_AN_HOUR}
    due = due_day(hours_of(hall), hall.day_of(left_at), hall.day_of(now), days)
    return row | {"state": OrderState.OPEN, "owner": None, "due": due}


def _must_be_the_same(hall: Hall, order: UUID, body: WorkOrderRequest, kiosk: Bringer) -> None:
    stored = select(WorkOrder.body_hash, WorkOrder.kiosk_id).where(WorkOrder.id == order)
    with hall.database.read() as session:
        if session.execute(stored).one() != (body.body_hash, kiosk.id):
            raise OtherOrderError
