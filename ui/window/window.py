"""The window: it draws what the session shows, and tells the session what hands, keys and voices did."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from kiosk.entry.handwriting import Stroke
from kiosk.screens.model import BY_DIGITS, EASILY_LOST, IRREVERSIBLE, Button, Entry, Phrase, Screen
from kiosk.session.session import Session
from ui.input.fingers import Fingers
from ui.look.theme import Theme
from ui.speech.accessible import announce, install, words_for
from ui.speech.listener import PAGE, TALK, Listener
from ui.speech.screen_reader import ScreenReader
from ui.widgets.button import BigButton
from ui.widgets.touch import TouchGuard
from ui.window.transition import Fade
from ui.window.view import View

TICK_MS = 500
KEYS: Mapping[Qt.Key, str] = {
    Qt.Key.Key_F1: "help",
    Qt.Key.Key_F2: TALK,
    Qt.Key.Key_F3: "repeat",
    Qt.Key.Key_F4: "settings",
}
PRESS_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select, Qt.Key.Key_Space)
STEPS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Backtab: -1, Qt.Key.Key_Left: -1}
LEADS_BACK = ("back", "resume", "carry_on", "refuse_card", "still_here", "none_of_them", "home", "finish")
LINES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class KioskWindow(QWidget):
    """One terminal. `keys` are extra keys of the kiosk's keypad, with the action that each stands for."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        reader: ScreenReader,
        listener: Listener,
        *,
        keys: Mapping[Qt.Key, str] = KEYS,
        clock: Callable[[], float] = time.monotonic,
        dead_s: float = 0.5,
        near_miss_mm: float = 3.0,
        fades: bool = False,
    ) -> None:
        super().__init__()
        install()
        self.session, self.theme, self.reader, self.listener = session, theme, reader, listener
        self._keys = keys
        guard = TouchGuard(clock, dead_s, near_miss_mm)
        self.view = View(self, theme, guard, self._translate)
        self.view.pool.chosen.connect(self._chosen)
        self.view.pool.keyed.connect(self._keyed)
        self.view.pool.touched.connect(self._touched)
        self.view.pool.lifted.connect(self._lifted)
        self.view.pool.read.connect(self._read)
        self.view.pool.written.connect(self._written)
        self._fingers = Fingers(self)
        self._fade = Fade(self) if fades else None
        self._by_keys = False
        self._to_confirm: Button | None = None  # pressed once by key, of those that cannot be taken back
        self._screen: Screen = session.screen()
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.resize(*theme.size_px)
        session.on_change = self.refresh
        listener.changed.connect(self.refresh)
        listener.level.connect(self._show_level)
        listener.page_wanted.connect(self._turn_page)
        self._ticker = QTimer(self)
        self._ticker.setInterval(TICK_MS)
        self._ticker.timeout.connect(self._tick)
        self._ticker.start()
        self.refresh()

    def refresh(self) -> None:
        """Draw the session's screen as it is now."""
        before, self._screen = self._screen, self.session.screen()
        fade = self._fade if self.isVisible() else None
        seen = self.view.grab() if fade and self._screen.name != before.name else None
        look = self.session.look
        self.theme = Theme((self.width(), self.height()), self.theme.diagonal_mm, look.text, look.contrast)
        self.view.setGeometry(self.rect())
        if self._screen.kind == "attract" != before.kind:
            self._by_keys = False
            self.reader.forget()
        stood, ways = self.focusWidget(), self.view.targets()
        self.view.draw(self._screen, self.theme, self.listener.hearing())
        hearable = self._hearable()
        if self.listener.follow(hearable) or hearable is not self._screen:
            self.view.draw(hearable, self.theme, self.listener.hearing())
        if self._screen.name != before.name:
            self._to_confirm = None
            self._focus_first()
            self._tell_landing()
        elif self.focusWidget() is not stood or not any(stood is one for one in self.view.targets()):
            self._focus_before(stood, ways)  # Qt leaves the focus on what is hidden while another window is in front
        self._show_ring()
        self._tell_outside(before)
        if fade and seen:
            fade.begin(seen)
        elif fade:
            fade.end()

    def _tell_outside(self, before: Screen) -> None:
        """What a screen reader that is not ours should know."""
        self.setWindowTitle(self._screen.title)
        if self._screen.name != before.name:
            announce(self, self._screen.title)
        if self._screen.error != before.error:
            announce(self, self._screen.error)

    def _hearable(self) -> Screen:
        """What may be said: like the primary button, words for it turn the page until the last one was shown."""
        primary = self._screen.primary
        if primary is None or not self.view.page_left:
            return self._screen
        text = self.session.texts("ui.page_next", self.session.look.lang)
        kept = tuple(one for one in self._screen.phrases if (one.action, one.value) != (primary.action, primary.value))
        return replace(self._screen, phrases=(Phrase(text, PAGE, "1", shown=True), *kept))

    def _turn_page(self, by: int = 1) -> None:
        self.view.turn_page(by)
        self.refresh()
        self.reader.say("landing", (self.view.where,))

    # hands

    def _keyed(self) -> None:
        self._by_keys = True

    def _touched(self, button: Button) -> None:
        self._by_keys = False
        if self._fade:
            self._fade.end()  # the finger has to see what it presses
        self.reader.hush()
        self._show_ring()
        if button.action == TALK:
            self.listener.hold()

    def _lifted(self, button: Button) -> None:
        if button.action == TALK:
            self.listener.let_go()

    def _chosen(self, button: Button) -> None:
        self.reader.hush()
        said, name, stood = self.session.utterance, self._screen.name, self.focusWidget()
        twice = IRREVERSIBLE if self._by_keys else EASILY_LOST
        if button.action in twice and button != self._to_confirm:
            self._to_confirm = button
            self.session.remind("press_again", label=button.label)
        elif button.action == TALK:
            self.listener.talk()
        elif button.action == PAGE:
            self._turn_page(int(button.value or 0))
        else:
            self._to_confirm = None
            self.session.do(button.action, button.value)
            if self.session.utterance == said:
                self.reader.echo(button, self._screen.entry if self._by_keys else None)
        if self._screen.name == name and self.focusWidget() is not stood:
            self._tell_landing()

    def _written(self, stroke: Stroke) -> None:
        self._by_keys = False
        self.reader.hush()
        self.session.write(stroke)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press between two targets does nothing, unkindly or otherwise; one that cannot be pressed now says so."""
        event.accept()
        self.session.idle.restart()  # but somebody is there
        hit = self.view.childAt(event.position().toPoint())
        if isinstance(hit, BigButton):
            self._read(*words_for(hit, self._translate))

    def _read(self, *words: str) -> None:
        """Somebody is looking around: read what they have reached, and take nobody for gone."""
        self.session.idle.restart()
        self.reader.say("focus", words)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """But the first screen says that one may touch it, so all of it is a button."""
        if self._screen.kind == "attract":
            self.session.do("start")

    # keys

    def event(self, event: object) -> bool:
        # Qt would use Tab for its own focus chain before keyPressEvent sees it.
        if isinstance(event, QKeyEvent) and event.type() is QKeyEvent.Type.KeyPress:
            self.keyPressEvent(event)
            return True
        return super().event(event)  # type: ignore[arg-type]

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Qt moves no focus by itself: Tab comes on to `keyPressEvent`, also from the button that has the focus."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.isAutoRepeat() and (self._screen.kind == "practice" or (key not in STEPS and key not in LINES)):
            return
        if self._screen.kind == "practice":
            self._try_key(key)
        elif action := self._keys.get(key):
            self._key_action(action)
        elif key in STEPS or key in LINES:
            self._move_focus(key)
        elif key in PRESS_KEYS:
            self._press_focused()
        elif key == Qt.Key.Key_Escape:
            self._back()
        elif self._screen.entry:
            self._typed(key, event.text().lower())

    def _key_action(self, action: str) -> None:
        self.reader.hush()
        self._to_confirm = None
        if action == TALK:
            self.listener.hold()
        else:
            self.session.do(action)

    def _try_key(self, key: Qt.Key) -> None:
        kinds = {"arrows": {*STEPS, *LINES}, "enter": PRESS_KEYS, "back": {Qt.Key.Key_Escape}}
        tried = next((name for name, keys in kinds.items() if key in keys), self._keys.get(key))
        if tried:
            self._by_keys = True
            self.session.do("try_key", tried)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat() and self._keys.get(Qt.Key(event.key())) == TALK:
            self.listener.let_go()

    def _back(self) -> None:
        """The button that leads back: the first beside the primary one, the primary one of a single-way screen, or
        the last answer of a question that lies over the screen."""
        screen = self._screen
        ways = [*screen.secondary[:1], *([screen.primary] if screen.primary else []), *screen.choices[-1:]]
        back = next((way for way in ways if way.action in LEADS_BACK), None)
        for target in self.view.targets():
            if target.button == back:
                target.activate()
                return

    def _typed(self, key: Qt.Key, text: str) -> None:
        entry = self._screen.entry
        if entry and (button := key_of(entry, key, text)):
            self._by_keys = True
            self._chosen(button)
            self._focus_primary()

    def _press_focused(self) -> None:
        focused = self.focusWidget()
        if isinstance(focused, BigButton):
            focused.activate()

    # focus

    def _move_focus(self, key: Qt.Key) -> None:
        targets = [target for target in self.view.targets() if target.isEnabled()]
        if not targets:
            return
        focused = self.focusWidget()
        at = next((place for place, target in enumerate(targets) if target is focused), -1)
        if not self._by_keys and at >= 0:
            self._focus(targets[at])  # the first key only shows where one is
        elif key in STEPS:
            self._focus(targets[(at + STEPS[key]) % len(targets)])
        else:
            below = nearest(targets, targets[at], LINES[key])
            self._focus(below or targets[(at + LINES[key]) % len(targets)])
        self._read(*self._focused_words())

    def _focused_words(self) -> tuple[str, ...]:
        """Where the keys stand; nothing of the keys of the staff's PIN, which whoever can hear them would learn."""
        focused, entry = self.focusWidget(), self._screen.entry
        if not isinstance(focused, BigButton) or (entry and entry.field == "staff_pin" and focused.button.value):
            return ()
        return words_for(focused, self._translate)

    def _translate(self, key: str, **values: object) -> str:
        return self.session.texts(key, self.session.look.lang, **values)

    def _focus(self, target: BigButton) -> None:
        self._by_keys = True
        if self._to_confirm:
            self._to_confirm = None
            self.session.remind("")
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self._show_ring()

    def _focus_first(self) -> None:
        """The first answer, else the primary button: never the tools on top."""
        tools = [tool.action for tool in self._screen.tools]
        targets = [target for target in self.view.targets() if target.isEnabled()]
        answers = [one for one in targets if one.button.action not in (*tools, TALK, "help")]
        if self._screen.kind in ("idle", "attract", "prerequisites", "receipt", "goodbye", "slip", "explain", "card"):
            answers = [one for one in answers if one.style_.primary] or answers
        if answers or targets:
            (answers or targets)[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_before(self, gone: QWidget | None, ways: list[BigButton]) -> None:
        """What was focused cannot be pressed any more: the nearest before it that can."""
        still = [one for one in self.view.targets() if one.isEnabled()]
        at = next((place for place, one in enumerate(ways) if one is gone), 0)
        for way in reversed(ways[:at]):
            if any(way is one for one in still):
                way.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self._focus_first()

    def _tell_landing(self) -> None:
        if self._by_keys and self._screen.kind != "practice":
            self.reader.say("landing", self._focused_words())

    def _focus_primary(self) -> None:
        for target in self.view.targets():
            if target.style_.primary and target.isEnabled():
                target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_ring(self) -> None:
        focused = self.focusWidget()
        shown = self._by_keys and isinstance(focused, BigButton) and not focused.isHidden()
        self.view.ring.around(focused if shown else None)

    # time and the rest

    def _tick(self) -> None:
        self.session.tick()
        self.reader.tick()
        self.listen()

    def listen(self) -> None:
        """Open or shut the ears, as speech and devices are at this moment."""
        if self.listener.follow(self._hearable()):
            self.refresh()

    def _show_level(self, level: float) -> None:
        if meter := self.view.meter():
            meter.set(level)

    def showEvent(self, event: QShowEvent) -> None:
        self._fingers.watch()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._ticker.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.refresh()


def key_of(entry: Entry, key: Qt.Key, text: str) -> Button | None:
    """The key of the pad that a key of the keyboard stands for."""
    if key == Qt.Key.Key_Backspace:
        return Button("erase", "")
    if key == Qt.Key.Key_Delete:
        return Button("clear", "")
    if entry.kind in ("name", "hand"):
        if text.isascii() and text.isalpha():
            return Button("letter", text, text)
        if text.isdigit() and 1 <= int(text) <= len(entry.candidates):
            picked = entry.candidates[int(text) - 1]
            return Button("pick", picked, picked)
    elif entry.kind in BY_DIGITS and (text.isdigit() or text.upper() in entry.extra_keys):
        return Button("type", text, text.upper())
    return None


def nearest(targets: list[BigButton], start: BigButton, direction: int) -> BigButton | None:
    """The target whose middle lies nearest below (`direction` 1) or above (-1) `start`."""

    def away(target: BigButton) -> float:
        here, there = middle(start.geometry()), middle(target.geometry())
        return abs(there.y() - here.y()) + 2 * abs(there.x() - here.x())

    def beyond(target: BigButton) -> bool:
        if direction > 0:
            return target.geometry().top() > start.geometry().bottom()
        return target.geometry().bottom() < start.geometry().top()

    return min((target for target in targets if beyond(target)), key=away, default=None)


def middle(rect: QRect) -> QPoint:
    return rect.center()
