"""What shows a state at a glance: how far along, how loud, where the keys stand."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.look.theme import Theme
from ui.widgets.part import Part


class StepBar(Part):
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
        """It is painted only while the kiosk listens; its room is always kept, so that nothing jumps."""
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
    """The ring around the button that has the focus. An edge in the page's colour sets it off from any other colour.

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
