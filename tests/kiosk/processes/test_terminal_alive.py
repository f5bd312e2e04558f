"""The service manager hears of a terminal for as long as what is on the screen answers."""

import multiprocessing
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from service_manager import ALIVE, ServiceManager, service_manager

from kiosk.processes import supervisor as supervision
from kiosk.processes.embedded_hall import EmbeddedHall
from kiosk.processes.messages import ProcessMessage, SyncReady
from kiosk.processes.supervisor import Handover, Supervisor
from protocol.process.service_manager import SOCKET_VARIABLE

STUCK_S = 0.6


def _sync(pipe: Connection) -> None:
    pipe.send(SyncReady("http://127.0.0.1:9", None))
    _wait_for_its_end(pipe)


def _pause(pipe: Connection) -> None:
    _wait_for_its_end(pipe)


def _wait_for_its_end(pipe: Connection) -> None:
    try:
        while True:
            pipe.recv()
    except EOFError:
        pass


def _supervise(folder: Path, answers: Path, shows: Path) -> None:
    """A terminal whose visitor process shows something and answers while those files are there."""

    def visitor(pipe: Connection, _handover: Handover) -> None:
        shown = False
        while True:
            pipe.poll(STUCK_S / 10)
            if shows.exists() and not shown:
                pipe.send(ProcessMessage.SHOWN)
                shown = True
            if answers.exists():
                pipe.send(ProcessMessage.ALIVE)

    supervision.STUCK_S = STUCK_S
    Supervisor(visitor, _pause, _sync, folder / "draft", folder / "scratch").run()


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ServiceManager]:
    with service_manager(tmp_path) as listening:
        monkeypatch.setenv(SOCKET_VARIABLE, str(listening.path))
        yield listening


def test_it_hears_of_a_terminal_while_what_is_on_the_screen_answers(tmp_path: Path, manager: ServiceManager) -> None:
    answers, shows = tmp_path / "answers", tmp_path / "shows"
    answers.touch()
    process = multiprocessing.get_context("spawn").Process(target=_supervise, args=(tmp_path, answers, shows))
    process.start()
    try:
        while not (tmp_path / "scratch").exists():
            process.join(0.05)
        assert manager.hears(2 * STUCK_S) is None, "nothing is on the screen yet"
        shows.touch()
        assert [manager.hears(20) for _ in range(3)] == 3 * [ALIVE]
        shows.unlink()
        answers.unlink()  # stuck; it is ended, and the next one shows nothing
        assert manager.falls_silent(20, 3 * STUCK_S)
    finally:
        process.terminate()
        process.join()


def test_the_terminals_own_hall_does_not_speak_for_it(
    tmp_path: Path, manager: ServiceManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[dict[str, str]] = []

    def popen(_command: list[str], env: dict[str, str], **_: object) -> None:
        started.append(env)
        raise FileNotFoundError

    monkeypatch.setattr("kiosk.processes.embedded_hall.subprocess.Popen", popen)
    with pytest.raises(FileNotFoundError):
        EmbeddedHall(tmp_path, tmp_path)
    assert str(manager.path) not in started[0].values()
