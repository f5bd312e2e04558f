"""A slip or receipt as a picture for the printer: as wide as its paper, black on white."""

from PySide6.QtCore import QBuffer, QIODevice, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter

from kiosk.devices.letters import with_letters_held
from kiosk.devices.printers import Paper
from kiosk.devices.qr import qr_modules
from ui.look.qr import paint_qr
from ui.look.theme import FAMILY

_MARGIN, _MODULE, _GAP = 16, 9, 18
_TITLE, _LARGEST, _TEXT = 52, 88, 32  # em in dots of a 203rd of an inch: 6.5, 11 and 4 mm
_TALLEST = 4000


def paper_png(paper: Paper, dots: int) -> bytes:
    """The page as PNG, so many dots wide."""
    metrics = QFontMetrics(_font(_TEXT, bold=False))  # it knows of the fonts too that Qt falls back on
    paper = with_letters_held(paper, lambda letter: metrics.inFontUcs4(ord(letter)))
    page = QImage(dots, _TALLEST, QImage.Format.Format_Grayscale8)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    top = _text(painter, paper.title, _TITLE, _MARGIN, bold=True)
    top = _text(painter, paper.number, _on_one_line(paper.number, dots), top, bold=True)
    if paper.qr:
        top = _qr(painter, paper.qr, top)
    for line in paper.lines:
        top = _text(painter, line, _TEXT, top)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    used = page.copy(0, 0, dots, min(_TALLEST, top + _MARGIN))
    used.save(buffer, "PNG")  # type: ignore[call-overload]  # PySide6's stub asks for bytes, which it refuses
    return bytes(buffer.data().data())


def _text(painter: QPainter, text: str, em: int, top: int, *, bold: bool = False) -> int:
    """Draw `text` centred and wrapped, from `top` on; gives where the next thing begins."""
    painter.setFont(_font(em, bold=bold))
    room = QRect(_MARGIN, top, painter.device().width() - 2 * _MARGIN, _TALLEST)
    how = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    return painter.drawText(room, how, text).bottom() + _GAP


def _on_one_line(number: str, dots: int) -> int:
    """The largest em at which a number stays on one line."""
    wide = dots - 2 * _MARGIN
    return next(
        em for em in range(_LARGEST, 0, -2) if QFontMetrics(_font(em, bold=True)).horizontalAdvance(number) <= wide
    )


def _font(em: int, *, bold: bool) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(em)
    font.setBold(bold)
    return font


def _qr(painter: QPainter, payload: str, top: int) -> int:
    modules, dots = qr_modules(payload), painter.device().width()
    side = min(_MODULE, dots // len(modules))
    paint_qr(painter, modules, (dots - side * len(modules)) // 2, top, side)
    return top + side * len(modules) + _GAP
