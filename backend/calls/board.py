"""Open calls as the staff page shows them. Nothing personal is in any of it."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime, BaseModel
from sqlalchemy import func, select

from backend.accounts.guard import in_known_browser, who_may
from backend.accounts.permissions import Permission, Staff
from backend.calls.tables import Call
from backend.foundation.database import readable
from backend.hall.hall import Hall, TheHall
from protocol.wire import CallState, Words

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
    is_open = [state for state in CallState if not state.is_over]
    with hall.database.read() as session:
        rows = select(*_COLUMNS).where(Call.state.in_(is_open)).order_by(Call.called_at)
        return readable(session, rows, partial(_call, hall))


def _call(hall: Hall, row: Any) -> BoardCall:
    return BoardCall(
        id=row.id,
        kiosk=row.kiosk,
        proven=row.kiosk_id is not None,
        screen=_screen(hall, row),
        service=hall.definitions.title(row.service_id) if row.service_id else None,
        reason=row.reason,
        called_at=row.called_at,
        state=row.state,
        staff=row.staff,
    )


def _screen(hall: Hall, row: Any) -> Words:
    """A screen's name, such as "home" or "question-phone", in words; one without words stays as it is."""
    kind, _, field_id = row.screen.partition("-")
    words = hall.page_words.get(f"screen.{kind}", Words(zh=row.screen, en=row.screen))
    service = hall.catalogue.services.get(row.service_id or "")
    if service and service.asks(field_id):
        label = service.field(field_id).label
        return Words(zh=f"{words.zh}：{label.zh}", en=f"{words.en}: {label.en}")
    return words


@router.get("/staff/ringing", dependencies=[Depends(in_known_browser)])
def ringing(hall: TheHall) -> int:
    """For a login page: how many calls nobody has taken yet, and no more."""
    with hall.database.read() as session:
        is_waiting = Call.state.in_([CallState.REQUESTED, CallState.NOTIFIED])
        return session.scalar(select(func.count()).select_from(Call).where(is_waiting)) or 0
