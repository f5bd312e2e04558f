"""A whole terminal in one process, as the demo plays it; `kiosk run` has several (kiosk.processes.supervisor)."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version

from kiosk.operations.hall_access import hall_client
from kiosk.operations.settings import Settings
from kiosk.processes.equipment import Equipment, alone_in
from kiosk.processes.sync_process import sync_worker
from kiosk.session.common.presenter import InBackground
from kiosk.session.session import Session
from offline_cache.versions.rollback import open_for_terminal


class Terminal(Equipment):
    """CatalogueError, StoreError or HallError (a wrong address) when it cannot start; each says what to do.

    `clock` is the time of day of all that it keeps; what it asks of the hall is signed by the machine's own.
    """

    def __init__(
        self,
        settings: Settings,
        hall_url: str,
        degraded: Callable[[], list[str]] = list,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(settings)
        self._hall_url, self._clock = hall_url, clock
        client = hall_client(settings, hall_url)
        self._lock = alone_in(settings.data)
        opened = open_for_terminal(settings.store_file, version("yinling-kiosk"))
        self.store, self._damaged = opened.store, opened.damaged
        self.worker = sync_worker(settings, self.store, client, lambda: [*degraded(), *self.problems], clock=clock)

    def session(self, in_background: InBackground, monotonic: Callable[[], float] = time.monotonic) -> Session:
        return self.new_session(
            self.store, self.worker, lambda: self._hall_url, self._damaged, in_background, monotonic, self._clock
        )

    def start(self) -> None:
        self.worker.start()

    def stop(self) -> None:
        self.worker.stop()
        self.store.close()
        self._lock.close()
