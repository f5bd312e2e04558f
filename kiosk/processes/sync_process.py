"""The process that outlives every visitor: it holds the terminal's own hall and brings forms and calls to the hall."""

import logging
from importlib.metadata import version
from itertools import chain
from multiprocessing.connection import Connection
from threading import Thread

from kiosk.operations.settings import Settings
from kiosk.processes.embedded_hall import EmbeddedHall, OwnHallError
from kiosk.processes.messages import Degraded, ProcessMessage, SyncFailed, SyncReady
from offline_cache.calls import Calls
from offline_cache.hall_client import HallClient, HallError
from offline_cache.store import Store, StoreError, open_or_quarantine
from offline_cache.worker import HallState, SyncWorker

log = logging.getLogger(__name__)


def run_sync_process(settings: Settings, hall: str, troubles: list[str], supervisor: Connection) -> None:
    """Work until the supervisor closes its end. `troubles` are there from the start; Degraded brings more."""
    own_hall: EmbeddedHall | None = None
    try:
        store, damaged = open_or_quarantine(settings.store_file)
        if not hall:
            own_hall = EmbeddedHall(settings.data / "hall", settings.assets)
            Thread(target=_tell_pins, args=(own_hall,), daemon=True).start()
            hall = own_hall.url
        client = HallClient(hall)
    except (StoreError, HallError, OwnHallError) as error:
        supervisor.send(SyncFailed(str(error)))
        return
    devices: list[str] = []
    worker = SyncWorker(
        store,
        client,
        kiosk=settings.kiosk,
        version=version("yinling-kiosk"),
        degraded=lambda: [*troubles, *devices],
        on_change=lambda state: _tell(supervisor, state),
    )
    supervisor.send(SyncReady(hall, damaged))
    worker.start()
    try:
        while True:
            told = supervisor.recv()
            if isinstance(told, Degraded):
                devices[:] = told.troubles
            worker.wake()
    except EOFError:
        log.info("The supervisor has gone; so does its line.")
    finally:
        worker.stop()
        store.close()
        if own_hall:
            own_hall.stop()


class RemoteSync:
    """A visitor's end of the line (kiosk.hall.offline_service.Line): the store is shared, the thread is elsewhere."""

    def __init__(self, store: Store, supervisor: Connection, state: HallState) -> None:
        self.calls = Calls(store, None)
        self.state = state
        self._supervisor = supervisor

    def wake(self) -> None:
        self._supervisor.send(ProcessMessage.WAKE)


def _tell(supervisor: Connection, state: HallState) -> None:
    try:
        supervisor.send(state)
    except BrokenPipeError:
        log.info("Nobody is there to be told about the hall.")  # this process ends as soon as it has read that


def _tell_pins(hall: EmbeddedHall) -> None:
    for pin in chain([hall.pin], hall.pins()):
        print(f"Staff page: {hall.staff_url}  PIN: {pin}", flush=True)
