"""Light and chime of an open call, joined to a visit."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from kiosk.devices.call_light import light_for
from kiosk.operations.settings import Settings
from kiosk.session.call_alarm import CallAlarm
from kiosk.session.session import Session
from voice.audio.chime import chime
from voice.devices.qt_audio import Loudspeaker
from voice.speech.sound import RATE


class Alarm(QObject):
    """The chime is silent while the kiosk is `busy` with speech."""

    def __init__(self, session: Session, settings: Settings, busy: Callable[[], bool]) -> None:
        super().__init__()
        self._session, self._busy, self._chime = session, busy, chime(RATE)
        self._loudspeaker = Loudspeaker(settings.loudspeaker, settings.headset, self)
        self._alarm = CallAlarm(
            light_for(settings.call_light),
            self._sound,
            time.monotonic,
            while_waiting=settings.call_alarm == "waiting",
        )
        self._timer = QTimer(self)
        self._timer.setInterval(500)
        self._timer.timeout.connect(self._follow)
        if settings.call_alarm != "off":
            self._timer.start()
        if application := QCoreApplication.instance():
            application.aboutToQuit.connect(self.stop)

    def stop(self) -> None:
        self._timer.stop()
        self._loudspeaker.stop()
        self._alarm.stop()

    def _follow(self) -> None:
        if self._busy():
            self._loudspeaker.stop()
        self._alarm.follow(self._session.state.hall.call)

    def _sound(self) -> None:
        if not self._busy():
            self._loudspeaker.play(self._chime, RATE)
