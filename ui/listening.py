"""What the microphone is doing, for the listening bar; the recogniser joins here."""

from PySide6.QtCore import QObject, Signal

from kiosk.screens import Lang, Screen
from ui.furniture import Hearing


class Listener(QObject):
    changed = Signal()
    level = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown = Hearing("idle")

    def follow(self, screen: Screen, lang: Lang, *, speaking: bool) -> None:
        pass

    def talk(self) -> None:
        pass

    def hearing(self) -> Hearing:
        return self.shown
