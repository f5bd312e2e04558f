"""Open calls as the staff page shows them. Nothing personal is in any of it."""

from collections.abc import Collection
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime, BaseModel
from sqlalchemy import func, select

from backend.accounts.guard import in_known_browser, who_may
from backend.accounts.permissions import Permission, Staff
from backend.calls import stored
from backend.calls.record import CallRecord
from backend.calls.superseding import OPEN, WAITING
from backend.calls.tables import Call
from backend.calls.without_disk import kept
from backend.foundation.database import AWAY, readable
from backend.hall.hall import Hall, TheHall
from backend.hall.screens import screen_words
from protocol.calls.messages import ArrivedBy, Need
from protocol.calls.states import CallState
from protocol.calls.waiting import Colour, colour, priority
from protocol.wire import Words

router = APIRouter()


class BoardCall(BaseModel):
    """An open call.

    `proven`: a kiosk's key signed it; else `kiosk` is only what it says of itself. `waited_s`: since the press, when
    this was told. `colour` of the clock, `escalation` 0 to 2 (protocol.calls.waiting; 1: rings for all staff, 2: for
    the lead too, and louder). Pages are told of all calls when either changes by itself.

    `staff`: who has it. `asked`: a colleague for whom alone it rings until `asked_until`. `is_late`: by now somebody
    should have come, or should have done with phoning, so every page shows it. `other_way`: the visitor was told of
    phone, counter and ticket. `phone_here`: of a phone beside the kiosk. `call_back`: the visitor has left a number
    (POST /staff/calls/{id}/number); `has_gone`: and waits elsewhere.
    """

    id: UUID
    turn: int
    kiosk: str
    proven: bool
    screen: Words
    service: Words | None
    reason: str
    needs: list[Need]
    called_at: AwareDatetime
    waited_s: int
    colour: Colour
    escalation: int
    is_late: bool
    state: CallState
    staff: str | None
    asked: str | None
    asked_until: AwareDatetime | None
    arrived_by: ArrivedBy | None
    other_way: bool
    phone_here: str
    call_back: bool
    has_gone: bool


@router.get("/staff/calls")
def open_calls(hall: TheHall, staff: Annotated[Staff, who_may(Permission.SEE_BOARD)]) -> list[BoardCall]:
    """Those that nobody has first, then by how long each has waited and what the visitor needs."""
    return calls_on_board(hall)


def calls_on_board(hall: Hall) -> list[BoardCall]:
    """As `open_calls` tells them. The database's errors, where memory has none to show either."""
    in_memory = kept(hall)
    calls = [*_written(hall, in_memory), *(call for call in in_memory.values() if call.state.is_open)]
    now = hall.clock()
    ordered = sorted(calls, key=lambda call: (not call.state.is_waiting, -priority(call.waited_s(now), call.needs)))
    return [_shown(hall, call, now) for call in ordered]


def _written(hall: Hall, in_memory: Collection[UUID]) -> list[CallRecord]:
    """Those of the database that memory does not know better; none where it is away and there are others to show."""
    rows = stored.columns().where(Call.state.in_(OPEN), Call.id.not_in(in_memory)).order_by(Call.called_at)
    try:
        with hall.database.read() as session:
            return readable(session, rows, CallRecord.model_validate)
    except AWAY:
        if not in_memory:
            raise
        return []


def _shown(hall: Hall, call: CallRecord, now: datetime) -> BoardCall:
    waited_s = call.waited_s(now)
    same = call.model_dump(include=BoardCall.model_fields.keys() - {"screen", "call_back"})
    return BoardCall(
        **same,
        proven=call.kiosk_id is not None,
        screen=screen_words(hall, call.screen, call.service_id),
        service=hall.definitions.title(call.service_id) if call.service_id else None,
        waited_s=int(waited_s),
        colour=colour(waited_s),
        escalation=call.escalation(now),
        is_late=call.is_late(now),
        asked_until=call.asked_until,
        call_back=call.call_back is not None,
    )


@router.get("/staff/ringing", dependencies=[Depends(in_known_browser)])
def ringing(hall: TheHall) -> int:
    """For a login page: how many calls nobody has taken yet, and no more."""
    in_memory = kept(hall)
    with hall.database.read() as session:
        others = Call.state.in_(WAITING), Call.id.not_in(in_memory)
        written = session.scalar(select(func.count()).select_from(Call).where(*others)) or 0
    return written + sum(call.state in WAITING for call in in_memory.values())
