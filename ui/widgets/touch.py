"""What makes touching forgiving to an unsteady hand, for all buttons of a window."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect

CLEAR_MM = 1.0  # the nearest target must be nearer than the next by this; in the middle of a gap neither is meant
LOST_S = 10.0  # if the screen has not reported the release of a finger by then, it has lost it: others count again
# A tremor has 4 to 12 Hz. The finger that it brings back comes down at most a quarter of a second after it came down
# before, and less than an eighth after it left the glass. Nobody types that fast (docs/decisions/keys.md).
REPEAT_S = 0.25
BOUNCE_S = 0.125


@dataclass
class TouchGuard:
    """Only one finger at a time can press, and the place just pressed is dead for a while.

    Where something else stands there now, or the press was answered by words, the place is dead for `dead_s` after the
    release: the second tap of a tremor must not press what the next screen shows there. Where the same key still
    stands, as on a keypad, it counts again as soon as no tremor could have brought the finger back: REPEAT_S from
    finger down to finger down, and BOUNCE_S after the release. The first tells a quick hand from a tremor whatever the
    length of its presses; every touch counts for it, so a long tremor stays one press.
    Rectangles are in the window's pixels; `clock` gives seconds and never goes back; `does` is what a button does.
    """

    clock: Callable[[], float]
    dead_s: float = 0.5
    forgive_mm: float = 3.0  # a press this far beside a target still counts for it; 0 for none
    repeat_s: float = REPEAT_S
    bounce_s: float = BOUNCE_S
    _holder: object | None = None
    _down_at: float = float("-inf")  # the last touch of anything, counted or not
    _up_at: float = float("-inf")
    _pressed: QRect = field(default_factory=QRect)
    _pressed_at: float = float("-inf")
    _does: object = None  # what was pressed; None once something else stands there

    def take(self, target: object, point: QPoint, does: object) -> bool:
        """A finger has come down on `target`: may it press?"""
        now, before = self.clock(), self._down_at
        if self._holder is not None and now - before < LOST_S:
            return False
        self._down_at = now
        if self._is_dead(point, does, now, before):
            return False
        self._holder = target
        return True

    def let_go(self, target: object, place: QRect, does: object, *, inside: bool) -> bool:
        """The finger has left the screen: does it count as a press of `place`?"""
        self._up_at = self.clock()
        if self._holder is not target:
            return False
        self._holder = None
        if inside:
            self._pressed, self._pressed_at, self._does = place, self._up_at, does
        return inside

    def press(self, target: object, place: QRect, does: object) -> bool:
        """A whole press at once, as a key makes it: does it count?"""
        return self.take(target, place.center(), does) and self.let_go(target, place, does, inside=True)

    def forget(self, target: object) -> None:
        """`target` is gone, with the finger still on it."""
        if self._holder is target:
            self._holder = None

    def changed(self) -> None:
        """Another screen is shown, or the press was answered by words."""
        self._does = None

    def _is_dead(self, point: QPoint, does: object, now: float, before: float) -> bool:
        if not self._pressed.contains(point):
            return False
        if does == self._does:
            return now - before < self.repeat_s or now - self._up_at < self.bounce_s
        return now - self._pressed_at < self.dead_s


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
