"""Recognising speech where nothing else waits for it: a long sentence takes a second and more, and somebody may press
for help meanwhile."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

Found = TypeVar("Found")


class Recognising(Protocol):
    def __call__(self, work: Callable[[], Found], done: Callable[[Found], None]) -> None:
        """Do `work`, then call `done` with its result on the GUI thread: one after the other, in the order asked."""


def at_once(work: Callable[[], Found], done: Callable[[Found], None]) -> None:
    done(work())


class RecognisingThread(QObject):
    """The one thread that recognisers are used in."""

    _over = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ears")
        self._over.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def __call__(self, work: Callable[[], Found], done: Callable[[Found], None]) -> None:
        self._worker.submit(work).add_done_callback(lambda over: self._over.emit(over, done))

    def _deliver(self, over: "Future[Any]", done: Callable[[Any], None]) -> None:
        done(over.result())
