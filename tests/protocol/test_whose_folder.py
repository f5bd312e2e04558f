"""A command of root's leaves nothing that the kiosk or hall could not read."""

import os
from pathlib import Path

import pytest

import protocol.process.whose_folder as module
from backend.cli import main as hall
from kiosk.cli import main as kiosk
from protocol.process.whose_folder import owner_to_run_as

NOBODY_HERE = 54_321


@pytest.fixture
def foreign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of another user, seen by root, whoever runs the tests."""
    monkeypatch.setattr(module.os, "geteuid", lambda: 0)
    real = Path.stat

    def stat(path: Path, **given: bool) -> os.stat_result:
        found = real(path, **given)
        return os.stat_result((*found[:4], NOBODY_HERE, *found[5:]), {}) if path == tmp_path else found

    monkeypatch.setattr(Path, "stat", stat)
    return tmp_path


def test_root_is_told_as_whom_to_run(foreign: Path) -> None:
    assert owner_to_run_as(foreign) == f"#{NOBODY_HERE}"
    assert owner_to_run_as(foreign / "not there yet") is None


def test_everybody_else_is_left_alone(foreign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.os, "geteuid", lambda: 1000)
    assert owner_to_run_as(foreign) is None


def test_no_key_of_the_hall_is_written_as_root(
    foreign: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YINLING_HALL_DATA", str(foreign))
    assert hall(["key", "import", "keys.json"]) == 1
    assert f"sudo -u '#{NOBODY_HERE}'" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["enrol", "ABCD-EFGH-JKMN"], ["outbox", "status"]])
def test_no_store_of_the_kiosk_is_written_as_root(
    foreign: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    monkeypatch.setenv("YINLING_CONFIG", "")
    monkeypatch.setenv("YINLING_DATA", str(foreign))
    assert kiosk(command) == 1
    assert f"sudo -u '#{NOBODY_HERE}'" in capsys.readouterr().err
