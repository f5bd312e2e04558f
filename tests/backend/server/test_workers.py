"""Several processes of one hall: none outlives the one that started it, and one that dies is replaced."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import requests
from hall_support import HallProcess


def workers_of(hall: HallProcess) -> list[int]:
    """The processes of a hall that serve: its children that were made to run workers."""
    children = Path(f"/proc/{hall.process.pid}/task/{hall.process.pid}/children").read_text().split()
    return [int(one) for one in children if b"spawn_main" in command_line(one)]


def command_line(process: str) -> bytes:
    """Of one that may end at any moment."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):  # before it is opened, or before it is read
        return b""


def is_there(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def answers(hall: HallProcess) -> bool:
    try:
        return requests.get(f"{hall.url}/health", timeout=5).status_code == 200
    except requests.RequestException:
        return False


def within(seconds: float, is_so: Callable[[], bool]) -> bool:
    until = monotonic() + seconds
    while monotonic() < until:
        if is_so():
            return True
    return False


def test_no_worker_outlives_a_killed_parent(serve: Callable[..., HallProcess]) -> None:
    """Findings 17 to 23: they went on as orphans, and held the port."""
    hall = serve("--workers", "2")
    assert within(30, lambda: answers(hall))
    workers = workers_of(hall)
    assert len(workers) == 2
    os.kill(workers[0], signal.SIGKILL)
    assert within(20, lambda: len(workers_of(hall)) == 2 and workers[0] not in workers_of(hall))
    workers = workers_of(hall)
    hall.stop(signal.SIGKILL)
    assert within(20, lambda: not any(is_there(one) for one in workers))
    assert serve(port=hall.port).port == hall.port
