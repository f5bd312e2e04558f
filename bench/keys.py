"""A quick hand and a trembling one on the real keypad, by touch events and a clock that is moved by hand.

    python -m bench.keys [--numbers 200] [--digits 2000] [--seed 1]

A played person types at 0.3 s a key and fills in ID, phone and card numbers: each has to be kept as it was meant. A
played tremor of 4 to 12 Hz brings the finger back after each press: each press has to count once. Prints one line of
JSON, also into bench/results/, with what other dead times would have done to the same two hands.

The hands are models. The intervals of a person who taps steadily have a deviation of 4 %; a less steady hand of 5 % is
played beside it. The finger stays on the glass for a third of them. A tremor brings the finger back one period after it
came down, or, when the press lasted longer than that, half a period after it left.
"""

import argparse
import json
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from stdnum import luhn
from stdnum.iso7064 import mod_11_2

from bench.unsteady import UnsteadyHand
from forms import load_catalogue
from kiosk.entry.pinyin import PinyinTable
from kiosk.state.look import Look
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts
from ui.devtools.played import PlayedListener, SilentSpeaker
from ui.look.theme import Theme
from ui.speech.screen_reader import ScreenReader
from ui.widgets.touch import BOUNCE_S, REPEAT_S, TouchGuard
from ui.window.window import KioskWindow

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "bench" / "results" / "keys.json"
SERVICE = "old-age-allowance"
KEY_S, DEVIATION = 0.3, 0.04
LESS_STEADY = (0.05, 0.06)
STAYS, STAYS_DEVIATION = 0.35, 0.05  # share of an interval
TREMOR_HZ = (4.0, 12.0)
# The old one counted 0.5 s from the release.
TRIED = (
    (0.0, 0.5),
    (0.3, 0.125),
    (0.27, 0.125),
    (REPEAT_S, BOUNCE_S),
    (0.25, 0.1),
    (0.25, 0.0),
    (0.24, 0.125),
    (0.2, 0.125),
)


@dataclass(frozen=True)
class Tap:
    """Seconds from the tap before (finger down to finger down), and how long the finger stays."""

    after_s: float
    stays_s: float


def quick(chance: random.Random, deviation: float = DEVIATION) -> Tap:
    interval = chance.gauss(KEY_S, deviation * KEY_S)
    return Tap(interval, interval * chance.gauss(STAYS, STAYS_DEVIATION))


def trembling(chance: random.Random) -> list[Tap]:
    """A press that is meant, and one to three that are not."""
    taps = [Tap(chance.uniform(0.7, 1.5), chance.uniform(0.06, 0.3))]
    for _ in range(chance.randint(1, 3)):
        period = 1 / chance.uniform(*TREMOR_HZ)
        stayed = taps[-1].stays_s
        taps.append(Tap(period if period > stayed else stayed + period / 2, chance.uniform(0.2, 0.5) * period))
    return taps


def numbers(chance: random.Random) -> Iterator[tuple[str, str]]:
    """The id of a field and an invented right answer to it, without end."""
    while True:
        born = f"{chance.randint(1930, 1950)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
        body = f"110105{born}{chance.randint(0, 999):03}"
        yield "resident_id", body + mod_11_2.calc_check_digit(body)
        yield "phone", f"1{chance.randint(3, 9)}{chance.randint(0, 10**9 - 1):09}"
        card = f"62{chance.randint(0, 10**16 - 1):016}"[: chance.randint(15, 18)]
        yield "bank_card", card + luhn.calc_check_digit(card)


class Hand:
    """Fingers on a kiosk whose visitor is about to look at the answers."""

    def __init__(self, seed: int) -> None:
        self.chance, self._aim = random.Random(seed), UnsteadyHand(seed)
        texts = Texts.load(ROOT / "assets")
        self._rehearsal = Rehearsal(load_catalogue(ROOT / "assets"), texts, PinyinTable.load(ROOT / "assets"), Look())
        self.session = self._rehearsal.session
        self._now = self._came_down = 0.0  # seconds
        theme = Theme((1080, 1920), 686.0)
        reader = ScreenReader(self.session, SilentSpeaker())
        self.session.on_change(None)
        assert any(label == f"{SERVICE}:check" for label, _ in self._rehearsal.walk([SERVICE]))
        self._window = KioskWindow(self.session, theme, reader, PlayedListener(), clock=lambda: self._now)
        self._window.show()
        self._glass = QTest.createTouchDevice()

    def question(self, field: str) -> None:
        """At the empty field of a question."""
        if self.session.screen().kind == "question":
            self.session.do("back")
        self.session.do("change", field)
        self.session.do("clear")
        self._now += 1

    @property
    def typed(self) -> str:
        entry = self.session.screen().entry
        assert entry is not None
        return entry.value

    def kept(self, field: str) -> str:
        assert self.session.state.visit is not None
        return self.session.state.visit.answers[field]

    def tap(self, action: str, value: str | None, tap: Tap) -> None:
        """Touch a button, some time after the tap before."""
        handle = self._window.windowHandle()
        place = self._place(action, value)
        point = self._aim.aim(place, self._window.theme.px_per_mm)
        self._now = self._came_down + tap.after_s if action == "type" else self._now + 1
        self._came_down = self._now
        QTest.touchEvent(handle, self._glass).press(0, point, handle).commit(True)
        self._now += tap.stays_s
        QTest.touchEvent(handle, self._glass).release(0, point, handle).commit(True)

    def _place(self, action: str, value: str | None) -> QRect:
        return next(
            one.geometry()
            for one in self._window.view.targets()
            if (one.button.action, one.button.value) == (action, value)
        )

    def rest(self) -> None:
        self._came_down = self._now = self._now + 1

    def leave(self) -> None:
        """Close the window: one that is collected while it is seen complains, in whichever test runs by then."""
        self._window.close()


def quick_hand(many: int, seed: int, deviation: float = DEVIATION) -> dict[str, int]:
    """How many numbers were kept as they were meant."""
    hand, right, pairs = Hand(seed), 0, 0
    for (field, number), _ in zip(numbers(hand.chance), range(many), strict=False):
        hand.question(field)
        hand.rest()
        for digit in number:
            hand.tap("type", digit, quick(hand.chance, deviation))
        typed = hand.typed
        hand.tap("next", None, Tap(0, 0.1))
        right += typed == number == hand.kept(field)
        pairs += sum(one == other for one, other in pairwise(number))
    hand.leave()
    return {"numbers": many, "right": right, "repeated_digits": pairs}


def trembling_hand(many: int, seed: int) -> dict[str, float]:
    """How many digits counted more than once, or not at all."""
    hand, doubled, lost = Hand(seed), 0, 0
    for at in range(many):
        if at % 10 == 0:
            hand.question("bank_card")
            hand.rest()
        before = len(hand.typed)
        digit = str(hand.chance.randint(0, 9))
        for tap in trembling(hand.chance):
            hand.tap("type", digit, tap)
        counted = len(hand.typed) - before
        doubled += counted > 1
        lost += counted < 1
    hand.leave()
    return {"digits": many, "doubled": doubled, "lost": lost}


def with_dead_times(
    repeat_s: float, bounce_s: float, many: int, seed: int, deviation: float = DEVIATION
) -> dict[str, float]:
    """Shares of a quick hand's repeated digits that are lost, and of a trembling hand's digits that are doubled."""
    chance, place, now, down = random.Random(seed), QRect(0, 0, 9, 9), 0.0, 0.0
    guard = TouchGuard(lambda: now, repeat_s=repeat_s, bounce_s=bounce_s)

    def counts(tap: Tap) -> bool:
        nonlocal now, down
        now = down = down + tap.after_s
        taken = guard.take("key", QPoint(4, 4), "type")
        now += tap.stays_s
        return guard.let_go("key", place, "type", inside=True) and taken

    def share(once: Callable[[], bool]) -> float:
        return sum(once() for _ in range(many)) / many

    lost = share(lambda: not counts(quick(chance, deviation)))
    doubled = share(lambda: sum(counts(tap) for tap in trembling(chance)) > 1)
    return {"repeat_s": repeat_s, "bounce_s": bounce_s, "lost": lost, "doubled": doubled}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--numbers", type=int, default=200)
    parser.add_argument("--digits", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    QApplication([])
    found = {
        "bench": "keys",
        "key_s": KEY_S,
        "deviation": DEVIATION,
        "tremor_hz": TREMOR_HZ,
        "quick": quick_hand(asked.numbers, asked.seed),
        "less_steady": quick_hand(asked.numbers, asked.seed, LESS_STEADY[0]),
        "trembling": trembling_hand(asked.digits, asked.seed),
        "lost_when_less_steady": {
            one: with_dead_times(REPEAT_S, BOUNCE_S, 20 * asked.digits, asked.seed, one)["lost"] for one in LESS_STEADY
        },
        "dead_times": [with_dead_times(*one, 20 * asked.digits, asked.seed) for one in TRIED],
    }
    line = json.dumps(found)
    print(line)
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(line + "\n", "utf-8")


if __name__ == "__main__":
    main()
