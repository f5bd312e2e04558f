"""A signature: the pad on which it is drawn, and how it looks afterwards."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen

from kiosk.entry.strokes import Stroke
from ui.widgets.part import Part
from ui.widgets.writing_field import WritingField

INK_MM = 2.0
ROUND_MM = 4.0  # room around a drawing


class SignaturePad(WritingField):
    """As the field to write on, with a line to write above; emits each line in millimetres of the glass."""

    ink_mm = INK_MM

    @property
    def unit(self) -> float:
        return self.theme.px_per_mm

    def _down(self, number: int, place: QPointF) -> None:
        super()._down(number, self._within(place))

    def _move(self, number: int, place: QPointF) -> None:
        super()._move(number, self._within(place))

    def _within(self, place: QPointF) -> QPointF:
        """A line that leaves the pad goes along its edge."""
        return QPointF(min(max(place.x(), 0), self.width()), min(max(place.y(), 0), self.height()))

    def _paint_guides(self, painter: QPainter) -> None:
        edge = QColor(self.theme.paint("card").edge)
        edge.setAlpha(120)
        painter.setPen(QPen(edge, max(1, self.theme.mm(0.5)), Qt.PenStyle.DashLine))
        margin, low = self.theme.mm(8), round(self.height() * 0.8)
        painter.drawLine(margin, low, self.width() - margin, low)


class SignatureDrawing(Part):
    """What was signed, as large as there is room for."""

    def set(self, ink: tuple[Stroke, ...], name: str) -> None:
        self.ink = ink
        self.setAccessibleName(name)
        self.update()

    def needed(self, width: int) -> int:
        return self.theme.mm(self.theme.by_tightness(24, 18, 14, 12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        points = [QPointF(x, y) for stroke in self.ink for x, y in stroke]
        xs, ys = [one.x() for one in points], [one.y() for one in points]
        wide, tall = max(xs) - min(xs) + 2 * ROUND_MM, max(ys) - min(ys) + 2 * ROUND_MM
        scale = min(self.width() / wide, self.height() / tall)
        painter.translate(QRectF(self.rect()).center())
        painter.scale(scale, scale)
        painter.translate(-(max(xs) + min(xs)) / 2, -(max(ys) + min(ys)) / 2)
        pen = QPen(QColor(self.theme.paint("card").ink), INK_MM)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        for stroke in self.ink:
            line = [QPointF(x, y) for x, y in stroke]
            painter.drawPoint(line[0])
            painter.drawPolyline(line)
