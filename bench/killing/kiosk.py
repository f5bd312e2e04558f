"""A kiosk that is to be killed: service, store, client and worker of a terminal, and visitors who never rest."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from time import sleep
from uuid import uuid4

from hall_support import RIGHT_ANSWERS
from killing.told import Tell, Told, telling
from project import ROOT

from forms import load_catalogue
from forms.definition import Definition
from kiosk.hall.missed_records import note_missed
from kiosk.hall.offline_service import OfflineHallService
from kiosk.hall.service import NewForm
from kiosk.operations.enrolment import enrol
from kiosk.operations.hall_access import hall_client
from kiosk.operations.settings import Settings
from offline_cache.drafts import Drafts, KeptDraft
from offline_cache.store import Store
from offline_cache.versions.rollback import open_for_terminal
from offline_cache.worker import SyncWorker

VISITOR = ("starts", "writes", "kept")  # what the visitor's part tells of a form, in this order
SENDING = ("sends", "answered", "marked")  # what the worker tells of it: before and after the hall's answer, then kept
PAUSE_S = 0.2  # at most, between two visits
MOST_UNSENT = 5  # forms; more visitors come once some are sent, as each that is kept ends a round of sending
RETRY_S = 0.3
LIVES_ON = timedelta(days=7)  # of a draft


@cache
def definition() -> Definition:
    catalogue = load_catalogue(ROOT / "assets")
    return Definition.of(catalogue, catalogue.services["old-age-allowance"])


class Kiosk:
    """One that is enrolled. `early`: it says "kept" before it keeps, as the control that must be seen to lose forms."""

    def __init__(self, folder: Path, name: str, url: str, code: str, *, seed: int, early: bool = False) -> None:
        self.name, self._url, self._seed, self._early = name, url, seed, early
        self.settings = Settings(data=folder, kiosk=name, hall=url)
        self.process = Told(self._work)
        definition()  # read once, for all processes
        with self.store() as store:
            enrol(self.settings, store, code, url)

    @contextmanager
    def store(self) -> Iterator[Store]:
        store = Store.open(self.settings.store_file)
        try:
            yield store
        finally:
            store.close()

    def deliver_all(self) -> None:
        """Until the hall has every form and knows of every call; by a clock that is moved on by hand."""
        with self.store() as store:
            note_missed(store)
            now = [datetime.now(UTC)]
            worker = self._worker(store, clock=lambda: now[0])
            for _ in range(60):
                now[0] += timedelta(seconds=61)
                worker.step(now[0])
                call = worker.calls.current()
                if call and not call.state.is_over:
                    worker.calls.cancel(call.call)
                elif worker.state.reached and store.unsent() == 0 and worker.calls.seconds_until_due(now[0]) is None:
                    return
        raise SystemExit(f"Forms do not get through: {worker.state.error}")

    def _worker(self, store: Store, tell: Tell | None = None, **options: object) -> SyncWorker:
        client = hall_client(self.settings, self._url)
        if tell:
            client.put_submission = telling(tell, "sends", "answered", client.put_submission)  # type: ignore[method-assign]
            client.put_call = telling(tell, "calls", "call_answered", client.put_call)  # type: ignore[method-assign]
            store.delivered = telling(tell, "marks", "marked", store.delivered)  # type: ignore[method-assign]
        options = {"kiosk": self.name, "version": "bench", "delay_s": lambda tries: RETRY_S} | options
        return SyncWorker(store, client, **options)  # type: ignore[arg-type]

    def _work(self, tell: Tell, life: int) -> None:
        tell("starts", life)
        random = Random(f"{self._seed} {self.name} {life}")
        store = open_for_terminal(self.settings.store_file, "bench").store
        note_missed(store)
        worker = self._worker(store, tell)
        service = OfflineHallService(self.name, store, worker, lambda: hall_client(self.settings, self._url))
        worker.start()
        journal = self.settings.data / "journal"  # as the terminal's draft file, which outlives the visitor's process
        begun = journal.read_text() if journal.exists() and not self._early else ""
        while True:
            number = begun or f"K-{uuid4()}"
            journal.write_text(number)
            if not (begun and service.is_kept(number)):
                self._visit(tell, service, number, random)
            tell("kept", number)
            begun = ""
            _asks_for_help(tell, service, worker, random)
            _lays_by(tell, store, random)
            sleep(random.uniform(0, PAUSE_S))
            while store.unsent() >= MOST_UNSENT:
                sleep(0.1)

    def _visit(self, tell: Tell, service: OfflineHallService, number: str, random: Random) -> None:
        if self._early:
            tell("kept", number)
        tell("writes", number)
        matter = "到服务台取表" if random.random() < 0.1 else ""
        service.keep([NewForm(definition(), RIGHT_ANSWERS, number)], "zh", matter)


def _asks_for_help(tell: Tell, service: OfflineHallService, worker: SyncWorker, random: Random) -> None:
    if random.random() < 0.15:
        service.call("home", None)
    if service.staff_call() and (call := worker.calls.current()):
        tell("called", call.call)
    if random.random() < 0.5:
        service.visit_over()


def _lays_by(tell: Tell, store: Store, random: Random) -> None:
    if random.random() < 0.2:
        name, box = uuid4().hex, random.randbytes(2000)
        Drafts(store).keep(KeptDraft(name, uuid4().hex, f"D-{name}", box, box[:60], datetime.now(UTC) + LIVES_ON))
        tell("laid_by", name)
