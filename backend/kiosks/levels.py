"""Who stands at the kiosk that asks: the hall's own judgement of what the kiosk has signed.

`visitor: TheVisitor` in a route is that judgement. A request without a signature never gets so far, or is nobody's.
"""

import logging
from collections.abc import Set
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends

from backend.foundation.errors import RequestError
from backend.kiosks.signed import SignedKiosk, TheKiosk
from protocol.levels import By, Granted, Level, granted

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


async def _visitor(kiosk: TheKiosk) -> Visitor:
    return Visitor(kiosk, granted(kiosk.visitor, kiosk.signature.created))


TheVisitor = Annotated[Visitor, Depends(_visitor)]
LEVEL_TOO_LOW: dict[int | str, dict[str, Any]] = {403: {"description": "The visitor has not shown who they are"}}
