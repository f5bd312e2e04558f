"""Sixteen services on a real panel: home and each group are one page, and every errand is two touches away."""

import shutil
from collections.abc import Callable, Iterator
from itertools import product

import pytest
from project import ASSETS
from PySide6.QtGui import QImage
from ui_support import INCH_15, INCH_27, LYING, UPRIGHT, Kiosk

from forms import Catalogue, load_catalogue
from kiosk.state.look import Look
from kiosk.testing.many_services import sixteen
from kiosk.texts.languages import LANGS
from ui.devtools.geometry import measure
from ui.devtools.layout_checks import Inspection

PANELS = {
    "27-upright": (UPRIGHT, INCH_27, "whole"),
    "27-for-who-sits": (UPRIGHT, INCH_27, "lower"),
    "15-upright": (UPRIGHT, INCH_15, "whole"),
    "15-lying": (LYING, INCH_15, "whole"),
}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    assets = tmp_path_factory.mktemp("sixteen")
    for path in ASSETS.glob("*.yaml"):
        shutil.copy(path, assets)
    for folder in ("services", "pictures"):
        shutil.copytree(ASSETS / folder, assets / folder)
    sixteen(assets)
    return load_catalogue(assets)


@pytest.mark.parametrize(
    ("panel", "lang", "text"), [*product(PANELS, LANGS, "L"), *product(["27-upright"], ["zh"], "SM")]
)
def test_two_touches_to_each_of_sixteen(
    make_kiosk: Callable[..., Kiosk], catalogue: Catalogue, panel: str, lang: str, text: str
) -> None:
    size, inches, reach = PANELS[panel]
    kiosk = make_kiosk(size, inches, Look(lang, text, reach=reach))  # type: ignore[arg-type]
    inspection, picture = Inspection(kiosk.window.view), QImage(kiosk.window.size(), QImage.Format.Format_RGB32)

    def touched(action: str) -> Iterator[str]:
        """The values of the buttons that stand on the panel, once nothing is wrong with it."""
        kiosk.window.refresh()
        kiosk.window.render(picture)
        found = inspection.problems(kiosk.screen.name, kiosk.screen, measure(kiosk.window.view, picture), [])
        assert not [str(one) for one in found]
        kiosk.window.refresh()
        yield from (one.button.value or "" for one in kiosk.window.view.targets() if one.button.action == action)

    kiosk.do("start")
    reached, groups = set(touched("choose")), list(touched("group"))
    for group in groups:
        kiosk.do(("group", group))
        reached |= set(touched("choose"))
        kiosk.do("back")
    assert len(catalogue.services) == 16
    assert reached == catalogue.services.keys()
