from pathlib import Path

import pytest

from forms import CatalogueError
from kiosk.operations.settings import Settings
from kiosk.processes import renewal
from kiosk.processes.renewal import Renewal


class PlayedEquipment:
    """Reads nothing; `broken` while the shipped texts are."""

    broken = False

    def __init__(self, settings: Settings) -> None:
        if self.broken:
            raise CatalogueError("strings.yaml is broken.")
        self.settings = settings


@pytest.fixture
def county(tmp_path: Path) -> Path:
    folder = tmp_path / "county"
    folder.mkdir()
    return folder


@pytest.fixture
def renewed(tmp_path: Path, county: Path, monkeypatch: pytest.MonkeyPatch) -> Renewal:
    monkeypatch.setattr(renewal, "Equipment", PlayedEquipment)
    monkeypatch.setattr(PlayedEquipment, "broken", False)
    return Renewal(PlayedEquipment(Settings(data=tmp_path, county=county)))  # type: ignore[arg-type]


def test_new_files_are_read_once_they_have_stopped_changing(renewed: Renewal, county: Path) -> None:
    before = renewed.equipment
    assert not renewed.look()
    (county / "county.yaml").write_text("disable: [old-age-allowance]\n", "utf-8")
    assert not renewed.look(), "it may still be on its way"
    assert renewed.look()
    assert renewed.equipment is not before
    assert not renewed.look()


def test_what_cannot_be_read_leaves_the_files_of_before_in_use(
    renewed: Renewal, county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = renewed.equipment
    monkeypatch.setattr(PlayedEquipment, "broken", True)
    (county / "county.yaml").write_text("disable: []\n", "utf-8")
    assert [renewed.look() for _ in range(3)] == [False, False, False]
    assert renewed.equipment is before
