"""The process of one visitor: window, voice and ears. It ends with the visit; the supervisor brings the next one."""

import logging
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from multiprocessing.connection import Connection
from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from kiosk.operations.doctor_process import ask_doctor
from kiosk.operations.staff_pin import StaffLock
from kiosk.processes.draft_file import DraftFile
from kiosk.processes.equipment import Equipment
from kiosk.processes.messages import Degraded, ProcessMessage, SyncReady, VisitOver
from kiosk.processes.supervisor import Handover
from kiosk.processes.sync_process import RemoteSync
from kiosk.session.common.maintenance_service import MaintenanceService
from kiosk.session.session import Session
from kiosk.state.draft import DraftError
from kiosk.state.maintenance import Finding
from offline_cache.versions.rollback import open_store
from offline_cache.worker import HallState
from ui.look.files import draw_from
from ui.look.theme import Theme
from ui.processes.alarm import Alarm
from ui.processes.application import WINDOW_PX, diagonal_mm, put_on_screen
from ui.processes.background import in_background
from ui.processes.lockdown import Lockdown
from ui.processes.peripherals import Peripherals, devices_of
from ui.processes.supervised import SupervisedProcess
from ui.speech.microphone_listener import MicrophoneListener
from ui.speech.recognising import RecognisingThread
from ui.speech.screen_reader import ScreenReader
from ui.speech.speech_player import SpeechPlayer
from ui.window.keys import KEYS
from ui.window.window import KioskWindow
from voice.devices.qt_audio import Headset, Loudspeaker, Microphone
from voice.speech.live import LiveVoice

log = logging.getLogger(__name__)


class VisitorProcess:
    """All that one visitor sees, hears and says."""

    def __init__(self, equipment: Equipment, supervisor: Connection, handover: Handover, *, windowed: bool) -> None:
        tempfile.tempdir = str(handover.scratch)
        settings = self._settings = equipment.settings
        draw_from(settings.assets, settings.county_in_use)
        self._supervisor, self._sync_ready, self._problems = supervisor, handover.sync_ready, equipment.problems
        store = open_store(settings.store_file)
        self._sync = RemoteSync(store, supervisor, handover.hall)
        self.session = equipment.new_session(
            store, self._sync, lambda: self._sync_ready.hall_url, handover.sync_ready.damaged_store, in_background
        )
        self._microphone = Microphone(settings.microphone)
        self._loudspeaker = Loudspeaker(settings.loudspeaker, settings.headset)
        self._headset = Headset(settings.headset) if settings.headset else None
        self._speaker = SpeechPlayer(equipment.prompts, LiveVoice(), self._loudspeaker, self._headset)
        self._reader = ScreenReader(self.session, self._speaker)
        self.window = KioskWindow(
            self.session,
            Theme(WINDOW_PX, diagonal_mm(settings.diagonal_mm), settings.text, settings.contrast),
            self._reader,
            MicrophoneListener(
                self.session,
                self._microphone,
                equipment.recogniser,
                lambda: self._reader.audible,
                RecognisingThread(),
            ),
            keys={**KEYS, Qt.Key[f"Key_{settings.help_key}"]: "help"},
            dead_s=settings.dead_time_ms / 1000,
            near_miss_mm=settings.near_miss_mm,
            fades=settings.fades,
        )
        self._peripherals = Peripherals(self.window, devices_of(settings))
        self._alarm = Alarm(self.session, settings, lambda: self._speaker.audible or self._microphone.listening)
        self._watch_devices()
        self._take_over(handover)
        self._journal = Journal(self.session, handover.draft_file, self._visit_over)
        self.session.on_change(self._changed)
        lock, note = StaffLock(settings.staff_pin, store), partial(store.audit.note, "staff")
        self.session.maintained_by(MaintenanceService(lock, self._examine, self._end, note))
        self._lockdown = Lockdown(
            self.window,
            lambda: self.window.theme.px_per_mm,
            self.session.open_maintenance,
            full_screen=not windowed,
        )
        self._first_frame = FirstFrame(self.window.view, lambda: supervisor.send(ProcessMessage.SHOWN))
        put_on_screen(self.window, windowed=windowed)

    def _take_over(self, handover: Handover) -> None:
        """Show what the process before this one showed last, if a draft of it is left."""
        draft = handover.goes_on or handover.draft_file.read()
        if draft is None:
            return
        try:
            self.session.restore(draft)
        except DraftError as error:
            log.error("%s", error)

    def _changed(self) -> None:
        self.window.refresh()
        self._journal.follow()
        if self._headset:
            self._headset.use(self.session.look.headset)

    def _visit_over(self, over: VisitOver) -> None:
        """Fall silent and take no more input: the next process is being started."""
        self._reader.forget()
        self._microphone.stop()
        self._peripherals.stop()
        self._alarm.stop()
        self.window.setEnabled(False)
        self._supervisor.send(over)

    def told(self, what: object) -> None:
        """The supervisor said `what`."""
        if isinstance(what, HallState):
            self._sync.state = what
        elif isinstance(what, SyncReady):
            self._sync_ready = what

    def _examine(self, show: Callable[[Sequence[Finding]], None]) -> None:
        lang = self.session.look.lang
        in_background(lambda: ask_doctor(lang), show, lambda away: show([Finding("doctor", "failed", str(away))]))

    def _end(self, how: Literal["restart", "quit"]) -> None:
        self._supervisor.send(ProcessMessage.RESTART if how == "restart" else ProcessMessage.QUIT)

    def _watch_devices(self) -> None:
        for device in self._devices().values():
            device.changed.connect(self._devices_changed)
        self._speaker.quiet.connect(self.window.listen)
        self._devices_changed()

    def _devices(self) -> dict[str, Microphone | Loudspeaker]:
        headset = {"headset": self._headset} if self._headset else {}
        return {"microphone": self._microphone, "speaker": self._loudspeaker, **headset}

    def _devices_changed(self) -> None:
        self._supervisor.send(Degraded((*_troubles(self._devices()), *self._problems)))
        self.session.microphone_is(available=self._microphone.available)
        if self._headset:
            self.session.headset_is("plugged in" if self._headset.available else "unplugged")
        self.window.listen()


class Journal:
    """Keeps the draft of the visit up to date, and notices when the visit is over."""

    def __init__(self, session: Session, file: DraftFile, over: Callable[[VisitOver], None]) -> None:
        self._session, self._file, self._over = session, file, over
        self._begun = self._ended = False

    def follow(self) -> None:
        """Call whenever the session may have changed."""
        if self._ended:
            return
        draft = self._session.draft()
        if draft.location not in ("attract", "goodbye"):
            self._begun = True
            try:
                self._file.write(draft)
            except OSError as error:
                log.error("Nothing could be kept for the case of a crash: %s.", error.strerror)
        elif self._begun:
            self._ended = True
            self._over(VisitOver(draft))


class FirstFrame(QObject):
    """Tells once when a widget was painted for the first time."""

    def __init__(self, widget: QWidget, painted: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget, self._painted = widget, painted
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._widget.removeEventFilter(self)
            QTimer.singleShot(0, self._painted)
        return False


def visit(equipment: Equipment, windowed: bool, supervisor: Connection, handover: Handover) -> None:
    """The body of a visitor's process (kiosk.processes.supervisor)."""
    process = SupervisedProcess(supervisor)
    visitor = VisitorProcess(equipment, supervisor, handover, windowed=windowed)
    process.told.connect(visitor.told)
    process.run()


def _troubles(devices: Mapping[str, Microphone | Loudspeaker]) -> Iterator[str]:
    """What staff should know of the devices."""
    for name, device in devices.items():
        if not device.available:
            yield f"no {name}"
        elif device.missing:
            yield f"{name} {device.missing} is not there, another is used"
        if isinstance(device, Microphone) and device.silent:
            yield f"the {name} gives no sound"
