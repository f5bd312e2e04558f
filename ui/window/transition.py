"""From one screen to the next: a picture of the old one fades out over the new one, which can be used at once."""

from PySide6.QtCore import QEasingCurve, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

FADE_MS = 160


class Fade(QWidget):
    """Lies over its parent while it fades, lets every touch through, and keeps no picture afterwards."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._before = QPixmap()
        self._left = QVariantAnimation(self)
        self._left.setStartValue(1.0)
        self._left.setEndValue(0.0)
        self._left.setDuration(FADE_MS)
        self._left.setEasingCurve(QEasingCurve.Type.OutQuad)
        self._left.valueChanged.connect(self.update)
        self._left.finished.connect(self.end)
        self.hide()

    def begin(self, before: QPixmap) -> None:
        """`before` is as large as the parent."""
        self._before = before
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()
        self._left.start()

    def end(self) -> None:
        self._left.stop()
        self.hide()
        self._before = QPixmap()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setOpacity(self._left.currentValue())
        painter.drawPixmap(0, 0, self._before)
