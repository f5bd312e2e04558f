"""The process that outlives every visitor: it holds the terminal's own hall and brings forms and calls to the hall."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from itertools import chain
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread

from forms import load_catalogue
from kiosk.hall.missed_records import note_missed
from kiosk.operations.enrolment import change_old_key, enrol
from kiosk.operations.hall_access import NOWHERE, hall_client
from kiosk.operations.published import published_number
from kiosk.operations.settings import Settings
from kiosk.operations.staff_roster import StaffRoster
from kiosk.processes.catalogue_updates import CatalogueUpdates
from kiosk.processes.embedded_hall import EmbeddedHall, EmbeddedHallError
from kiosk.processes.messages import Degraded, ProcessMessage, SyncFailed, SyncReady
from offline_cache.calls import Calls
from offline_cache.disk.log_damage import damaged_files
from offline_cache.hall_client import HallClient, HallError
from offline_cache.store import Store, StoreError
from offline_cache.trust.identity_file import IdentityError
from offline_cache.versions.rollback import OpenedStore, open_for_terminal
from offline_cache.worker import HallState, SyncWorker

log = logging.getLogger(__name__)


def run_sync_process(settings: Settings, hall: str, troubles: list[str], supervisor: Connection) -> None:
    """Work until the supervisor closes its end. `troubles` are there from the start; Degraded brings more."""
    embedded: EmbeddedHall | None = None
    try:
        opened = open_for_terminal(settings.store_file, version("yinling-kiosk"))
        store = opened.store
        note_missed(store)
        if not hall:
            embedded = _embedded_hall(settings, opened)
            hall = embedded.url if embedded else NOWHERE
            if embedded:
                enrol(settings, store, embedded.code, hall, own_hall=True)
        client = hall_client(settings, hall)
    except (StoreError, HallError, EmbeddedHallError, IdentityError) as error:
        supervisor.send(SyncFailed(str(error)))
        return
    devices: list[str] = []
    troubles = [*filter(None, [opened.trouble]), *troubles]
    updates = CatalogueUpdates(settings.data, store, hall_client(settings, hall), partial(_mistakes_in, settings))

    def degraded() -> list[str]:
        return [*troubles, *devices, *filter(None, [updates.trouble, _damage(settings.store_file)])]

    worker = sync_worker(settings, store, client, degraded, lambda state: _tell(supervisor, state))
    Thread(target=updates.run, name="catalogue", daemon=True).start()
    supervisor.send(SyncReady(hall, opened.damaged))
    worker.start()
    try:
        while True:
            told = supervisor.recv()
            if isinstance(told, Degraded):
                devices[:] = told.troubles
            worker.wake()
    except (EOFError, ConnectionResetError):  # the latter where it had not read all that it was told
        log.info("The supervisor has gone; so does this process.")
    finally:
        worker.stop()
        store.close()
        if embedded:
            embedded.stop()


def _embedded_hall(settings: Settings, opened: OpenedStore) -> EmbeddedHall | None:
    """None where the newer program left a hall too that this one cannot read. EmbeddedHallError."""
    try:
        hall = EmbeddedHall(settings.data / "hall", settings.assets, settings.county, kiosk=settings.kiosk)
    except EmbeddedHallError as error:
        if opened.newer_program is None:
            raise
        log.error("%s", error)  # forms are kept, and brought to it once the newer program is here again
        return None
    Thread(target=_tell_pins, args=(hall,), daemon=True).start()
    return hall


def sync_worker(
    settings: Settings,
    store: Store,
    client: HallClient,
    degraded: Callable[[], list[str]],
    on_change: Callable[[HallState], None] = lambda state: None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> SyncWorker:
    """What brings forms and calls to the hall, and tells it what is `degraded` here."""
    roster = StaffRoster(store, client)

    def after_beat(now: datetime) -> None:
        change_old_key(settings, client, now)
        roster.look(now)

    return SyncWorker(
        store,
        client,
        kiosk=settings.kiosk,
        version=version("yinling-kiosk"),
        degraded=degraded,
        on_change=on_change,
        clock=clock,
        catalogue=lambda: published_number(settings.data),
        audit_days=settings.audit_days,
        after_beat=after_beat,
    )


class RemoteSync:
    """A visitor's end (kiosk.hall.offline_service.BackgroundSync): the store is shared, the thread is not."""

    def __init__(self, store: Store, supervisor: Connection, state: HallState) -> None:
        self.calls = Calls(store, None)
        self.state = state
        self._supervisor = supervisor

    def wake(self) -> None:
        self._supervisor.send(ProcessMessage.WAKE)


def _damage(store_file: Path) -> str | None:
    """Until somebody has taken the damaged files away."""
    names = [one.name for one in damaged_files(store_file)]
    return f"its store was damaged, forms may be missing: give an engineer {names[0]}" if names else None


def _mistakes_in(settings: Settings, folder: Path) -> list[str]:
    """What this program cannot read in a folder of the hall's."""
    found = load_catalogue(settings.assets, folder).mistakes
    return [str(one) for one in found if not one.is_shipped]


def _tell(supervisor: Connection, state: HallState) -> None:
    try:
        supervisor.send(state)
    except BrokenPipeError:
        log.info("Nobody is there to be told about the hall.")  # this process ends as soon as it has read that


def _tell_pins(hall: EmbeddedHall) -> None:
    for pin in chain([hall.pin], hall.pins()):
        print(f"Staff page: {hall.staff_url}  PIN: {pin}", flush=True)
