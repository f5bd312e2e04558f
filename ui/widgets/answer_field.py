"""The field that shows the answer so far."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.screens.common.model import Button
from ui.look.lettering import Lettering, Painted
from ui.look.theme import FontRole, Theme
from ui.widgets.part import Part, paint_rounded
from ui.widgets.touch import TouchGuard

MARGIN_MM = 5.0
GAP = "_"  # in place of a character that is to be put in anew


class AnswerField(Part):
    """What has been put in so far, large; the letters still being turned into a character are underlined.

    A group of a number is `chosen` by touching it, to be put in anew: a digit alone would be too small for a finger.
    """

    chosen = Signal(object)
    touched = Signal(object)

    def __init__(self, parent: QWidget, theme: Theme, guard: TouchGuard) -> None:
        super().__init__(parent, theme)
        self._guard = guard
        self._held: Button | None = None

    def set(self, answer: str, composing: str, placeholder: str, groups: int = 0) -> None:
        """`groups`: how many there are that can be touched, with a space between them."""
        self._answer, self._composing, self._placeholder, self._groups = answer, composing, placeholder, groups
        self.update()

    def groups(self) -> list[QRect]:
        """Where each group can be touched: to the middle of the room between it and the next."""
        lettering, margin = self._lettering(self.width()), self.theme.mm(MARGIN_MM)
        spaces = [at for at, character in enumerate(self._answer) if character == " "][: self._groups - 1]
        middles = [(lettering.caret(at).x() + lettering.caret(at + 1).x()) / 2 for at in spaces]
        edges = [-margin, *middles, lettering.caret(len(self._answer)).x() + margin]
        return [
            QRect(margin + round(left), 0, round(right - left), self.height())
            for left, right in pairwise(edges)
            if self._groups
        ]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        at = next((at for at, place in enumerate(self.groups(), 1) if place.contains(point)), 0)
        mend = Button("mend", "", str(at))
        if not at or event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
        elif self._guard.take(self, self.mapToParent(point), mend):
            self._held = mend
            self.touched.emit(mend)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        mend, self._held = self._held, None
        places = self.groups()
        place = places[int(mend.value or 0) - 1] if mend and int(mend.value or 0) <= len(places) else QRect()
        inside = place.contains(event.position().toPoint())
        if self._guard.let_go(self, place.translated(self.pos()), mend, inside=inside) and mend:
            self.chosen.emit(mend)

    def hideEvent(self, event: QHideEvent) -> None:
        self._held = None
        self._guard.forget(self)

    def _lettering(self, width: int) -> Lettering:
        """The answer in the largest letters that keep it on one line; a number is never broken."""
        text, free = self._answer + self._composing, width - 2 * self.theme.mm(MARGIN_MM)
        fonts: tuple[FontRole, ...] = ("entry", "choice", "label") if text else ("body",)
        for font in fonts:
            lettering = self.lettering(text or self._placeholder, font, free)
            if lettering.on_one_line:
                break
        return lettering

    def needed(self, width: int) -> int:
        least = self.theme.mm(self.theme.em_mm("entry") * 1.3)
        return max(least, self._lettering(width).height) + self.theme.mm(4)

    def painted(self) -> Sequence[Painted]:
        lettering = self._lettering(self.width())
        placed = lettering.painted(self.theme.mm(MARGIN_MM), (self.height() - lettering.height) // 2, self.rect())
        return (placed,) if lettering.text else ()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint = self.theme.paint("card")
        paint_rounded(painter, QRectF(self.rect()), paint.fill, self.theme.palette.accent, self.theme, 0.8)
        lettering = self._lettering(self.width())
        left, top = self.theme.mm(MARGIN_MM), (self.height() - max(lettering.height, lettering.pitch)) // 2
        lettering.paint(painter, left, top, paint.ink)
        self._paint_caret(painter, lettering, left, top)

    def _paint_caret(self, painter: QPainter, lettering: Lettering, left: int, top: int) -> None:
        accent = QColor(self.theme.palette.accent)
        typed = len(self._answer.partition(GAP)[0]) if GAP in self._answer else len(self._answer + self._composing)
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
