"""Calls on the wire: kiosks ask, staff answer."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header
from pydantic import BaseModel, ConfigDict, Field

from backend.accounts.guard import who_may
from backend.accounts.permissions import Permission, Staff
from backend.calls import service
from backend.calls.rates import CallingKiosk
from backend.hall.hall import TheHall
from backend.kiosks.signed import NOT_ADMITTED, FollowingKiosk
from protocol.wire import CallRequest, CallState, CallStatus

router = APIRouter()
MaySee = Annotated[Staff, who_may(Permission.SEE_BOARD)]
MayTake = Annotated[Staff, who_may(Permission.TAKE_CALLS)]


class SeenCalls(BaseModel):
    model_config = ConfigDict(extra="forbid")

    calls: Annotated[list[UUID], Field(max_length=500)]


@router.put(
    "/calls/{call_id}",
    responses={
        409: {"description": "It is another kiosk's"},
        429: {"description": "Too many calls came from here"},
    },
)
def put_call(
    hall: TheHall,
    call_id: UUID,
    body: CallRequest,
    kiosk: CallingKiosk,
    date: Annotated[str | None, Header()] = None,
) -> CallStatus:
    """Request, cancel or close a call; a second PUT never makes a second call. Date is the kiosk's clock.

    One without a signature is taken too, and marked. A newer call of a kiosk takes the place of its older
    one, unless somebody has taken that already.
    """
    return service.put_call(hall, call_id, body, kiosk, _moment(date))


@router.get("/calls/{call_id}", responses=NOT_ADMITTED | {404: {"description": "No such call"}})
def get_call(hall: TheHall, call_id: UUID, kiosk: FollowingKiosk) -> CallStatus:
    return service.get_call(hall, call_id, kiosk)


@router.post("/staff/calls/seen", status_code=204)
def seen(hall: TheHall, staff: MaySee, body: SeenCalls) -> None:
    """A staff page has shown these calls."""
    service.notify(hall, body.calls)


@router.post("/calls/{call_id}/acknowledge")
def acknowledge(hall: TheHall, call_id: UUID, staff: MayTake) -> CallStatus:
    """The staff member is coming; the first one to say so is the one who comes."""
    return service.move_call(hall, call_id, CallState.ACKNOWLEDGED, staff.name)


@router.post("/calls/{call_id}/close")
def close(hall: TheHall, call_id: UUID, staff: MayTake) -> CallStatus:
    return service.move_call(hall, call_id, CallState.CLOSED)


def _moment(date: str | None) -> datetime | None:
    """The time of a Date header (RFC 9110, 6.6.1); None for none that can be read: a call is never refused for it."""
    try:
        return parsedate_to_datetime(date).astimezone(UTC) if date else None
    except (ValueError, OverflowError):
        return None
