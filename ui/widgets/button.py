"""The only button of the kiosk: large, with words and a picture, forgiving to an unsteady hand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.screens.common.model import Button
from ui.look.icons import paint_icon
from ui.look.lettering import Lettering, Painted
from ui.look.palette import Role
from ui.look.theme import TARGET_MM, FontRole, Theme
from ui.widgets.part import Part, paint_rounded
from ui.widgets.touch import TouchGuard, distance, within

LIP_MM = 1.0  # the darker foot that makes a button look as if it could be pushed


Shape = Literal["row", "centred", "stack"]  # where the picture stands


@dataclass(frozen=True)
class Style:
    """How a button is drawn. Millimetres."""

    role: Role
    shape: Shape = "centred"
    font: FontRole = "label"
    least_mm: float = TARGET_MM
    icon_mm: float = 0.0  # 0: as large as the words
    primary: bool = False
    tile: bool = False  # the picture on a round tile


class BigButton(Part):
    """Acts when the finger is lifted inside it; sliding off cancels; `touched` and `lifted` tell of the finger."""

    chosen = Signal(object)
    keyed = Signal()  # it is about to be chosen by key or from outside, not by finger
    touched = Signal(object)
    lifted = Signal(object)  # also when it had slid off

    def __init__(self, parent: QWidget, theme: Theme, guard: TouchGuard, button: Button, style: Style) -> None:
        super().__init__(parent, theme)
        self._guard = guard
        self._down = False
        self.button = button
        self.standing = ""  # its place among those of the screen, in words
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set(button, style)

    def set(self, button: Button, style: Style) -> None:
        if self._down and (button.action, button.value) != self._does:
            self._down = False  # the screen changed under the finger: what it meant is gone
        self.button, self.style_ = button, style
        self.setEnabled(button.enabled)
        if not button.enabled:
            self._lose_finger()
        self.setAccessibleName(" ".join(button.called) or button.label)
        self.update()

    @property
    def role(self) -> Role:
        if not self.button.enabled:
            return "disabled"
        return "selected" if self.button.selected else self.style_.role

    @property
    def _does(self) -> tuple[str, str | None]:
        return self.button.action, self.button.value

    @property
    def font_role(self) -> FontRole:
        return self.style_.font

    @property
    def _named(self) -> tuple[str, str | None, str]:
        """What it does, in its words too: 删一笔 becomes 删一个 when no line is left."""
        return *self._does, self.button.label

    def hideEvent(self, event: QHideEvent) -> None:
        self._lose_finger()

    def _lose_finger(self) -> None:
        """Qt sends no release to a hidden or disabled button: without this no other button could be pressed."""
        self._down = False
        self._guard.forget(self)

    def activate(self) -> None:
        """A press by key, or by a device that presses for somebody."""
        self.keyed.emit()
        if self.isEnabled() and self._guard.press(self, self.geometry(), self._named):
            self.chosen.emit(self.button)

    # Layout: pictures and words, as a picture beside the words or above them.

    @property
    def _padding(self) -> int:
        return self.theme.mm({"row": 3.0, "centred": 1.5, "stack": 1.2}[self.style_.shape])

    @property
    def _inset(self) -> int:
        """Pixels between the words and the left and right edges; more on cards, where there is room."""
        return self.theme.mm(self.theme.by_tightness(7, 6, 4, 3)) if self.style_.shape == "row" else self._padding

    def icon_side(self) -> int:
        if not self.button.icon:
            return 0
        return self.theme.mm(self.style_.icon_mm) or self.theme.icon(self.style_.font)

    def _beside(self) -> int:
        """Pixels of width that the picture takes from the words."""
        side = self.icon_side()
        return side + self.theme.mm(4 if self.style_.shape == "row" else 2) if side and not self._stacked else 0

    @property
    def _stacked(self) -> bool:
        return self.style_.shape == "stack"

    def _letterings(self, width: int) -> list[Lettering]:
        free = width - 2 * self._inset - self._beside() - self._mark_side()
        centred = self._stacked or (not self.button.icon and self.style_.shape == "centred")
        align = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        label = self._in_one_line(free, align) or self.lettering(self.button.label, self.style_.font, free, align=align)
        detail = [self.lettering(self.button.detail, "detail", free, align=align)] if self.button.detail else []
        return [label, *detail]

    def _in_one_line(self, width: int, align: Qt.AlignmentFlag) -> Lettering | None:
        """Buttons of the frame have a fixed height: a label too long for one line is made smaller first."""
        if self.style_.font != "frame":
            return None
        usual = self.lettering(self.button.label, "frame", width, align=align)
        small = self.lettering(self.button.label, "frame small", width, align=align)
        return usual if usual.on_one_line else small

    def _mark_side(self) -> int:
        """Room for the tick of a selected card; kept free when not selected, so that nothing moves."""
        return self.theme.mm(12) if self.style_.shape == "row" and not self.style_.primary else 0

    def needed(self, width: int) -> int:
        words = sum(lettering.height for lettering in self._letterings(width))
        side = self.icon_side()
        tall = words + side + self.theme.mm(1) if self._stacked else max(words, side)
        return max(self.theme.mm(self.style_.least_mm), tall + 2 * self._padding + self.theme.mm(LIP_MM))

    def _arranged(self) -> tuple[QRect, list[tuple[Lettering, int, int]]]:
        """The picture's square and each text with its left and top."""
        letterings = self._letterings(self.width())
        words = sum(lettering.height for lettering in letterings)
        side, lip = self.icon_side(), self.theme.mm(LIP_MM)
        face = self.rect().adjusted(0, 0, 0, 0 if self._down else -lip)
        shift = lip if self._down else 0
        if self._stacked:
            top = shift + (face.height() - shift - words - side - self.theme.mm(1)) // 2
            icon = QRect((self.width() - side) // 2, top, side, side)
            top, left = top + side + self.theme.mm(1), self._padding
        else:
            wide = self._beside() + max((lettering.natural_width for lettering in letterings), default=0)
            left = self._inset
            if self.style_.shape == "centred" and self.button.icon:
                left = max(left, (self.width() - wide) // 2)
            middle = shift + (face.height() - shift) // 2
            icon = QRect(left, middle - side // 2, side, side)
            left, top = left + self._beside(), middle - words // 2
        placed = []
        for lettering in letterings:
            placed.append((lettering, left, top))
            top += lettering.height
        return icon, placed

    def painted(self) -> Sequence[Painted]:
        label, *details = [
            (lettering, lettering.painted(left, top, self.rect())) for lettering, left, top in self._arranged()[1]
        ]
        whole = label[1].fits and not self.broken_by_size(label[0], self.style_.font)
        return [replace(label[1], fits=whole), *(painted for _, painted in details)]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint = self.theme.paint(self.role)
        lip = self.theme.mm(LIP_MM) if self.isEnabled() else 0
        whole = QRectF(self.rect())
        if not self._down and lip:
            paint_rounded(painter, whole, _darker(paint.edge), _darker(paint.edge), self.theme, 0.4)
        face = whole.adjusted(0, lip if self._down else 0, 0, 0 if self._down else -lip)
        paint_rounded(painter, face, paint.fill, paint.edge, self.theme, 1.0 if self.button.selected else 0.4)
        icon, placed = self._arranged()
        self._paint_icon(painter, icon)
        for lettering, left, top in placed:
            lettering.paint(painter, left, top, paint.ink)
        if self.button.selected and self._mark_side():
            side = self.theme.mm(9)
            mark = QRect(self.width() - side - self._inset, icon.center().y() - side // 2, side, side)
            mark.moveTop((self.height() - side) // 2)
            paint_icon(painter, "tick", mark, paint.ink)

    def _paint_icon(self, painter: QPainter, icon: QRect) -> None:
        if not self.button.icon:
            return
        ink = self.theme.paint(self.role).ink
        if self.style_.tile:
            tile = self.theme.paint("primary" if self.button.selected else "selected")
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tile.fill))
            painter.drawEllipse(icon)
            ink, inner = tile.ink, icon.width() // 5
            icon = icon.adjusted(inner, inner, -inner, -inner)
        paint_icon(painter, self.button.icon, icon, ink)

    # Touch.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.finger_down(self.mapToParent(event.position().toPoint()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.finger_moves(self.mapToParent(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.finger_up(self.mapToParent(event.position().toPoint()))

    def finger_down(self, point: QPoint) -> None:
        """`point` in the parent's pixels, on the button or just beside it."""
        if self.isEnabled() and self._guard.take(self, within(point, self.geometry()), self._named):
            self._set_down(True)
            self.touched.emit(self.button)

    def finger_moves(self, point: QPoint) -> None:
        if self._down and not self._reaches(point):
            self._set_down(False)

    def finger_up(self, point: QPoint) -> None:
        inside = self._down and self._reaches(point)
        self._set_down(False)
        if self._guard.let_go(self, self.geometry(), self._named, inside=inside):
            self.chosen.emit(self.button)
        self.lifted.emit(self.button)

    def _reaches(self, point: QPoint) -> bool:
        """Whether `point` is on the button or so near that a trembling finger may have meant it."""
        return distance(point, self.geometry()) <= self.theme.mm(self._guard.forgive_mm)

    def _set_down(self, down: bool) -> None:
        self._down = down
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.mm(TARGET_MM), self.theme.mm(TARGET_MM))


def _darker(colour: str) -> str:
    return QColor(colour).darker(125).name()
