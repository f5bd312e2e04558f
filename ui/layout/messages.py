"""Room for what is said in between, kept while nothing is said, so that nothing moves under a finger when it comes."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect

from ui.layout.boxes import Box
from ui.layout.frame import STRIP_PADDING_MM
from ui.look.theme import FontRole, Theme
from ui.widgets.label import height_with_icon
from ui.widgets.part import Part


@dataclass(frozen=True)
class Hideable:
    """A box with the parts in it, to be hidden where there is no room."""

    box: Box
    parts: Sequence[Part]


@dataclass(frozen=True)
class MessageRoom:
    """The lines of a question with room below for the tallest of `kept`, sentences that may come, as strips of `font`.

    Where there is little room (`shared`) an urgent message stands in place of the lines until the next press, and of
    several messages those are shown that fit.
    """

    theme: Theme
    lines: Hideable
    messages: Sequence[Hideable]
    kept: Sequence[str]
    font: FontRole
    gap: int
    shared: bool
    urgent: bool  # whether the first message is about what was just done

    def needed(self, width: int) -> int:
        most = max([self._kept(width), *(one.box.needed(width) for one in self.messages[:1])])
        if not self.shared:
            stay = [one.box.needed(width) for one in self.messages[self.urgent :]]
            most = max(most, sum(stay) + self.gap * max(0, len(stay) - 1))
        lines = self.lines.box.needed(width)
        return max(lines, most) if self.shared else (lines + self.gap if lines else 0) + most

    def place(self, rect: QRect) -> None:
        width = rect.width()
        lines = self.lines.box.needed(width)
        first = self.messages[0].box.needed(width) if self.urgent else 0
        if lines and lines + (self.gap + first if first else 0) > rect.height():
            lines = 0
        for part in self.lines.parts:
            part.setVisible(lines > 0)
        self.lines.box.place(QRect(rect.left(), rect.top(), width, lines))
        top = rect.top() + (lines + self.gap if lines else 0)
        for message in self.messages:
            tall = message.box.needed(width)
            fits = top + tall <= rect.bottom() + 1
            for part in message.parts:
                part.setVisible(fits)
            if fits:
                message.box.place(QRect(rect.left(), top, width, tall))
                top += tall + self.gap

    def _kept(self, width: int) -> int:
        padding = self.theme.mm(STRIP_PADDING_MM)
        free = width - 2 * padding
        heights = (height_with_icon(self.theme, text, self.font, free) for text in self.kept)
        return max(heights) + 2 * padding
