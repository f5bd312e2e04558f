"""The project's own drawings: SVG from assets/pictures, in the colours of the contrast that is shown."""

from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.look.files import svg_file
from ui.look.palette import PALETTES, Contrast, Palette

_NOTHING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 300"/>'


def colours(palette: Palette) -> dict[str, str]:
    """What a drawing may be drawn in, by what each is there for, as "#rrggbb"."""
    roles = palette.roles
    return {
        "line": roles["page"].ink,
        "paper": roles["card"].fill,
        "pale line": roles["card"].edge,
        "mark": roles["selected"].fill,
        "on a mark": roles["selected"].ink,
        "edge of a mark": roles["selected"].edge,
        "body": roles["primary"].fill,
        "on a body": roles["page"].fill,
    }


@lru_cache(maxsize=64)
def drawn(name: str, size: QSize, contrast: Contrast) -> QPixmap:
    """The drawing as large as `size` allows, in the middle of it."""
    path = svg_file("pictures", name)
    svg = path.read_text("utf-8", "replace") if path else _NOTHING
    shown = colours(PALETTES[contrast])
    for use, colour in colours(PALETTES["default"]).items():
        svg = svg.replace(f'"{colour}"', f'"{shown[use]}"'.upper())  # in capitals: changed once only
    picture = QPixmap(size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer = QSvgRenderer(svg.encode())
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    renderer.render(painter, QRectF(picture.rect()))
    painter.end()
    return picture
