"""Texts. They can be touched to hear them."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.look.icons import paint_icon
from ui.look.lettering import Lettering, Painted, lay_out
from ui.look.palette import Role
from ui.look.theme import FontRole, Theme
from ui.widgets.part import Part


class Label(Part):
    """Text without a background. A `readable` one is read aloud when it is touched."""

    touched = Signal(str)

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent, theme)
        self.string = ""
        self.set("")

    def set(
        self,
        string: str,
        font: FontRole = "body",
        role: Role = "page",
        *,
        icon: str = "",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        readable: bool = False,
    ) -> None:
        self.string, self._font, self._role, self._icon, self._align = string, font, role, icon, align
        self.readable = readable
        self.setAccessibleName(string)
        self.update()

    @property
    def font_role(self) -> FontRole:
        return self._font

    def icon_side(self) -> int:
        return self.theme.icon(self._font) if self._icon else 0

    def _lettering(self, width: int) -> Lettering:
        return _lettering(self.theme, self.string, self._font, width - self.icon_side() * 4 // 3, self._align)

    def needed(self, width: int) -> int:
        return max(self._lettering(width).height, self.icon_side())

    def _origin(self, lettering: Lettering) -> tuple[int, int]:
        return self.icon_side() * 4 // 3, (self.height() - lettering.height) // 2

    def painted(self) -> Sequence[Painted]:
        lettering = self._lettering(self.width())
        if not self.string:
            return ()
        painted = lettering.painted(*self._origin(lettering), self.rect())
        return (replace(painted, fits=painted.fits and not self.broken_by_size(lettering, self._font)),)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = self.theme.paint(self._role).ink
        lettering = self._lettering(self.width())
        left, top = self._origin(lettering)
        if self._icon:
            side = self.icon_side()
            first_line = top + (lettering.pitch - side) // 2
            paint_icon(painter, self._icon, QRect(0, first_line, side, side), ink)
        lettering.paint(painter, left, top, ink)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.readable:
            self.touched.emit(self.string)
        else:
            event.ignore()  # a button may have been meant


def height_with_icon(theme: Theme, string: str, font: FontRole, width: int) -> int:
    """Pixels that a label with a picture would need, before there is one."""
    side = theme.icon(font)
    return max(_lettering(theme, string, font, width - side * 4 // 3).height, side)


def _lettering(
    theme: Theme, string: str, font: FontRole, width: int, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
) -> Lettering:
    return lay_out(string, theme.font(font), width, theme.line_spacing(font), align, theme.words)


class FittingLabel(Label):
    """Shows the first of several texts, from long to short, that fits."""

    def offer(self, strings: Sequence[str], font: FontRole, role: Role) -> None:
        self._strings = strings
        self.set(strings[0], font, role)

    def needed(self, width: int) -> int:
        return 0

    def place(self, rect: QRect) -> None:
        super().place(rect)
        for string in self._strings:
            self.set(string, self._font, self._role)
            if all(one.fits for one in self.painted()):
                break
