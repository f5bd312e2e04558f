"""What every process with a window does: it tells its supervisor that it lives, listens to it, and ends with it."""

import logging
import os
import sys
from multiprocessing.connection import Connection
from types import TracebackType

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

from kiosk.processes.messages import ProcessMessage
from ui.processes.application import application

ALIVE_MS = 2000

log = logging.getLogger(__name__)


class SupervisedProcess(QObject):
    told = Signal(object)  # what the supervisor says (kiosk.processes.messages)

    def __init__(self, supervisor: Connection) -> None:
        sys.excepthook = _end  # Qt would go on, with a session that is in no known state
        app = application()
        super().__init__()
        self._app = app
        self._supervisor = supervisor
        self._hears = QSocketNotifier(supervisor.fileno(), QSocketNotifier.Type.Read, self)
        self._hears.activated.connect(self._hear)
        self._alive = QTimer(self)
        self._alive.timeout.connect(lambda: supervisor.send(ProcessMessage.ALIVE))
        self._alive.start(ALIVE_MS)

    def run(self) -> None:
        """Until the supervisor has gone; it ends its processes by killing them."""
        self._app.exec()

    def _hear(self) -> None:
        try:
            while self._supervisor.poll():
                self.told.emit(self._supervisor.recv())
        except (EOFError, ConnectionResetError):
            self._app.exit()  # quit() would ask the window, which never closes


def _end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """End the process; the supervisor starts another at the same question."""
    log.critical("A fault in the program ends this process.", exc_info=(kind, error, trace))
    os._exit(70)
