"""How often something may be done, in the memory of one process: so many at once, then one every few seconds."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from threading import Lock

_MOST_KEYS = 10_000


@dataclass
class Rate:
    """For each key `burst` at once and then one every `every_s` seconds: the generic cell rate algorithm."""

    burst: int
    every_s: float
    _due: dict[Hashable, float] = field(default_factory=dict)  # when the key has all of its burst again
    _lock: Lock = field(default_factory=Lock)

    def take(self, key: Hashable, now: float, count: int = 1) -> float:
        """0.0: it may be done, and counts. Else the seconds to wait. `now` is of a clock that only goes forward."""
        with self._lock:
            due = max(self._due.get(key, now), now) + count * self.every_s
            if (wait_s := due - now - self.burst * self.every_s) > 1e-9:
                return wait_s
            if len(self._due) >= _MOST_KEYS:
                self._due = {one: then for one, then in self._due.items() if then > now}
            self._due[key] = due
            return 0.0

    def give_back(self, key: Hashable, count: int = 1) -> None:
        """What was taken does not count."""
        with self._lock:
            if key in self._due:
                self._due[key] -= count * self.every_s
