"""What somebody could not get done (办不成事): kept sealed on the disk, and brought to the hall once."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from offline_cache.hall_client import HallClient
from offline_cache.parcels.parcels import Parcels
from offline_cache.tables import ParcelState, WorkOrderRow
from protocol.work_orders.order import WorkOrderRequest


class WorkOrders(Parcels[WorkOrderRow]):
    """Its sealed sound is not kept longer than it takes until a backup of the hall has it."""

    kind = WorkOrderRow
    kept_for = timedelta(days=7)

    def keep(self, name: UUID, body: WorkOrderRequest) -> None:
        """Kept once, however often it is said. StoreError for another one of that name."""
        self.keep_once(name, {"number": body.number, "body": body.model_dump_json(exclude_none=True)})

    def state(self, number: str) -> ParcelState | None:
        """How far the one with this number has come; None for none of this kiosk, or a damaged one."""
        with self._store.transaction() as session:
            row = session.scalars(select(WorkOrderRow).where(WorkOrderRow.number == number)).first()
            return ParcelState(row.state) if row is not None and row.is_intact() else None

    def tell(self, client: HallClient, row: WorkOrderRow) -> Callable[[WorkOrderRow], object]:
        client.put_work_order(UUID(row.uuid), WorkOrderRequest.model_validate_json(row.body))
        return lambda row: None

    def noted(self, row: WorkOrderRow) -> tuple[str, str, str]:
        return "order_sent", row.number, ""
