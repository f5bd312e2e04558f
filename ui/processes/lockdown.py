"""Nobody leaves the kiosk's window: whatever leads out of it is taken away, but for the secret gesture of staff."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QInputDevice, QKeyEvent, QMouseEvent, QTouchEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.processes.staff_gesture import StaffGesture

CORNER_MM = 15.0
_KEYS = {Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down", Qt.Key.Key_Left: "left", Qt.Key.Key_Right: "right"}

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


class Lockdown(QObject):
    """Filters the events of the whole application for `window`; `gesture_made` opens the maintenance screen."""

    def __init__(
        self,
        window: QWidget,
        px_per_mm: Callable[[], float],
        gesture_made: Callable[[], None],
        *,
        full_screen: bool,
    ) -> None:
        super().__init__(window)
        self._window, self._gesture_made, self._full_screen = window, gesture_made, full_screen
        self._px_per_mm = px_per_mm  # known once the window has its size
        self._gesture = StaffGesture()
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
                return self._completes(_KEYS.get(Qt.Key(event.key()), "another"))
        elif kind in _MOUSE and isinstance(event, QMouseEvent):
            if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton):
                return True
            by_finger = event.device().type() == QInputDevice.DeviceType.TouchScreen  # counted as a touch below
            if kind == QEvent.Type.MouseButtonPress and watched.isWindowType() and not by_finger:
                self._completes(self._place(event.globalPosition()))
        elif kind == QEvent.Type.TouchBegin and isinstance(event, QTouchEvent) and watched.isWindowType():
            self._completes(self._place(event.point(0).globalPosition()))
        elif self._full_screen and watched is self._window and kind in _COVERED:
            self._back_in_front()
        return False

    def _completes(self, step: str) -> bool:
        """Whether the gesture is complete with this touch or key."""
        if self._gesture.take(step):
            self._gesture_made()
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
