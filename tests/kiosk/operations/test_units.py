"""What the system units promise, and the programs that they start."""

import pytest
from project import ASSETS

from backend.server import connections, workers
from kiosk.processes import supervisor

UNITS = ASSETS / "system"
KIOSK, HALL = "yinling-kiosk.service", "yinling-hall.service"


def settings_of(unit: str) -> dict[str, str]:
    lines = (UNITS / unit).read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


@pytest.mark.parametrize("unit", [KIOSK, HALL])
def test_it_is_begun_again_whatever_happens_to_it(unit: str) -> None:
    settings = settings_of(unit)
    assert settings["Type"] == "notify"
    assert settings["Restart"] == "always"
    assert settings["StartLimitIntervalSec"] == "0", "else systemd gives up after five ends in ten seconds"
    assert settings["LimitCORE"] == "0"


def test_the_programs_own_watching_comes_before_the_watchdog() -> None:
    bring_back_s = supervisor.STUCK_S + supervisor.START_S
    assert bring_back_s < int(settings_of(KIOSK)["WatchdogSec"])
    assert int(settings_of(HALL)["WatchdogSec"]) > workers.STUCK_S


def test_the_terminal_is_a_child_of_cage_and_is_heard_all_the_same() -> None:
    settings = settings_of(KIOSK)
    assert settings["ExecStart"].startswith("/usr/bin/cage -- ")
    assert settings["NotifyAccess"] == "all"


def test_the_wayland_socket_is_not_hidden() -> None:
    """Finding: ProtectHome=yes hides /run/user, and the screen stayed black."""
    assert "ProtectHome" not in settings_of(KIOSK)
    assert settings_of(KIOSK)["InaccessiblePaths"] == "-/home -/root"


def test_the_set_up_of_a_kiosk_brings_its_screen() -> None:
    """cage ends at once where there is no Xwayland."""
    setup = (UNITS / "setup.sh").read_text("utf-8")
    assert '[ "$kind" = run ] && packages="$packages cage xwayland"' in setup


def test_the_hall_may_open_as_many_files_as_it_takes_connections() -> None:
    assert int(settings_of(HALL)["LimitNOFILE"]) >= 2 * connections.MOST + 1000
