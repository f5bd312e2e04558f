"""A scanner that types like a keyboard: its bursts become scans, the keys of a person pass through unchanged."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kiosk.devices.wedge import GAP_S, Wedge

_SHIFTS = (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock)
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ScannerKeys(QObject):
    """Filters the keys of `window`; `scanned` gets the text of each scan."""

    def __init__(
        self, window: QWidget, scanned: Callable[[str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(window)
        self._window, self._scanned, self._clock = window, scanned, clock
        self._wedge: Wedge[QKeyEvent] = Wedge()
        self._replaying = False
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(round(GAP_S * 1500))
        self._quiet.timeout.connect(self._settle)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True for a key that may be a scanner's: it is held until that is clear."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or self._replaying:
            return False
        if event.key() in _SHIFTS:
            return self._wedge.waiting
        if not event.isAutoRepeat():
            if self._take(event):
                return True
            if self._wedge.waiting:
                self._settle()
                return self._take(event)
        self._settle()
        return False

    def _take(self, event: QKeyEvent) -> bool:
        enter = event.key() in _ENTERS
        # By the window system's clock where there is one: keys that pile up while this program is busy seem close.
        at = event.timestamp() / 1000 or self._clock()
        taken = self._wedge.takes(event.clone(), "\r" if enter else event.text(), at)
        if taken and enter:
            self._settle()
        elif taken:
            self._quiet.start()
        return taken

    def _settle(self) -> None:
        self._quiet.stop()
        keys, text = self._wedge.due()
        self._replaying = True
        for key in keys:
            QCoreApplication.sendEvent(self._window, key)
        self._replaying = False
        if text:
            self._scanned(text)
