"""What every widget of a screen has in common, and the coloured field behind some of them."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.look.lettering import Lettering, Painted, lay_out
from ui.look.palette import Role
from ui.look.theme import RUNNING, FontRole, Theme


class Part(QWidget):
    """One widget on a screen. It is a Box (ui.layout.boxes), and tells which texts it shows."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme = theme

    def needed(self, width: int) -> int:
        raise NotImplementedError

    def place(self, rect: QRect) -> None:
        self.setGeometry(rect)

    def painted(self) -> Sequence[Painted]:
        return ()

    def lettering(
        self,
        text: str,
        font: FontRole,
        width: int,
        spacing: float = 1.3,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> Lettering:
        return lay_out(text, self.theme.font(font), width, spacing, align, self.theme.words)

    def broken_by_size(self, shown: Lettering, font: FontRole) -> bool:
        """True when larger text has broken a line that is whole in the usual size; sentences may break anew."""
        if not self.theme.larger or font in RUNNING or shown.on_one_line:
            return False
        usual = lay_out(shown.text, self.theme.with_text(0).font(font), shown.width, 1.3, words=self.theme.words)
        return len(shown.lines) > len(usual.lines)


class Backdrop(Part):
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
        paint_rounded(painter, QRectF(self.rect()), paint.fill, paint.edge, self.theme, 0.8 if self._strong else 0.3)


def paint_rounded(painter: QPainter, rect: QRectF, fill: str, edge: str, theme: Theme, edge_mm: float) -> None:
    """A rounded rectangle with its edge inside `rect`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    thick = max(1.0, edge_mm * theme.px_per_mm)
    inset = rect.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
    painter.setPen(QPen(QColor(edge), thick))
    painter.setBrush(QColor(fill))
    radius = min(theme.mm(3.5), rect.height() / 2)
    painter.drawRoundedRect(inset, radius, radius)
