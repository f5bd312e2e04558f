"""PINs that people choose: which are too easy, and how they and one-time codes are kept."""

import secrets
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from backend.foundation.errors import RequestError
from backend.hall.keys import HallKeys

# About 100 ms of one core (docs/measured.md) and 48 MiB, with one lane, as there are few cores. OWASP's least is 19 MiB
# and two passes. The digest beneath is keyed: who has only the database cannot even begin to guess.
_PASSES, _MEMORY_KIB, _LANES = 2, 48 * 1024, 1
_UP = "01234567890123456789"


class WeakPinError(RequestError):
    status = 422
    code = "weak_pin"

    def __init__(self) -> None:
        super().__init__("Choose 6 to 12 digits that nobody guesses: no row of digits up or down, no repeats, no date.")


def check_strength(pin: str) -> None:
    """WeakPinError for what is tried first."""
    if not (pin.isascii() and pin.isdecimal() and 6 <= len(pin) <= 12) or _is_easy(pin):
        raise WeakPinError


def _is_easy(pin: str) -> bool:
    is_row = pin in _UP or pin[::-1] in _UP
    is_repeat = pin in (pin + pin)[1:-1]  # 121212, 123123
    return is_row or is_repeat or len(set(pin)) < 3 or _is_date(pin)


def _is_date(pin: str) -> bool:
    """A birthday as people write it: 19380515 or 380515."""
    year_first = {8: "%Y%m%d", 6: "%y%m%d"}.get(len(pin))
    if year_first is None:
        return False
    try:
        return 1900 <= datetime.strptime(pin, year_first).year < 2100
    except ValueError:
        return False


def hashed(keys: HallKeys, member: UUID, pin: str) -> str:
    """What to keep of a PIN. It takes a while and memory: call it off the event loop, few at once."""
    derivation = Argon2id(
        salt=secrets.token_bytes(16), length=32, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY_KIB
    )
    return derivation.derive_phc_encoded(_keyed(keys, member, pin))


def is_right(keys: HallKeys, member: UUID, pin: str, kept: str) -> bool:
    """As slow as `hashed`."""
    try:
        Argon2id.verify_phc_encoded(_keyed(keys, member, pin), kept)
    except InvalidKey:
        return False
    return True


def _keyed(keys: HallKeys, member: UUID, pin: str) -> bytes:
    return keys.digest("staff pin", str(member), pin).encode()


def code_digest(keys: HallKeys, member: UUID, code: str) -> str:
    """Small letters and any spaces or dashes are the same code."""
    letters = "".join(one for one in code.upper() if one.isalnum())
    return keys.digest("staff code", str(member), letters)
