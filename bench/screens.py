"""How fast the screens are: first frame, touch to painted, a change of text size; memory of the whole terminal.

One JSON line, and bench/results/screens.json. Offscreen, so without the time of a graphics card; memory is with the
voice model and the prompts' index loaded. Machines differ: compare runs on one machine only.
"""

import json
import os
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

import numpy as np

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_LOGGING_RULES"] = "qt.multimedia.*=false"
ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    from ui.app import application

    application()
    with tempfile.TemporaryDirectory() as folder:
        result = {"bench": "screens", **_measure(Path(folder))}
    print(json.dumps(result))
    (ROOT / "bench" / "results").mkdir(exist_ok=True)
    (ROOT / "bench" / "results" / "screens.json").write_text(json.dumps(result, indent=1) + "\n", "utf-8")


def _measure(work: Path) -> dict[str, object]:
    from kiosk.settings import load_settings
    from ui.stage import Stage

    out = work / "out"
    out.mkdir()
    stage = Stage(load_settings(), out, seed=1, work=work)
    try:
        began = time.perf_counter()
        stage.window.grab()
        first_frame = time.perf_counter() - began
        stage.touch("start")
        stage.microphone.hear(np.zeros(16000, np.int16))  # loads the voice model
        stage.touch("choose", "old-age-allowance")
        stage.touch("next")
        stage.write("王")
        stage.touch("next")
        stage.write("秀")
        stage.touch("next")
        touches = []
        for digit in "11010519491231002" * 3:
            began = time.perf_counter()
            stage.touch("type", digit)
            stage.window.grab()
            touches.append((time.perf_counter() - began) * 1000)
            if len(touches) % 17 == 0:
                stage.touch("clear")
        stage.touch("settings")
        began = time.perf_counter()
        stage.touch("set", "text=L")
        stage.window.grab()
        restyled = (time.perf_counter() - began) * 1000
        status = Path("/proc/self/status").read_text()
        memory = int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024
    finally:
        stage.close()
    return {
        "first_frame_ms": round(first_frame * 1000, 1),
        "touch_to_painted_ms": {"p50": round(median(touches), 1), "p95": round(quantiles(touches, n=20)[18], 1)},
        "text_size_change_ms": round(restyled, 1),
        "memory_mib": round(memory),
    }


if __name__ == "__main__":
    main()
