"""A hall says that it works for as long as it does, and ends a worker of its own that is stuck."""

import multiprocessing
import os
import socket
from collections.abc import Callable, Iterator
from ctypes import c_double
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from hall_support import HallProcess
from service_manager import ALIVE, ServiceManager, service_manager

from backend.foundation.settings import Settings
from backend.hall.watch import Watch
from backend.serve import listen_on
from backend.server import workers
from protocol.process.service_manager import SOCKET_VARIABLE


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ServiceManager]:
    with service_manager(tmp_path) as listening:
        monkeypatch.setenv(SOCKET_VARIABLE, str(listening.path))
        yield listening


def test_a_hall_says_again_and_again_that_it_works(manager: ServiceManager, serve: Callable[..., HallProcess]) -> None:
    serve()
    assert [manager.hears(20), manager.hears(20)] == [ALIVE, ALIVE]


def _work(_listener: socket.socket, alive: Callable[[], None]) -> None:
    """Begins well, and is stuck then."""
    alive()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to:
        to.sendto(str(os.getpid()).encode(), os.environ["TOLD"])
    Event().wait()


def _run_workers(later: Path) -> None:
    workers.monotonic = lambda: monotonic() + (3600 if later.exists() else 0)
    with listen_on("127.0.0.1", 0) as listener:
        workers.run_workers(1, _work, listener)


def test_a_worker_that_is_stuck_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with service_manager(tmp_path) as told:
        monkeypatch.setenv("TOLD", str(told.path))
        later = tmp_path / "an hour later"
        parent = multiprocessing.get_context("spawn").Process(target=_run_workers, args=(later,))
        parent.start()
        try:
            first = told.hears(30)
            later.touch()
            second = told.hears(30)
        finally:
            parent.terminate()
            parent.join()
    assert first
    assert second
    assert first != second


def test_a_worker_may_take_longer_to_start_than_to_say_that_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """With much other work on the machine two of them never served: both were ended after a minute, again and again."""
    worker, now = object.__new__(workers.Worker), [0.0]
    worker._began, worker._heard_at = 0.0, c_double(0.0)
    monkeypatch.setattr(workers, "monotonic", lambda: now[0])

    def is_stuck_at(moment: float) -> bool:
        now[0] = moment
        return worker.stuck

    assert (is_stuck_at(160), is_stuck_at(180)) == (False, True)
    worker._heard_at.value = 160.0
    assert (is_stuck_at(215), is_stuck_at(225)) == (False, True)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_hall_whose_health_nobody_looks_at_does_not_live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, seen = Event(), Event()

    def look(_self: Watch, _database: object) -> None:
        seen.set()
        if broken.is_set():
            raise SystemExit

    monkeypatch.setattr(Watch, "_look", look)
    monkeypatch.setattr("backend.hall.watch.LOOKS_EVERY_S", 0.02)
    watch = Watch(Settings(folder=tmp_path, assets=tmp_path, database_url=f"sqlite:///{tmp_path}/hall.db"))
    assert not watch.lives
    watch.start()
    assert seen.wait(5)
    assert watch.lives
    broken.set()
    assert watch._thread
    watch._thread.join(5)
    assert not watch.lives
