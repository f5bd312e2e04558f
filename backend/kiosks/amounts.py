"""How much a kiosk may bring, so that one gone mad does not fill the disk: much at once, then so much a second.

A kiosk that has kept forms for months brings them all at once; one that is told to wait sends the rest later by itself.
"""

from math import ceil
from time import monotonic

from fastapi import Request

from backend.foundation.errors import RequestError
from backend.foundation.rates import Rate
from backend.kiosks.signed import SignedKiosk, SigningKiosk

AT_ONCE_KIB, A_SECOND_KIB = 256 * 1024, 100  # of one kiosk, in one process
LEAST_KIB = 4  # whatever is kept takes some room


class TooMuchError(RequestError):
    """From this kiosk, for now."""

    status = 429
    code = "too_much"

    def __init__(self, wait_s: float) -> None:
        self.retry_after = ceil(wait_s)
        super().__init__(f"This kiosk has brought very much: wait {self.retry_after} seconds, then send it again.")


def brought() -> Rate:
    """Of one process, in KiB by kiosk."""
    return Rate(burst=AT_ONCE_KIB, every_s=1 / A_SECOND_KIB)


async def bringing(request: Request, kiosk: SigningKiosk) -> SignedKiosk:
    """The kiosk, if it may bring what it sends. TooMuchError."""
    rate: Rate = request.app.state.brought
    if wait_s := rate.take(kiosk.id, monotonic(), max(LEAST_KIB, len(await request.body()) // 1024)):
        raise TooMuchError(wait_s)
    return kiosk
