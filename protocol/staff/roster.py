"""The list of staff that a kiosk keeps, so that a badge is good without a line: the hall signs it, and it ends."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from protocol.signing import sign, verify
from protocol.staff.badge import CLOCKS_DIFFER_S
from protocol.wire import Bytes, ShortName, WireAnswer

LASTS_S = 24 * 3600
MAX_MEMBERS = 2000
_PURPOSE = "yinling staff roster 1"


class Member(WireAnswer):
    member: UUID
    name: ShortName


class Roster(WireAnswer):
    """Who may help at kiosks. Times are seconds since 1970, by the hall's clock. Nothing in it opens anything."""

    made_at: Annotated[int, Field(ge=0, le=2**53)]
    ends_at: Annotated[int, Field(ge=0, le=2**53)]
    members: Annotated[tuple[Member, ...], Field(max_length=MAX_MEMBERS)]
    signature: Annotated[Bytes, Field(max_length=64)]

    def check(self, verify_key: bytes) -> None:
        """SignatureError unless the hall of this key has signed just this."""
        verify(verify_key, self.signature, _signed(self.made_at, self.ends_at, self.members))

    def is_good(self, now: float) -> bool:
        return self.made_at - CLOCKS_DIFFER_S <= now < self.ends_at

    def named(self, member: UUID) -> str | None:
        """What they are called; None for who may not help."""
        return next((one.name for one in self.members if one.member == member), None)


def signed_roster(private: bytes, now: int, members: tuple[Member, ...]) -> Roster:
    """Good for a day from `now`."""
    ends_at = now + LASTS_S
    return Roster(
        made_at=now, ends_at=ends_at, members=members, signature=sign(private, _signed(now, ends_at, members))
    )


def _signed(made_at: int, ends_at: int, members: tuple[Member, ...]) -> bytes:
    lines = [_PURPOSE, str(made_at), str(ends_at), *(f"{one.member} {one.name}" for one in members)]
    return "\n".join(lines).encode()
