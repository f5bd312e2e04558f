"""QR codes, painted square by square."""

import qrcode
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

QUIET_ZONE = 4  # modules of white around it

Modules = list[list[bool | None]]  # the rows of a code; true ones are dark


def qr_modules(payload: str) -> Modules:
    """The code of `payload` with its quiet zone, square."""
    code = qrcode.QRCode(border=QUIET_ZONE, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(payload)
    modules: Modules = code.get_matrix()
    return modules


def paint_qr(painter: QPainter, modules: Modules, left: int, top: int, side: int) -> None:
    """The dark modules, each `side` pixels wide and high; what lies behind them has to be white."""
    for row, squares in enumerate(modules):
        for column, dark in enumerate(squares):
            if dark:
                painter.fillRect(QRect(left + column * side, top + row * side, side, side), Qt.GlobalColor.black)
