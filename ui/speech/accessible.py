"""What screen readers and switch devices outside the kiosk see of it: names, roles, states and the press of a button.

Qt knows only its own widgets; a factory tells it of ours.
"""

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from kiosk.texts.strings import Translate
from ui.speech.screen_reader import spoken
from ui.widgets.answer_field import AnswerField
from ui.widgets.button import BigButton
from ui.widgets.label import Label
from ui.widgets.part import Part

PRESS = "Press"  # QAccessibleActionInterface.pressAction()
_seen: dict[int, QAccessibleInterface] = {}  # Qt deletes them with their widgets; Python must not do so before


class ButtonSeen(QAccessibleWidget):
    """A BigButton as others see it: pressing it works as by finger, a selected one is checked."""

    def __init__(self, button: BigButton) -> None:
        super().__init__(button, QAccessible.Role.Button)
        self._button = button

    def state(self) -> QAccessible.State:
        state = super().state()
        if self._button.button.action == "toggle":
            state.checkable = True
        if self._button.button.selected:
            state.checkable = state.checked = True
        if self._button.style_.primary:
            state.defaultButton = True
        return state

    def actionNames(self) -> list[str]:
        return [PRESS, *super().actionNames()] if self._button.isEnabled() else []

    def doAction(self, name: str) -> None:
        if name == PRESS:
            self._button.activate()
        else:
            super().doAction(name)


def tell_places(targets: Sequence[BigButton], translate: Translate) -> None:
    """Give each button its place among those that can be pressed, and its second line, as a description."""
    able = [target for target in targets if target.isEnabled()]
    for target in targets:
        at = next((place for place, one in enumerate(able, 1) if one is target), 0)
        target.standing = translate("ui.place", at=at, of=len(able)) if at else ""
        detail = "" if target.button.called else target.button.detail
        target.setAccessibleDescription(translate("ui.comma").join(text for text in (detail, target.standing) if text))


def words_for(target: BigButton, translate: Translate) -> tuple[str, ...]:
    """What our own voice says of a button: as a screen reader does, name, role, state and place."""
    states = {"ui.chosen": target.button.selected, "ui.not_now": not target.isEnabled()}
    told = [translate(key) for key in ("ui.button", *(key for key, holds in states.items() if holds))]
    return (*spoken(target.button), *told, *([target.standing] if target.standing else []))


def _role(part: Part) -> QAccessible.Role:
    if isinstance(part, AnswerField):
        return QAccessible.Role.EditableText
    return QAccessible.Role.StaticText if isinstance(part, Label) else QAccessible.Role.Graphic


def _interface(_class: str, thing: QObject) -> QAccessibleInterface | None:
    if not isinstance(thing, Part):
        return None
    found = ButtonSeen(thing) if isinstance(thing, BigButton) else QAccessibleWidget(thing, _role(thing))
    key = id(thing)
    _seen[key] = found
    thing.destroyed.connect(lambda: _seen.pop(key, None))
    return found


@cache
def install() -> None:
    """Call before a screen reader looks at the first widget; further calls do nothing."""
    QAccessible.installFactory(_interface)


def announce(widget: QWidget, words: str) -> None:
    """Tell a screen reader from outside, if one is running."""
    if QAccessible.isActive() and words:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
