"""What makes touching forgiving to an unsteady hand, for all buttons of a window."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect

CLEAR_MM = 1.0  # the nearest target must be nearer than the next by this; in the middle of a gap neither is meant
LOST_S = 10.0  # if the screen has not reported the release of a finger by then, it has lost it: others count again


@dataclass
class TouchGuard:
    """Only one finger at a time can press, and the place just pressed is dead for a while.

    The place is dead, not the button: the second tap of a tremor must not press what the next screen shows there.
    Rectangles are in the window's pixels; `clock` gives seconds and never goes back.
    """

    clock: Callable[[], float]
    dead_s: float = 0.5
    forgive_mm: float = 3.0  # a press this far beside a target still counts for it; 0 for none
    _holder: object | None = None
    _taken_at: float = float("-inf")
    _pressed: QRect = field(default_factory=QRect)
    _pressed_at: float = float("-inf")

    def take(self, target: object, point: QPoint) -> bool:
        """A finger has come down on `target`: may it press?"""
        held = self._holder is not None and self.clock() - self._taken_at < LOST_S
        if held or self._is_dead(point):
            return False
        self._holder, self._taken_at = target, self.clock()
        return True

    def let_go(self, target: object, place: QRect, *, inside: bool) -> bool:
        """The finger has left the screen: does it count as a press of `place`?"""
        if self._holder is not target:
            return False
        self._holder = None
        if inside:
            self._pressed, self._pressed_at = place, self.clock()
        return inside

    def press(self, target: object, place: QRect) -> bool:
        """A whole press at once, as a key makes it: does it count?"""
        return self.take(target, place.center()) and self.let_go(target, place, inside=True)

    def forget(self, target: object) -> None:
        """`target` is gone, with the finger still on it."""
        if self._holder is target:
            self._holder = None

    def _is_dead(self, point: QPoint) -> bool:
        return self._pressed.contains(point) and self.clock() - self._pressed_at < self.dead_s


def meant(point: QPoint, places: Sequence[QRect], forgive_px: float, clear_px: float) -> int | None:
    """Which of `places` a press at `point` was meant for: the one it hits, else the one that it clearly just missed."""
    distances = sorted((distance(point, place), at) for at, place in enumerate(places))
    if not distances or distances[0][0] > forgive_px:
        return None
    nearest, at = distances[0]
    doubtful = nearest > 0 and len(distances) > 1 and distances[1][0] - nearest < clear_px
    return None if doubtful else at


def distance(point: QPoint, place: QRect) -> float:
    """From `point` to the nearest edge of `place`; 0 inside."""
    return math.hypot(*(point - within(point, place)).toTuple())


def within(point: QPoint, place: QRect) -> QPoint:
    """The point of `place` that is nearest to `point`."""
    return QPoint(
        min(max(point.x(), place.left()), place.right()),
        min(max(point.y(), place.top()), place.bottom()),
    )
