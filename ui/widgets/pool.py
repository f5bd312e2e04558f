"""The parts on a screen, kept by key from one screen to the next.

A screen is composed anew at every change, but a button that is still there stays the same widget: a finger on it, the
keyboard focus and the dead time survive.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from kiosk.screens.common.model import Button, Picture
from ui.look.palette import Role
from ui.look.theme import FontRole, Theme
from ui.widgets.answer_field import AnswerField
from ui.widgets.button import BigButton, Style
from ui.widgets.label import Label
from ui.widgets.part import Backdrop, Part
from ui.widgets.pictures import Drawing
from ui.widgets.touch import TouchGuard
from ui.widgets.writing_field import WritingField

P = TypeVar("P", bound=Part)
W = TypeVar("W", bound=WritingField)


class Pool(QObject):
    chosen = Signal(object)  # a BigButton was pressed
    keyed = Signal()  # one is about to be pressed by key or from outside
    touched = Signal(object)  # a finger came down on a BigButton
    lifted = Signal(object)  # and up again
    read = Signal(str)  # a label was touched to hear it
    written = Signal(object)  # a stroke was drawn on the WritingField

    def __init__(self, parent: QWidget, guard: TouchGuard) -> None:
        super().__init__(parent)
        self._parent, self._guard = parent, guard
        self._parts: dict[Hashable, Part] = {}
        self.used: list[Part] = []  # in reading order

    def begin(self, theme: Theme) -> None:
        self.theme = theme
        self.used = []

    @contextmanager
    def themed(self, theme: Theme) -> Iterator[None]:
        """What is made meanwhile has `theme`."""
        usual, self.theme = self.theme, theme
        yield
        self.theme = usual

    def end(self) -> None:
        """Delete the parts that the new screen does not use."""
        for key, part in list(self._parts.items()):
            if not any(part is one for one in self.used):
                del self._parts[key]
                part.hide()
                part.deleteLater()

    def part(self, kind: type[P], key: Hashable) -> P:
        return self._used(kind, key, lambda: kind(self._parent, self.theme))

    def button(self, key: Hashable, button: Button, style: Style) -> BigButton:
        part = self._used(BigButton, key, lambda: self._new_button(button, style))
        part.set(button, style)
        return part

    def label(
        self,
        key: Hashable,
        string: str,
        font: FontRole = "body",
        role: Role = "page",
        *,
        icon: str = "",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        readable: bool = False,
    ) -> Label:
        part = self._used(Label, key, self._new_label)
        part.set(string, font, role, icon=icon, align=align, readable=readable)
        return part

    def drawing(self, key: Hashable, picture: Picture) -> Drawing:
        part = self._used(Drawing, key, self._new_drawing)
        part.set(picture.name, picture.shows)
        return part

    def backdrop(self, key: Hashable, role: Role, *, strong: bool = False) -> Backdrop:
        part = self.part(Backdrop, key)
        part.set(role, strong=strong)
        return part

    def answer_field(self) -> AnswerField:
        return self._used(AnswerField, "answer", self._new_answer_field)

    def writing_field(self, kind: type[W]) -> W:
        return self._used(kind, "paper", lambda: self._new_writing_field(kind))

    def _used(self, kind: type[P], key: Hashable, make: Callable[[], P]) -> P:
        found = self._parts.get((kind, key))
        if found is None:
            found = self._parts[(kind, key)] = make()
        assert isinstance(found, kind)
        found.theme = self.theme
        found.show()
        self.used.append(found)
        return found

    def _new_button(self, button: Button, style: Style) -> BigButton:
        made = BigButton(self._parent, self.theme, self._guard, button, style)
        made.chosen.connect(self.chosen)
        made.keyed.connect(self.keyed)
        made.touched.connect(self.touched)
        made.lifted.connect(self.lifted)
        return made

    def _new_label(self) -> Label:
        made = Label(self._parent, self.theme)
        made.touched.connect(self.read)
        return made

    def _new_answer_field(self) -> AnswerField:
        made = AnswerField(self._parent, self.theme, self._guard)
        made.chosen.connect(self.chosen)
        made.touched.connect(self.touched)
        return made

    def _new_drawing(self) -> Drawing:
        made = Drawing(self._parent, self.theme)
        made.touched.connect(self.read)
        return made

    def _new_writing_field(self, kind: type[W]) -> W:
        made = kind(self._parent, self.theme)
        made.written.connect(self.written)
        return made
