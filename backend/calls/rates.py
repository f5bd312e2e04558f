"""How many calls are taken from where, so that neither a kiosk gone mad nor a stranger hinders anybody else.

A kiosk that is told to wait has a call on the board already, and sends this one again by itself.
"""

from dataclasses import dataclass, field
from math import ceil
from time import monotonic
from typing import Annotated

from fastapi import Depends, Request

from backend.foundation.database import AWAY
from backend.foundation.errors import RequestError
from backend.foundation.rates import Rate
from backend.hall.hall import TheHall
from backend.kiosks.signed import NotAdmittedError, SignedKiosk, SignedOrNot, admitted_when_possible


class TooManyCallsError(RequestError):
    """From this kiosk, or without a signature."""

    status = 429
    code = "too_many_calls"

    def __init__(self, wait_s: float) -> None:
        self.retry_after = ceil(wait_s)
        super().__init__(f"Too many calls came from here: wait {self.retry_after} seconds, then send it again.")


@dataclass
class CallRates:
    """Of one process. Calls without a signature are counted by address and in all."""

    of_kiosk: Rate = field(default_factory=lambda: Rate(burst=20, every_s=2.0))
    of_address: Rate = field(default_factory=lambda: Rate(burst=20, every_s=1.0))
    of_strangers: Rate = field(default_factory=lambda: Rate(burst=60, every_s=0.5))


async def calling(request: Request, kiosk: SignedOrNot, hall: TheHall) -> SignedKiosk | None:
    """Who calls; None for one that comes without a good signature, which is taken all the same. TooManyCallsError."""
    rates: CallRates = request.app.state.call_rates
    if kiosk is not None:
        _take(rates.of_kiosk, kiosk.id)  # first of all: the rest writes to the database
        try:
            return await admitted_when_possible(request, kiosk, hall)
        except (NotAdmittedError, *AWAY):
            pass
    _take(rates.of_address, request.client.host if request.client else "")
    _take(rates.of_strangers, None)
    return None


def _take(rate: Rate, key: object) -> None:
    if wait_s := rate.take(key, monotonic()):
        raise TooManyCallsError(wait_s)


CallingKiosk = Annotated[SignedKiosk | None, Depends(calling)]
