"""How staff ask for the maintenance screen: by touches or keys that nobody makes by chance.

Three touches in the corner at the top left, then three at the top right, within ten seconds. On a keypad: up, up,
down, down, left, right, left, right.
"""

import time
from collections.abc import Callable

WITHIN_S = 10.0
GESTURES = (("top left",) * 3 + ("top right",) * 3, ("up", "up", "down", "down", "left", "right", "left", "right"))


class StaffGesture:
    """Notices when touches or keys make a gesture. `clock` in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._steps: list[tuple[float, str]] = []

    def take(self, step: str) -> bool:
        """One touch or key, by its place or name; whether a gesture is complete with it."""
        now = self._clock()
        longest = max(len(gesture) for gesture in GESTURES)
        self._steps = [*self._steps, (now, step)][-longest:]
        names = tuple(name for at, name in self._steps if now - at <= WITHIN_S)
        complete = any(names[-len(gesture) :] == gesture for gesture in GESTURES)
        if complete:
            self._steps.clear()
        return complete
