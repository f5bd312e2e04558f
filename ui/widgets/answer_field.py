"""The field that shows the answer so far."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent

from ui.look.lettering import Lettering, Painted
from ui.look.theme import FontRole
from ui.widgets.part import Part, paint_rounded


class AnswerField(Part):
    """What has been put in so far, large; the letters still being turned into a character are underlined."""

    def set(self, answer: str, composing: str, placeholder: str) -> None:
        self._answer, self._composing, self._placeholder = answer, composing, placeholder
        self.update()

    def _lettering(self, width: int) -> Lettering:
        """The answer in the largest letters that keep it on one line; a number is never broken."""
        text, free = self._answer + self._composing, width - 2 * self.theme.mm(5)
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
        placed = lettering.painted(self.theme.mm(5), (self.height() - lettering.height) // 2, self.rect())
        return (placed,) if lettering.text else ()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint = self.theme.paint("card")
        paint_rounded(painter, QRectF(self.rect()), paint.fill, self.theme.palette.accent, self.theme, 0.8)
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
