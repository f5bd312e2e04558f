"""A list that never scrolls: what does not fit goes on the next page, behind two big buttons."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QRect

from ui.layout.boxes import Box, Grid, VBox
from ui.widgets.part import Part


@dataclass
class PagedItem:
    box: Box
    parts: Sequence[Part]  # what is on it, to be hidden on other pages
    with_next: bool = False  # a heading, which is never the last on a page


@dataclass(frozen=True)
class Page:
    """What of a list of `total` things is shown: page `number` (from 1); `starts` is where each begins."""

    starts: tuple[int, ...] = (0,)
    number: int = 1
    total: int = 0

    @property
    def pages(self) -> int:
        return len(self.starts)

    @property
    def first(self) -> int:
        return self.starts[self.number - 1]

    @property
    def until(self) -> int:
        return (*self.starts, self.total)[self.number]

    def turned(self, by: int) -> "Page":
        """The next page (1), or the one before (-1), where there is one."""
        return replace(self, number=min(max(1, self.number + by), self.pages))


@dataclass
class Paged:
    """Shows the page of `items` that has number `first` (from 0), in `columns`, at most `most` on a page.

    With `least_rows` it asks for room for that many rows only, and puts the others on later pages. `together` is how
    all stand where they have room; else in equal cells, or `stacked` below each other, each as tall as it needs.
    """

    items: Sequence[PagedItem]
    columns: int
    gap: int
    tallest: int
    most: int
    pager: PagedItem
    turned: Callable[[Page], None]  # told what is shown
    first: int = 0
    least_rows: int = 0
    together: Box | None = None
    stacked: bool = False
    rows: int = field(default=0, init=False)  # there is room for on a page

    def _box(self, items: Sequence[PagedItem]) -> Grid | VBox:
        boxes = [item.box for item in items]
        return VBox(boxes, self.gap) if self.stacked else Grid(boxes, self.columns, self.gap, self.tallest)

    def needed(self, width: int) -> int:
        full, pager = self._box(self.items[: self.most]), self.pager.box.needed(width)
        generous = (self.together or full).needed(width) + (pager + self.gap if len(self.items) > self.most else 0)
        if not self.least_rows:
            return generous
        return min(generous, self._least(width) + self.gap + pager)

    def _least(self, width: int) -> int:
        """The height of `least_rows` rows, wherever in the list they stand."""
        if not self.stacked:
            cells = Grid([item.box for item in self.items[: self.most]], self.columns, self.gap)
            return self.least_rows * (cells.cell_height(width) + self.gap) - self.gap
        last = max(0, len(self.items) - self.least_rows)
        return max(self._box(self.items[at : at + self.least_rows]).needed(width) for at in range(last + 1))

    def place(self, rect: QRect) -> None:
        width, few = rect.width(), len(self.items) <= self.most
        together = self.together or self._box(self.items)
        whole = few and together.needed(width) <= rect.height()
        pager_height = 0 if whole else self.pager.box.needed(width) + self.gap
        room = rect.height() - pager_height
        first = 0 if whole or self.first >= len(self.items) else self.first
        starts = (0,) if whole else self._starts(room, width)
        page = Page(starts, bisect_right(starts, first), len(self.items))
        fewest = min((self._on_page(one, room, width) for one in starts[:-1]), default=len(self.items))
        self.rows = -(-fewest // self.columns)
        self.turned(page)
        shown = self.items[page.first : page.until]
        others = self._box([*self.items[: page.first], *self.items[page.until :]])
        others.place(
            QRect(rect.left(), rect.top(), width, others.needed(width))
        )  # whether their text fits is asked too
        for item in (*self.items, self.pager):
            visible = any(item is one for one in shown) or (item is self.pager and not whole)
            for part in item.parts:
                part.setVisible(visible)
        (together if whole else self._box(shown)).place(QRect(rect.left(), rect.top(), width, room))
        if not whole:
            self.pager.box.place(QRect(rect.left(), rect.top() + room + self.gap, width, pager_height - self.gap))

    def _starts(self, room: int, width: int) -> tuple[int, ...]:
        """Where pages begin; what stays with the next goes to the next page."""
        starts = [0]
        while (end := starts[-1] + self._on_page(starts[-1], room, width)) < len(self.items):
            alone = end - starts[-1] > 1 and self.items[end - 1].with_next
            starts.append(end - 1 if alone else end)
        return tuple(starts)

    def _on_page(self, start: int, room: int, width: int) -> int:
        """How many things have room on a page that begins with that one: at least one row."""
        if not self.stacked:
            cells = Grid([item.box for item in self.items], self.columns, self.gap)
            rows = max(1, (room + self.gap) // (cells.cell_height(width) + self.gap))
            return min(self.most, rows * self.columns)
        tall, many = 0, 0
        for item in self.items[start:]:
            tall += item.box.needed(width) + (self.gap if many else 0)
            if many and tall > room:
                break
            many += 1
        return many
