"""What a page says where no font holds a letter of it."""

import logging
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from kiosk.devices.printers import Paper

GETA = "〓"  # what Chinese and Japanese printers set for a letter that they lack
_NEVER_DRAWN = {"Cc", "Cf", "Mn", "Zl", "Zp", "Zs"}  # Unicode categories: controls, marks, spaces

log = logging.getLogger(__name__)


def with_letters_held(paper: Paper, holds: Callable[[str], bool]) -> Paper:
    """The page with 〓 for each letter that the fonts do not hold; the log says how many, never which: they may be
    those of a name.
    """

    def drawn(letter: str) -> str:
        return letter if unicodedata.category(letter) in _NEVER_DRAWN or holds(letter) else GETA

    title, *lines = ("".join(map(drawn, text)) for text in (paper.title, *paper.lines))
    lacking = sum(
        ours != theirs
        for before, after in zip((paper.title, *paper.lines), (title, *lines), strict=True)
        for ours, theirs in zip(before, after, strict=True)
    )
    if lacking:
        log.warning("No font of this machine holds %d letters of a page: they are printed as %s.", lacking, GETA)
    return replace(paper, title=title, lines=tuple(lines))
