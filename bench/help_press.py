"""From a finger on the button for help until the screen shows that a call is being made, and until its first sound.

    python bench/help_press.py [--presses 75] [--only hall_up hall_down hall_silent sync speech held]

The real visitor's process, offscreen, with its sync process and a hall; microphone and loudspeaker alone are played.
The finger is a thread of its own, so whatever the program is busy with counts. The screen counts once it is painted and
nothing of the one before lies over it any more; the sound once the loudspeaker is given it. From every kind of screen
with the hall up, down, or taking connections and never answering; `presses` while forms are sent; a third as many
around the end of something that somebody says, and just after the button to speak was let go: then all that was said is
recognised. Milliseconds; one JSON line, and bench/results/help_press.json; exit 1 when one took more than a second.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

os.environ.update(QT_QPA_PLATFORM="offscreen", QT_LOGGING_RULES="*=false")
ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

import numpy as np  # noqa: E402
from pressing.kiosk import ALIVE_AGAIN_S, PressedKiosk  # noqa: E402
from pressing.screens import SERVICE, every_kind  # noqa: E402
from PySide6.QtCore import Qt, QTimer  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from tools.result import written  # noqa: E402

from kiosk.walk import errands  # noqa: E402
from voice.audio.recordings import RATE, read_wav  # noqa: E402
from voice.audio.samples import Samples  # noqa: E402

LIMIT_S = 1.0
FORMS = 50
CHUNK = RATE // 10
LENGTHS_S = (2, 5, 11)  # of what is said
Press = tuple[str, float, float]  # where, seconds until seen, until heard


def walked(kiosk: PressedKiosk, hall: str) -> Iterator[Press]:
    """From every kind of screen."""
    kiosk.hall_is(hall)
    kiosk.new_visitor()
    for wanted in every_kind(kiosk):
        assert kiosk.session.screen().kind == wanted, f"{kiosk.session.screen().kind} instead of {wanted}"
        kiosk.wait_s(ALIVE_AGAIN_S)
        yield (wanted, *kiosk.press())


def syncing(kiosk: PressedKiosk, presses: int, chance: Random) -> Iterator[Press]:
    """While the sync process brings forms to the hall."""
    kiosk.hall_is("up")
    at_a_question(kiosk)
    for _ in range(presses):
        kiosk.keep_forms(FORMS)
        took = kiosk.press(after_s=chance.uniform(0.05, 0.3))
        where = "while forms are sent" if kiosk.store.unsent() else "just after"
        yield (where, *took)
        kiosk.until(lambda: not kiosk.store.unsent(), 60)


def speaking(kiosk: PressedKiosk, presses: int, chance: Random) -> Iterator[Press]:
    """While somebody says something long and just after it, when all of it is looked at."""
    for number in range(presses):
        at_a_question(kiosk)
        said = speech(chance, seconds := LENGTHS_S[number % len(LENGTHS_S)])
        assert kiosk.until(lambda: kiosk.microphone.listening)
        player = Player(kiosk, said)
        took = kiosk.press(after_s=seconds + chance.uniform(-1, 1.5))
        player.stop()
        yield (f"{seconds} s of speech", *took)


def holding(kiosk: PressedKiosk, presses: int, chance: Random) -> Iterator[Press]:
    """Just after the button to speak was let go."""
    for number in range(presses):
        at_a_question(kiosk)
        said = speech(chance, seconds := LENGTHS_S[number % len(LENGTHS_S)])
        button = kiosk.target("talk")
        QTest.mousePress(button, Qt.MouseButton.LeftButton)
        player = Player(kiosk, said)
        kiosk.wait_s(seconds)
        QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
        took = kiosk.press(after_s=chance.uniform(0.1, 0.6))
        player.stop()
        yield (f"{seconds} s held", *took)


def at_a_question(kiosk: PressedKiosk) -> None:
    """Which may be answered by dictation. By another visitor: what was said may have led anywhere."""
    kiosk.new_visitor()
    session = kiosk.session
    for action, value in (("start", None), ("choose", SERVICE), ("next", None)):
        session.do(action, value)
    while not session.screen().dictation:
        errands.answer(kiosk)  # type: ignore[arg-type]
    kiosk.wait_s(ALIVE_AGAIN_S)


class Player:
    """Plays sound into the microphone as fast as it would come, through the window's own loop."""

    def __init__(self, kiosk: PressedKiosk, said: Samples) -> None:
        self._kiosk, self._said = kiosk, said
        self._timer = QTimer()
        self._timer.timeout.connect(self._chunk)
        self._timer.start(1000 * CHUNK // RATE)

    def _chunk(self) -> None:
        chunk, self._said = self._said[:CHUNK], self._said[CHUNK:]
        if len(chunk):
            self._kiosk.microphone.play(chunk)

    def stop(self) -> None:
        self._timer.stop()


def speech(chance: Random, seconds: float) -> Samples:
    """Prompts of the kiosk one after the other, and two seconds of a quiet room."""
    clips = sorted((ROOT / "assets" / "prompts" / "zh").iterdir())
    said = np.zeros(0, np.int16)
    while len(said) < seconds * RATE:
        said = np.concatenate((said, read_wav(chance.choice(clips))))
    room = np.random.default_rng(0).normal(0, 8, 2 * RATE).astype(np.int16)
    return np.concatenate((said[: int(seconds * RATE)], room))


def figures(times: list[float]) -> dict[str, int]:
    p99 = quantiles(times, n=100, method="inclusive")[98]
    return {"p50": round(median(times) * 1000), "p99": round(p99 * 1000), "max": round(max(times) * 1000)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--presses", type=int, default=75)
    parser.add_argument("--only", choices=CONDITIONS, nargs="+", default=[*CONDITIONS])
    asked = parser.parse_args()
    result: dict[str, Any] = {"bench": "help_press"}
    seen, heard, slow = list[float](), list[float](), list[str]()
    with TemporaryDirectory(dir=ROOT / "bench") as folder:
        kiosk = PressedKiosk(Path(folder))
        for name in asked.only:
            presses = list(CONDITIONS[name](kiosk, asked.presses))
            result[name] = {
                "presses": len(presses),
                "seen_ms": figures([one[1] for one in presses]),
                "heard_ms": figures([one[2] for one in presses]),
            }
            print(name, result[name], file=sys.stderr)
            seen += [one[1] for one in presses]
            heard += [one[2] for one in presses]
            slow += [f"{name}, {where}: {max(took):.2f} s" for where, *took in presses if max(took) > LIMIT_S]
        kiosk.close()
    result |= {"presses": len(seen), "seen_ms": figures(seen), "heard_ms": figures(heard), "slow": slow}
    print(written("help_press", result))
    return 1 if slow else 0


CONDITIONS: dict[str, Callable[[PressedKiosk, int], Iterator[Press]]] = {
    "hall_up": lambda kiosk, presses: walked(kiosk, "up"),
    "hall_down": lambda kiosk, presses: walked(kiosk, "down"),
    "hall_silent": lambda kiosk, presses: walked(kiosk, "silent"),
    "sync": lambda kiosk, presses: syncing(kiosk, presses, Random(1)),
    "speech": lambda kiosk, presses: speaking(kiosk, presses // 3, Random(2)),
    "held": lambda kiosk, presses: holding(kiosk, presses // 3, Random(3)),
}

if __name__ == "__main__":
    sys.exit(main())
