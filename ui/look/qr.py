"""QR codes, painted square by square."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from kiosk.devices.qr import Modules


def paint_qr(painter: QPainter, modules: Modules, left: int, top: int, side: int) -> None:
    """The dark modules, each `side` pixels wide and high; what lies behind them has to be white."""
    for row, squares in enumerate(modules):
        for column, dark in enumerate(squares):
            if dark:
                painter.fillRect(QRect(left + column * side, top + row * side, side, side), Qt.GlobalColor.black)
