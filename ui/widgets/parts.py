"""What screens are made of besides buttons: texts, panels, the answer field, the QR code, pictures."""

from collections.abc import Sequence

import qrcode
from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.look.icons import paint_icon, paint_illustration
from ui.look.lettering import Lettering, Painted, lay_out
from ui.look.palette import Role
from ui.look.theme import FontRole, Theme

MODULE_MM = 0.8  # the smallest square of a QR code that an old telephone reads at arm's length
QUIET_ZONE = 4  # modules of white around it


class Part(QWidget):
    """One thing on a screen. It is a `Box`, and it can say which texts it shows."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme = theme

    def needed(self, width: int) -> int:
        raise NotImplementedError

    def place(self, rect: QRect) -> None:
        self.setGeometry(rect)

    def painted(self) -> Sequence[Painted]:
        return ()


class Text(Part):
    """Plain text on whatever lies behind it. Touching it reads it aloud, where `readable`."""

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

    def _icon_side(self) -> int:
        return self.theme.mm(self.theme.em_mm(self._font) * 1.25) if self._icon else 0

    def _lettering(self, width: int) -> Lettering:
        indent = self._icon_side() * 4 // 3
        spacing = self.theme.line_spacing(self._font)
        return lay_out(self.string, self.theme.font(self._font), width - indent, spacing, self._align)

    def needed(self, width: int) -> int:
        return max(self._lettering(width).height, self._icon_side())

    def _origin(self, lettering: Lettering) -> tuple[int, int]:
        return self._icon_side() * 4 // 3, (self.height() - lettering.height) // 2

    def painted(self) -> Sequence[Painted]:
        lettering = self._lettering(self.width())
        return (lettering.painted(*self._origin(lettering), self.rect()),) if self.string else ()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = self.theme.paint(self._role).ink
        lettering = self._lettering(self.width())
        left, top = self._origin(lettering)
        if self._icon:
            side = self._icon_side()
            first_line = top + (lettering.pitch - side) // 2
            paint_icon(painter, self._icon, QRect(0, first_line, side, side), ink)
        lettering.paint(painter, left, top, ink)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.readable:
            self.touched.emit(self.string)
        else:
            event.ignore()  # a button may have been meant


class LongestText(Text):
    """The first of some texts, from long to short, that its height has room for."""

    def offer(self, strings: Sequence[str], font: FontRole, role: Role) -> None:
        self._strings = strings
        self.set(strings[0], font, role)

    def needed(self, width: int) -> int:
        return 0

    def place(self, rect: QRect) -> None:
        super().place(rect)
        for string in self._strings:
            self.set(string, self._font, self._role)
            if self._lettering(rect.width()).height <= rect.height():
                break


class Panel(Part):
    """A rounded field of colour behind other parts."""

    def set(self, role: Role, *, strong: bool = False) -> None:
        self._role, self._strong = role, strong
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.lower()
        self.update()

    def needed(self, width: int) -> int:
        return 0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint = self.theme.paint(self._role)
        paint_slab(painter, QRectF(self.rect()), paint.fill, paint.edge, self.theme, 0.8 if self._strong else 0.3)


def paint_slab(painter: QPainter, rect: QRectF, fill: str, edge: str, theme: Theme, edge_mm: float) -> None:
    """A rounded rectangle with its edge inside `rect`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    thick = max(1.0, edge_mm * theme.px_per_mm)
    inset = rect.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
    painter.setPen(QPen(QColor(edge), thick))
    painter.setBrush(QColor(fill))
    radius = min(theme.mm(3.5), rect.height() / 2)
    painter.drawRoundedRect(inset, radius, radius)


class AnswerField(Part):
    """What has been put in so far, large; the letters still being turned into a character are underlined."""

    def set(self, answer: str, composing: str, placeholder: str) -> None:
        self._answer, self._composing, self._placeholder = answer, composing, placeholder
        self.update()

    def _lettering(self, width: int) -> Lettering:
        """The answer in the largest letters that keep it on one line."""
        text, free = self._answer + self._composing, width - 2 * self.theme.mm(5)
        fonts: tuple[FontRole, ...] = ("entry", "choice", "label") if text else ("body",)
        for font in fonts:
            lettering = lay_out(text or self._placeholder, self.theme.font(font), free, 1.3)
            if lettering.height == lettering.pitch:
                break
        return lettering

    def needed(self, width: int) -> int:
        least = self.theme.mm(self.theme.em_mm("entry") * 1.3)
        return max(least, self._lettering(width).height) + self.theme.mm(4)

    def painted(self) -> Sequence[Painted]:
        lettering = self._lettering(self.width())
        placed = lettering.painted(self.theme.mm(5), (self.height() - lettering.height) // 2, self.rect())
        return (placed,) if lettering.text else ()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint = self.theme.paint("card")
        paint_slab(painter, QRectF(self.rect()), paint.fill, self.theme.palette.accent, self.theme, 0.8)
        lettering = self._lettering(self.width())
        left, top = self.theme.mm(5), (self.height() - max(lettering.height, lettering.pitch)) // 2
        lettering.paint(painter, left, top, paint.ink)
        self._paint_caret(painter, lettering, left, top)

    def _paint_caret(self, painter: QPainter, lettering: Lettering, left: int, top: int) -> None:
        accent = QColor(self.theme.palette.accent)
        typed = len(self._answer) + len(self._composing)
        end = lettering.caret(typed)
        thick = self.theme.mm(0.8)
        beside = thick // 2 if typed else -2 * thick
        tall = lettering.em_px
        caret_top = int(end.y()) + (lettering.pitch - tall) // 2
        painter.fillRect(QRect(left + int(end.x()) + beside, top + caret_top, thick, tall), accent)
        if self._composing:
            start = lettering.caret(len(self._answer))
            wide = int(end.x() - start.x()) if end.y() == start.y() else lettering.natural_width
            base = top + int(end.y()) + lettering.pitch - thick
            painter.fillRect(QRect(left + int(end.x()) - wide, base, wide, thick), accent)


class QrCode(Part):
    """A QR code as large as there is room for, painted square by square, never under 0.8 mm a module."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent, theme)
        self._payload = ""

    def set(self, payload: str) -> None:
        if payload == self._payload:
            return
        self._payload = payload
        code = qrcode.QRCode(border=QUIET_ZONE, error_correction=qrcode.constants.ERROR_CORRECT_M)
        code.add_data(payload)
        self.matrix = code.get_matrix()
        self.setAccessibleName("QR")
        self.update()

    def module(self, width: int) -> int:
        """Pixels a side of one square."""
        return max(self.theme.mm(MODULE_MM), min(width // len(self.matrix), self.theme.mm(3)))

    def needed(self, width: int) -> int:
        return self.module(width) * len(self.matrix)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        module = min(self.module(self.width()), self.height() // len(self.matrix))
        side = module * len(self.matrix)
        left, top = (self.width() - side) // 2, (self.height() - side) // 2
        painter.fillRect(QRect(left, top, side, side), Qt.GlobalColor.white)
        for row, squares in enumerate(self.matrix):
            for column, dark in enumerate(squares):
                if dark:
                    square = QRect(left + column * module, top + row * module, module, module)
                    painter.fillRect(square, Qt.GlobalColor.black)


class Picture(Part):
    """An illustration in its own colours, or one of the icons on a large round tile."""

    def set(self, name: str, least: int, icon_on: Role | None = None) -> None:
        """About `least` pixels high; with `icon_on` it is an icon on a tile of that role."""
        self._name, self._least, self._role = name, least, icon_on
        self.update()

    def needed(self, width: int) -> int:
        return min(self._least, width * 3 // 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._role is None:
            paint_illustration(painter, self._name, self.rect())
            return
        side = min(self.width(), self.height())
        tile = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        paint = self.theme.paint(self._role)
        painter.setPen(QPen(QColor(paint.edge), self.theme.mm(0.6)))
        painter.setBrush(QColor(paint.fill))
        painter.drawEllipse(tile.adjusted(2, 2, -2, -2))
        inner = side // 4
        paint_icon(painter, self._name, tile.adjusted(inner, inner, -inner, -inner), paint.ink)


class Steps(Part):
    """How far along: one bar a step, those done filled."""

    def set(self, step: int, of: int) -> None:
        self._step, self._of = step, of
        self.update()

    def needed(self, width: int) -> int:
        return self.theme.mm(3)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = self.theme.mm(1.5)
        wide = (self.width() - gap * (self._of - 1)) / self._of
        accent = QColor(self.theme.palette.accent)
        for step in range(self._of):
            bar = QRectF(step * (wide + gap), 0.5, wide, self.height() - 1)
            painter.setPen(QPen(accent, max(1, self.theme.mm(0.3))))
            painter.setBrush(accent if step < self._step else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(bar, self.height() / 2, self.height() / 2)


class LevelMeter(Part):
    """How loud the microphone hears, `level` from 0 to 1, as ten bars."""

    BARS = 10

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent, theme)
        self._level = 0.0
        self._live = False

    def set(self, level: float) -> None:
        self._level = level
        self.update()

    def set_live(self, live: bool) -> None:
        """Shown only while somebody is listening; its room is kept, so that nothing jumps."""
        self._live = live
        self.update()

    def needed(self, width: int) -> int:
        return self.theme.mm(6)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._live:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = QColor(self.theme.palette.accent)
        pitch = min(self.width() / self.BARS, self.theme.mm(5))
        for bar in range(self.BARS):
            lit = self._level * self.BARS > bar
            tall = self.height() * (0.35 + 0.65 * (bar + 1) / self.BARS)
            painter.setPen(QPen(accent, max(1, self.theme.mm(0.3))))
            painter.setBrush(accent if lit else Qt.BrushStyle.NoBrush)
            rect = QRectF(bar * pitch + 0.5, self.height() - tall + 0.5, pitch * 0.6, tall - 1)
            painter.drawRoundedRect(rect, pitch * 0.2, pitch * 0.2)


class FocusRing(Part):
    """The ring around what the arrow keys have reached, edged with the page's colour so that it shows on any other.

    It lies over everything and lets touches through.
    """

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent, theme)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def around(self, target: QWidget | None) -> None:
        self.setVisible(target is not None)
        if target is not None:
            out = self.theme.mm(1.8)
            self.setGeometry(target.geometry().adjusted(-out, -out, out, out))
            self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge, thick = self.theme.mm(1.7), self.theme.mm(1.0)
        half = edge / 2
        rect = QRectF(self.rect()).adjusted(half, half, -half, -half)
        for colour, wide in ((self.theme.paint("page").fill, edge), (self.theme.palette.focus, thick)):
            painter.setPen(QPen(QColor(colour), wide))
            painter.drawRoundedRect(rect, self.theme.mm(4.5), self.theme.mm(4.5))
