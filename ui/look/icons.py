"""The project's own pictures: one-colour SVG shapes from assets/icons, tinted with the ink of what they stand on."""

from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.look.files import svg_file


def paint_icon(painter: QPainter, name: str, rect: QRect, ink: str) -> None:
    """Draw the picture `name` into the square `rect`; a picture that is not there is left out and logged."""
    picture = _tinted(name, rect.width(), ink, painter.device().devicePixelRatioF())
    if picture is not None:
        painter.drawPixmap(rect.topLeft(), picture)


def paint_illustration(painter: QPainter, name: str, rect: QRect) -> None:
    """Draw a picture in its own colours, as large as `rect` allows, centred."""
    path = svg_file("icons", name)
    if path is None:
        return
    renderer = QSvgRenderer(str(path))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    renderer.render(painter, QRectF(rect))


@lru_cache(maxsize=256)
def _tinted(name: str, side: int, ink: str, ratio: float) -> QPixmap | None:
    path = svg_file("icons", name)
    if path is None:
        return None
    pixels = round(side * ratio)
    picture = QPixmap(pixels, pixels)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(path)).render(painter)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(picture.rect(), QColor(ink))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
