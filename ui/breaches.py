"""What is wrong with a drawn screen, in plain sentences: too small, too close, too pale, cut, or never heard."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from kiosk.screens import Screen
from ui.button import BigButton
from ui.geometry import Measured
from ui.parts import Panel, Part, Text
from ui.theme import BODY_FLOOR_MM, CONTRAST_LEAST, GAP_FLOOR_MM, PRIMARY_MM, TARGET_MM, TITLE_FLOOR_MM
from ui.view import View

ROUNDING_MM = 0.05  # lost to whole pixels


@dataclass(frozen=True)
class Breach:
    """`what` on the screen `screen` is `value`, and `wanted` would be right."""

    screen: str
    what: str
    value: str
    wanted: str

    def __str__(self) -> str:
        return f"{self.screen}: {self.what} is {self.value}; wanted: {self.wanted}."


def breaches(label: str, screen: Screen, view: View, measured: Measured) -> list[Breach]:
    """All that is wrong with `screen` as `view` shows it; `measured` is what ui.geometry.measure() says of it."""
    checks: tuple[Callable[[], Iterator[tuple[str, str, str]]], ...] = (
        lambda: _texts(screen, measured),
        lambda: _targets(measured),
        lambda: _places(view),
        lambda: _order(view),
        lambda: _heard(screen, view),
    )
    return [Breach(label, *found) for check in checks for found in check()]


def _texts(screen: Screen, measured: Measured) -> Iterator[tuple[str, str, str]]:
    for text in measured.texts:
        least = TITLE_FLOOR_MM if text.string == screen.title and not screen.rows else BODY_FLOOR_MM
        if text.em_mm < least - ROUNDING_MM:
            yield f"the em of “{text.string}”", f"{text.em_mm} mm", f"{least:g} mm or more"
        if text.contrast < CONTRAST_LEAST:
            yield f"the contrast of “{text.string}”", f"{text.contrast}:1", f"{CONTRAST_LEAST:g}:1 or more"
        if text.clipped:
            yield f"“{text.string}”", "cut off", "all of it inside its place and the panel"


def _targets(measured: Measured) -> Iterator[tuple[str, str, str]]:
    for one in measured.targets:
        least = PRIMARY_MM if one.primary else TARGET_MM
        if min(one.w_mm, one.h_mm) < least - ROUNDING_MM:
            yield f"the target “{one.name}”", f"{one.w_mm:g} x {one.h_mm:g} mm", f"{least:g} mm or more each way"
    if (many := sum(one.primary for one in measured.targets)) > 1:
        yield "the number of primary buttons", str(many), "one at most"


def _places(view: View) -> Iterator[tuple[str, str, str]]:
    scale, margin = view.theme.px_per_mm, view.theme.margin
    room = view.rect().adjusted(margin, margin, -margin, -margin)
    shown = [part for part in view.pool.used if not part.isHidden() and not isinstance(part, Panel)]
    for part in shown:
        if not room.contains(part.geometry()):
            yield f"“{_name(part)}”", "in the margin or beyond", "inside the margin"
    for one, other in combinations(shown, 2):
        gap = apart(one.geometry(), other.geometry())
        both = f"the room between “{_name(one)}” and “{_name(other)}”"
        if gap < 0:
            yield both, "none, they overlap", "room between them"
        elif isinstance(one, BigButton) and isinstance(other, BigButton) and gap < (GAP_FLOOR_MM - ROUNDING_MM) * scale:
            yield both, f"{gap / scale:.2f} mm", f"{GAP_FLOOR_MM:g} mm or more"
    for area in view.window().findChildren(QAbstractScrollArea):
        yield f"a {type(area).__name__}", "something that scrolls", "all on one page, or pages that are turned"


def _order(view: View) -> Iterator[tuple[str, str, str]]:
    reading = [target for target in view.targets() if target.isEnabled()]
    tabbed = tab_order(view)
    if tabbed != reading:
        yield "the focus order", ", ".join(map(_name, tabbed)), "the reading order " + ", ".join(map(_name, reading))


def _heard(screen: Screen, view: View) -> Iterator[tuple[str, str, str]]:
    spoken = " ".join([screen.error, *screen.say])
    asked = (screen.title, *screen.lines)
    if not screen.say:
        yield "what is read aloud", "nothing", "at least one sentence"
    for part in view.pool.used:
        if part.isHidden() or not part.painted():
            continue
        if not part.accessibleName():
            yield f"the accessible name of “{part.painted()[0].string}”", "empty", "what it says"
        if isinstance(part, Text) and part.string in asked and not part.readable and part.string not in spoken:
            yield f"“{part.string}”", "never heard", "in what is read aloud, or read when it is touched"


def tab_order(view: View) -> list[BigButton]:
    """The enabled buttons as the tab key really visits them, from the first that is read."""
    targets = view.targets()
    at: QWidget | None = targets[0] if targets else None
    order: list[BigButton] = []
    while at is not None and at not in order:
        if isinstance(at, BigButton) and at.isEnabled() and any(at is one for one in targets):
            order.append(at)
        at = at.nextInFocusChain()
        if at is targets[0]:
            break
    return order


def apart(one: QRect, other: QRect) -> int:
    """Pixels between two rectangles, along the axis on which they are further apart; less than 0: they overlap."""
    across = max(one.left(), other.left()) - min(one.right(), other.right()) - 1
    down = max(one.top(), other.top()) - min(one.bottom(), other.bottom()) - 1
    return max(across, down)


def _name(part: Part) -> str:
    return part.button.label if isinstance(part, BigButton) else part.accessibleName() or type(part).__name__
