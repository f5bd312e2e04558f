"""A monkey at the real widgets: random touches and keys on one seeded path, and what must hold whatever it does.

    QT_QPA_PLATFORM=offscreen python -m bench.monkey [--actions 1000000] [--seed 1] [--seconds 600] [--out FILE]

Each seed is a process of its own. Prints a line of JSON: actions really done, screens reached, visits begun, life
events opened, the longest single action in processor time, and every broken promise with the number of its action; ends
with 1 if there is one. FILE holds the same from every 10,000 actions on, so that a run cut short still tells. A broken
promise is told on stderr at once, and so is where the program is when one action takes a minute.
"""

import argparse
import faulthandler
import json
import logging
import os
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QCloseEvent, QContextMenuEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from forms import load_catalogue
from kiosk.entry.pinyin import PinyinTable
from kiosk.session.common.maintenance_service import MaintenanceService
from kiosk.state.bundle import Bundle
from kiosk.state.look import Look
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts
from kiosk.walk.staff import KnownPin
from ui.devtools.played import PlayedListener
from ui.devtools.stories.people import Persona
from ui.look.theme import Theme
from ui.processes.lockdown import Lockdown
from ui.speech.screen_reader import ScreenReader
from ui.window.window import KioskWindow
from voice.speech.numbers import ZH_DIGITS

ASSETS = Path(__file__).resolve().parents[1] / "assets"
LEFT = Qt.MouseButton.LeftButton
STALL_S = 1.0
STUCK_S = 60.0
TELL_EVERY = 10_000  # actions
ENOUGH = 20  # broken promises
PUBLIC = ("receipt_number", "slip-code")  # numbers that the kiosk itself gave out
KEYS = (
    *(Qt.Key(key) for key in range(Qt.Key.Key_0, Qt.Key.Key_9 + 1)),
    *(Qt.Key(key) for key in range(Qt.Key.Key_A, Qt.Key.Key_Z + 1)),
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
    Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_Backspace, Qt.Key.Key_Delete,
    Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Menu, Qt.Key.Key_Print, Qt.Key.Key_CapsLock,
    *(Qt.Key(key) for key in range(Qt.Key.Key_F1, Qt.Key.Key_F12 + 1)),
)  # fmt: skip
NEXT_DIGITS = str.maketrans("0123456789", "1234567890")
STAFF_GESTURE = (Qt.Key.Key_Up,) * 2 + (Qt.Key.Key_Down,) * 2 + (Qt.Key.Key_Left, Qt.Key.Key_Right) * 2
MODIFIERS = (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.MetaModifier)


@dataclass
class Seen:
    """What one run saw."""

    actions: int = 0
    visits: int = 0
    events: int = 0  # life events that were opened
    slowest_s: float = 0.0
    screens: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def promise(self, kept: bool, what: str) -> None:
        if not kept and len(self.broken) < ENOUGH:
            self.broken.append(f"action {self.actions}: {what}")
            print(self.broken[-1], file=sys.stderr, flush=True)


class LoudSpeaker:
    """A loudspeaker that listens to itself; every private answer typed so far must stay unsaid."""

    speaking = audible = False

    def __init__(self) -> None:
        self.said = ""

    def say(self, parts: tuple[str, ...], lang: str, speed: str, volume: str, headset: bool) -> None:
        self.said = " ".join(parts)

    def stop(self) -> None: ...

    def forget(self) -> None:
        self.said = ""


class Complaints(logging.Handler):
    """Errors that were logged."""

    def __init__(self, seen: Seen) -> None:
        super().__init__(logging.ERROR)
        self._seen = seen

    def emit(self, record: logging.LogRecord) -> None:
        self._seen.promise(False, f"logged: {record.getMessage()}")


class Monkey:
    def __init__(self, seed: int) -> None:
        self.seen, self._chance, self._now = Seen(), random.Random(seed), [0.0]
        texts = Texts.load(ASSETS)
        catalogue = load_catalogue(ASSETS)
        self._events = sorted(catalogue.events)
        self._rehearsal = rehearsal = Rehearsal(catalogue, texts, PinyinTable.load(ASSETS), Look())
        self._session = rehearsal.session
        self._speaker = LoudSpeaker()
        self.window = KioskWindow(
            self._session,
            Theme((1080, 1920), 686.0, "M", "default"),
            ScreenReader(self._session, self._speaker),
            PlayedListener(),
            clock=lambda: self._now[0],
        )
        self._session.maintained_by(MaintenanceService(KnownPin(is_set=True), lambda show: show([]), self._ended))
        self._lockdown = Lockdown(
            self.window, lambda: self.window.theme.px_per_mm, self._session.open_maintenance, full_screen=False
        )
        self.window.show()
        person = Persona.made_up(seed)  # not the examples, which the kiosk itself reads out
        self._answers = {"resident_id": person.resident_id, "phone": person.phone, "bank_card": person.bank_card}
        self._was, self._private = "attract", set[str]()
        self._bundle: Bundle | None = None
        sys.excepthook = self._escaped
        logging.getLogger().addHandler(Complaints(self.seen))

    def run(self, actions: int, seconds: float, tell: Callable[[Seen], None]) -> None:
        began = time.monotonic()
        while self.seen.actions < actions and time.monotonic() - began < seconds and len(self.seen.broken) < ENOUGH:
            faulthandler.dump_traceback_later(STUCK_S)
            started = time.process_time()  # the wall clock tells of what else runs
            self._act()
            QApplication.processEvents()
            took = time.process_time() - started
            self.seen.slowest_s = max(self.seen.slowest_s, took)
            self.seen.promise(took < STALL_S, f"stood still on {self._was}")
            self._check()
            self.seen.actions += 1
            if self.seen.actions % TELL_EVERY == 0:
                tell(self.seen)
        faulthandler.cancel_dump_traceback_later()
        self._everyone_goes()
        tell(self.seen)

    # what it does

    def _act(self) -> None:
        self._now[0] += self._chance.choice((0.05, 0.3, 0.7, 1.0))
        dice = self._chance.random()
        self._time_passes()
        if dice < 0.02:
            self._answer_rightly()
        elif dice < 0.05 and self._was == "home":
            self._session.do("event", self._chance.choice(self._events))
        elif dice < 0.5:
            self._touch_a_button()
        elif dice < 0.7:
            self._touch_anywhere()
        elif dice < 0.95:
            QTest.keyClick(self.window, self._chance.choice(KEYS))
        elif dice < 0.98:
            QTest.keyClick(self.window, self._chance.choice(KEYS), self._chance.choice(MODIFIERS))
        else:
            self._lead_out()

    def _time_passes(self) -> None:
        """The hall answers now and then; once in a while the visitor has gone, or staff ask for their screen."""
        self._rehearsal.seconds += self._chance.choice((0, 0, 0, 0.3, 1.0))
        if self._chance.random() < 0.002:
            self._nobody_there()
        if self._chance.random() < 0.0005:
            for key in STAFF_GESTURE:
                QTest.keyClick(self.window, key)
        if self._chance.random() < 0.2:
            self._rehearsal.finish_background()
            self._session.tick()

    def _answer_rightly(self) -> None:
        """Chance never hits on an ID number: as a hand on a keyboard types it."""
        entry, visit = self._session.screen().entry, self._session.state.visit
        if entry is None or visit is None or self._session.screen().name != f"question-{entry.field}":
            return
        if entry.kind == "digits":
            field = visit.service.field(entry.field)
            other = field.example.translate(NEXT_DIGITS)  # an example is said aloud
            QTest.keyClicks(self.window, self._answers.get(field.type, other))
        elif entry.kind in ("name", "hand"):
            QTest.keyClicks(self.window, "wang1ying1")

    def _touch_a_button(self) -> None:
        """Somewhere about a button, so that visits get far; as scattered as unsteady hands are."""
        targets = self.window.view.targets()
        if targets:
            primary = [target for target in targets if target.style_.primary and target.isEnabled()]
            liked = primary if primary and self._chance.random() < 0.3 else targets
            where = self._chance.choice(liked).geometry()
            scatter = self.window.theme.mm(6)
            here = where.center() + QPoint(*(int(self._chance.gauss(0, scatter)) for _ in range(2)))
            self._finger(here, here)

    def _touch_anywhere(self) -> None:
        size = self.window.size()
        points = [QPoint(self._chance.randrange(size.width()), self._chance.randrange(size.height())) for _ in range(2)]
        self._finger(points[0], self._chance.choice(points))

    def _finger(self, down: QPoint, up: QPoint) -> None:
        """Through the native window, as a real touch screen delivers it."""
        handle, button = self.window.windowHandle(), self._chance.choice((LEFT,) * 9 + (Qt.MouseButton.RightButton,))
        QTest.mousePress(handle, button, Qt.KeyboardModifier.NoModifier, down)
        if up != down:
            QTest.mouseMove(handle, up)
        QTest.mouseRelease(handle, button, Qt.KeyboardModifier.NoModifier, up)

    def _lead_out(self) -> None:
        """What would lead out of a window that was not a kiosk's."""
        where = self._chance.choice((0, 1, 2))
        if where == 0:
            QApplication.sendEvent(self.window, QCloseEvent())
        elif where == 1:
            middle = self.window.rect().center()
            QApplication.sendEvent(
                self.window, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, self.window.mapToGlobal(middle))
            )
        else:
            event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier)
            QApplication.sendEvent(self.window, event)

    # what must hold

    def _check(self) -> None:
        window, screen = self.window, self._session.screen()
        self.seen.screens[screen.kind] += 1
        self.seen.promise(window.isVisible(), "the window is gone")
        others = [one for one in QApplication.topLevelWidgets() if one is not window and one.isVisible()]
        self.seen.promise(not others and QApplication.activePopupWidget() is None, "another window is in front")
        self.seen.promise(bool(window.view.targets()) and bool(screen.title), f"{screen.name} has nothing to press")
        focused = window.focusWidget()
        inside = focused is None or focused is window or any(focused is one for one in window.view.targets())
        self.seen.promise(inside, "the focus has left what is shown")
        self._listen_in()
        if screen.kind == "attract" and self._was != "attract":
            self._left_clean()
        self.seen.visits += screen.kind != "attract" and self._was == "attract"
        self._count_events()
        self._was = screen.kind

    def _count_events(self) -> None:
        bundle = self._session.state.bundle
        self.seen.events += bundle is not None and bundle is not self._bundle
        self._bundle = bundle

    def _listen_in(self) -> None:
        """No long number that was typed in this visit may be heard in full."""
        entry = self._session.screen().entry
        if entry and entry.kind == "digits" and len(entry.value) >= 7 and entry.field not in PUBLIC:
            self._private.add(entry.value)
        said = re.sub(r"[\W_]", "", self._speaker.said)
        heard = [one for one in self._private if one in said or one.translate(ZH_DIGITS) in said]
        self.seen.promise(
            not heard, f"on {self._session.screen().name} a number was said in full: {self._speaker.said}"
        )

    def _left_clean(self) -> None:
        self._private.clear()
        entry = self._session.screen().entry
        state = self._session.state
        left = entry is not None or state.visit is not None or state.bundle is not None
        self.seen.promise(not left, "something of the last visitor is left")

    def _ended(self, how: str) -> None:
        """Only who knows the staff PIN could have got here."""
        self.seen.promise(False, f"{how} without the PIN")

    def _everyone_goes(self) -> None:
        """Nobody touches anything any more: the visit ends by itself."""
        self._nobody_there()
        self._check()
        self.seen.promise(self._session.screen().kind == "attract", f"{self._session.screen().name} never ended")

    def _nobody_there(self) -> None:
        """Staff have been, so that no call holds the visit; then ten minutes, a second at a time."""
        self._rehearsal.hall.cancel_call()
        for _ in range(600):
            self._rehearsal.seconds += 1
            self._session.tick()

    def _escaped(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self.seen.promise(False, f"{kind.__name__}: {error}")
        sys.__excepthook__(kind, error, trace)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    application = QApplication([])
    began = time.monotonic()

    def told(seen: Seen) -> str:
        found = {
            "seed": asked.seed,
            "actions": seen.actions,
            "per_second": round(seen.actions / (time.monotonic() - began)),
            "visits": seen.visits,
            "events": seen.events,
            "slowest_ms": round(seen.slowest_s * 1000),
            "screens": dict(seen.screens),
            "broken": seen.broken,
        }
        return json.dumps(found, ensure_ascii=False)

    def keep(seen: Seen) -> None:
        if asked.out:
            asked.out.write_text(told(seen) + "\n", encoding="utf-8")

    monkey = Monkey(asked.seed)
    monkey.run(asked.actions, asked.seconds, keep)
    print(told(monkey.seen), flush=True)
    application.processEvents()
    return 1 if monkey.seen.broken else 0


if __name__ == "__main__":
    sys.exit(main())
