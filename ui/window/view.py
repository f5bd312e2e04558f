"""Draws one screen, in the most generous arrangement that fits."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.screens.model import Screen
from kiosk.texts.strings import Translate
from ui.layout import frame
from ui.layout.boxes import Box, Halves, HBox, Space, VBox
from ui.layout.content import Content, ContentBuilder, Paging
from ui.layout.paged import Page
from ui.look.theme import Theme
from ui.speech.accessible import tell_places
from ui.speech.listener import Hearing
from ui.widgets.button import BigButton
from ui.widgets.indicators import FocusRing, LevelMeter
from ui.widgets.pool import Pool
from ui.widgets.touch import CLEAR_MM, TouchGuard, meant

COMPACT_SHARES = (9, 11)  # widths of the question and of the answers: nine keys of 16 mm have room in a row
PAGE_ROWS = 4  # that each page of a long list shows at least


@dataclass(frozen=True)
class Attempt:
    theme: Theme
    wide: bool
    rows: int = 0  # that a list must have room for, the others on later pages; 0 for all


class View(QWidget):
    """Draws a `Screen` and decides nothing; what people do comes out of the signals of `pool`."""

    def __init__(self, parent: QWidget, theme: Theme, guard: TouchGuard, translate: Translate) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.theme = theme
        self.translate = translate
        self.pool = Pool(self, guard)
        self.ring = FocusRing(self, theme)
        self._guard = guard
        self._meant: BigButton | None = None  # the button that is being pressed by a finger just beside it
        self._screen_name = ""
        self._page, self._seen = Page(), 0  # of a list: what is shown, and how much of it was

    def draw(self, screen: Screen, theme: Theme, hearing: Hearing) -> None:
        if screen.name != self._screen_name:
            self._screen_name, self._page, self._seen = screen.name, Page(), 0
        first, self._page = self._page.first, Page()
        margin = theme.margin
        room = self.rect().adjusted(margin, margin, -margin, -margin)
        for attempt in attempts(theme):
            layout = self._compose(screen, attempt, hearing, first)
            if layout.fits(room):
                layout.place(room)
                if self._all_text_shows():
                    break
        else:
            layout.place(room)
        self.theme = attempt.theme
        self._seen = max(self._seen, self._page.until)
        self._hold_back_primary()
        self.pool.end()
        self.ring.theme = self.theme
        for before, after in zip(self.targets(), self.targets()[1:], strict=False):
            QWidget.setTabOrder(before, after)
        tell_places(self.targets(), self.translate)
        self.update()

    @property
    def where(self) -> str:
        """Which page is shown, in words."""
        return self.translate("ui.page", at=self._page.number, of=self._page.pages)

    @property
    def page_left(self) -> bool:
        """True while a page of the list was not shown yet: the primary button then waits."""
        return self._seen < self._page.total

    def turn_page(self, by: int) -> None:
        self._page = replace(self._page, first=self._page.turned(by))

    def targets(self) -> list[BigButton]:
        """What can be touched now, in reading order."""
        return [part for part in self.pool.used if isinstance(part, BigButton) and not part.isHidden()]

    def meter(self) -> LevelMeter | None:
        return next((part for part in self.pool.used if isinstance(part, LevelMeter)), None)

    def _hold_back_primary(self) -> None:
        """Until the last page was shown, the primary button cannot be pressed, so that nothing is sent unseen.

        Pages are turned elsewhere: a finger that does so again and again never meets the button that sends.
        """
        for target in self.targets():
            if target.style_.primary and self.page_left:
                target.set(replace(target.button, enabled=False), target.style_)

    def _all_text_shows(self) -> bool:
        shown = (part for part in self.pool.used if not part.isHidden())
        return all(text.fits for part in shown for text in part.painted())

    def _compose(self, screen: Screen, attempt: Attempt, hearing: Hearing, first: int) -> "Layout":
        pool = self.pool
        pool.begin(attempt.theme)
        top = frame.tools(pool, screen.tools) if screen.tools else None
        paging = Paging(first, self._turned)
        content_begins = len(pool.used)
        content = ContentBuilder(pool, screen, self.translate, paging, wide=attempt.wide).build()
        if content.paged:
            content.paged.least_rows = attempt.rows
        if attempt.theme.lower and content.answers and not self._touched(content_begins):
            content = Content(VBox([content.head, content.answers], attempt.theme.gap), None)
        aside = frame.above_foot(pool, screen)
        listening = frame.listening_bar(pool, hearing, screen, self.translate)
        message = frame.help_message(pool, screen)
        foot = frame.foot(pool, screen)
        return Layout(attempt.theme, top, content, aside, listening, message, foot)

    def _touched(self, begins: int) -> bool:
        """Whether any part since there is for touching."""
        return any(isinstance(part, BigButton) for part in self.pool.used[begins:])

    def _turned(self, page: Page) -> None:
        self._page = page

    # A finger just beside a button.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press just beside one button counts for it; any other goes on to the window."""
        self._meant = None
        targets, point = [one for one in self.targets() if one.isEnabled()], event.position().toPoint()
        places = [target.geometry() for target in targets]
        forgive = self.theme.mm(self._guard.forgive_mm)
        if forgive and event.button() is Qt.MouseButton.LeftButton:
            at = meant(point, places, forgive, self.theme.mm(CLEAR_MM))
            self._meant = None if at is None else targets[at]
        if self._meant is None:
            event.ignore()
        else:
            self._meant.finger_down(point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if pressed := self._pressed():
            pressed.finger_moves(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if pressed := self._pressed():
            self._meant = None
            pressed.finger_up(event.position().toPoint())
        else:
            event.ignore()

    def _pressed(self) -> BigButton | None:
        """The button meant, while the screen still has it."""
        return self._meant if any(target is self._meant for target in self.targets()) else None

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self.theme.paint("page").fill)


def attempts(theme: Theme) -> Iterator[Attempt]:
    """From the most generous arrangement to the tightest."""
    levels = [replace(theme, tightness=level) for level in range(4)]
    for fewer, more in ((levels[0], levels[1]), (levels[2], levels[3])):
        yield from (Attempt(level, wide) for wide in (False, True) for level in (fewer, more))
    yield from (Attempt(level, wide, PAGE_ROWS) for level in levels[2:] for wide in (False, True))
    smaller = [levels[-1].tighter()]
    while not smaller[-1].tightest:
        smaller.append(smaller[-1].tighter())
    yield from (Attempt(level, wide, rows) for rows in (PAGE_ROWS, 1) for level in smaller for wide in (True, False))


@dataclass(frozen=True)
class Layout:
    """The parts of one screen. Upright: all in one column, or the upper half to read and the lower one to touch. Lying:
    what is asked at the left, answers at the right."""

    theme: Theme
    top: Box | None
    content: Content
    aside: Box | None
    listening: Box
    message: Box | None
    foot: Box

    @cached_property
    def _box(self) -> Box:
        if self.theme.lower:
            return self._halves()
        return self._upright() if self.theme.portrait else self._lying()

    def _upright(self) -> Box:
        gap, head, answers = self.theme.frame_gap, self.content.head, self.content.answers
        middle = VBox([head, answers], self.theme.gap, grow=[answers]) if answers else head
        boxes = [self.top, middle, self.aside, self.listening, self.message, self.foot]
        return VBox([box for box in boxes if box], gap, grow=[middle])

    def _halves(self) -> Box:
        """For who sits: above what is only read, below all that is touched."""
        touched = self.content.answers or Space()
        boxes = [self.top, touched, self.aside, self.listening, self.message, self.foot]
        lower = VBox([box for box in boxes if box], self.theme.frame_gap, grow=[touched])
        return Halves(self.content.head, lower, self.theme.gap)

    def _lying(self) -> Box:
        gap, head, answers = self.theme.frame_gap, self.content.head, self.content.answers
        left = VBox([box for box in (self.top, head, self.listening) if box], gap, grow=[head])
        upper = HBox([left, answers], gap * 2, COMPACT_SHARES if self.theme.compact else (1, 1)) if answers else left
        return VBox([box for box in (upper, self.aside, self.message, self.foot) if box], gap, grow=[upper])

    def fits(self, room: QRect) -> bool:
        return self._box.needed(room.width()) <= room.height()

    def place(self, room: QRect) -> None:
        self._box.place(room)
