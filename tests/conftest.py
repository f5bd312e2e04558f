"""For every test: no screen, no settings of this machine, no data folder of its user."""

import gc
import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import settings
from project import ASSETS, HOUSEHOLD

from forms import Catalogue, load_catalogue
from forms.reading.document import Document
from forms.reading.mistake import SHIPPED
from forms.reference.manifest import manifest
from kiosk.entry.pinyin import PinyinTable
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts
from offline_cache.disk import reserve

settings.register_profile("any machine", deadline=None)  # however busy it is
settings.register_profile("many", max_examples=5_000)  # make examples
settings.load_profile("any machine")
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_LOGGING_RULES"] = "qt.multimedia.*=false"
for _name in [name for name in os.environ if name.startswith("YINLING_")]:
    del os.environ[_name]


LONGEST = (
    "test_geometry.py",
    "test_demo.py",
    "test_own_voice.py",
    "test_visitor_process.py",
    "test_serve.py",
    "test_staff_page.py",
    "test_intent_classifier.py",
    "test_commands.py",
    "test_private_speech.py",
    "test_keypad.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, so that no core waits for one of them at the end."""
    last = len(LONGEST)
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else last)


def pytest_collection_finish() -> None:
    """What is there once all tests are found stays: Python need not look through it again and again for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    """A command of the hall that a test runs in its own process sets up logs for all that come after it."""
    everything, hall = logging.getLogger(), logging.getLogger("yinling.hall")
    level = hall.level
    yield
    hall.setLevel(level)
    for handler in [one for one in everything.handlers if type(one) is logging.StreamHandler]:
        everything.removeHandler(handler)


@pytest.fixture(autouse=True)
def own_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Whatever a test keeps by default goes to a folder of its own."""
    folder = Path(mkdtemp(dir=tmp_path_factory.getbasetemp()))  # pytest's own would look at all others for a number
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    monkeypatch.setattr(reserve, "RESERVE_BYTES", 64 * 1024)  # a thousand stores of 64 MB would fill the disk
    return folder


@pytest.fixture(scope="session")
def ready_halls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """For modules that open many halls: what costs most is done once."""
    from ready_hall import ready_halls  # the hall is loaded for its own tests only

    with ready_halls(tmp_path_factory.mktemp("ready")):
        yield


@pytest.fixture(scope="session", autouse=True)
def shipped_files_are_parsed_once() -> Iterator[None]:
    """Hundreds of tests read a catalogue, nearly all of its files as the last one did; to parse them is half of it."""
    parse, parsed = Document.read, dict[tuple[str, bytes], Document]()

    def read(path: Path, file: str) -> Document:
        if not (file.startswith(SHIPPED) and path.is_file()):
            return parse(path, file)
        key = file, path.read_bytes()
        if key not in parsed:
            parsed[key] = parse(path, file)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Document, "read", read)
        yield


@pytest.fixture(scope="session")
def derived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What costs seconds to work out, kept for all tests: for `DerivedResults`, or as a terminal's own such folder."""
    own = tmp_path_factory.getbasetemp()  # with xdist one of each worker, within that of all
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "derived"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(ASSETS)


@pytest.fixture(scope="session")
def household_assets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What comes with the kiosk, and a service that asks questions of each member of a household."""
    assets = tmp_path_factory.mktemp("household")
    for path in ASSETS.glob("*.yaml"):
        shutil.copy(path, assets)
    for folder in ("services", "pictures", "hall"):
        shutil.copytree(ASSETS / folder, assets / folder)
    shutil.copy(HOUSEHOLD, assets / "services")
    (assets / "rules.json").write_text(manifest(assets), "utf-8")
    return assets


@pytest.fixture(scope="session")
def household(household_assets: Path) -> Catalogue:
    return load_catalogue(household_assets)


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
    for folder in ("services", "pictures", "hall"):
        shutil.copytree(ASSETS / folder, copy / folder)
    return copy
