"""An order as one line of the query progress."""

from backend.hall.hall import Hall
from backend.work_orders.tables import WorkOrder
from backend.work_orders.told import told
from protocol.queries.progress import Line
from protocol.wire import ProgressStatus
from protocol.work_orders.order import OrderState

_STATUS = {
    OrderState.OPEN: ProgressStatus.RECEIVED,
    OrderState.IN_HAND: ProgressStatus.IN_REVIEW,
    OrderState.ANSWERED: ProgressStatus.DONE,
    OrderState.CLOSED: ProgressStatus.DONE,
}


def line_of(hall: Hall, row: WorkOrder, *, all_of_it: bool) -> Line:
    """Where it stands; with the answer and what it was about, for who may read that."""
    what = told(hall, row)
    line = Line(receipt_number=row.number, status=_STATUS[row.state], words=what.state, next=what.next, work_order=True)
    if not all_of_it:
        return line
    more = {
        "service_id": row.service_id or "",
        "title": hall.definitions.title(row.service_id) if row.service_id else None,
        "updated_at": row.updated_at,
        "note": what.answer,
        "changed": what.changed,
    }
    return line.model_copy(update=more)
