"""How fast the screens are on a 27 and a 15 inch panel: the first frame, from touch to painted, a change of look.

Every touch of a walk through all screens is timed, upright and lying, in Chinese at M and in English at L. One JSON
line, and bench/results/screens.json; exit 1 when a limit is broken. Offscreen, so without the time of a graphics card.
Machines differ: compare runs on one machine only.
"""

import os
import sys
import time
from itertools import product
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from tools.result import written

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_LOGGING_RULES"] = "qt.multimedia.*=false"
ROOT = Path(__file__).resolve().parents[1]
INCHES = (27, 15)
WAYS = {"upright": (1080, 1920), "lying": (1920, 1080)}
LIMITS_MS = {"first_frame": 500, "touch_to_painted": 50, "look_changed": 100}  # the 95th percentile of each
CHANGED_ON = ("home", "settings", ":prerequisites", ":question-name", ":question-resident_id", ":check")

Took = list[tuple[float, str]]  # milliseconds, and the name of the screen that was then shown


class Watch:
    """From the start of `session.do` until the screen is painted."""

    def __init__(self, window: Any) -> None:
        self.took: Took = []
        self._window, self._do = window, window.session.do
        window.session.do = self.do

    def do(self, *action: str | None) -> None:
        began = time.perf_counter()
        self._do(*action)
        self._window.grab()
        self.took.append(((time.perf_counter() - began) * 1000, self._window.session.screen().name))

    def take(self) -> Took:
        taken, self.took = self.took, []
        return taken


def main() -> int:
    from ui.processes.application import application

    application()
    result: dict[str, Any] = {"bench": "screens", "ok": True}
    for inches, (way, size) in product(INCHES, WAYS.items()):
        found = _measure(size, inches * 25.4)
        result[f"{inches} inch {way}"] = {what: _figures(took) for what, took in found.items()}
        result["ok"] &= all(_p95(took) <= LIMITS_MS[what] for what, took in found.items())
    print(written("screens", result))
    return 0 if result["ok"] else 1


def _measure(size: tuple[int, int], diagonal_mm: float) -> dict[str, Took]:
    from forms import load_catalogue
    from kiosk.entry.pinyin import PinyinTable
    from kiosk.state.look import Look
    from kiosk.testing.rehearsal import Rehearsal
    from kiosk.texts.strings import Texts
    from ui.devtools.played import PlayedListener
    from ui.look.theme import Theme
    from ui.speech.screen_reader import ScreenReader
    from ui.speech.speaker import SilentSpeaker
    from ui.window.window import KioskWindow

    assets = ROOT / "assets"
    data = load_catalogue(assets), Texts.load(assets), PinyinTable.load(assets)
    found: dict[str, Took] = {what: [] for what in LIMITS_MS}
    for look in (Look("zh", "M"), Look("en", "L")):
        rehearsal = Rehearsal(*data, look)
        session = rehearsal.session
        began = time.perf_counter()
        theme = Theme(size, diagonal_mm, look.text)
        window = KioskWindow(session, theme, ScreenReader(session, SilentSpeaker()), PlayedListener(), fades=True)
        window.show()
        window.grab()
        found["first_frame"].append(((time.perf_counter() - began) * 1000, "attract"))
        watch = Watch(window)
        for label, _ in rehearsal.walk():
            found["touch_to_painted"] += watch.take()
            if label.endswith(CHANGED_ON):
                _change_looks(session, look)
                found["look_changed"] += watch.take()
        window.close()
    return found


def _change_looks(session: Any, look: Any) -> None:
    """Another language and back; in the settings also every text size and contrast."""
    session.do("lang", "en" if look.lang == "zh" else "zh")
    session.do("lang", look.lang)
    if session.screen().kind == "settings":
        for setting in ("text=S", "text=M", "text=L", "contrast=dark", "contrast=yellow"):
            session.do("set", setting)
        session.do("set", f"text={look.text}")
        session.do("set", f"contrast={look.contrast}")


def _p95(took: Took) -> float:
    return quantiles([ms for ms, _ in took], n=20, method="inclusive")[18]


def _figures(took: Took) -> dict[str, object]:
    slowest, where = max(took)
    milliseconds = {"p50": median(ms for ms, _ in took), "p95": _p95(took), "max": slowest}
    return {**{name: round(ms, 1) for name, ms in milliseconds.items()}, "slowest": where, "of": len(took)}


if __name__ == "__main__":
    sys.exit(main())
