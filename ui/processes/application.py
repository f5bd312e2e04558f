"""The Qt application, and showing a window on the kiosk's display."""

import logging
import math
import sys

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.commands.common import CommandError
from ui.look.theme import FAMILY

USUAL_DIAGONAL_MM = 686.0  # 27 inch
WINDOW_PX = (540, 960)

log = logging.getLogger(__name__)


def application() -> QApplication:
    """The Qt application with the terminal's font. CommandError when the font is missing: text would be boxes."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    if FAMILY not in QFontDatabase.families():
        raise CommandError(f"The font {FAMILY} is missing: run make setup, or install fonts-noto-cjk.")
    app.setFont(QFont(FAMILY))
    app.setApplicationName("Yinling Kiosk")
    return app


def put_on_screen(window: QWidget, *, windowed: bool) -> None:
    if windowed:
        window.show()
    else:
        # also where no window manager obeys "full screen"
        window.setGeometry(QGuiApplication.primaryScreen().geometry())
        window.showFullScreen()


def diagonal_mm(configured: float | None) -> float:
    """As set, else what the display says; 27 inch when that cannot be true (virtual displays say 0 or 1 mm)."""
    if configured:
        return configured
    size = QGuiApplication.primaryScreen().physicalSize()
    diagonal = math.hypot(size.width(), size.height())
    if 100 < diagonal < 3000:
        return diagonal
    log.warning("The screen does not tell its size; 686 mm diagonal is assumed. Set diagonal_mm.")
    return USUAL_DIAGONAL_MM
