"""A kiosk without a display whose loudspeaker, ears and clock are played."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.screens.common.model import Screen
from kiosk.testing.rehearsal import Rehearsal
from ui.devtools.played import PlayedListener
from ui.widgets.button import BigButton
from ui.window.window import KioskWindow

UPRIGHT, LYING = (1080, 1920), (1920, 1080)
INCH_27, INCH_15 = 686.0, 381.0


@dataclass
class WrittenSpeaker:
    """A speaker that writes down what it should say; None for a stop."""

    heard: list[tuple[str, ...] | None] = field(default_factory=list)
    in_headset: list[bool] = field(default_factory=list)  # of what was said, in order
    speaking: bool = False

    @property
    def audible(self) -> bool:
        return self.speaking

    def say(self, parts: tuple[str, ...], lang: str, speed: str, volume: str, headset: bool) -> None:
        self.heard.append(parts)
        self.in_headset.append(headset)
        self.speaking = True

    def finish(self) -> None:
        """What was said last is heard to its end."""
        self.speaking = False

    def stop(self) -> None:
        self.heard.append(None)
        self.speaking = False

    def forget(self) -> None:
        self.heard.clear()
        self.speaking = False


@dataclass
class Kiosk:
    """A window that is shown, and what it hangs together with. `seconds` is the clock of the dead time."""

    window: KioskWindow
    rehearsal: Rehearsal
    speaker: WrittenSpeaker
    listener: PlayedListener
    seconds: list[float]

    def do(self, *steps: tuple[str, str | None] | str) -> None:
        for step in steps:
            action, value = (step, None) if isinstance(step, str) else step
            self.rehearsal.session.do(action, value)

    @property
    def screen(self) -> Screen:
        return self.rehearsal.session.screen()

    @property
    def name(self) -> str:
        return self.screen.name

    @property
    def typed(self) -> str:
        assert self.screen.entry is not None
        return self.screen.entry.value

    def button(self, label: str) -> BigButton:
        return next(one for one in self.window.view.targets() if one.button.label == label)

    def press(self, label: str) -> None:
        """Touch a button, long after the last."""
        self.seconds[0] += 1
        touch(self.button(label))

    def key(self, key: Qt.Key) -> None:
        self.seconds[0] += 1
        QTest.keyClick(self.window, key)

    def ticks(self, many: int = 1) -> None:
        """Half seconds in which nobody does anything."""
        for _ in range(many):
            self.rehearsal.seconds += 0.5
            self.window._tick()

    def walk(self, services: list[str] | None = None) -> Iterator[tuple[str, Screen]]:
        """The walk of the rehearsal, drawn once a screen, not once a key; what is done on a screen is drawn at once."""
        session = self.rehearsal.session
        session.on_change(None)
        for label, screen in self.rehearsal.walk(services):
            self.window.refresh()
            session.on_change(self.window.refresh)
            yield label, screen
            session.on_change(None)

    def walk_to(self, end: str, service: str = "old-age-allowance") -> None:
        """To the screen that the walk calls `end`, or that of `service` called so."""
        assert any(label in (end, f"{service}:{end}") for label, _ in self.walk([service])), f"no screen {end}"

    def to_a_whole_name(self) -> None:
        self.do("start", ("choose", "old-age-allowance"), "next", ("answer", "self"))
        for letters, character in (("wang", "王"), ("ying", "英")):
            self.do(*(("letter", one) for one in letters), ("pick", character))
        assert self.name == "question-name"

    def to_the_id_number(self) -> None:
        self.to_a_whole_name()
        self.do("next")
        assert self.name == "question-resident_id"


def touch(target: BigButton) -> None:
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=target.rect().center())
