"""QR codes, illustrations and drawings."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kiosk.devices.qr import qr_modules
from ui.look.drawings import drawn
from ui.look.icons import paint_icon, paint_illustration
from ui.look.palette import Role
from ui.look.qr import paint_qr
from ui.look.theme import Theme
from ui.widgets.part import Part

DRAWING_LEAST_MM, DRAWING_MOST_MM = 30.0, 130.0
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


class Drawing(Part):
    """A drawing of assets/pictures in the room that is left; hidden where that is too little to see anything.

    What it shows is read aloud when it is touched.
    """

    touched = Signal(str)

    def set(self, name: str, shows: str) -> None:
        self._name, self._shows = name, shows
        self.setAccessibleName(shows)
        self.update()

    def needed(self, width: int) -> int:
        return 0

    def place(self, rect: QRect) -> None:
        most = rect.width() * 5 // 8  # of a card
        tall = min(rect.height(), self.theme.mm(DRAWING_MOST_MM), most)
        super().place(QRect(rect.left(), rect.top() + (rect.height() - tall) // 2, rect.width(), tall))
        if tall < self.theme.mm(DRAWING_LEAST_MM):
            self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).drawPixmap(0, 0, drawn(self._name, self.size(), self.theme.contrast))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.touched.emit(self._shows)


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
