"""The project's drawings: in colours that every contrast has, and none that nothing shows."""

import re
from pathlib import Path

import pytest
from project import ASSETS
from PySide6.QtCore import QSize
from PySide6.QtSvg import QSvgRenderer

from forms import Catalogue
from ui.devtools.geometry import pixels_of
from ui.look.drawings import colours, drawn
from ui.look.palette import PALETTES, Contrast

FILES = sorted((ASSETS / "pictures").glob("*.svg"))


def test_each_drawing_is_described_and_belongs_to_something(catalogue: Catalogue) -> None:
    named = {field.picture for service in catalogue.services.values() for field in service.fields}
    named |= {one.picture for service in catalogue.services.values() for one in service.prerequisites}
    named |= {errand.picture for errand in catalogue.counters.errands}
    assert {file.stem for file in FILES} == set(catalogue.pictures) == named - {""}


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_drawing_has_the_shape_of_a_card_and_colours_of_the_palette(file: Path) -> None:
    svg = file.read_text("utf-8")
    renderer = QSvgRenderer(svg.encode())
    assert renderer.isValid()
    assert renderer.viewBox().size() == QSize(480, 300)
    assert set(re.findall("#[0-9A-Fa-f]+", svg)) <= set(colours(PALETTES["default"]).values())


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("contrast", PALETTES)
def test_a_drawing_takes_the_colours_of_the_contrast(contrast: Contrast) -> None:
    shown = set(pixels_of(drawn("bank-card", QSize(480, 300), contrast).toImage()).flat)
    for use in ("body", "mark", "on a mark", "on a body"):
        assert int(colours(PALETTES[contrast])[use][1:], 16) in shown, use
