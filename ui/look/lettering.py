"""Text laid out to a width, so that its real height and whether it fits are known before it is painted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout, QTextLine, QTextOption

from kiosk.texts.words import LONGEST_RUN, Words

LEAST_LAST_EM = 4  # a last line of a word or two looks lost
WORD_JOINER, NO_BREAK_SPACE = "\u2060", "\u00a0"  # no line ends where they stand
STOPS = "，。？！；："  # after which a sentence, or a part of one, begins
_HAN = re.compile("[\u4e00-\u9fff]")
_ENDLESS = re.compile(rf"[^\s{WORD_JOINER}\u2e80-\uffef]{{{LONGEST_RUN + 1}}}")  # without a space, and not Chinese
_NAMED = re.compile("(“[^”]{1,8}”)")  # what a button is called, or what may be said: read at a glance only when whole


@dataclass(frozen=True)
class Painted:
    """One text as laid out on its widget: `rect` in the widget's pixels, `fits` when all of it shows.

    `lines` are what stands on each line, and make up the text; a paragraph's last one ends in "\n" when more follow.
    """

    string: str
    lines: tuple[str, ...]
    rect: QRect
    em_px: int
    fits: bool


def unbroken(words: str) -> str:
    """`words` joined so that no line ends within them: what is to be said or found stays together."""
    return (words if words.isascii() else WORD_JOINER.join(words)).replace(" ", NO_BREAK_SPACE)


@lru_cache(maxsize=2048)
def lay_out(
    text: str,
    font: QFont,
    width: int,
    spacing: float,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    words: Words = Words(),  # noqa: B008 - frozen
) -> "Lettering":
    """`text` laid out in a font that is never changed; cached, for fitting a screen asks for it over and over."""
    return Lettering(text, font, width, spacing, align, words)


class Lettering:
    """`text` in `font`, wrapped to `width` pixels, never within one of `words`; heights and widths are in pixels."""

    def __init__(
        self,
        text: str,
        font: QFont,
        width: int,
        spacing: float,
        align: Qt.AlignmentFlag,
        words: Words,
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
            self._lay_out(_joined(paragraph, words), font)

    def _lay_out(self, paragraph: str, font: QFont) -> None:
        layout = QTextLayout(paragraph, font)
        layout.setCacheEnabled(True)
        option = QTextOption(self._align)
        if _ENDLESS.search(paragraph):
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
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

    @property
    def on_one_line(self) -> bool:
        return self.height == self.pitch and self.natural_width <= self.width

    @cached_property
    def lines(self) -> tuple[str, ...]:
        paragraphs = [[_plain(line) for line in _lines(layout)] for layout in self._layouts]
        for paragraph in paragraphs[:-1]:
            paragraph[-1] += "\n"
        return tuple(line for paragraph in paragraphs for line in paragraph)

    def paint(self, painter: QPainter, left: int, top: int, ink: str) -> None:
        painter.setPen(QColor(ink))
        for layout in self._layouts:
            layout.draw(painter, QPointF(left, top))

    def caret(self, position: int) -> QPointF:
        """Left end and top of the line of the caret after `position` characters, for a one-paragraph text."""
        if not self._layouts:
            return QPointF(0, 0)
        joined = self._layouts[0].text()
        position = [*(at for at, one in enumerate(joined) if one != WORD_JOINER), len(joined)][position]
        line = self._layouts[0].lineForTextPosition(position)
        left = line.cursorToX(position)[0]  # type: ignore[index]  # PySide6's stub says object; it is (x, position)
        return QPointF(left, line.lineNumber() * self.pitch)

    def painted(self, left: int, top: int, inside: QRect) -> Painted:
        """Where it lies when painted at `left`, `top`; it fits when all of that is `inside`."""
        spare = self.width - self.natural_width
        shift = spare // 2 if self._align & Qt.AlignmentFlag.AlignHCenter else 0
        rect = QRect(left + shift, top, self.natural_width, self.height)
        return Painted(self.text, self.lines, rect, self.em_px, inside.contains(rect))


@lru_cache(maxsize=1024)
def _joined(paragraph: str, words: Words) -> str:
    pieces = [[part] if _NAMED.fullmatch(part) else words.split(part) for part in _NAMED.split(paragraph)]
    said = _begun([piece for some in pieces for piece in some])
    return "".join(unbroken(piece) if len(piece) > 1 else piece for piece in said)


def _begun(pieces: Sequence[str]) -> list[str]:
    """A word of one character that begins a sentence is joined to the next: it would end the line all alone."""
    joined: list[str] = []
    for piece in pieces:
        if len(joined) > 1 and _HAN.fullmatch(joined[-1]) and joined[-2][-1:] in STOPS and piece[:1] not in STOPS:
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _broken(layout: QTextLayout, width: int) -> list[QTextLine]:
    """The lines of that width, not placed yet."""
    lines = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append(line)
    layout.endLayout()
    return lines


def _lines(layout: QTextLayout) -> list[str]:
    lines = (layout.lineAt(at) for at in range(layout.lineCount()))
    return [layout.text()[line.textStart() : line.textStart() + line.textLength()] for line in lines]


def _plain(joined: str) -> str:
    """As it was before it was joined."""
    return joined.replace(WORD_JOINER, "").replace(NO_BREAK_SPACE, " ")
