"""The parts on a screen, kept by key from one screen to the next.

A screen is composed anew at every change, but a button that is still there stays the same widget: a finger on it, the
keyboard focus and the dead time survive.
"""

from collections.abc import Hashable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kiosk.screens.model import Button
from ui.look.palette import Role
from ui.look.theme import FontRole, Theme
from ui.widgets.button import BigButton, Style
from ui.widgets.parts import Panel, Part, Text
from ui.widgets.touch import TouchGuard
from ui.widgets.writing_field import WritingField

P = TypeVar("P", bound=Part)


class Pool(QObject):
    chosen = Signal(object)  # a BigButton was pressed
    keyed = Signal()  # one is about to be pressed otherwise than by a finger
    touched = Signal(object)  # a finger came down on a BigButton
    lifted = Signal(object)  # and up again
    read = Signal(str)  # a text was touched to hear it
    written = Signal(object)  # a stroke was drawn on the WritingField

    def __init__(self, parent: QWidget, guard: TouchGuard) -> None:
        super().__init__(parent)
        self._parent, self._guard = parent, guard
        self._parts: dict[Hashable, Part] = {}
        self.used: list[Part] = []  # in reading order

    def begin(self, theme: Theme) -> None:
        self.theme = theme
        self.used = []

    def end(self) -> None:
        """Take away what the new screen no longer has."""
        for key, part in list(self._parts.items()):
            if not any(part is one for one in self.used):
                del self._parts[key]
                part.hide()
                part.deleteLater()

    def part(self, kind: type[P], key: Hashable) -> P:
        found = self._parts.get((kind, key))
        if found is None:
            found = kind(self._parent, self.theme, self._guard) if kind is BigButton else kind(self._parent, self.theme)
            self._parts[(kind, key)] = found
            if isinstance(found, BigButton):
                found.chosen.connect(self.chosen)
                found.keyed.connect(self.keyed)
                found.touched.connect(self.touched)
                found.lifted.connect(self.lifted)
            elif isinstance(found, Text):
                found.touched.connect(self.read)
            elif isinstance(found, WritingField):
                found.written.connect(self.written)
        assert isinstance(found, kind)
        found.theme = self.theme
        found.show()
        self.used.append(found)
        return found

    def button(self, key: Hashable, button: Button, style: Style) -> BigButton:
        part = self.part(BigButton, key)
        part.set(button, style)
        return part

    def text(self, key: Hashable, string: str, font: FontRole = "body", role: Role = "page", **how: object) -> Text:
        part = self.part(Text, key)
        part.set(string, font, role, **how)  # type: ignore[arg-type]
        return part

    def panel(self, key: Hashable, role: Role, *, strong: bool = False) -> Panel:
        part = self.part(Panel, key)
        part.set(role, strong=strong)
        return part
