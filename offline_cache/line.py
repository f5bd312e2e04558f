"""The line to the hall: one back-off for everything that waits. No form has one of its own unless it alone fails."""

from collections.abc import Callable
from datetime import datetime

from offline_cache.hall_client import HallBlocked, HallError
from offline_cache.retry import after, seconds_until_due

LONGEST_DELAY_S = 15.0  # a try costs one small request, and somebody may wait for the first that succeeds
LONGEST_HOLD_S = 300.0  # that a busy hall may ask for: as long as a form that fails alone waits at most


class Line:
    """Whether the hall can be reached, and when it should be tried. `delay_s(failures)` gives seconds.

    Any answer ends the back-off, and then all that waits is due. Only a wait that a busy hall has asked for goes on,
    and it holds back forms alone: staff must see that the kiosk lives, and nobody may read that the line is down while
    calls are answered. Nothing is kept: after a restart the line is tried at once.
    """

    def __init__(self, delay_s: Callable[[int], float]) -> None:
        self.reached: bool | None = None  # None before the first try
        self.error: HallError | None = None  # of the last try
        self._delay_s = delay_s
        self._failures = 0
        self._tried_at: str | None = None
        self._next_try_at: str | None = None
        self._held_at: str | None = None
        self._held_until: str | None = None

    @property
    def is_blocked(self) -> bool:
        return isinstance(self.error, HallBlocked)

    def works(self, now: datetime) -> None:
        """The hall has answered."""
        self.reached, self.error, self._failures, self._next_try_at = True, None, 0, None

    def failed(self, now: datetime, error: HallError) -> None:
        """The hall cannot be reached or is not the right one."""
        self.reached, self.error = False, error
        self._failures += 1
        wait_s = min(LONGEST_DELAY_S, self._delay_s(self._failures))
        self._tried_at, self._next_try_at = now.isoformat(), after(now, wait_s)

    def hold_forms(self, now: datetime, asked_s: float) -> None:
        """The hall is busy and asks that forms wait for so many seconds."""
        self._held_at, self._held_until = now.isoformat(), after(now, min(asked_s, LONGEST_HOLD_S))

    def seconds_until_due(self, now: datetime) -> float:
        return seconds_until_due(self._tried_at, self._next_try_at, now)

    def seconds_until_forms_are_due(self, now: datetime) -> float:
        return max(self.seconds_until_due(now), seconds_until_due(self._held_at, self._held_until, now))
