"""The PIN of the maintenance screen: only its salted hash is on the kiosk, and guessing takes ever longer."""

import hashlib
import hmac
import logging
import secrets
import time
from collections.abc import Callable
from typing import Protocol

LEAST_DIGITS, MOST_DIGITS = 6, 12
FREE_TRIES = 5
FIRST_WAIT_S, LONGEST_WAIT_S = 30, 3600
HASH_PATTERN = r"^(scrypt\$[0-9a-f]{32}\$[0-9a-f]{64})?$"
_TRIES = "staff_pin_tries"

log = logging.getLogger(__name__)


class Memory(Protocol):
    """What offline_cache.store.Store does."""

    def get(self, name: str) -> str | None: ...

    def set(self, name: str, value: str) -> None: ...


def hashed(pin: str) -> str:
    """What goes into the setting staff_pin. ValueError when the PIN is too short, too long, or not digits."""
    if not (pin.isascii() and pin.isdigit() and LEAST_DIGITS <= len(pin) <= MOST_DIGITS):
        raise ValueError(f"A staff PIN has {LEAST_DIGITS} to {MOST_DIGITS} digits.")
    salt = secrets.token_bytes(16)
    return f"scrypt${salt.hex()}${_scrypt(pin, salt).hex()}"


class StaffLock:
    """Opens for one PIN. Tries are counted in the store, so that neither a restart nor another clock resets them.

    `clock` gives the seconds since the machine was switched on; switching it off begins the present wait anew.
    """

    def __init__(self, pin_hash: str, memory: Memory, clock: Callable[[], float] = time.monotonic) -> None:
        self._hash, self._memory, self._clock = pin_hash, memory, clock
        self._unwritten = ""  # the tries, while the store cannot take them

    @property
    def is_set(self) -> bool:
        return bool(self._hash)

    def wait_s(self) -> int:
        """Whole seconds until the next try; 0 when one may be made now."""
        tries, at = self._tries()
        if tries < FREE_TRIES:
            return 0
        wait: int = min(FIRST_WAIT_S * 2 ** min(tries - FREE_TRIES, 10), LONGEST_WAIT_S)
        now = self._clock()
        if now < at:  # the machine was switched off and on
            self._remember(tries, now)
            return wait
        return max(0, -int((now - at - wait) // 1))

    def opens(self, pin: str) -> bool:
        """Whether this is the PIN; False while one has to wait. Counted before it is looked at."""
        if not self.is_set or self.wait_s():
            return False
        tries, _ = self._tries()
        self._remember(tries + 1, self._clock())
        _, salt, right = self._hash.split("$")
        if not hmac.compare_digest(_scrypt(pin, bytes.fromhex(salt)).hex(), right):
            return False
        self._remember(0, 0)
        return True

    def _tries(self) -> tuple[int, float]:
        tries, _, at = (self._unwritten or self._read() or "0 0").partition(" ")
        return int(tries), float(at)

    def _read(self) -> str | None:
        from offline_cache.store import StoreError  # loaded by then; who only asks for a service needs no store

        try:
            return self._memory.get(_TRIES)
        except StoreError as error:
            log.error("%s", error)
            return None

    def _remember(self, tries: int, at: float) -> None:
        """In the store. With a broken one staff have to come in all the more, but there are no free tries then."""
        from offline_cache.store import StoreError

        try:
            self._memory.set(_TRIES, f"{tries} {at:.0f}")
            self._unwritten = ""
        except StoreError as error:
            log.error("%s", error)
            self._unwritten = f"{max(tries, FREE_TRIES) if tries else 0} {at:.0f}"


def _scrypt(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32)
