"""What staff are told of a kiosk whose program was put back to an older one."""

import sqlite3
from contextlib import closing
from multiprocessing import Pipe
from pathlib import Path
from threading import Thread

import pytest

from kiosk.operations import doctor
from kiosk.operations.settings import Settings
from kiosk.processes import sync_process
from kiosk.processes.embedded_hall import EmbeddedHallError
from kiosk.processes.messages import SyncReady
from offline_cache.migrations import schema_version
from offline_cache.store import Store
from offline_cache.versions.rollback import PROGRAM


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A kiosk with a store that version 0.9.0 used last."""
    settings = Settings(data=tmp_path)
    store = Store.open(settings.store_file)
    store.set(PROGRAM, "0.9.0")
    store.close()
    with closing(sqlite3.connect(settings.store_file)) as connection:
        connection.execute(f"PRAGMA user_version = {schema_version() + 1}")
    return settings


def test_doctor_says_which_program_to_install_in_both_languages(settings: Settings) -> None:
    found = {lang: doctor._store(settings, doctor.Sentences(settings.assets, lang)) for lang in ("zh", "en")}
    assert {one.status for one in found.values()} == {"degraded"}, "people can be served"
    assert "装回 0.9.0" in found["zh"].mend
    assert "Install version 0.9.0 or newer again" in found["en"].mend
    assert "beside it" in found["en"].detail


def test_the_terminal_starts_and_tells_the_hall_even_where_its_own_hall_cannot(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise EmbeddedHallError("The kiosk's own hall did not start: the database was made by a newer version.")

    monkeypatch.setattr(sync_process, "EmbeddedHall", refuse)
    monkeypatch.setattr(sync_process, "sync_worker", Worker)
    ours, theirs = Pipe()
    running = Thread(target=sync_process.run_sync_process, args=(settings, "", ["dim"], theirs))
    running.start()
    told = ours.recv()
    ours.close()
    running.join()
    assert isinstance(told, SyncReady)
    assert Worker.degraded == [
        "the store was written by program 0.9.0: install it again; until then forms are kept beside it",
        "dim",
    ]


class Worker:
    """Notes what the heartbeat would say."""

    degraded: list[str]

    def __init__(self, settings: Settings, store: Store, client: object, degraded: object, *_: object) -> None:
        assert callable(degraded)
        Worker.degraded = degraded()

    def start(self) -> None: ...

    def wake(self) -> None: ...

    def stop(self) -> None: ...
