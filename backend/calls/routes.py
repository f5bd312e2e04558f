"""Calls on the wire: kiosks ask, staff answer."""

from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query
from pydantic import BaseModel, ConfigDict, Field

from backend.accounts.guard import who_may
from backend.accounts.permissions import Permission, Staff
from backend.calls import service
from backend.calls.colleagues import Colleague, colleagues
from backend.calls.history import PastCall, PastCalls, missed_calls, past_calls, see_missed
from backend.calls.number import CallNumber, number_of
from backend.calls.rates import CallingKiosk
from backend.calls.service import MovedCall
from backend.hall.hall import FIRST_DAY, LAST_DAY, TheHall
from backend.kiosks.signed import NOT_ADMITTED, FollowingKiosk
from protocol.calls.messages import CallRequest, CallStatus, StaffName
from protocol.calls.states import Move
from protocol.wire import KioskName

router = APIRouter()
MaySee = Annotated[Staff, who_may(Permission.SEE_BOARD)]
MaySeeMissed = Annotated[Staff, who_may(Permission.SEE_MISSED_CALLS)]
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
    """A call, or what its kiosk has done since: each step counts once. Date is the kiosk's clock.

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


class HandedBack(BaseModel):
    """`to`: the colleague whom it rings for first; nobody is promised who has not said so."""

    model_config = ConfigDict(extra="forbid")

    to: StaffName | None = None


@router.post("/calls/{call_id}/take")
def take(hall: TheHall, call_id: UUID, staff: MayTake) -> MovedCall:
    """The staff member comes after what they are doing; the first one to say so has the call."""
    return service.move_call(hall, call_id, Move.TAKE, staff.name)


@router.post("/calls/{call_id}/set-out")
def set_out(hall: TheHall, call_id: UUID, staff: MayTake) -> MovedCall:
    """The staff member is on the way."""
    return service.move_call(hall, call_id, Move.SET_OUT, staff.name)


@router.post("/calls/{call_id}/phone")
def phone(hall: TheHall, call_id: UUID, staff: MayTake) -> MovedCall:
    """Nobody is on site: the staff member phones the visitor."""
    return service.move_call(hall, call_id, Move.PHONE, staff.name)


@router.post("/calls/{call_id}/hand-back")
def hand_back(hall: TheHall, call_id: UUID, staff: MayTake, body: HandedBack) -> MovedCall:
    """It rings again, with the time that it has waited already. Anybody may do it: who has it may not be able to."""
    return service.move_call(hall, call_id, Move.HAND_BACK, staff.name, body.to)


@router.post("/calls/{call_id}/arrived")
def arrived(hall: TheHall, call_id: UUID, staff: MayTake) -> MovedCall:
    """The staff member is at the kiosk, whoever has taken the call."""
    return service.move_call(hall, call_id, Move.ARRIVE, staff.name)


@router.post("/calls/{call_id}/resolve")
def resolve(hall: TheHall, call_id: UUID, staff: MayTake) -> MovedCall:
    """It is done."""
    return service.move_call(hall, call_id, Move.RESOLVE, staff.name)


@router.post(
    "/staff/calls/{call_id}/number",
    responses={
        403: {"description": "Somebody else has to look at what this person has read"},
        422: {"description": "It cannot be opened"},
        429: {"description": "This person looks at numbers too fast"},
    },
)
def number(hall: TheHall, call_id: UUID, staff: Annotated[Staff, who_may(Permission.REVEAL_ANSWERS)]) -> CallNumber:
    """The number that the visitor has left, in full; the look is written down."""
    return number_of(hall, call_id, staff)


@router.get("/staff/colleagues")
def who_is_where(hall: TheHall, staff: MaySee) -> list[Colleague]:
    """By name, with the open call of each."""
    return colleagues(hall)


@router.get("/staff/calls/history")
def history(
    hall: TheHall,
    staff: MaySee,
    day: Annotated[date | None, Query(ge=FIRST_DAY, le=LAST_DAY, description="When help was pressed")] = None,
    kiosk: KioskName | None = None,
    after: Annotated[UUID | None, Query(description="The cursor of the page before")] = None,
) -> PastCalls:
    """Every call with every change, the newest first."""
    return past_calls(hall, day, kiosk or "", after)


@router.get("/staff/calls/missed")
def missed(hall: TheHall, staff: MaySeeMissed) -> list[PastCall]:
    """Whose visitor has gone while nobody had come, until somebody has seen them."""
    return missed_calls(hall)


@router.post("/staff/calls/missed/seen", status_code=204)
def missed_seen(hall: TheHall, staff: MaySeeMissed, body: SeenCalls) -> None:
    """Somebody who can do something about it knows of these."""
    see_missed(hall, body.calls, staff)


def _moment(date: str | None) -> datetime | None:
    """The time of a Date header (RFC 9110, 6.6.1); None for none that can be read: a call is never refused for it."""
    try:
        return parsedate_to_datetime(date).astimezone(UTC) if date else None
    except (ValueError, OverflowError):
        return None
