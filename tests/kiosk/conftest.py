import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.catalogue import Catalogue, load_catalogue
from kiosk.pinyin import PinyinTable
from kiosk.rehearsal import Rehearsal
from kiosk.texts import Texts

ASSETS = Path(__file__).resolve().parents[2] / "assets"


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(ASSETS)


@pytest.fixture(scope="session")
def texts() -> Texts:
    return Texts.load(ASSETS)


@pytest.fixture(scope="session")
def pinyin() -> PinyinTable:
    return PinyinTable.load(ASSETS)


@pytest.fixture
def rehearsal(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable) -> Rehearsal:
    return Rehearsal(catalogue, texts, pinyin)


@pytest.fixture
def assets(tmp_path: Path) -> Iterator[Path]:
    """A copy of what a county may change, to break."""
    copy = tmp_path / "assets"
    copy.mkdir()
    for path in ASSETS.glob("*.*"):
        shutil.copy(path, copy)
    shutil.copytree(ASSETS / "services", copy / "services")
    return copy
