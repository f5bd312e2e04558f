"""Boxes know the height that they need at a width, and place what is in them in a rectangle.

Qt's layouts cannot tell before they are shown whether all of a screen fits; these can.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Protocol, TypeVar

from PySide6.QtCore import QRect


class Box(Protocol):
    def needed(self, width: int) -> int:
        """Pixels needed at `width`."""

    def place(self, rect: QRect) -> None:
        """Take up `rect`, which may be taller than needed."""


B = TypeVar("B")


def remembered(height: Callable[[B, int], int]) -> Callable[[B, int], int]:
    """Caches `height` by width: each box asks all the boxes in it, again for every arrangement that is tried."""

    @wraps(height)
    def remember(box: B, width: int) -> int:
        heights: dict[int, int] = box.__dict__.setdefault("_heights", {})
        if width not in heights:
            heights[width] = height(box, width)
        return heights[width]

    return remember


@dataclass(frozen=True)
class VBox:
    """One above the other. Height left over goes to the boxes in `grow`, up to `grow_to` pixels each."""

    boxes: Sequence[Box]
    gap: int
    grow: Sequence[Box] = ()
    grow_to: int = 1_000_000

    @remembered
    def needed(self, width: int) -> int:
        return sum(box.needed(width) for box in self.boxes) + self.gap * max(0, len(self.boxes) - 1)

    def place(self, rect: QRect) -> None:
        spare = max(0, rect.height() - self.needed(rect.width()))
        top = rect.top()
        for box in self.boxes:
            tall = box.needed(rect.width())
            if any(box is one for one in self.grow):
                tall += min(spare // len(self.grow), max(0, self.grow_to - tall))
            box.place(QRect(rect.left(), top, rect.width(), tall))
            top += tall + self.gap


@dataclass(frozen=True)
class Halves:
    """A half each, `gap` pixels apart; `upper` stands no taller than it needs at the foot of its own."""

    upper: Box
    lower: Box
    gap: int

    def needed(self, width: int) -> int:
        return 2 * max(self.upper.needed(width), self.lower.needed(width)) + self.gap

    def place(self, rect: QRect) -> None:
        half = (rect.height() - self.gap) // 2
        Bottom(self.upper).place(QRect(rect.left(), rect.top(), rect.width(), half))
        self.lower.place(QRect(rect.left(), rect.bottom() + 1 - half, rect.width(), half))


@dataclass(frozen=True)
class HBox:
    """Side by side, all as tall as the tallest; widths by `shares`."""

    boxes: Sequence[Box]
    gap: int
    shares: Sequence[float]

    def _widths(self, width: int) -> list[int]:
        free = width - self.gap * (len(self.boxes) - 1)
        return [int(free * share / sum(self.shares)) for share in self.shares]

    @remembered
    def needed(self, width: int) -> int:
        return max(box.needed(wide) for box, wide in zip(self.boxes, self._widths(width), strict=True))

    def place(self, rect: QRect) -> None:
        left = rect.left()
        for box, wide in zip(self.boxes, self._widths(rect.width()), strict=True):
            box.place(QRect(left, rect.top(), wide, rect.height()))
            left += wide + self.gap


@dataclass(frozen=True)
class Grid:
    """Equal cells in reading order, in `columns`, or fewer where cells would be narrower than `narrowest` pixels.

    Rows grow up to `tallest` pixels when there is room.
    """

    boxes: Sequence[Box]
    columns: int
    gap: int
    tallest: int = 0
    narrowest: int = 0

    @remembered
    def cell_height(self, width: int) -> int:
        """Height of the tallest cell, hence of all."""
        cell_width = self._shape(width)[1]
        return max((box.needed(cell_width) for box in self.boxes), default=0)

    def needed(self, width: int) -> int:
        return self._rows(width) * (self.cell_height(width) + self.gap) - self.gap if self.boxes else 0

    def place(self, rect: QRect) -> None:
        if not self.boxes:
            return
        columns, wide = self._shape(rect.width())
        room = (rect.height() + self.gap) // self._rows(rect.width()) - self.gap
        tall = max(self.cell_height(rect.width()), min(room, self.tallest))
        for at, box in enumerate(self.boxes):
            row, column = divmod(at, columns)
            left = rect.left() + column * (wide + self.gap)
            box.place(QRect(left, rect.top() + row * (tall + self.gap), wide, tall))

    def _shape(self, width: int) -> tuple[int, int]:
        """Columns, and the width of a cell."""
        columns = min(self.columns, max(1, (width + self.gap) // (self.narrowest + self.gap or 1)))
        return columns, (width - self.gap * (columns - 1)) // columns

    def _rows(self, width: int) -> int:
        return -(-len(self.boxes) // self._shape(width)[0])


@dataclass(frozen=True)
class Framed:
    """`inner` on a backdrop that is painted behind it."""

    backdrop: Box
    inner: Box
    padding: int

    def needed(self, width: int) -> int:
        return self.inner.needed(width - 2 * self.padding) + 2 * self.padding

    def place(self, rect: QRect) -> None:
        self.backdrop.place(rect)
        pad = self.padding
        self.inner.place(rect.adjusted(pad, pad, -pad, -pad))


@dataclass(frozen=True)
class Space:
    """Nothing, at least `least` pixels high."""

    least: int = 0

    def needed(self, width: int) -> int:
        return self.least

    def place(self, rect: QRect) -> None:
        pass


@dataclass(frozen=True)
class Tall:
    """`inner`, at least `least` pixels high."""

    inner: Box
    least: int

    def needed(self, width: int) -> int:
        return max(self.least, self.inner.needed(width))

    def place(self, rect: QRect) -> None:
        self.inner.place(rect)


@dataclass(frozen=True)
class Fixed:
    """`inner`, `tall` pixels high whatever it holds."""

    inner: Box
    tall: int

    def needed(self, width: int) -> int:
        return self.tall

    def place(self, rect: QRect) -> None:
        self.inner.place(rect)


@dataclass(frozen=True)
class Bottom:
    """`inner` no taller than it needs, at the foot of what there is."""

    inner: Box

    def needed(self, width: int) -> int:
        return self.inner.needed(width)

    def place(self, rect: QRect) -> None:
        tall = self.inner.needed(rect.width())
        self.inner.place(QRect(rect.left(), rect.bottom() + 1 - tall, rect.width(), tall))


@dataclass(frozen=True)
class Middle:
    """`inner` no taller than it needs and up to `spare` pixels more, in the middle of what there is."""

    inner: Box
    spare: int = 0

    def needed(self, width: int) -> int:
        return self.inner.needed(width)

    def place(self, rect: QRect) -> None:
        tall = min(rect.height(), self.inner.needed(rect.width()) + self.spare)
        self.inner.place(QRect(rect.left(), rect.top() + (rect.height() - tall) // 2, rect.width(), tall))
