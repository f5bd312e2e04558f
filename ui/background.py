"""The one way off the GUI thread: work runs in a pool, its result comes back on the GUI thread."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from kiosk.desk import HallAway


class _Result(QObject):
    done = Signal(object)
    failed = Signal(object)


class _Job(QRunnable):
    def __init__(self, work: Callable[[], Any], result: _Result) -> None:
        super().__init__()
        self._work, self._result = work, result

    def run(self) -> None:
        try:
            found = self._work()
        except HallAway as error:
            self._result.failed.emit(error)
        else:
            self._result.done.emit(found)


_under_way: set[_Result] = set()  # Qt does not keep them


def in_background(
    work: Callable[[], Any], on_done: Callable[[Any], None], on_error: Callable[[HallAway], None]
) -> None:
    """Run `work` elsewhere; then call `on_done` with its result, or `on_error` with the HallAway it raised."""
    result = _Result()
    _under_way.add(result)

    def finish(then: Callable[[Any], None], value: Any) -> None:
        _under_way.discard(result)
        then(value)

    result.done.connect(lambda found: finish(on_done, found))
    result.failed.connect(lambda error: finish(on_error, error))
    QThreadPool.globalInstance().start(_Job(work, result))
