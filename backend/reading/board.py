"""What the staff page says of the circuit breaker: how it stands with oneself, and who waits for a second person."""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, ConfigDict
from sqlalchemy import select

from backend.accounts.guard import who_may
from backend.accounts.permissions import Permission, Staff
from backend.hall.hall import TheHall
from backend.reading import breaker
from backend.reading.limits import LIMITS, Tier
from backend.reading.tables import Reader
from protocol.wire import PlainText

router = APIRouter()


class Pace(StrEnum):
    """How one's reading goes on."""

    USUAL = "usual"
    SLOW = "slow"
    STOPPED = "stopped"


class StoppedReader(BaseModel):
    """Somebody who may not read on before a second person has looked; `is_me`: it takes another one."""

    who: str
    tier: Tier
    stopped_at: AwareDatetime
    is_me: bool


class BoardReading(BaseModel):
    """`stopped` is empty for those who may not let others go on."""

    pace: Pace
    stopped: list[StoppedReader]


class Reopening(BaseModel):
    model_config = ConfigDict(extra="forbid")

    who: PlainText


@router.get("/staff/reading")
def reading(hall: TheHall, staff: Annotated[Staff, who_may(Permission.READ_FORMS)]) -> BoardReading:
    now = hall.clock()
    with hall.database.read() as session:
        mine = session.get(Reader, staff.name)
        counts = [breaker.count_of(session, mine, tier, now) for tier in LIMITS] if mine else []
        all_stopped = session.scalars(
            select(Reader).where(Reader.stopped_at.is_not(None)).order_by(Reader.stopped_at)
        ).all()
    is_slow = any(count.read >= count.slow for count in counts)
    pace = Pace.STOPPED if mine and mine.stopped_at else Pace.SLOW if is_slow else Pace.USUAL
    if not staff.may(Permission.REOPEN_READING):
        return BoardReading(pace=pace, stopped=[])
    stopped = [
        StoppedReader(who=one.who, tier=one.stopped_for, stopped_at=one.stopped_at, is_me=one.who == staff.name)
        for one in all_stopped
        if one.stopped_at and one.stopped_for
    ]
    return BoardReading(pace=pace, stopped=stopped)


@router.post(
    "/staff/reading/reopen",
    status_code=204,
    responses={403: {"description": "It takes another person"}, 404: {"description": "Nobody of that name is stopped"}},
)
def reopen(hall: TheHall, body: Reopening, staff: Annotated[Staff, who_may(Permission.REOPEN_READING)]) -> None:
    """Let somebody read on, once what they have read has been looked at."""
    breaker.reopen(hall, body.who, staff)
