"""The window: draws the screens of the session, and tells the session of touches, keys and speech."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from kiosk.entry.strokes import Stroke
from kiosk.screens.common.model import EASILY_LOST, IRREVERSIBLE, Button, Phrase, Screen
from kiosk.session.session import Session
from kiosk.state.actions import AnyAction
from ui.input.fingers import Fingers
from ui.look.theme import Theme
from ui.speech.accessible import announce, install, words_for
from ui.speech.listener import PAGE, TALK, Listener
from ui.speech.screen_reader import ScreenReader
from ui.widgets.button import BigButton
from ui.widgets.touch import TouchGuard
from ui.window.focus import KeyFocus
from ui.window.keys import BACK_KEY, KEYS, PRESS_KEYS, key_of, moves_focus, tried, way_back
from ui.window.transition import Fade
from ui.window.view import View

TICK_MS = 500


class KioskWindow(QWidget):
    """The window of one terminal. `keys` are the special keys of the kiosk's own keypad, with their actions."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        reader: ScreenReader,
        listener: Listener,
        *,
        keys: Mapping[Qt.Key, AnyAction] = KEYS,
        clock: Callable[[], float] = time.monotonic,
        dead_s: float = 0.5,
        near_miss_mm: float = 3.0,
        fades: bool = False,
    ) -> None:
        super().__init__()
        install()
        self.session, self.theme, self.reader, self.listener = session, theme, reader, listener
        self._keys = keys
        self._guard = TouchGuard(clock, dead_s, near_miss_mm)
        self.view = View(self, theme, self._guard, self._translate)
        self.view.pool.chosen.connect(self._chosen)
        self.view.pool.keyed.connect(self._keyed)
        self.view.pool.touched.connect(self._touched)
        self.view.pool.lifted.connect(self._lifted)
        self.view.pool.read.connect(self._read)
        self.view.pool.written.connect(self._written)
        self._fingers = Fingers(self)
        self._fade = Fade(self) if fades else None
        self._focus = KeyFocus(self.view)
        self._to_confirm: Button | None = None  # cannot be taken back, was pressed once, and has to be pressed again
        self._screen: Screen = session.screen()
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.resize(*theme.size_px)
        session.on_change(self.refresh)
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
        self.session.panel_is(tall=self._theme().tall)
        before, self._screen = self._screen, self.session.screen()
        if _answers(self._screen, before):
            self._guard.changed()
        fade = self._fade if self.isVisible() else None
        seen = self.view.grab() if fade and self._screen.name != before.name else None
        self.theme = self._theme()
        self.view.setGeometry(self.rect())
        if self._screen.kind == "attract" != before.kind:
            self._focus.by_keys = False
            self.reader.forget()
        stood, targets = self._focus.widget, self.view.targets()
        self.view.draw(self._screen, self.theme, self.listener.hearing())
        hearable = self._hearable()
        if self.listener.follow(hearable) or hearable is not self._screen:
            self.view.draw(hearable, self.theme, self.listener.hearing())
        if self._screen.name != before.name:
            self._to_confirm = None
            self._focus.to_first(self._screen)
            self._tell_landing()
        elif self._focus.widget is not stood or not any(stood is one for one in self.view.targets()):
            # Qt leaves the focus on what is hidden while another window is in front.
            self._focus.to_before(stood, targets, self._screen)
        self._focus.show_ring()
        self._tell_outside(before)
        if fade and seen:
            fade.begin(seen)
        elif fade:
            fade.end()

    def _theme(self) -> Theme:
        """How the visitor wants it, on this panel."""
        look, size, diagonal_mm = self.session.look, (self.width(), self.height()), self.theme.diagonal_mm
        theme = Theme(size, diagonal_mm, look.text, look.contrast, words=self.session.words)
        return replace(theme, lower=theme.tall and look.reach == "lower")

    def _tell_outside(self, before: Screen) -> None:
        """Tell a screen reader from outside of a new screen or error."""
        self.setWindowTitle(self._screen.title)
        if self._screen.name != before.name:
            announce(self, self._screen.title)
        if self._screen.error != before.error:
            announce(self, self._screen.error)

    def _hearable(self) -> Screen:
        """The screen with what may be said now: words turn the page until the last one was shown."""
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

    # touches

    def _keyed(self) -> None:
        self._focus.by_keys = True

    def _touched(self, button: Button) -> None:
        self._focus.by_keys = False
        if self._fade:
            self._fade.end()  # people have to see what they press
        self.reader.hush()
        self._focus.show_ring()
        if button.action == TALK:
            self.listener.hold()

    def _lifted(self, button: Button) -> None:
        if button.action == TALK:
            self.listener.let_go()

    def _chosen(self, button: Button) -> None:
        self.reader.hush()
        said, name, stood = self.session.utterances, self._screen.name, self._focus.widget
        twice = IRREVERSIBLE if self._focus.by_keys else EASILY_LOST
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
            if self.session.utterances == said:
                self.reader.echo(button, self._screen.entry if self._focus.by_keys else None)
        if self._screen.name == name and self._focus.widget is not stood:
            self._tell_landing()

    def _written(self, stroke: Stroke) -> None:
        self._focus.by_keys = False
        self.reader.hush()
        self.session.write(stroke)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press between buttons does nothing; a button that cannot be pressed now is read aloud."""
        event.accept()
        self.session.somebody_is_here()
        hit = self.view.childAt(event.position().toPoint())
        if isinstance(hit, BigButton):
            self._read(*words_for(hit, self._translate))

    def _read(self, *words: str) -> None:
        """Read what somebody has reached; they are still there."""
        self.session.somebody_is_here()
        self.reader.say("focus", words)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """On the attract screen a touch anywhere begins the visit."""
        if self._screen.kind == "attract":
            self.session.do("start")

    # keys

    def event(self, event: QEvent) -> bool:
        # Qt would use Tab for its own focus chain before keyPressEvent sees it.
        if isinstance(event, QKeyEvent) and event.type() is QKeyEvent.Type.KeyPress:
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Keep Qt from moving the focus: Tab is handled in `keyPressEvent`."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.isAutoRepeat() and (self._screen.kind == "practice" or not moves_focus(key)):
            return
        if self._screen.kind == "practice":
            self._try_key(key)
        elif self._screen.kind == "attract" and self._keys.get(key) not in ("help", TALK):
            self._begin()
        elif action := self._keys.get(key):
            self._key_action(action)
        elif moves_focus(key):
            self._move_focus(key)
        elif key in PRESS_KEYS:
            self._press_focused()
        elif key == BACK_KEY:
            self._back()
        elif self._screen.entry:
            self._typed(key, event.text().lower())

    def _begin(self) -> None:
        self._focus.by_keys = True
        self.reader.hush()
        self.session.key_pressed()

    def _key_action(self, action: AnyAction) -> None:
        self.reader.hush()
        self._to_confirm = None
        if action == TALK:
            self.listener.hold()
        else:
            self.session.do(action)

    def _try_key(self, key: Qt.Key) -> None:
        if name := tried(key, self._keys):
            self._focus.by_keys = True
            self.session.do("try_key", name)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat() and self._keys.get(Qt.Key(event.key())) == TALK:
            self.listener.let_go()

    def _back(self) -> None:
        back = way_back(self._screen)
        for target in self.view.targets():
            if target.button == back:
                target.activate()
                return

    def _typed(self, key: Qt.Key, text: str) -> None:
        entry = self._screen.entry
        if entry and (button := key_of(entry, key, text)):
            self._focus.by_keys = True
            self._chosen(button)
            self._focus.to_primary()

    def _press_focused(self) -> None:
        if button := self._focus.button:
            button.activate()

    def _move_focus(self, key: Qt.Key) -> None:
        target = self._focus.next_by(key)
        if target is None:
            return
        self._focus.by_keys = True
        if self._to_confirm:
            self._to_confirm = None
            self.session.remind("")
        self._focus.go(target)
        self._read(*self._focused_words())

    def _focused_words(self) -> tuple[str, ...]:
        """What is said of the button with the focus; nothing for the keys of the staff PIN, which others would hear."""
        focused, entry = self._focus.button, self._screen.entry
        if focused is None or (entry and entry.field == "staff_pin" and focused.button.value):
            return ()
        return words_for(focused, self._translate)

    def _translate(self, key: str, **values: object) -> str:
        return self.session.texts(key, self.session.look.lang, **values)

    def _tell_landing(self) -> None:
        if self._focus.by_keys and self._screen.kind != "practice":
            self.reader.say("landing", self._focused_words())

    # time and the rest

    def _tick(self) -> None:
        self.session.tick()
        self.reader.tick()
        self.listen()

    def listen(self) -> None:
        """Open or shut the microphone, as speech and devices are now."""
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


def _answers(screen: Screen, before: Screen) -> bool:
    """Whether it is another screen than before, or says something new."""
    new_words = (screen.error and screen.error != before.error) or (screen.remark and screen.remark != before.remark)
    return screen.name != before.name or bool(new_words)
