"""QR codes and illustrations."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.look.icons import paint_icon, paint_illustration
from ui.look.palette import Role
from ui.look.qr import paint_qr, qr_modules
from ui.look.theme import Theme
from ui.widgets.part import Part

MODULE_MM = 0.8  # the smallest square of a QR code that an old telephone reads at arm's length


class QrCode(Part):
    """A QR code as large as there is room for, painted square by square, never under 0.8 mm a module."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent, theme)
        self._payload = ""

    def set(self, payload: str) -> None:
        if payload == self._payload:
            return
        self._payload = payload
        self.matrix = qr_modules(payload)
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
        paint_qr(painter, self.matrix, left, top, module)


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
