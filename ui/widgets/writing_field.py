"""The field to write on by finger, pen or mouse. A resting hand writes nothing."""

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QEventPoint, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kiosk.entry.strokes import Stroke
from ui.look.theme import Theme
from ui.widgets.part import Part, paint_rounded

INK_MM = 5.0
LEAST_MM = (90.0, 80.0, 70.0, 58.0)  # its height by tightness: small writing is hard for an unsteady hand
MOST_MM = 150.0
STARTS_MM = 2.0  # a contact that has moved this far is writing, not resting
PALM_MM = 28.0  # a touch this broad is no finger
MOUSE = -1  # in place of the number of a finger


@dataclass
class _Contact:
    """One finger, pen or palm on the glass."""

    points: list[QPointF] = field(default_factory=list)
    broad: bool = False  # it was as broad as a palm at some time


class WritingField(Part):
    """Emits each finished stroke, in heights of the field. The first contact that moves writes, no other."""

    written = Signal(object)
    ink_mm = INK_MM

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent, theme)
        self.strokes: tuple[Stroke, ...] = ()
        self._contacts: dict[int, _Contact] = {}
        self._writer: int | None = None
        self._wrote = (
            False  # a stroke was written since the glass was last untouched; a palm lifted after that is no dot
        )

    def set(self, strokes: tuple[Stroke, ...], name: str) -> None:
        self.strokes = strokes
        self.setAccessibleName(name)
        self.update()

    @property
    def unit(self) -> float:
        """Pixels of what the points of a stroke are counted in."""
        return max(1, self.height())

    def needed(self, width: int) -> int:
        return self.theme.mm(self.theme.by_tightness(*LEAST_MM))

    # hands

    def finger(self, point: QEventPoint, place: QPointF) -> None:
        """A finger, pen or palm has come down, moved or gone, at `place` of the field (ui.input.fingers)."""
        number = point.id()
        if point.state() is QEventPoint.State.Pressed:
            self._down(number, place)
        elif point.state() is QEventPoint.State.Updated:
            self._move(number, place)
        if contact := self._contacts.get(number):
            size = point.ellipseDiameters()
            contact.broad |= max(size.width(), size.height()) > self.theme.mm(PALM_MM)
        if point.state() is QEventPoint.State.Released:
            self._up(number)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._down(MOUSE, event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._move(MOUSE, event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._up(MOUSE)

    def _down(self, number: int, place: QPointF) -> None:
        if not self._contacts:
            self._wrote = False
        self._contacts[number] = _Contact([place])

    def _move(self, number: int, place: QPointF) -> None:
        contact = self._contacts.get(number)
        if contact is None or contact.broad:
            return
        contact.points.append(place)
        away = place - contact.points[0]
        if self._writer is None and abs(away.x()) + abs(away.y()) >= self.theme.mm(STARTS_MM):
            self._writer, self._wrote = number, True
            self.update()
        elif self._writer == number:
            thick = self.theme.mm(self.ink_mm)
            line = QRectF(contact.points[-2], place).normalized()
            self.update(line.adjusted(-thick, -thick, thick, thick).toAlignedRect())

    def _up(self, number: int) -> None:
        contact = self._contacts.pop(number, None)
        if contact is None:
            return
        if self._writer == number:
            self._writer = None
            self._emit(contact)
        elif not self._wrote and not self._contacts and not contact.broad:
            self._emit(contact)  # a dot

    def _emit(self, contact: _Contact) -> None:
        unit = self.unit
        stroke = tuple((point.x() / unit, point.y() / unit) for point in contact.points)
        self.strokes = (*self.strokes, stroke)
        self.update()
        self.written.emit(stroke)

    def forget(self) -> None:
        self._contacts, self._writer = {}, None
        self.update()

    # ink

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint = self.theme.paint("card")
        paint_rounded(painter, QRectF(self.rect()), paint.fill, self.theme.palette.accent, self.theme, 0.8)
        self._paint_guides(painter)
        painter.setPen(
            QPen(
                QColor(paint.ink),
                self.theme.mm(self.ink_mm),
                Qt.PenStyle.SolidLine,
                Qt.PenCapStyle.RoundCap,
                Qt.PenJoinStyle.RoundJoin,
            )
        )
        for stroke in self.strokes:
            self._paint_stroke(painter, [QPointF(x, y) * self.unit for x, y in stroke])
        if self._writer is not None:
            self._paint_stroke(painter, self._contacts[self._writer].points)

    def _paint_stroke(self, painter: QPainter, points: list[QPointF]) -> None:
        if len(points) == 1:
            painter.drawPoint(points[0])
        painter.drawPolyline(points)

    def _paint_guides(self, painter: QPainter) -> None:
        """The cross of a copybook, faint, in the middle."""
        edge = QColor(self.theme.paint("card").edge)
        edge.setAlpha(90)
        painter.setPen(QPen(edge, max(1, self.theme.mm(0.4)), Qt.PenStyle.DashLine))
        side = min(self.width(), self.height()) - self.theme.mm(8)
        square = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(square)
        painter.drawLine(square.center().x(), square.top(), square.center().x(), square.bottom())
        painter.drawLine(square.left(), square.center().y(), square.right(), square.center().y())
