"""The PIN of the maintenance screen: only its salted hash is on the kiosk, and guessing takes ever longer."""

import hashlib
import hmac
import logging
import secrets
import time
from collections.abc import Callable
from math import ceil
from typing import Protocol

from kiosk.state.maintenance import LEAST_PIN_DIGITS, MOST_PIN_DIGITS
from protocol.lockout import Lockout, Tries

LOCKOUT = Lockout(free_tries=5, first_wait_s=30, longest_wait_s=3600)
HASH_PATTERN = r"^(scrypt\$[0-9a-f]{32}\$[0-9a-f]{64})?$"
_TRIES = "staff_pin_tries"

log = logging.getLogger(__name__)


class Memory(Protocol):
    """What offline_cache.store.Store does."""

    def get(self, name: str) -> str | None: ...

    def set(self, name: str, value: str) -> None: ...


def hashed(pin: str) -> str:
    """What goes into the setting staff_pin. ValueError when the PIN is too short, too long, or not digits."""
    if not (pin.isascii() and pin.isdigit() and LEAST_PIN_DIGITS <= len(pin) <= MOST_PIN_DIGITS):
        raise ValueError(f"A staff PIN has {LEAST_PIN_DIGITS} to {MOST_PIN_DIGITS} digits.")
    salt = secrets.token_bytes(16)
    return f"scrypt${salt.hex()}${_scrypt(pin, salt).hex()}"


class StaffLock:
    """Opens for one PIN. Tries are counted in the store, so that neither a restart nor another clock resets them.

    `clock` gives the seconds since the machine was switched on; switching it off begins the present wait anew.
    """

    def __init__(self, pin_hash: str, memory: Memory, clock: Callable[[], float] = time.monotonic) -> None:
        self._hash, self._memory, self._clock = pin_hash, memory, clock
        self._unwritten: Tries | None = None  # while the store cannot take them

    @property
    def is_set(self) -> bool:
        return bool(self._hash)

    def wait_s(self) -> int:
        """Whole seconds until the next try; 0 when one may be made now."""
        return ceil(self._ask(LOCKOUT.look))

    def opens(self, pin: str) -> bool:
        """Whether this is the PIN; False while one has to wait. Counted before it is looked at."""
        if not self.is_set or self._ask(LOCKOUT.take) > 0:
            return False
        _, salt, right = self._hash.split("$")
        if not hmac.compare_digest(_scrypt(pin, bytes.fromhex(salt)).hex(), right):
            return False
        self._remember(Tries())
        return True

    def _ask(self, rule: Callable[[Tries, float], tuple[Tries, float]]) -> float:
        """The seconds still to wait by this rule; a count that it changes is written."""
        before = self._tries()
        tries, wait_s = rule(before, self._clock())
        if tries != before:
            self._remember(tries)
        return wait_s

    def _tries(self) -> Tries:
        if self._unwritten is not None:
            return self._unwritten
        return Tries.parse(self._read())

    def _read(self) -> str | None:
        from offline_cache.store import StoreError  # loaded by then; who only asks for a service needs no store

        try:
            return self._memory.get(_TRIES)
        except StoreError as error:
            log.error("%s", error)
            return None

    def _remember(self, tries: Tries) -> None:
        """Write it to the store. With a broken store staff still get in, but a wrong PIN means a wait at once."""
        from offline_cache.store import StoreError

        try:
            self._memory.set(_TRIES, str(tries))
            self._unwritten = None
        except StoreError as error:
            log.error("%s", error)
            counted = max(tries.count, LOCKOUT.free_tries)
            self._unwritten = LOCKOUT.after(counted, self._clock()) if tries.count else tries


def _scrypt(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32)
