"""The visitor's process of a real terminal with sync process and hall; microphone and loudspeaker alone are played."""

import time
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from socket import create_server, socket
from threading import Thread
from typing import Any
from uuid import uuid4

from hall_support import RIGHT_ANSWERS, HallProcess, submission
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kiosk.entry.strokes import Stroke
from kiosk.operations.enrolment import enrol
from kiosk.operations.settings import Settings
from kiosk.processes.draft_file import DraftFile
from kiosk.processes.equipment import Equipment
from kiosk.processes.messages import SyncReady
from kiosk.processes.supervisor import Handover
from kiosk.processes.sync_process import run_sync_process
from kiosk.state.draft import Draft
from offline_cache.store import Store
from offline_cache.worker import HallState
from ui.devtools.played import PlayedMicrophone
from ui.processes import visitor as visitors
from ui.processes.supervised import SupervisedProcess
from ui.widgets.button import BigButton
from ui.window.transition import Fade
from voice.audio.samples import Samples

SIZE_PX = (1080, 1920)
ALIVE_AGAIN_S = 0.6  # a place that was pressed is dead for half a second
GIVES_UP_S = 10.0


class PlayedInput(QObject):
    """A microphone (voice.devices.qt_audio.Microphone) into which sound is played."""

    changed = Signal()
    missing = ""

    def __init__(self, chosen: str = "") -> None:
        super().__init__()
        self._played = PlayedMicrophone()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._played, name)


class TimedLoudspeaker(QObject):
    """A loudspeaker that is silent at once, and knows when it was last given something."""

    changed, finished = Signal(), Signal()
    available, missing = True, ""

    def __init__(self, *chosen: str) -> None:
        super().__init__()
        self.played_at = 0.0

    def play(self, samples: Samples, rate: int, volume: float = 1.0) -> bool:
        self.played_at = time.perf_counter()
        QTimer.singleShot(0, self.finished)
        return True

    def stop(self) -> None: ...


class FirstSight(QObject):
    """When the screen that a call is being made was painted, with nothing of the screen before over it."""

    def __init__(self, visitor: visitors.VisitorProcess) -> None:
        super().__init__()
        self._visitor, self._window = visitor, visitor.window
        self.seen_at = 0.0
        self._window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest and not self.seen_at and self._shows_it():
            QTimer.singleShot(0, self._painted)
        return False

    def _shows_it(self) -> bool:
        fades = any(one.isVisible() for one in self._window.findChildren(Fade))
        return not fades and self._visitor.session.screen().kind == "help"

    def _painted(self) -> None:
        self.seen_at = self.seen_at or time.perf_counter()


class PressedKiosk:
    """One terminal, one visitor after the other. `hall_is` says how the hall behaves from then on."""

    def __init__(self, folder: Path) -> None:
        visitors.Microphone, visitors.Loudspeaker = PlayedInput, TimedLoudspeaker  # type: ignore[misc, assignment]
        self._folder, self.ahead_s = folder, 0.0
        (folder / "hall").mkdir()
        self.hall: HallProcess | None = HallProcess(folder / "hall").start()
        self._port, self._hall_key = self.hall.port, self.hall.public_key
        self._deaf: socket | None = None
        self._settings = Settings(data=folder / "kiosk")
        self._settings.data.mkdir(mode=0o700)
        learned = Settings().derived_folder
        if learned.is_dir():  # learning it anew takes seconds
            self._settings.derived_folder.symlink_to(learned)
        self.store = Store.open(self._settings.store_file)
        enrol(self._settings, self.store, self.hall.started["code"], self.hall.url, own_hall=True)
        self.store.close()
        self._begin_sync()
        self._process = SupervisedProcess(self._pipe)
        self._process.told.connect(self._told)
        self._state = HallState()
        self.store = Store.open(self._settings.store_file)
        self.equipment = Equipment(self._settings)
        new_session = self.equipment.new_session
        self.equipment.new_session = partial(new_session, monotonic=lambda: time.monotonic() + self.ahead_s)  # type: ignore[method-assign]
        self._visitors: list[visitors.VisitorProcess] = []  # all of them: what they leave behind ends with a process
        self.new_visitor()

    def _begin_sync(self) -> None:
        """The supervisor is left out: it would only hand on what the two processes tell each other."""
        assert self.hall
        context = get_context("fork")
        self._pipe, theirs = context.Pipe()
        self._sync = context.Process(target=self._run_sync, args=(self.hall.url, self._pipe, theirs), daemon=True)
        self._sync.start()
        theirs.close()

    def _run_sync(self, url: str, not_ours: Connection, ours: Connection) -> None:
        not_ours.close()  # else nobody would notice that the other process has ended
        run_sync_process(self._settings, url, [], ours)

    def _told(self, what: object) -> None:
        if isinstance(what, HallState):
            self._state = what
        if self._visitors:
            self.visitor.told(what)

    def new_visitor(self, goes_on: Draft | None = None) -> None:
        """`goes_on`: what the process before shows last."""
        if self._visitors:
            self.visitor.window.close()
        scratch = self._folder / f"scratch-{uuid4()}"
        scratch.mkdir()
        ready = SyncReady(f"http://127.0.0.1:{self._port}", None)
        handover = Handover(DraftFile(scratch / "draft"), goes_on, scratch, ready, self._state)
        self._visitors.append(visitors.VisitorProcess(self.equipment, self._pipe, handover, windowed=True))
        self.visitor.window.resize(*SIZE_PX)
        QApplication.processEvents()

    @property
    def visitor(self) -> visitors.VisitorProcess:
        return self._visitors[-1]

    @property
    def session(self) -> Any:
        return self.visitor.session

    @property
    def microphone(self) -> PlayedMicrophone:
        return self.visitor._microphone._played  # type: ignore[attr-defined, no-any-return]

    def target(self, action: str) -> BigButton:
        return next(one for one in self.visitor.window.view.targets() if one.button.action == action)

    def until(self, happened: Callable[[], bool], seconds: float = GIVES_UP_S) -> bool:
        gives_up = time.monotonic() + seconds
        while not happened():
            if time.monotonic() > gives_up:
                return False
            QTest.qWait(1)
        return True

    def wait_s(self, seconds: float) -> None:
        """While everything goes on."""
        QTest.qWait(int(seconds * 1000))

    # what people do

    def press(self, after_s: float = 0.0) -> tuple[float, float]:
        """A finger on the button for help, whatever the program is doing by then: seconds until seen and until heard.

        The call is taken back afterwards. GIVES_UP_S for what never came."""
        button, sight = self.target("help"), FirstSight(self.visitor)
        loudspeaker: Any = self.visitor._loudspeaker
        pressed: list[float] = []
        Thread(target=_finger, args=(button, after_s, pressed), daemon=True).start()
        self.until(lambda: bool(pressed and sight.seen_at and loudspeaker.played_at > pressed[0]), after_s + GIVES_UP_S)
        self.visitor.window.removeEventFilter(sight)
        took = [at - pressed[0] if at > pressed[0] else GIVES_UP_S for at in (sight.seen_at, loudspeaker.played_at)]
        self.session.do("cancel_help")
        self.wait_s(ALIVE_AGAIN_S)
        return took[0], took[1]

    def nobody_moves(self, seconds: float) -> None:
        """The visit's clock runs ahead."""
        self.ahead_s += seconds
        self.session.tick()

    # what the walks through errands need of a terminal (kiosk.walk.walked_terminal)

    @property
    def catalogue(self) -> Any:
        return self.equipment.catalogue

    @property
    def pinyin(self) -> Any:
        return self.equipment.pinyin

    def do(self, action: str, value: str | None = None) -> None:
        self.session.do(action, value)

    def write(self, stroke: Stroke) -> None:
        self.session.write(stroke)
        QTest.qWait(300)  # it is read in the background

    # the hall

    def hall_is(self, how: str) -> None:
        """ "up", "down", or "silent": it takes connections and never answers."""
        if self._deaf:
            self._deaf.close()
            self._deaf = None
        if self.hall and how != "up":
            self.hall.stop()
            self.hall = None
        if how == "up" and self.hall is None:
            self.hall = HallProcess(self._folder / "hall", self._port).start()
        if how == "silent":
            self._deaf = create_server(("127.0.0.1", self._port), backlog=128)
        self._pipe.send("look at the hall")

    def keep_forms(self, count: int) -> None:
        """As many forms wait here, and the hall is to have them now."""
        forms = {uuid4(): f"YL-{uuid4()}" for _ in range(count)}
        self.store.keep(
            {form: submission(self._hall_key, form, RIGHT_ANSWERS, number) for form, number in forms.items()}
        )
        self._pipe.send("there are forms")

    def close(self) -> None:
        self.hall_is("down")
        self.visitor.window.close()
        self.until(lambda: not self._pipe.poll())
        self._pipe.close()
        self._sync.join(20)
        self.store.close()


def _finger(button: BigButton, after_s: float, pressed: list[float]) -> None:
    """Comes down and goes up at once, from outside the program's own thread."""
    time.sleep(after_s)
    middle = QPointF(button.rect().center())
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    pressed.append(time.perf_counter())
    for kind, held in ((QEvent.Type.MouseButtonPress, left), (QEvent.Type.MouseButtonRelease, none)):
        event = QMouseEvent(kind, middle, middle, left, held, Qt.KeyboardModifier.NoModifier)
        QApplication.postEvent(button, event)
