"""Where icons and drawings lie: the county's over the shipped ones. Said once, before anything is drawn."""

import logging
from functools import cache
from pathlib import Path

from forms.reading.drawings import wrong_with_drawing

log = logging.getLogger(__name__)

_folders = [Path(__file__).parents[2] / "assets"]


def draw_from(assets: Path, county: Path | None) -> None:
    """From now on in this process."""
    _folders[:] = [*([county] if county else []), assets]
    svg_file.cache_clear()


@cache
def svg_file(kind: str, name: str) -> Path | None:
    """The file of an icon (kind "icons") or a drawing ("pictures"); None where there is none that can be drawn."""
    for folder in _folders:
        path = folder / kind / f"{name}.svg"
        if path.is_file() and not wrong_with_drawing(path):
            return path
    log.warning("There is no %s/%s.svg that can be drawn: add the file or change the name.", kind, name)
    return None
