"""The line to the hall: one back-off for everything that waits. No form has one of its own unless it alone fails."""

from collections.abc import Callable
from datetime import datetime

from offline_cache.hall_client import HallBlocked, HallError, HallUnreachable
from offline_cache.retry import after, seconds_until_due

LONGEST_DELAY_S = 15.0  # a try costs one small request, and somebody may wait for the first that succeeds
LONGEST_RETRY_AFTER_S = 3600.0  # the longest wait that a hall may ask for


class Line:
    """Whether the hall can be reached, and when it should be tried. `delay_s(failures)` gives seconds.

    Any answer ends the back-off, and then all that waits is due; only a wait that a busy hall has asked for goes on.
    Nothing is kept: after a restart the line is tried at once.
    """

    def __init__(self, delay_s: Callable[[int], float]) -> None:
        self.reached: bool | None = None  # None before the first try
        self.error: HallError | None = None  # of the last try
        self._delay_s = delay_s
        self._failures = 0
        self._tried_at: str | None = None
        self._next_try_at: str | None = None

    @property
    def is_blocked(self) -> bool:
        return isinstance(self.error, HallBlocked)

    def works(self, now: datetime) -> None:
        """The hall has answered."""
        if _asked_s(self.error) and self.seconds_until_due(now):
            return
        self.reached, self.error, self._failures, self._next_try_at = True, None, 0, None

    def failed(self, now: datetime, error: HallError) -> None:
        """The hall cannot be reached, is busy, or is not the right one."""
        self.reached, self.error = False, error
        self._failures += 1
        wait_s = max(_asked_s(error), min(LONGEST_DELAY_S, self._delay_s(self._failures)))
        self._tried_at, self._next_try_at = now.isoformat(), after(now, wait_s)

    def seconds_until_due(self, now: datetime) -> float:
        return seconds_until_due(self._tried_at, self._next_try_at, now)


def _asked_s(error: HallError | None) -> float:
    """The seconds that a busy hall has asked for; 0.0 when it has not."""
    asked = error.retry_after if isinstance(error, HallUnreachable) else None
    return min(asked or 0.0, LONGEST_RETRY_AFTER_S)
