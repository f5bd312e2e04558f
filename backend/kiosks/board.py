"""Kiosks as the staff page shows them."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel
from sqlalchemy import select

from backend.accounts.guard import who_may
from backend.accounts.permissions import Permission, Staff
from backend.foundation.database import readable
from backend.hall.hall import TheHall
from backend.kiosks.tables import Kiosk

router = APIRouter()


class BoardKiosk(BaseModel):
    name: str
    version: str
    waiting: int
    degraded: list[str]
    catalogue: int | None
    refused: int
    held: int
    refused_because: list[str]
    seen_at: AwareDatetime


@router.get("/staff/kiosks")
def kiosks(hall: TheHall, staff: Annotated[Staff, who_may(Permission.SEE_BOARD)]) -> list[BoardKiosk]:
    with hall.database.read() as session:
        rows = select(*(getattr(Kiosk, name) for name in BoardKiosk.model_fields)).order_by(Kiosk.name)
        return readable(session, rows, lambda row: BoardKiosk.model_validate(row, from_attributes=True))
