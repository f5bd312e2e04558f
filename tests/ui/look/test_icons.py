"""Icons: the county's own in the ink of the screen, whatever is broken beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from county_folder import write_service
from project import ASSETS
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from ui.look.files import draw_from
from ui.look.icons import paint_icon

SIDE = 24


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Path]:
    write_service(tmp_path)
    draw_from(ASSETS, tmp_path)
    yield tmp_path
    draw_from(ASSETS, None)


def painted(name: str, ink: str) -> int:
    """How many pixels of an icon have the colour of the ink. A tinted icon is kept: each ink is for one test."""
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    image.fill("white")
    painter = QPainter(image)
    paint_icon(painter, name, QRect(0, 0, SIDE, SIDE), ink)
    painter.end()
    return sum(image.pixelColor(x, y).name() == ink for x in range(SIDE) for y in range(SIDE))


@pytest.mark.usefixtures("qapp", "county")
def test_a_countys_icon_is_drawn() -> None:
    assert painted("teapot", "#100001") == SIDE * SIDE


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("content", "ink"), [("<svg", "#100002"), ("", "#100003"), ("no picture", "#100004")])
def test_a_broken_one_leaves_the_shipped(county: Path, content: str, ink: str) -> None:
    (county / "icons" / "home.svg").write_text(content, "utf-8")
    assert 0 < painted("home", ink) < SIDE * SIDE
    assert painted("teapot", ink) == SIDE * SIDE
