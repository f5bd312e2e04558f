"""What is shown while no visitor process will run: one plain sentence, and nothing else that could fail."""

from multiprocessing.connection import Connection

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kiosk.operations.settings import Settings
from kiosk.processes.messages import ProcessMessage
from kiosk.texts.languages import LANGS
from kiosk.texts.strings import Texts
from ui.look.theme import FAMILY, Theme
from ui.processes.application import WINDOW_PX, diagonal_mm, put_on_screen
from ui.processes.lockdown import Lockdown
from ui.processes.supervised import SupervisedProcess

EM_MM = 14


class PauseMessage(QWidget):
    def __init__(self, texts: Texts, theme: Theme) -> None:
        super().__init__()
        paint = theme.paint("page")
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Window, QColor(paint.fill))
        palette.setColor(QPalette.ColorRole.WindowText, QColor(paint.ink))
        self.setPalette(palette)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.resize(*theme.size_px)
        font = QFont(FAMILY)
        font.setPixelSize(theme.mm(EM_MM))
        font.setWeight(QFont.Weight.Bold)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(*4 * [theme.mm(20)])
        lines.setSpacing(theme.mm(EM_MM))
        lines.addStretch()
        for lang in LANGS:
            line = QLabel(texts("ui.recovering", lang))
            line.setFont(font)
            line.setWordWrap(True)
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            lines.addWidget(line)
        lines.addStretch()


def pause(settings: Settings, texts: Texts, windowed: bool, supervisor: Connection) -> None:
    """The body of the process (kiosk.processes.supervisor)."""
    process = SupervisedProcess(supervisor)
    size = WINDOW_PX if windowed else QGuiApplication.primaryScreen().size().toTuple()
    theme = Theme(size, diagonal_mm(settings.diagonal_mm), settings.text, settings.contrast)
    message = PauseMessage(texts, theme)
    Lockdown(message, lambda: theme.px_per_mm, lambda: None, full_screen=not windowed)  # which is the message's child
    put_on_screen(message, windowed=windowed)
    supervisor.send(ProcessMessage.SHOWN)
    process.run()
