"""Who stands at the kiosk that asks: the hall's own judgement of what the kiosk has signed.

`visitor: TheVisitor` in a route is that judgement. A request without a signature never gets so far, or is nobody's.
"""

import logging
from collections.abc import Set
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from anyio import to_thread
from fastapi import Depends
from sqlalchemy import select

from backend.accounts.tables import StaffMember
from backend.audit.log import note
from backend.foundation.errors import RequestError
from backend.hall.hall import Hall, TheHall
from backend.kiosks.signed import SignedKiosk, TheKiosk
from backend.kiosks.tables import StaffAtKiosk
from backend.reading.breaker import take_reading
from backend.reading.limits import Tier
from protocol.levels import REACHES, By, Granted, Level, granted

log = logging.getLogger("yinling.hall")


class LevelTooLowError(RequestError):
    """The visitor has not shown enough of who they are for what is asked."""

    status = 403
    code = "level_too_low"

    def __init__(self, kiosk: str, level: Level, needed: Level) -> None:
        super().__init__(
            "The visitor has to show who they are first: by the ID card on the reader, by a receipt number with the "
            "last four digits of the phone given then, or to a staff member."
        )
        log.warning("level too low", extra={"fields": {"kiosk": kiosk, "level": level.value, "needed": needed.value}})


@dataclass(frozen=True)
class Visitor:
    """The visitor of this request, at the kiosk that has signed it."""

    kiosk: SignedKiosk
    granted: Granted

    def must_reach(self, needed: Level, ways: Set[By]) -> None:
        """LevelTooLowError unless this level was reached in one of these ways."""
        level, by = self.granted.level, self.granted.by
        if level < needed or (needed > Level.NOBODY and by not in ways):
            raise LevelTooLowError(self.kiosk.name, level, needed)

    def has_shown(self, *ways: By) -> bool:
        """Whether level 2 was reached in one of these ways."""
        return self.granted.level >= Level.SHOWN and self.granted.by in ways


async def _visitor(kiosk: TheKiosk, hall: TheHall) -> Visitor:
    judged = granted(kiosk.visitor, kiosk.signature.created)
    if judged.by is By.STAFF and not await to_thread.run_sync(_staff_look, hall, kiosk):
        judged = Granted()
    return Visitor(kiosk, judged)


def _staff_look(hall: Hall, kiosk: SignedKiosk) -> bool:
    """Whether staff are there who look at what is asked: a kiosk alone cannot say so, the hall has seen their badge or
    PIN, and not long ago. It counts as any look of theirs, and is written down.

    SlowReadingError, ReadingStoppedError.
    """
    since = hall.clock() - timedelta(seconds=REACHES[By.STAFF].lasts_s)
    disabled = select(StaffMember.id).where(StaffMember.is_disabled)
    there = StaffAtKiosk.kiosk == kiosk.id, StaffAtKiosk.at >= since, StaffAtKiosk.member.not_in(disabled)
    with hall.database.write() as session:
        name = session.scalar(select(StaffAtKiosk.name).where(*there))
        if name is None:
            return False
        refusal = take_reading(session, hall, name, Tier.L3)
        if refusal is None:
            note(session, hall, name, "asked_at_kiosk", kiosk.id)
    if refusal:
        hall.feed.wake()
        raise refusal
    return True


TheVisitor = Annotated[Visitor, Depends(_visitor)]
LEVEL_TOO_LOW: dict[int | str, dict[str, Any]] = {403: {"description": "The visitor has not shown who they are"}}
