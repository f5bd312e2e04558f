"""The one way off the GUI thread: work runs in a pool, its result comes back on the GUI thread."""

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from kiosk.hall.service import HallAway

log = logging.getLogger(__name__)


class _Delivery(QObject):
    """Lives on the GUI thread; what the pool emits is queued to its slots."""

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, on_done: Callable[[Any], None], on_error: Callable[[HallAway], None]) -> None:
        super().__init__()
        self._on_done, self._on_error = on_done, on_error
        self.done.connect(self._deliver)
        self.failed.connect(self._deliver_error)

    @Slot(object)
    def _deliver(self, found: object) -> None:
        _under_way.discard(self)
        self._on_done(found)

    @Slot(object)
    def _deliver_error(self, error: HallAway) -> None:
        _under_way.discard(self)
        self._on_error(error)


class _Job(QRunnable):
    def __init__(self, work: Callable[[], Any], delivery: _Delivery) -> None:
        super().__init__()
        self._work, self._delivery = work, delivery

    def run(self) -> None:
        try:
            found = self._work()
        except HallAway as error:
            self._delivery.failed.emit(error)
        except Exception:
            log.exception("Work in the background failed.")  # it must not end a visit
            self._delivery.failed.emit(HallAway("A fault in the program.", "staff"))
        else:
            self._delivery.done.emit(found)


_under_way: set[_Delivery] = set()  # Qt does not keep them


def in_background(
    work: Callable[[], Any], on_done: Callable[[Any], None], on_error: Callable[[HallAway], None]
) -> None:
    """Run `work` elsewhere; then call `on_done` with its result, or `on_error` with the HallAway it raised.

    A fault of the program is logged and told as a HallAway for staff to look into.
    """
    delivery = _Delivery(on_done, on_error)
    _under_way.add(delivery)
    QThreadPool.globalInstance().start(_Job(work, delivery))
