"""Which button the keys would press, and the ring that shows it while somebody uses keys."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kiosk.screens.common.model import Screen
from ui.speech.listener import TALK
from ui.widgets.button import BigButton
from ui.window.keys import LINES, STEPS
from ui.window.view import View

# On these screens the primary button is what people came for; on others it is the first answer.
PRIMARY_FIRST = ("idle", "attract", "prerequisites", "receipt", "goodbye", "slip", "explain", "card")


class KeyFocus:
    """The focus among the buttons of `view`. `by_keys`: the last thing was done by key, not by finger."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.by_keys = False

    @property
    def widget(self) -> QWidget | None:
        return self._view.window().focusWidget()

    @property
    def button(self) -> BigButton | None:
        focused = self.widget
        return focused if isinstance(focused, BigButton) else None

    def pressable(self) -> list[BigButton]:
        return [target for target in self._view.targets() if target.isEnabled()]

    def next_by(self, key: Qt.Key) -> BigButton | None:
        """Where an arrow key or Tab leads; None when there is nothing to press."""
        targets = self.pressable()
        if not targets:
            return None
        at = next((place for place, target in enumerate(targets) if target is self.widget), -1)
        if not self.by_keys and at >= 0:
            return targets[at]  # the first key only shows where one is
        if key in STEPS:
            return targets[(at + STEPS[key]) % len(targets)]
        return nearest(targets, targets[at], LINES[key]) or targets[(at + LINES[key]) % len(targets)]

    def go(self, target: BigButton) -> None:
        """Move the focus there, by key."""
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self.show_ring()

    def to_first(self, screen: Screen) -> None:
        """The first answer, else the primary button: never the tools on top."""
        tools = [tool.action for tool in screen.tools]
        targets = self.pressable()
        answers = [one for one in targets if one.button.action not in (*tools, TALK, "help")]
        if screen.kind in PRIMARY_FIRST:
            answers = [one for one in answers if one.style_.primary] or answers
        if answers or targets:
            _focus((answers or targets)[0])

    def to_primary(self) -> None:
        for target in self.pressable():
            if target.style_.primary:
                _focus(target)

    def to_before(self, gone: QWidget | None, before: list[BigButton], screen: Screen) -> None:
        """What was focused cannot be pressed any more: go to the nearest that stood before it and still can be.

        `before` are the targets as they were.
        """
        still = self.pressable()
        at = next((place for place, one in enumerate(before) if one is gone), 0)
        for target in reversed(before[:at]):
            if any(target is one for one in still):
                _focus(target)
                return
        self.to_first(screen)

    def show_ring(self) -> None:
        button = self.button
        self._view.ring.around(button if self.by_keys and button and not button.isHidden() else None)


def _focus(target: BigButton) -> None:
    target.setFocus(Qt.FocusReason.OtherFocusReason)


def nearest(targets: list[BigButton], start: BigButton, direction: int) -> BigButton | None:
    """The target whose middle lies nearest below (`direction` 1) or above (-1) `start`."""

    def away(target: BigButton) -> float:
        here, there = start.geometry().center(), target.geometry().center()
        return abs(there.y() - here.y()) + 2 * abs(there.x() - here.x())

    def beyond(target: BigButton) -> bool:
        if direction > 0:
            return target.geometry().top() > start.geometry().bottom()
        return target.geometry().bottom() < start.geometry().top()

    return min((target for target in targets if beyond(target)), key=away, default=None)
