"""How smoothly one screen fades into the next: what a frame costs to paint, and how far frames are apart.

One JSON line, and bench/results/transitions.json. At 60 frames a second a frame has 16.7 ms. Offscreen, so without the
time of a graphics card.
"""

import os
import time
from itertools import islice, pairwise
from pathlib import Path
from statistics import median, quantiles

from PySide6.QtCore import QEvent, QObject
from tools.result import written

os.environ["QT_QPA_PLATFORM"] = "offscreen"
ROOT = Path(__file__).resolve().parents[1]
FRAME_MS = 1000 / 60
SCREENS = 60


class Frames(QObject):
    """When the watched widget was painted, in seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.times: list[float] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.times.append(time.perf_counter())
        return False


def main() -> None:
    from ui.processes.application import application

    application()
    result = {"bench": "transitions", **_measure()}
    print(written("transitions", result))


def _measure() -> dict[str, object]:
    from PySide6.QtTest import QTest

    from forms import load_catalogue
    from kiosk.entry.pinyin import PinyinTable
    from kiosk.testing.rehearsal import Rehearsal
    from kiosk.texts.strings import Texts
    from ui.devtools.played import PlayedListener
    from ui.look.theme import Theme
    from ui.speech.screen_reader import ScreenReader
    from ui.speech.speaker import SilentSpeaker
    from ui.window.transition import Fade
    from ui.window.window import KioskWindow

    assets = ROOT / "assets"
    rehearsal = Rehearsal(load_catalogue(assets), Texts.load(assets), PinyinTable.load(assets))
    session = rehearsal.session
    window = KioskWindow(
        session, Theme((1080, 1920), 686), ScreenReader(session, SilentSpeaker()), PlayedListener(), fades=True
    )
    session.on_change(None)  # the walk goes on when a fade is over
    window.show()
    fade = window.findChild(Fade)
    assert fade is not None
    frames = Frames()
    fade.installEventFilter(frames)
    apart: list[float] = []
    for _ in islice(rehearsal.walk(), SCREENS):
        window.refresh()
        frames.times.clear()
        while fade.isVisible():
            QTest.qWait(1)
        apart += [(after - before) * 1000 for before, after in pairwise(frames.times)]
    costs = []
    for _ in range(100):
        fade.begin(window.view.grab())
        began = time.perf_counter()
        fade.repaint()
        costs.append((time.perf_counter() - began) * 1000)
        fade.end()
    window.close()
    late = sum(one > 1.5 * FRAME_MS for one in apart)
    cost = _spread(costs)
    return {
        "frame_cost_ms": cost,
        "frames_apart_ms": _spread(apart),
        "frames_late": f"{late} of {len(apart)}",
        "ok": cost["p95"] <= FRAME_MS,
    }


def _spread(values: list[float]) -> dict[str, float]:
    return {"p50": round(median(values), 1), "p95": round(quantiles(values, n=20)[18], 1), "max": round(max(values), 1)}


if __name__ == "__main__":
    main()
