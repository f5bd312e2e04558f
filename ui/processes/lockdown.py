"""Nobody leaves the kiosk's window: what leads out of it is taken away; staff knock for the maintenance screen.

The knock: three touches in the very corner at the top left, then three at the top right, within ten seconds. On a
keypad: up, up, down, down, left, right, left, right.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QInputDevice, QKeyEvent, QMouseEvent, QTouchEvent
from PySide6.QtWidgets import QApplication, QWidget

CORNER_MM = 15.0
KNOCK_S = 10.0
_KEYS = {Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down", Qt.Key.Key_Left: "left", Qt.Key.Key_Right: "right"}
KNOCKS = (("top left",) * 3 + ("top right",) * 3, ("up", "up", "down", "down", "left", "right", "left", "right"))

_LEADING_OUT = frozenset(
    {
        QEvent.Type.Close,  # Alt+F4, a window manager
        QEvent.Type.ContextMenu,
        QEvent.Type.Gesture,
        QEvent.Type.GestureOverride,
        QEvent.Type.NativeGesture,
        QEvent.Type.DragEnter,
        QEvent.Type.DragMove,
        QEvent.Type.Drop,
        QEvent.Type.InputMethod,
        QEvent.Type.Shortcut,
        QEvent.Type.WhatsThisClicked,
        QEvent.Type.ToolTip,
    }
)
_MOUSE = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick})
_COVERED = frozenset({QEvent.Type.WindowStateChange, QEvent.Type.WindowDeactivate})
_WITH_CONTROL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Knock:
    """Counts what may be a knock. `clock` in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._heard: list[tuple[float, str]] = []

    def heard(self, what: str) -> bool:
        """One touch or key, by its place or name; whether a knock is complete with it."""
        now = self._clock()
        longest = max(len(knock) for knock in KNOCKS)
        self._heard = [*self._heard, (now, what)][-longest:]
        names = tuple(name for at, name in self._heard if now - at <= KNOCK_S)
        complete = any(names[-len(knock) :] == knock for knock in KNOCKS)
        if complete:
            self._heard.clear()
        return complete


class Lockdown(QObject):
    """Watches the whole application for `window`; `knocked` opens the maintenance screen."""

    def __init__(
        self,
        window: QWidget,
        px_per_mm: Callable[[], float],
        knocked: Callable[[], None],
        *,
        full_screen: bool,
    ) -> None:
        super().__init__(window)
        self._window, self._knocked, self._full_screen = window, knocked, full_screen
        self._px_per_mm = px_per_mm  # known once the window has its size
        self._knock = Knock()
        window.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        window.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        window.setAcceptDrops(False)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setQuitOnLastWindowClosed(False)
        app.installEventFilter(self)
        if full_screen:
            QGuiApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _LEADING_OUT:
            event.ignore()
            return True
        if kind in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent):
            if event.modifiers() & _WITH_CONTROL:
                event.accept()
                return True
            if kind == QEvent.Type.KeyPress and watched is self._window and not event.isAutoRepeat():
                return self._listen(_KEYS.get(Qt.Key(event.key()), "another"))
        elif kind in _MOUSE and isinstance(event, QMouseEvent):
            if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton):
                return True
            by_finger = event.device().type() == QInputDevice.DeviceType.TouchScreen  # counted as a touch below
            if kind == QEvent.Type.MouseButtonPress and watched.isWindowType() and not by_finger:
                self._listen(self._place(event.globalPosition()))
        elif kind == QEvent.Type.TouchBegin and isinstance(event, QTouchEvent) and watched.isWindowType():
            self._listen(self._place(event.point(0).globalPosition()))
        elif self._full_screen and watched is self._window and kind in _COVERED:
            self._back_in_front()
        return False

    def _listen(self, what: str) -> bool:
        if self._knock.heard(what):
            self._knocked()
            return True
        return False

    def _place(self, at: QPointF) -> str:
        """Which corner of the window that is."""
        here, corner = self._window.mapFromGlobal(at), CORNER_MM * self._px_per_mm()
        if here.y() >= corner or corner <= here.x() < self._window.width() - corner:
            return "elsewhere"
        return "top left" if here.x() < corner else "top right"

    def _back_in_front(self) -> None:
        """Something minimised or covered the window."""
        if self._window.isVisible() and (self._window.isMinimized() or not self._window.isActiveWindow()):
            self._window.showFullScreen()
            self._window.raise_()
            self._window.activateWindow()
