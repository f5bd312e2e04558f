"""Text laid out to a width, so that its real height and whether it fits are known before it is painted."""

import re
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout, QTextLine, QTextOption

LEAST_LAST_EM = 4  # a last line of a word or two looks lost
WORD_JOINER = "\u2060"  # no line ends where it stands
_NAMED = re.compile("“[^”]{1,8}”")  # what a button is called, or what may be said: read at a glance only when whole


@dataclass(frozen=True)
class Painted:
    """One text as laid out on its widget: `rect` in the widget's pixels, `fits` when all of it shows."""

    string: str
    rect: QRect
    em_px: int
    fits: bool


def unbroken(words: str) -> str:
    """`words` joined so that no line ends within them: what is to be said or found stays together."""
    return WORD_JOINER.join(words).replace(" ", "\u00a0")


def lay_out(
    text: str, font: QFont, width: int, spacing: float, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
) -> "Lettering":
    """`text` laid out; cached, for fitting a screen asks for the same text over and over."""
    return _laid_out(text, font.toString(), width, spacing, align)


@lru_cache(maxsize=2048)
def _laid_out(text: str, font_name: str, width: int, spacing: float, align: Qt.AlignmentFlag) -> "Lettering":
    font = QFont()
    font.fromString(font_name)
    return Lettering(text, font, width, spacing, align)


class Lettering:
    """`text` in `font`, wrapped to `width` pixels; `height` and `natural_width` in pixels."""

    def __init__(
        self,
        text: str,
        font: QFont,
        width: int,
        spacing: float,
        align: Qt.AlignmentFlag,
    ) -> None:
        self.text = text
        self.width = max(1, width)
        self.em_px = font.pixelSize()
        self.pitch = round(self.em_px * spacing)
        self._layouts: list[QTextLayout] = []
        self._align = align
        self.height = 0
        self.natural_width = 0
        for paragraph in text.split("\n") if text else ():
            self._lay_out(paragraph, font)

    def _lay_out(self, paragraph: str, font: QFont) -> None:
        layout = QTextLayout(_NAMED.sub(lambda named: unbroken(named[0]), paragraph), font)
        layout.setCacheEnabled(True)
        layout.setTextOption(QTextOption(self._align))
        lines = _broken(layout, self.width)
        width = self.width
        if len(lines) > 1 and lines[-1].naturalTextWidth() < LEAST_LAST_EM * self.em_px:
            width = self._balanced(layout, len(lines))
            lines = _broken(layout, width)
        shift = (self.width - width) / 2 if self._align & Qt.AlignmentFlag.AlignHCenter else 0
        for line in lines:
            spare = self.pitch - line.height()  # lines closer than the font's own lose height above, where nothing is
            line.setPosition(QPointF(shift, self.height + (spare / 2 if spare > 0 else spare)))
            self.height += self.pitch
            self.natural_width = max(self.natural_width, int(line.naturalTextWidth() + 0.999))
        self._layouts.append(layout)

    def _balanced(self, layout: QTextLayout, many: int) -> int:
        """The narrowest width that needs no more lines than `many`: then the last is about as long as the others."""
        too_narrow, wide_enough = self.width // many, self.width
        while wide_enough - too_narrow > self.em_px // 4:
            middle = (too_narrow + wide_enough) // 2
            if len(_broken(layout, middle)) > many:
                too_narrow = middle
            else:
                wide_enough = middle
        return wide_enough

    def paint(self, painter: QPainter, left: int, top: int, ink: str) -> None:
        painter.setPen(QColor(ink))
        for layout in self._layouts:
            layout.draw(painter, QPointF(left, top))

    def caret(self, position: int) -> QPointF:
        """Left end and top of the line of the caret after `position` characters, for a one-paragraph text."""
        line = self._layouts[0].lineForTextPosition(position) if self._layouts else None
        if line is None or not line.isValid():
            return QPointF(0, 0)
        left = line.cursorToX(position)[0]  # type: ignore[index]  # PySide6's stub says object; it is (x, position)
        return QPointF(left, line.lineNumber() * self.pitch)

    def painted(self, left: int, top: int, inside: QRect) -> Painted:
        """Where it lies when painted at `left`, `top`; it fits when all of that is `inside`."""
        spare = self.width - self.natural_width
        shift = spare // 2 if self._align & Qt.AlignmentFlag.AlignHCenter else 0
        rect = QRect(left + shift, top, self.natural_width, self.height)
        return Painted(self.text, rect, self.em_px, inside.contains(rect))


def _broken(layout: QTextLayout, width: int) -> list[QTextLine]:
    """The lines of that width, not placed yet."""
    lines = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append(line)
    layout.endLayout()
    return lines
