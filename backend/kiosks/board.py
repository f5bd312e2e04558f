"""Kiosks as the staff page shows them, and letting in those that wait."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, ConfigDict
from sqlalchemy import select

from backend.accounts.guard import who_may
from backend.accounts.permissions import Permission, Staff
from backend.audit.heads import went_back
from backend.foundation.database import readable
from backend.foundation.errors import RequestError
from backend.hall.hall import Hall, TheHall
from backend.kiosks.enrolment import approve
from backend.kiosks.tables import Kiosk
from protocol.enrolment import KioskState
from protocol.request_signature import fingerprint
from protocol.wire import PlainText

router = APIRouter()


class BoardKiosk(BaseModel):
    """`two_machines_at`: when it was last seen that two machines have its key; `audit_went_back_at`: that its audit has
    lost records, in the last days."""

    id: UUID
    name: str
    state: KioskState
    fingerprint: str
    enrolled_at: AwareDatetime
    version: str
    waiting: int
    degraded: list[str]
    catalogue: int | None
    refused: int
    held: int
    refused_because: list[str]
    seen_at: AwareDatetime | None
    two_machines_at: AwareDatetime | None
    audit_went_back_at: AwareDatetime | None


class Approval(BaseModel):
    """The kiosk whose fingerprint was compared."""

    model_config = ConfigDict(extra="forbid")

    name: PlainText
    fingerprint: PlainText


class NobodyWaitsError(RequestError):
    """Somebody else approved it, or another key took its place meanwhile."""

    status = 409

    def __init__(self) -> None:
        super().__init__("No kiosk of this name and fingerprint waits any more: look at the list again.")


@router.get("/staff/kiosks")
def kiosks(hall: TheHall, staff: Annotated[Staff, who_may(Permission.SEE_BOARD)]) -> list[BoardKiosk]:
    return board_kiosks(hall)


@router.get("/staff/kiosks/waiting")
def waiting_kiosks(hall: TheHall, staff: Annotated[Staff, who_may(Permission.ENROL_KIOSKS)]) -> list[BoardKiosk]:
    return [one for one in board_kiosks(hall) if one.state is KioskState.WAITING]


@router.post("/staff/kiosks/approve", status_code=204, responses={409: {"description": "None such waits"}})
def approve_kiosk(hall: TheHall, body: Approval, staff: Annotated[Staff, who_may(Permission.ENROL_KIOSKS)]) -> None:
    """Let in a kiosk whose fingerprint somebody has compared."""
    with hall.database.read() as session:
        key = session.scalar(select(Kiosk.public_key).where(Kiosk.name == body.name))
    if key is None or fingerprint(key) != body.fingerprint or not approve(hall, staff.name, body.name, key):
        raise NobodyWaitsError


def board_kiosks(hall: Hall) -> list[BoardKiosk]:
    """All of them, by name."""
    with hall.database.read() as session:
        lost = went_back(session, hall.clock())
        return readable(session, select(*Kiosk.__table__.columns).order_by(Kiosk.name), partial(_shown, lost))


def _shown(lost: Mapping[str, datetime], row: Any) -> BoardKiosk:
    found = {"fingerprint": fingerprint(row.public_key), "audit_went_back_at": lost.get(row.name)}
    return BoardKiosk.model_validate({**row._mapping, **found})
