"""The stage of `kiosk demo`: a real terminal, hall, store, recogniser and widgets; only the people are played."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import numpy as np
import requests
from numpy.typing import NDArray
from pypinyin import lazy_pinyin
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from stdnum import luhn
from stdnum.iso7064 import mod_11_2

from kiosk.commands.common import CommandError
from kiosk.operations.settings import Settings
from kiosk.processes.embedded_hall import EmbeddedHall
from kiosk.processes.terminal import Terminal
from offline_cache.hall_client import HallClient
from offline_cache.sync import pin_hall_key
from ui.input.wedge import ScannerKeys
from ui.look.theme import Theme
from ui.processes.background import in_background
from ui.speech.microphone_listener import MicrophoneListener
from ui.speech.screen_reader import ScreenReader
from ui.speech.speaker import SilentSpeaker
from ui.widgets.button import BigButton
from ui.window.window import KioskWindow
from voice.devices import level_of
from voice.recognition.audio import read_wav
from voice.speech.prompts import Prompts

SIZE_PX = (1080, 1920)
DIAGONAL_MM = 686.0
STAFF = "李敏"
NAMES = ("王秀英", "李桂兰", "张玉珍", "刘建国", "陈德明", "赵凤英")


class StepFailed(Exception):
    """A step did not do what it says; the text tells what was seen instead."""


@dataclass(frozen=True)
class Step:
    name: str
    passed: bool
    ms: int
    detail: str


@dataclass(frozen=True)
class Visitor:
    """Who comes; every number is made up and keeps its check digit."""

    name: str
    resident_id: str
    phone: str
    bank_card: str

    @classmethod
    def made_up(cls, seed: int) -> "Visitor":
        chance = random.Random(seed)
        born = f"{chance.randint(1931, 1944)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
        body = f"110105{born}{chance.randint(0, 999):03}"
        card = f"622202{chance.randint(0, 10**12 - 1):012}"
        return cls(
            name=chance.choice(NAMES),
            resident_id=body + mod_11_2.calc_check_digit(body),
            phone=f"138{chance.randint(0, 10**8 - 1):08}",
            bank_card=card + luhn.calc_check_digit(card),
        )

    @property
    def wrong_resident_id(self) -> str:
        """One digit off in the sequence number, so that the check digit notices."""
        wrong = str((int(self.resident_id[16]) + 1) % 10)
        return self.resident_id[:16] + wrong + self.resident_id[17]


class RememberingSpeaker(SilentSpeaker):
    """A loudspeaker that nobody hears: it keeps what was to be said."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, parts: Sequence[str], lang: str, speed: str, volume: str, headset: bool) -> None:
        self.said = list(parts)

    def forget(self) -> None:
        self.said = []


class SoundFiles:
    """A microphone (ui.speech.microphone_listener.Microphone) that hears what sound files hold."""

    def __init__(self) -> None:
        self.level = 0.0
        self.available = True
        self._on_chunk: Callable[[NDArray[np.int16]], None] | None = None

    def start(self, on_chunk: Callable[[NDArray[np.int16]], None]) -> bool:
        self._on_chunk = on_chunk
        return True

    def stop(self) -> None:
        self._on_chunk = None

    @property
    def listening(self) -> bool:
        return self._on_chunk is not None

    def hear(self, samples: NDArray[np.int16]) -> None:
        """Somebody speaks, with the quiet before and after that real speech has."""
        hush = np.random.default_rng(0).normal(0, 8, 16000).astype(np.int16)
        self.play(np.concatenate((hush[:8000], samples, hush, hush, hush)))

    def play(self, samples: NDArray[np.int16]) -> None:
        """A tenth of a second after the other, as long as somebody listens."""
        for start in range(0, len(samples), 1600):
            if self._on_chunk is None:
                return
            self.level = level_of(samples[start : start + 1600])
            self._on_chunk(samples[start : start + 1600])


class Clerk:
    """A staff member at the staff page, by the requests that the page makes."""

    def __init__(self, hall: EmbeddedHall) -> None:
        self._url = hall.url
        self._browser = requests.Session()
        self._browser.headers["X-Staff-Page"] = "1"
        self.post("/staff/login", {"name": STAFF, "pin": hall.pin})

    def post(self, path: str, body: dict[str, str] | None = None) -> None:
        self._browser.post(self._url + path, json=body, timeout=10).raise_for_status()

    def open_call(self) -> str:
        """The id of the call on the board, "" when there is none."""
        calls = self._browser.get(self._url + "/staff/calls", timeout=10).json()
        return str(calls[0]["id"]) if calls else ""


class Stage:
    """The stage: a terminal, its window, a hall that can be switched off, and the record of what happened."""

    def __init__(self, settings: Settings, out: Path, seed: int, work: Path) -> None:
        self.out, self.work, self.visitor = out, work, Visitor.made_up(seed)
        self.steps: list[Step] = []
        self.seconds = 0.0  # by which the visit's clock is ahead
        self._settings = settings.model_copy(update={"data": work / "kiosk"})
        self._voice = Prompts.load(settings.assets / "demo")
        self._hall_folder = work / "hall"
        first = EmbeddedHall(self._hall_folder, settings.assets)
        self.hall: EmbeddedHall | None = first
        self._port = first.port
        try:
            self.terminal = Terminal(self._settings, first.url)
            pin_hall_key(self.terminal.store, HallClient(first.url))  # the kiosk has met its hall; then the line broke
        finally:
            self.switch_hall_off()
        self.session = self.terminal.session(in_background, lambda: time.monotonic() + self.seconds)
        self.speaker, self.microphone = RememberingSpeaker(), SoundFiles()
        touches = count()
        self.window = KioskWindow(
            self.session,
            Theme(SIZE_PX, DIAGONAL_MM),
            ScreenReader(self.session, self.speaker),
            MicrophoneListener(self.session, self.microphone, self.terminal.recogniser, lambda: self.speaker.audible),
            clock=lambda: float(next(touches)),  # a second between touches: no target is dead
        )
        self._scanner = ScannerKeys(self.window, self.session.scanned)
        self.window.show()
        self.terminal.start()

    def close(self) -> None:
        self.window.close()
        self.terminal.stop()
        if self.hall:
            self.switch_hall_off()

    @contextmanager
    def step(self, name: str) -> Iterator[list[str]]:
        """One step of the report; the body adds to the list what was seen, and raises StepFailed when it was wrong."""
        detail: list[str] = []
        started = time.monotonic()
        try:
            yield detail
            passed = True
        except StepFailed as failure:
            detail.append(str(failure))
            passed = False
        spoken = f"said: {' '.join(self.speaker.said)}" if self.speaker.said else ""
        seen = "; ".join(part for part in (*detail, spoken) if part)
        self.steps.append(Step(name, passed, round((time.monotonic() - started) * 1000), seen))
        QApplication.processEvents()
        picture = self.out / f"{len(self.steps):02}-{name}.png"
        if not self.window.grab().save(str(picture)):
            raise CommandError(f"{picture} cannot be written: choose a folder with room that you may write to.")
        if not passed:
            raise StepFailed(name)

    # what people do

    def touch(self, action: str, value: str | None = None) -> None:
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
        clip = self._voice.lookup(phrase, "zh")
        if clip is None:
            raise StepFailed(f"there is no recording of {phrase}")
        self.touch("talk")
        self.microphone.hear(read_wav(clip))
        QApplication.processEvents()
        return self.window.listener.hearing().line

    def scan(self, code: str) -> None:
        """Hold a code under a scanner that types it, and Enter."""
        QTest.keyClicks(self.window, code)
        QTest.keyClick(self.window, Qt.Key.Key_Return)
        QApplication.processEvents()

    def wait(self, seconds: float) -> None:
        """Let the visit's clock run ahead without waiting for it."""
        self.seconds += seconds
        self.session.tick()

    def until(self, what: str, happened: Callable[[], bool], seconds: float = 20) -> None:
        """Let the real threads work until something has happened."""
        give_up = time.monotonic() + seconds
        while not happened():
            if time.monotonic() > give_up:
                raise StepFailed(f"waited {seconds:.0f} s in vain: {what}; the screen is {self.session.screen().name}")
            QTest.qWait(20)
            self.session.tick()

    def expect(self, screen: str) -> None:
        shown = self.session.screen().name
        if shown != screen:
            raise StepFailed(f"the screen is {shown}, not {screen}")

    # the hall

    def switch_hall_off(self) -> None:
        assert self.hall is not None
        self.hall.stop()
        self.hall = None

    def switch_hall_on(self) -> EmbeddedHall:
        self.hall = EmbeddedHall(self._hall_folder, self._settings.assets, self._port)
        self.terminal.worker.wake()
        return self.hall

    def clerk(self) -> Clerk:
        assert self.hall is not None
        return Clerk(self.hall)
