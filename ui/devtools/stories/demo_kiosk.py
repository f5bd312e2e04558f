"""The kiosk of a story: a real terminal, hall, store, recogniser and widgets; only the people are played."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import chain, count
from pathlib import Path

from pypinyin import lazy_pinyin
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kiosk.commands.common import CommandError
from kiosk.devices.call_light import LINE, light_for
from kiosk.operations.enrolment import enrol
from kiosk.operations.settings import Settings
from kiosk.processes.embedded_hall import EmbeddedHall
from kiosk.session.call_alarm import CallAlarm
from kiosk.state.actions import AnyAction
from kiosk.testing.relay import relay_to
from kiosk.testing.terminal import Terminal
from ui.devtools.played import PlayedMicrophone, PlayedSpeaker
from ui.devtools.stories.desk import StaffDesk
from ui.devtools.stories.people import STAFF, Persona
from ui.devtools.stories.steps import DemoStep, StepFailed
from ui.input.wedge import ScannerKeys
from ui.look.files import draw_from
from ui.look.theme import Theme
from ui.processes.background import in_background
from ui.speech.microphone_listener import MicrophoneListener
from ui.speech.screen_reader import ScreenReader
from ui.widgets.button import BigButton
from ui.window.window import KioskWindow
from voice.audio.recordings import read_wav
from voice.speech.prompts import Prompts

SIZE_PX = (1080, 1920)
DIAGONAL_MM = 686.0


class DemoKiosk:
    """A terminal, its window, a hall that can be switched off, and the record of what happened."""

    def __init__(self, settings: Settings, out: Path, seed: int, work: Path, desk: type[StaffDesk]) -> None:
        self.out, self.work, self.seed, self.visitor = out, work, seed, Persona.made_up(seed)
        self.slips: dict[str, str] = {}  # numbers that visitors have taken with them, by what they are for
        self.steps: list[DemoStep] = []
        self.seconds = 0.0  # that the kiosk's clocks are ahead of the real ones
        self.lamp, self.chimes = work / "lamp", 0  # what the alarm of a call has done
        self._kind_of_desk = desk
        self._desk: StaffDesk | None = None
        self.settings = settings.model_copy(update={"data": work / "kiosk", "call_light": f"{LINE}{self.lamp}"})
        if settings.derived_folder.is_dir():  # what a terminal has learned here takes seconds to learn anew
            self.settings.data.mkdir(mode=0o700)
            self.settings.derived_folder.symlink_to(settings.derived_folder)
        draw_from(settings.assets, settings.county_in_use)
        self._voice = Prompts.load(settings.assets / "demo")
        self.hall_folder, self.hall_county = work / "hall", settings.county
        first = EmbeddedHall(self.hall_folder, settings.assets, settings.county)
        self.hall: EmbeddedHall | None = first
        self._port, self.hall_public_url = first.port, ""
        self._pins: Iterator[str] = iter(())  # of the hall that is on, each as it is shown
        try:
            self.terminal = self._new_terminal()
            enrol(self.settings, self.terminal.store, first.code, first.url, own_hall=True)  # then the line broke
        finally:
            self.switch_hall_off()
        self._line = ExitStack()
        self.speaker, self.microphone, self._touches = PlayedSpeaker(), PlayedMicrophone(), count()
        self._begin()

    def _new_terminal(self) -> Terminal:
        return Terminal(self.settings, self.hall_url, clock=self.now)

    @property
    def hall_url(self) -> str:
        """Where the kiosk looks for the hall."""
        return f"http://127.0.0.1:{self._port}"

    def _begin(self) -> None:
        self.session = self.terminal.session(in_background, self.monotonic)
        self.session.microphone_is(available=self.microphone.available)
        self.window = KioskWindow(
            self.session,
            Theme(SIZE_PX, DIAGONAL_MM),
            ScreenReader(self.session, self.speaker),
            MicrophoneListener(self.session, self.microphone, self.terminal.recogniser, lambda: self.speaker.audible),
            clock=lambda: float(next(self._touches)),  # a second between touches: no target is dead
        )
        # A scanner's keys come close to each other, however busy this machine is.
        self._scanner = ScannerKeys(self.window, self.session.scanned, clock=lambda: 0.0)
        self._alarm = CallAlarm(light_for(self.settings.call_light), self._chime, self.monotonic)
        self.window.show()
        self.terminal.start()

    def restart(self) -> None:
        """Off and on again, as after a night: only what is on the disk is there afterwards."""
        self._end()
        self.terminal = self._new_terminal()
        self._begin()

    def _end(self) -> None:
        self.window.close()
        self._alarm.stop()
        self.terminal.stop()

    def close(self) -> None:
        self._end()
        if self._desk:
            self._desk.close()
        self._line.close()
        if self.hall:
            self.switch_hall_off()

    def monotonic(self) -> float:
        return time.monotonic() + self.seconds

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.seconds)

    def _chime(self) -> None:
        self.chimes += 1

    @contextmanager
    def step(self, name: str, *, staff: bool = False) -> Iterator[list[str]]:
        """One step of the report. The body adds what it saw to the list, and raises StepFailed when that is wrong.
        With `staff` there is a picture of the staff page too."""
        detail: list[str] = []
        started = time.monotonic()
        failures: tuple[type[Exception], ...] = (StepFailed, *self._kind_of_desk.failures)
        try:
            yield detail
            passed = True
        except failures as failure:
            detail.append(str(failure).partition("\n")[0])
            passed = False
        spoken = f"said: {' '.join(self.speaker.last)}" if self.speaker.last else ""
        seen = "; ".join(part for part in (*detail, spoken) if part)
        self.steps.append(DemoStep(name, passed, round((time.monotonic() - started) * 1000), seen))
        self.session.tick()  # what is known by now is on the screen too
        QApplication.processEvents()
        picture = self.out / f"{len(self.steps):02}-{name}.png"
        drawn = self.window.grab().save(str(picture))
        if staff and self._desk:
            drawn &= self._desk.draw(picture.with_name(f"{picture.stem}-staff.png"))
        if not drawn:
            raise CommandError(f"{picture} cannot be written: choose a folder with room that you may write to.")
        if not passed:
            raise StepFailed(name)

    # what people do

    def touch(self, action: AnyAction, value: str | None = None) -> None:
        """Press and release on the widget that offers this, turning pages until it is there."""
        for _ in range(20):
            targets = {(one.button.action, one.button.value): one for one in self.window.view.targets()}
            if (action, value) in targets:
                self._press(targets[action, value])
                return
            if ("page", "1") not in targets or not targets["page", "1"].isEnabled():
                break
            self._press(targets["page", "1"])
        raise StepFailed(f"nothing to touch for {action} {value or ''}")

    def read_on(self) -> None:
        """Turn the pages of the screen to the last one."""
        while self.window.view.page_left:
            self.touch("page", "1")

    def choose(self, service_id: str) -> None:
        """Touch a service on the home screen, in its group where it stands in one."""
        group = self.terminal.catalogue.service(service_id).group
        if any((one.action, one.value) == ("group", group) for one in self.session.screen().choices):
            self.touch("group", group)
        self.touch("choose", service_id)

    def _press(self, target: BigButton) -> None:
        middle = target.rect().center()
        QTest.mousePress(target, Qt.MouseButton.LeftButton, pos=middle)
        QTest.mouseRelease(target, Qt.MouseButton.LeftButton, pos=middle)
        QApplication.processEvents()

    def type(self, digits: str) -> None:
        for digit in digits:
            self.touch("type", digit)

    def write(self, name: str) -> None:
        """Spell a name; the demo's visitor knows pinyin."""
        if self.session.state.entry.method == "hand":
            self.touch("way", "letters")
        for character in name:
            self.spell(character)
            self.pick(character)

    def spell(self, character: str) -> None:
        for letter in lazy_pinyin(character, v_to_u=False)[0]:
            self.touch("letter", letter)

    def pick(self, character: str) -> None:
        while character not in self.session.state.entry.candidates:
            self.touch("more")
        self.touch("pick", character)

    def speak(self, phrase: str) -> str:
        """Press the button to speak, then speak from a sound file; what the listening bar shows afterwards."""
        self.touch("talk")
        self.say(phrase)
        return self.window.listener.hearing().line

    def say(self, phrase: str) -> None:
        """Speak from a sound file, into a microphone that is open."""
        clip = self._voice.lookup(phrase, "zh")
        if clip is None:
            raise StepFailed(f"there is no recording of {phrase}")
        self.microphone.hear(read_wav(clip))
        QApplication.processEvents()

    def scan(self, code: str) -> None:
        """Hold a code under a scanner that types it, and Enter."""
        QTest.keyClicks(self.window, code)
        QTest.keyClick(self.window, Qt.Key.Key_Return)
        QApplication.processEvents()

    def wait(self, seconds: float) -> None:
        """Let the kiosk's clocks run ahead without waiting for it."""
        self.seconds += seconds
        self._tick()

    def until(self, what: str, happened: Callable[[], bool], seconds: float = 20) -> None:
        """Wait, while the real threads work, until `happened()`; StepFailed after `seconds`."""
        give_up = time.monotonic() + seconds
        while not happened():
            if time.monotonic() > give_up:
                raise StepFailed(f"waited {seconds:.0f} s in vain: {what}; the screen is {self.session.screen().name}")
            QTest.qWait(20)
            self._tick()

    def _tick(self) -> None:
        self.session.tick()
        self._alarm.follow(self.session.state.hall.call)

    def expect(self, screen: str) -> None:
        shown = self.session.screen().name
        if shown != screen:
            raise StepFailed(f"the screen is {shown}, not {screen}")

    # the hall

    def switch_hall_off(self) -> None:
        assert self.hall is not None
        self.hall.stop()
        self.hall = None

    def switch_hall_on(self) -> None:
        self._open_hall(self._port)
        self.terminal.worker.wake()

    def open_hall_without_a_line(self) -> None:
        """The hall works, and the kiosk cannot reach it before `mend_the_line`."""
        self._open_hall()

    def _open_hall(self, port: int = 0) -> None:
        where = self.hall_folder, self.settings.assets, self.hall_county
        self.hall = EmbeddedHall(*where, port, public_url=self.hall_public_url)
        self._pins = chain([self.hall.pin], self.hall.pins())

    def mend_the_line(self) -> None:
        assert self.hall is not None
        self._line.enter_context(relay_to("127.0.0.1", self.hall.port, at=self._port))
        self.terminal.worker.wake()

    @property
    def staff(self) -> StaffDesk:
        """Whoever is at the staff page: 李敏, who logs in once there is a hall, until somebody else takes over."""
        if self._desk is None:
            self.take_over(STAFF)
        assert self._desk is not None
        return self._desk

    def take_over(self, name: str) -> None:
        """Somebody else of staff works at the hall from now on."""
        assert self.hall is not None
        if self._desk:
            self._desk.close()
        self._desk = self._kind_of_desk(self.hall, name, next(self._pins))
