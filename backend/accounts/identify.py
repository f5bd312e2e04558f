"""Who somebody at the console is, by their own PIN, without opening a page."""

from backend.accounts import members, pins, tries
from backend.accounts.console_pin import DisabledError
from backend.accounts.login import WrongPinError
from backend.accounts.permissions import Staff
from backend.hall.hall import Hall

_CONSOLE = "console"  # counted like the address of a stranger's browser


def identify(hall: Hall, name: str, pin: str) -> Staff:
    """WrongPinError, DisabledError, TooManyTriesError. As slow as `pins.hashed`."""
    with tries.tried(hall, tries.of_stranger(name, _CONSOLE)):
        with hall.database.read() as session:
            member = members.named(session, name)
        if member is None or member.pin_hash is None or not pins.is_right(hall.keys, member.id, pin, member.pin_hash):
            raise WrongPinError
    if member.is_disabled:
        raise DisabledError
    return Staff(member.name, member.role)
