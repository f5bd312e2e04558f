import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hall_support import settings_in
from project import ROOT

from backend.cli import main
from backend.serve import _serve_on
from kiosk.processes.supervisor import Supervisor

# PR_GET_DUMPABLE is 3; 1 is what every process begins with.
_LOOK = """
import ctypes, os, resource
from protocol.process.core_dumps import leave_no_core_dump
{first}
if os.fork() == 0:
    print(resource.getrlimit(resource.RLIMIT_CORE) == (0, 0), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


@pytest.mark.parametrize(("first", "told"), [("leave_no_core_dump()", "True 0"), ("", "1")])
def test_neither_a_process_nor_what_it_forks_leaves_a_core_dump(first: str, told: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LOOK.format(first=first)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip().endswith(told)


def test_the_system_units_allow_none_either() -> None:
    units = list((ROOT / "assets" / "system").glob("*.service"))
    assert len(units) >= 2
    assert all("LimitCORE=0" in unit.read_text("utf-8").splitlines() for unit in units)


class CalledError(Exception):
    """In the place of what is called."""


def call(*_: object) -> None:
    raise CalledError


def test_the_terminal_and_each_process_of_the_hall_leave_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.processes.supervisor.leave_no_core_dump", call)
    monkeypatch.setattr("backend.serve.leave_no_core_dump", call)
    monkeypatch.setattr("backend.serve.set_up_logs", lambda: None)
    with pytest.raises(CalledError):
        Supervisor(call, call, call, tmp_path / "draft", tmp_path / "scratch").run()
    with socket.socket() as listener, pytest.raises(CalledError):
        _serve_on(settings_in(tmp_path), listener, call)


def test_nor_does_any_command_of_the_hall(monkeypatch: pytest.MonkeyPatch) -> None:
    """`hall export` has every answer in memory."""
    monkeypatch.setattr("backend.cli.leave_no_core_dump", call)
    monkeypatch.setattr("sys.argv", ["hall", "export"])
    with pytest.raises(CalledError):
        main()
