"""Open calls as the staff page shows them. Nothing personal is in any of it."""

from collections.abc import Collection
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime, BaseModel
from sqlalchemy import func, select

from backend.accounts.guard import in_known_browser, who_may
from backend.accounts.permissions import Permission, Staff
from backend.calls.superseding import OPEN, WAITING
from backend.calls.tables import Call
from backend.calls.without_disk import kept
from backend.foundation.database import AWAY, readable
from backend.hall.hall import Hall, TheHall
from backend.hall.screens import screen_words
from protocol.wire import CallState, Words

PUSHED_EVERY_S = 0.25  # to all pages at once, at most
router = APIRouter()
# Without `requested_at`: that is the kiosk's clock, which may say anything.
_COLUMNS = (
    *(Call.id, Call.kiosk, Call.kiosk_id, Call.screen, Call.service_id),
    *(Call.reason, Call.called_at, Call.state, Call.staff),
)


class BoardCall(BaseModel):
    """`proven`: a kiosk's key signed it; else `kiosk` is only what it says of itself."""

    id: UUID
    kiosk: str
    proven: bool
    screen: Words
    service: Words | None
    reason: str
    called_at: AwareDatetime
    state: CallState
    staff: str | None


@router.get("/staff/calls")
def open_calls(hall: TheHall, staff: Annotated[Staff, who_may(Permission.SEE_BOARD)]) -> list[BoardCall]:
    """The one that has waited longest first."""
    return _open(hall)


class PushedCalls(BaseModel):
    """What a "call" event brings: the open calls, and to how many pages (of this process) it goes."""

    calls: list[BoardCall]
    pages: int


def pushed_calls(hall: Hall) -> str:
    """As JSON; "" when they cannot be read just now, and a page has to ask for itself."""
    try:
        return PushedCalls(calls=_open(hall), pages=hall.feed.pages).model_dump_json()
    except AWAY:
        return ""


def _open(hall: Hall) -> list[BoardCall]:
    in_memory = kept(hall)
    calls = [*_written(hall, in_memory), *(_call(hall, one) for one in in_memory.values() if not one.state.is_over)]
    return sorted(calls, key=lambda call: call.called_at) if in_memory else calls


def _written(hall: Hall, in_memory: Collection[UUID]) -> list[BoardCall]:
    """Those of the database that memory does not know better; none where it is away and there are others to show."""
    rows = select(*_COLUMNS).where(Call.state.in_(OPEN), Call.id.not_in(in_memory)).order_by(Call.called_at)
    try:
        with hall.database.read() as session:
            return readable(session, rows, partial(_call, hall))
    except AWAY:
        if not in_memory:
            raise
        return []


def _call(hall: Hall, row: Any) -> BoardCall:
    return BoardCall(
        id=row.id,
        kiosk=row.kiosk,
        proven=row.kiosk_id is not None,
        screen=screen_words(hall, row.screen, row.service_id),
        service=hall.definitions.title(row.service_id) if row.service_id else None,
        reason=row.reason,
        called_at=row.called_at,
        state=row.state,
        staff=row.staff,
    )


@router.get("/staff/ringing", dependencies=[Depends(in_known_browser)])
def ringing(hall: TheHall) -> int:
    """For a login page: how many calls nobody has taken yet, and no more."""
    in_memory = kept(hall)
    with hall.database.read() as session:
        others = Call.state.in_(WAITING), Call.id.not_in(in_memory)
        written = session.scalar(select(func.count()).select_from(Call).where(*others)) or 0
    return written + sum(call.state in WAITING for call in in_memory.values())
