"""A clock that can be set, and what happens when: acts of several parts are played in the order of time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from backend.hall.hall import utc_now


@dataclass
class SetClock:
    """Stands at `now` until it is let go, then tells the time."""

    now: datetime | None

    def __call__(self) -> datetime:
        return self.now or utc_now()


@dataclass
class Timeline:
    """`end` is the moment at which a newcomer opens the page; all times are seconds before it."""

    end: datetime
    _acts: list[tuple[float, Callable[[], object]]] = field(default_factory=list)

    def add(self, ago_s: float, act: Callable[[], object]) -> None:
        self._acts.append((ago_s, act))

    def before(self, ago_s: float) -> datetime:
        return self.end - timedelta(seconds=ago_s)

    def play(self, clock: SetClock) -> None:
        """From the first to the last; at one moment in the order in which they were added."""
        for ago_s, act in sorted(self._acts, key=lambda one: -one[0]):
            clock.now = self.before(ago_s)
            act()
