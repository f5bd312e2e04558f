"""Who stands at a kiosk, and how surely that is known: levels 0 to 3. The kiosk says it, the hall decides.

The header Yinling-Visitor, which each signed request has, says `level=0` or `level=2;by=card;at=1795000000`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

NOBODY = "level=0"  # what the header says where nobody has said who they are


class Level(IntEnum):
    NOBODY = 0  # nobody has said who they are: notices, opening hours, filling in a form
    TYPED = 1  # a number was put in: sending a form; how far the form of one receipt has come
    SHOWN = 2  # something was shown that others do not have: one's own forms, with what staff wrote to them
    STAFF = 3  # staff have looked at card and face: acting for somebody


class By(StrEnum):
    """How a visitor has shown who they are."""

    TYPED = "typed"  # any number
    CARD = "card"  # the ID card itself, on the reader
    SLIP = "slip"  # the slip of a form that was saved
    RECEIPT = "receipt"  # a receipt number with the last four digits of the phone that was given then
    SENDER = "sender"  # has sent the form in question at this kiosk just now
    STAFF = "staff"


@dataclass(frozen=True)
class Reach:
    """The highest level that is reached in one way, and how many seconds that lasts."""

    level: Level
    lasts_s: int


REACHES: Mapping[By, Reach] = {
    By.TYPED: Reach(Level.TYPED, 15 * 60),
    By.CARD: Reach(Level.SHOWN, 15 * 60),
    By.SLIP: Reach(Level.SHOWN, 15 * 60),
    By.RECEIPT: Reach(Level.SHOWN, 15 * 60),
    By.SENDER: Reach(Level.SHOWN, 15 * 60),
    By.STAFF: Reach(Level.STAFF, 10 * 60),
}
_CLAIM = re.compile(rf"level=([0-3]);by=({'|'.join(By)});at=(0|[1-9]\d{{0,11}})")


@dataclass(frozen=True)
class Claim:
    """What a kiosk says of its visitor: how they have shown who they are, and how many seconds ago."""

    by: By
    ago_s: float = 0.0

    def header(self, now: int) -> str:
        """As it is sent at `now`, the `created` of the signature."""
        return f"level={REACHES[self.by].level.value};by={self.by};at={max(0, now - round(self.ago_s))}"


@dataclass(frozen=True)
class Granted:
    """What the hall makes of that: `by` is None at level 0."""

    level: Level = Level.NOBODY
    by: By | None = None


def granted(header: str, now: int) -> Granted:
    """What a signed header is worth at `now` (seconds since 1970, by the clock that wrote it).

    Never more than `by` can reach; nothing once that has lasted too long, lies in the future or cannot be read.
    """
    if header == NOBODY or (said := _CLAIM.fullmatch(header)) is None:
        return Granted()
    by, ago_s = By(said[2]), now - int(said[3])
    if not 0 <= ago_s <= REACHES[by].lasts_s:
        return Granted()
    level = min(Level(int(said[1])), REACHES[by].level)
    return Granted(level, by) if level > Level.NOBODY else Granted()
