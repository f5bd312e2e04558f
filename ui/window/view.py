"""Draws one screen, in the most generous arrangement that fits."""

from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.screens.common.model import Screen
from kiosk.texts.strings import Translate
from ui.layout import frame
from ui.layout.boxes import VBox
from ui.layout.content import Content, ContentBuilder, Paging
from ui.layout.paged import Page
from ui.look.theme import Theme
from ui.speech.accessible import tell_places
from ui.speech.listener import Hearing
from ui.widgets.button import BigButton
from ui.widgets.indicators import FocusRing, LevelMeter
from ui.widgets.label import Label
from ui.widgets.pool import Pool
from ui.widgets.touch import CLEAR_MM, TouchGuard, meant
from ui.window.arrangement import Attempt, Layout, attempts, largest_step


class Drawn(NamedTuple):
    """What is on the view; of a list, from its `first` item on."""

    screen: Screen
    hearing: Hearing
    first: int


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
        self._begins: tuple[str, ...] = ()
        self._page, self._seen = Page(), 0  # of a list: what is shown, and how much of it was
        self._first = (
            0  # what was turned to, on whichever page that is now: how much a page holds differs with its texts
        )
        self._usual = theme
        self._steps: dict[tuple[str, Attempt], int | None] = {}  # what was found when the screen was drawn last

    def draw(self, screen: Screen, theme: Theme, hearing: Hearing) -> None:
        begins = (screen.name, *(row.value for row in screen.rows if row.to_look_at))
        if begins != self._begins:  # what is new on the first page is not passed over
            self._begins, self._page, self._first, self._seen = begins, Page(), 0, 0
        if theme != self._usual:
            self._usual, self._steps = theme, {}
        self._drawn = Drawn(screen, hearing, self._first)
        for attempt in attempts(self._usual):
            if layout := self._with_largest_text(attempt):
                break
        else:
            layout = self._compose(attempt)
            layout.place(self._room)
        self._layout = layout
        self.theme = layout.theme
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
    def page(self) -> Page:
        """What of a list is shown."""
        return self._page

    @property
    def page_left(self) -> bool:
        """True while a page of the list was not shown yet: the primary button then waits."""
        return self._seen < self._page.total

    def turn_page(self, by: int) -> None:
        self._page = self._page.turned(by)
        self._first = self._page.first

    def targets(self) -> list[BigButton]:
        """What can be touched now, in reading order."""
        return [part for part in self.pool.used if isinstance(part, BigButton) and not part.isHidden()]

    def meter(self) -> LevelMeter | None:
        return next((part for part in self.pool.used if isinstance(part, LevelMeter)), None)

    @property
    def meaning(self) -> Label | BigButton:
        """The text that people came to read."""
        return self._layout.content.meaning

    def larger_text_fits(self) -> bool:
        """True when the next larger step of the text would fit. It is tried, so draw again before anything is shown."""
        page = self._page
        fits = self._tried(self._layout.attempt.with_text(self.theme.larger + 1)) is not None
        self._page = page
        return fits

    def has_room(self, screen: Screen, theme: Theme, hearing: Hearing) -> bool:
        """Whether the screen fits at all, in the tightest arrangement at least. Draw again before anything is shown."""
        self._usual, self._drawn, self._steps = theme, Drawn(screen, hearing, 0), {}
        return any(self._tried(attempt) for attempt in reversed([*attempts(theme)]))

    def _hold_back_primary(self) -> None:
        """Until the last page was shown, the primary button cannot be pressed, so that nothing is sent unseen.

        Pages are turned elsewhere: a finger that does so again and again never meets the button that sends.
        """
        for target in self.targets():
            if target.style_.primary and self.page_left:
                target.set(replace(target.button, enabled=False), target.style_)

    def _all_text_shows(self, content: Content) -> bool:
        """On every page of a list, so that all have one size."""
        later = {part for item in content.paged.items for part in item.parts} if content.paged else set()
        shown = (part for part in self.pool.used if part in later or not part.isHidden())
        return all(text.fits for part in shown for text in part.painted())

    def _with_largest_text(self, attempt: Attempt) -> Layout | None:
        """None when the screen does not fit even with text of the usual size."""
        if attempt.rows:  # larger text may not take a row from a page
            usual = self._tried(attempt)
            if usual is None:
                return None
            attempt = replace(attempt, on_page=usual.on_page)
        layout: Layout | None = None

        def fits(step: int) -> bool:
            nonlocal layout
            layout = self._tried(attempt.with_text(step))
            return layout is not None

        key = (self._drawn.screen.name, attempt)
        step = self._steps[key] = largest_step(fits, self._steps.get(key, attempt.first_step))
        if step is not None and (layout is None or layout.theme.larger != step):
            layout = self._tried(attempt.with_text(step))
        return layout

    def _tried(self, attempt: Attempt) -> Layout | None:
        """The screen so arranged; None when something does not fit."""
        layout = self._compose(attempt)
        if not layout.fits(self._room):
            return None
        layout.place(self._room)
        return layout if layout.on_page >= attempt.on_page and self._all_text_shows(layout.content) else None

    @property
    def _room(self) -> QRect:
        margin = self._usual.margin
        return self.rect().adjusted(margin, margin, -margin, -margin)

    def _compose(self, attempt: Attempt) -> Layout:
        self._page = Page()
        screen, hearing, first = self._drawn
        pool = self.pool
        pool.begin(attempt.theme.with_text(0))
        top = frame.tools(pool, screen.tools) if screen.tools else None
        paging = Paging(first, self._turned)
        content_begins = len(pool.used)
        with pool.themed(attempt.theme):
            content = ContentBuilder(pool, screen, self.translate, paging, wide=attempt.wide).build()
        if content.paged:
            content.paged.least_rows = attempt.rows
        if attempt.theme.lower and content.answers and not self._touched(content_begins):
            content = Content(VBox([content.head, content.answers], attempt.theme.gap), None, content.meaning)
        aside = frame.above_foot(pool, screen)
        listening = frame.listening_bar(pool, hearing, screen, self.translate)
        foot = frame.foot(pool, screen)
        return Layout(attempt, top, content, aside, listening, foot)

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
