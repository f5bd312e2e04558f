"""The number that a visitor has left to be phoned at: sealed until somebody who is to phone asks for it."""

from uuid import UUID

from pydantic import BaseModel

from backend.accounts.permissions import Staff
from backend.audit.log import note
from backend.calls import stored
from backend.calls.without_disk import kept_one
from backend.foundation.errors import RequestError, UnknownError
from backend.hall.hall import Hall
from backend.reading.breaker import take_reading
from backend.reading.limits import Tier
from protocol.calls.messages import number_context
from protocol.sealing import SealError, open_sealed


class CallNumber(BaseModel):
    number: str


class UnreadNumberError(RequestError):
    """Sealed to another hall, or damaged."""

    status = 422

    def __init__(self) -> None:
        super().__init__("The number cannot be opened: go to the kiosk, or phone the one beside it.")


def number_of(hall: Hall, call_id: UUID, staff: Staff) -> CallNumber:
    """The look is counted and written down. UnknownError where none was left or the call is over, UnreadNumberError,
    SlowReadingError, ReadingStoppedError."""
    with hall.database.write() as session:
        call = kept_one(hall, call_id) or stored.found(session, call_id)
        if call is None or call.call_back is None:
            raise UnknownError
        refusal = take_reading(session, hall, staff.name, Tier.L3)
        if refusal is None:
            note(session, hall, staff.name, "call", call_id, "number")
    if refusal:
        hall.feed.wake()
        raise refusal
    try:
        number = open_sealed(hall.keys.private, call.call_back, number_context(call_id))
    except SealError as error:
        raise UnreadNumberError from error
    return CallNumber(number=number.decode("ascii", "replace"))
