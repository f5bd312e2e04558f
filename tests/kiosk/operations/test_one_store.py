"""The system units and the commands that an engineer runs use one store and one county's folder."""

from pathlib import Path

import pytest
from project import ASSETS

import backend.foundation.settings as of_hall
import kiosk.operations.settings as of_kiosk

UNITS = ASSETS / "system"


@pytest.mark.parametrize(
    ("unit", "folder"),
    [("yinling-kiosk.service", of_kiosk.SYSTEM_DATA), ("yinling-hall.service", of_hall.SYSTEM_DATA)],
)
def test_a_unit_sets_no_folder_but_makes_the_one_that_commands_take(unit: str, folder: Path) -> None:
    lines = (UNITS / unit).read_text("utf-8").splitlines()
    assert not [line for line in lines if line.startswith("Environment=YINLING")], "a command would not know it"
    assert f"StateDirectory={folder.name}" in lines
    assert folder.parent == Path("/var/lib")


def test_commands_take_it_as_soon_as_it_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (of_kiosk, of_hall):
        monkeypatch.setattr(module, "SYSTEM_DATA", tmp_path / "system")
        monkeypatch.setattr(module, "COUNTY", tmp_path / "county")
    assert of_kiosk.load_settings().data != tmp_path / "system"
    assert of_kiosk.load_settings().county is None
    (tmp_path / "system").mkdir()
    (tmp_path / "county").mkdir()
    assert of_kiosk.load_settings().data == of_hall.settings_from_environment().folder == tmp_path / "system"
    assert of_kiosk.load_settings().county == of_hall.settings_from_environment().county == tmp_path / "county"
    monkeypatch.setenv("YINLING_COUNTY", "")
    assert of_kiosk.load_settings().county is of_hall.settings_from_environment().county is None
