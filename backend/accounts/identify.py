"""Who somebody at the console is, by their own PIN, without opening a page."""

import sys
from getpass import getpass

from backend.accounts import tries
from backend.accounts.console_pin import DisabledError
from backend.accounts.login import WrongPinError, member_with
from backend.accounts.permissions import Staff
from backend.hall.hall import Hall

_CONSOLE = "console"  # counted like the address of a stranger's browser


def identify(hall: Hall, name: str, pin: str) -> Staff:
    """WrongPinError, DisabledError, TooManyTriesError. As slow as `pins.hashed`."""
    with tries.tried(hall, name, tries.of_stranger(name, _CONSOLE)):
        member = member_with(hall, name, pin)
        if member is None:
            raise WrongPinError
    if member.is_disabled:
        raise DisabledError
    return Staff(member.name, member.role)


def at_console(hall: Hall, name: str) -> Staff:
    """Who gives their PIN on the terminal, or as the next line of standard input. RequestError, TooManyTriesError."""
    pin = getpass(f"PIN of {name}: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    return identify(hall, name, pin)
