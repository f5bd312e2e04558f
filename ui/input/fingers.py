"""Touch events, finger by finger. Qt makes mouse events of the first finger only, and that may be a resting palm."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QEventPoint, QMouseEvent, QTouchEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.widgets.writing_field import WritingField

_KINDS = {
    QEventPoint.State.Pressed: QEvent.Type.MouseButtonPress,
    QEventPoint.State.Updated: QEvent.Type.MouseMove,
    QEventPoint.State.Released: QEvent.Type.MouseButtonRelease,
}
_NOWHERE = QPointF(-1e4, -1e4)  # a finger that is lifted here presses nothing


class Fingers(QObject):
    """Sends each finger's touches, as mouse events, to the widget that it came down on.

    Whether a finger counts is decided in ui.widgets.touch. The writing field gets its fingers as they are.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._on: dict[int, QWidget] = {}  # by the number of the finger

    def watch(self) -> None:
        """Call whenever the window is shown: before that it has no native window whose events can be filtered."""
        self._window.windowHandle().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QTouchEvent):
            return False
        for point in event.points():
            self._finger(point, event)
        return True

    def _finger(self, point: QEventPoint, event: QTouchEvent) -> None:
        cancelled = event.type() is QEvent.Type.TouchCancel
        kind = QEvent.Type.MouseButtonRelease if cancelled else _KINDS.get(point.state())
        place = _NOWHERE if cancelled else point.position()
        if kind is QEvent.Type.MouseButtonPress:
            self._on[point.id()] = self._window.childAt(place.toPoint()) or self._window
        target = self._on.get(point.id())
        if target is None or kind is None:
            return
        here = target.mapFrom(self._window, place)
        if isinstance(target, WritingField):
            target.forget() if cancelled else target.finger(point, here)
        else:
            moves, lifts = kind is QEvent.Type.MouseMove, kind is QEvent.Type.MouseButtonRelease
            none, left = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
            mouse = QMouseEvent(
                kind,
                here,
                place,
                point.globalPosition(),
                none if moves else left,
                none if lifts else left,
                Qt.KeyboardModifier.NoModifier,
                event.pointingDevice(),
            )
            QApplication.sendEvent(target, mouse)
        if kind is QEvent.Type.MouseButtonRelease:
            self._on.pop(point.id(), None)
