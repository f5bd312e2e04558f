"""A list that never scrolls: what does not fit goes on the next page, behind two big buttons."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QRect

from ui.layout.boxes import Box, Grid
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
    all stand where they have room; else in equal cells.
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
    rows: int = field(default=0, init=False)  # there is room for on a page

    def _grid(self, items: Sequence[PagedItem]) -> Grid:
        return Grid([item.box for item in items], self.columns, self.gap, self.tallest)

    def needed(self, width: int) -> int:
        full, pager = self._grid(self.items[: self.most]), self.pager.box.needed(width)
        generous = (self.together or full).needed(width) + (pager + self.gap if len(self.items) > self.most else 0)
        if not self.least_rows:
            return generous
        return min(generous, self.least_rows * (full.cell_height(width) + self.gap) + pager)

    def place(self, rect: QRect) -> None:
        few, together = len(self.items) <= self.most, self.together or self._grid(self.items)
        whole = few and together.needed(rect.width()) <= rect.height()
        pager_height = 0 if whole else self.pager.box.needed(rect.width()) + self.gap
        room = rect.height() - pager_height
        many = len(self.items) if whole else min(self.most, self._rows_in(room, rect.width()) * self.columns)
        self.rows = -(-many // self.columns)
        first = 0 if whole or self.first >= len(self.items) else self.first
        starts = self._starts(many)
        page = Page(starts, bisect_right(starts, first), len(self.items))
        self.turned(page)
        shown = self.items[page.first : page.until]
        for item in (*self.items, self.pager):
            visible = any(item is one for one in shown) or (item is self.pager and not whole)
            for part in item.parts:
                part.setVisible(visible)
        (together if whole else self._grid(shown)).place(QRect(rect.left(), rect.top(), rect.width(), room))
        if not whole:
            bottom = QRect(rect.left(), rect.top() + room + self.gap, rect.width(), pager_height - self.gap)
            self.pager.box.place(bottom)

    def _starts(self, many: int) -> tuple[int, ...]:
        """Where pages of that many things begin; what stays with the next goes to the next page."""
        starts = [0]
        while (end := starts[-1] + many) < len(self.items):
            alone = many > 1 and self.items[end - 1].with_next
            starts.append(end - 1 if alone else end)
        return tuple(starts)

    def _rows_in(self, room: int, width: int) -> int:
        return max(1, (room + self.gap) // (self._grid(self.items).cell_height(width) + self.gap))
