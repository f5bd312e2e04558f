"""The ways to arrange a screen, from the most generous to the tightest, and how large its text can be."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from PySide6.QtCore import QRect

from ui.layout.boxes import Box, Halves, HBox, Space, VBox
from ui.layout.content import Content
from ui.look.theme import MOST_STEPS, Theme

COMPACT_SHARES = (9, 11)  # widths of the question and of the answers: nine keys of 16 mm have room in a row
PAGE_ROWS = 4  # that each page of a long list shows at least


@dataclass(frozen=True)
class Attempt:
    theme: Theme
    wide: bool
    rows: int = 0  # that a list must have room for, the others on later pages; 0 for all
    on_page: int = 0  # rows that each page of the list but the last has to show

    def with_text(self, steps: int) -> "Attempt":
        """The same with the text of the content that many steps larger; the frame stands still."""
        return replace(self, theme=self.theme.with_text(steps))

    @property
    def first_step(self) -> int | None:
        """Where to begin to look for the largest text: most screens of a tall panel have room for all steps."""
        return MOST_STEPS if not self.wide and not self.theme.tightness else None


def attempts(theme: Theme) -> Iterator[Attempt]:
    """From the most generous arrangement to the tightest."""
    levels = [theme.with_tightness(level) for level in range(4)]
    for fewer, more in ((levels[0], levels[1]), (levels[2], levels[3])):
        yield from (Attempt(level, wide) for wide in (False, True) for level in (fewer, more))
    yield from (Attempt(level, wide, PAGE_ROWS) for level in levels[2:] for wide in (False, True))
    smaller = [levels[-1].tighter()]
    while not smaller[-1].tightest:
        smaller.append(smaller[-1].tighter())
    yield from (Attempt(level, wide, rows) for rows in (PAGE_ROWS, 1) for level in smaller for wide in (True, False))


@dataclass(frozen=True)
class Layout:
    """The parts of one screen. Upright: all in one column, or the upper half to read and the lower one to touch. Lying:
    what is asked at the left, answers at the right."""

    attempt: Attempt
    top: Box | None
    content: Content
    aside: Box | None
    listening: Box
    foot: Box

    @property
    def theme(self) -> Theme:
        return self.attempt.theme

    @cached_property
    def _box(self) -> Box:
        if self.theme.lower:
            return self._halves()
        return self._upright() if self.theme.portrait else self._lying()

    def _upright(self) -> Box:
        gap, head, answers = self.theme.frame_gap, self.content.head, self.content.answers
        middle = head
        if answers:
            grow = {"answers": [answers], "head": [head], "both": [head, answers]}[self.content.spare_to]
            middle = VBox([head, answers], self.theme.gap, grow)
        boxes = [self.top, middle, self.aside, self.listening, self.foot]
        return VBox([box for box in boxes if box], gap, grow=[middle])

    def _halves(self) -> Box:
        """For who sits: above what is only read, below all that is touched."""
        touched = self.content.answers or Space()
        boxes = [self.top, touched, self.aside, self.listening, self.foot]
        lower = VBox([box for box in boxes if box], self.theme.frame_gap, grow=[touched])
        return Halves(self.content.head, lower, self.theme.gap)

    def _lying(self) -> Box:
        gap, head, answers = self.theme.frame_gap, self.content.head, self.content.answers
        left = VBox([box for box in (self.top, head, self.listening) if box], gap, grow=[head])
        upper = HBox([left, answers], gap * 2, COMPACT_SHARES if self.theme.compact else (1, 1)) if answers else left
        return VBox([box for box in (upper, self.aside, self.foot) if box], gap, grow=[upper])

    @property
    def on_page(self) -> int:
        """Rows that each page of the list but the last shows, once it is placed; 0 without a list."""
        return self.content.paged.rows if self.content.paged else 0

    def fits(self, room: QRect) -> bool:
        return self._box.needed(room.width()) <= room.height()

    def place(self, room: QRect) -> None:
        self._box.place(room)


def largest_step(fits: Callable[[int], bool], guess: int | None) -> int | None:
    """The most steps of larger text that fit; None when not even 0 do.

    Few questions are asked: it begins at `guess`, which is what fitted last; None: begin with 0.
    """
    low, high = -1, MOST_STEPS + 1  # fits, does not
    step = 0 if guess is None else min(guess + 1, MOST_STEPS)
    while high - low > 1:
        if fits(step):
            low = step
        else:
            high = step
        step = guess if guess is not None and low < guess < high else (low + high) // 2
    return low if low >= 0 else None
