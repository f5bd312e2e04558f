"""Orders that tests leave at a hall, as a kiosk seals them."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from hall_support import JSON_BODY

from backend.hall.hall import Hall
from kiosk.hall.sealed_order import sealed_order
from kiosk.hall.service import NewOrder
from protocol.sealing import key_id
from protocol.wire import HallKey
from protocol.work_orders.order import WorkOrderRequest

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

NUMBER = "400000000002"
CODE = "A" * 22


def sealed(public_key: bytes, order_id: UUID, now: datetime, **changes: object) -> WorkOrderRequest:
    """`changes` are those of a NewOrder."""
    fields = {"number": NUMBER, "screen": "question-phone", "service_id": "old-age-allowance", "page_code": CODE}
    new = NewOrder(**fields | changes)  # type: ignore[arg-type]
    key = HallKey(key_id=key_id(public_key), public_key=public_key)
    return sealed_order(key, order_id, "柳林村一号", new, "zh", now)


def order(hall: Hall, order_id: UUID, **changes: object) -> WorkOrderRequest:
    return sealed(hall.keys.public, order_id, hall.clock(), **changes)


def leave(client: "TestClient", hall: Hall, order_id: UUID | None = None, **changes: object) -> UUID:
    """Bring one to the hall; its id."""
    name = order_id or uuid4()
    body = order(hall, name, **changes).model_dump_json(exclude_none=True)
    answer = client.put(f"/work-orders/{name}", content=body, headers=JSON_BODY)
    assert answer.status_code == 201, answer.text
    return name
