"""Work orders on the wire: kiosks bring them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from backend.hall.hall import TheHall
from backend.kiosks.amounts import bringing
from backend.kiosks.signed import NOT_ADMITTED, SignedKiosk
from backend.server.bodies import described, large
from backend.work_orders.intake import take_in
from protocol.work_orders.order import WorkOrderReceipt, WorkOrderRequest

router = APIRouter()


@router.put(
    "/work-orders/{order_id}",
    responses=NOT_ADMITTED
    | {201: {"model": WorkOrderReceipt, "description": "New"}, 409: {"description": "Another body"}},
    openapi_extra=described(WorkOrderRequest),
)
def put_work_order(
    hall: TheHall,
    order_id: UUID,
    kiosk: Annotated[SignedKiosk, Depends(bringing)],
    body: Annotated[WorkOrderRequest, large(WorkOrderRequest)],
    response: Response,
) -> WorkOrderReceipt:
    """Take in what somebody could not get done; the same again gets the same receipt."""
    receipt, is_new = take_in(hall, order_id, body, kiosk)
    response.status_code = 201 if is_new else 200
    return receipt
