"""An order for those who may do something with it, and writing down what they did."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.permissions import Role, Staff
from backend.audit.log import note
from backend.events.feed import announce
from backend.foundation.errors import RequestError, UnknownError
from backend.hall.hall import Hall
from backend.work_orders.tables import OrderAct, WorkOrder, WorkOrderChange
from protocol.work_orders.order import OrderState

UNANSWERED = [state for state in OrderState if state.is_unanswered]


class ChangedMeanwhileError(RequestError):
    """Somebody else did something with it since this page was drawn."""

    status = 409
    code = "order_changed"

    def __init__(self) -> None:
        super().__init__("Somebody has changed this work order meanwhile: look at it again.")


class NotNowError(RequestError):
    """What is wanted does not fit where it stands."""

    status = 409
    code = "order_not_now"

    def __init__(self) -> None:
        super().__init__("This cannot be done with the work order as it stands: look at it again.")


def stored(session: Session, order: UUID, seen_changes: int | None = None) -> WorkOrder:
    """UnknownError. ChangedMeanwhileError where the page that asks has seen another number of changes."""
    row = session.get(WorkOrder, order, with_for_update=True)
    if row is None:
        raise UnknownError
    if seen_changes is not None and row.changes != seen_changes:
        raise ChangedMeanwhileError
    return row


def history(session: Session, order: UUID) -> list[WorkOrderChange]:
    """What was done with it, in order."""
    wanted = select(WorkOrderChange).where(WorkOrderChange.work_order == order)
    return list(session.scalars(wanted.order_by(WorkOrderChange.id)))


def write_down(session: Session, hall: Hall, row: WorkOrder, who: str, act: OrderAct, text: str = "") -> None:
    """In the history, in the audit (never what people wrote), and to open pages."""
    now = hall.clock()
    row.changes, row.updated_at = row.changes + 1, now
    session.add(WorkOrderChange(work_order=row.id, at=now, who=who, act=act, text=text))
    note(session, hall, who, f"order_{act}", row.id, text if act is OrderAct.ASSIGNED else "")
    announce(session, "work_order", row.id, now)


def is_overdue(hall: Hall, row: WorkOrder) -> bool:
    """By its day and the clock alone."""
    return row.state.is_unanswered and hall.today > row.due


def is_before(hall: Hall, staff: Staff) -> bool:
    """Whether overdue orders are put before this member of staff."""
    roles = list(Role)
    return roles.index(staff.role) >= roles.index(Role(hall.catalogue.work_orders.escalates_to))
