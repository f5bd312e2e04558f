"""Visits one after the other under the real supervisor: how long until the next process shows its first frame, after a
goodbye and after a crash, and the memory of all processes together in the middle of a visit with the voice loaded, and
once a character was written by hand as well.

One JSON line, and bench/results/visits.json. Offscreen. Memory is the proportional set size (PSS) of supervisor, sync
process and visitor, without a hall of its own: what would be free if the terminal were not there, libraries included.
"""

import os
import sys
import tempfile
import time
from contextlib import suppress
from functools import partial
from itertools import pairwise
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

os.environ.update(QT_QPA_PLATFORM="offscreen", QT_LOGGING_RULES="*=false")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ui.processes import memory  # noqa: E402

memory.before_anything_else()

from tools.result import written  # noqa: E402

from kiosk.entry.handwriting import Handwriting, model_file  # noqa: E402
from kiosk.operations.settings import Settings  # noqa: E402
from kiosk.processes import supervisor  # noqa: E402
from kiosk.processes.equipment import Equipment  # noqa: E402
from kiosk.processes.supervisor import Handover, Supervisor  # noqa: E402
from kiosk.processes.sync_process import run_sync_process  # noqa: E402
from offline_cache.store import Store  # noqa: E402
from offline_cache.sync import PINNED_KEY  # noqa: E402
from protocol.sealing import generate_keys  # noqa: E402
from protocol.wire import HallKey  # noqa: E402

VISITS = 10
CRASH_IN = 4  # the visit in which the process is killed once
WRITTEN = (((0, 50), (100, 50)), ((50, 0), (50, 100)))  # 十
NO_HALL = "http://127.0.0.1:9"


def main() -> None:
    supervisor.leave_no_core_dump = lambda: None  # it also keeps all but root from measuring the processes
    told, tell = get_context("fork").Pipe(duplex=False)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder))
        equipment = Equipment(settings)
        equipment.recogniser(())
        store = Store.open(settings.store_file)
        store.set(PINNED_KEY, HallKey(key_id="met", public_key=generate_keys().public).model_dump_json())
        store.close()
        memory.load_what_needs_no_qt()
        memory.warm_store()
        memory.without_media_backend(settings.data / "qt-plugins")
        from ui.processes.pause import pause
        from ui.processes.visitor import VisitorProcess  # noqa: F401

        memory.let_go_of_code()
        Supervisor(
            partial(played_visit, equipment, tell),
            partial(pause, settings, equipment.texts, True),
            partial(run_sync_process, settings, NO_HALL, []),
            settings.data / "visit.draft",
            settings.data / "scratch",
        ).run()
    tell.close()  # what was told lies in the pipe
    events = []
    with suppress(EOFError):
        while True:
            events.append(told.recv())
    result = {"bench": "visits", **summary(events)}
    print(written("visits", result))


def played_visit(equipment: Equipment, tell: Connection, supervisor: Connection, handover: Handover) -> None:
    """Three screens with their ears, then goodbye; the process before it may have crashed."""
    from PySide6.QtCore import QTimer

    from ui.processes.supervised import SupervisedProcess
    from ui.processes.visitor import VisitorProcess

    process = SupervisedProcess(supervisor)
    visitor = VisitorProcess(equipment, supervisor, handover, windowed=True)
    process.told.connect(visitor.told)
    session = visitor.session
    began_at = session.state.location

    def play() -> None:
        visitor.window.resize(1080, 1920)
        visitor.window.grab()  # the first frame, whether the platform painted it already or not
        tell.send(("shown", time.monotonic(), began_at))
        number = count(handover)
        if number > VISITS:
            os.kill(os.getppid(), 15)
            return
        for action, value in (
            ("start", None),
            ("home", None),
            ("choose", "old-age-allowance"),
            ("next", None),
            ("answer", "self"),
        ):
            session.do(action, value)
            equipment.recogniser(tuple(phrase.text for phrase in session.screen().phrases))
            visitor.window.grab()
        if number == CRASH_IN and began_at != "visit":
            tell.send(("over", time.monotonic(), "crash"))
            os.kill(os.getpid(), 9)
        leave()

    def leave() -> None:
        processes = [os.getppid(), *children(os.getppid())]
        if len(processes) > 3:  # the process before is just being ended
            QTimer.singleShot(10, leave)
            return
        tell.send(("memory", pss_mib(processes), ""))
        Handwriting(model_file())(WRITTEN, 1)
        tell.send(("memory with handwriting", pss_mib(processes), ""))
        while session.state.location == "visit":
            session.do("back")
        session.do("finish")  # asks first: what was filled in is not sent
        tell.send(("over", time.monotonic(), "goodbye"))
        session.do("finish")

    QTimer.singleShot(0, play)
    process.run()


def count(handover: Handover) -> int:
    """Which visit this is, from 1; a file beside the scratch folders of all visitors keeps it."""
    file = handover.scratch.parent / "count"
    number = int(file.read_text()) if file.exists() else 0
    number += handover.goes_on is not None or number == 0
    file.write_text(str(number))
    return number


def children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def pss_mib(pids: list[int]) -> float:
    lines = [Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines() for pid in pids]
    return sum(int(line.split()[1]) for each in lines for line in each if line.startswith("Pss:")) / 1024


def summary(events: list[tuple[str, float, str]]) -> dict[str, object]:
    after: dict[str, list[float]] = {"goodbye": [], "crash": []}
    for (kind, at, why), (next_kind, next_at, _) in pairwise(events):
        if (kind, next_kind) == ("over", "shown"):
            after[why].append((next_at - at) * 1000)
    memory, written = (
        [value for kind, value, _ in events if kind == what] for what in ("memory", "memory with handwriting")
    )
    return {
        "visits": len(memory),
        "first_frame_after_goodbye_ms": {"p50": round(median(after["goodbye"])), "max": round(max(after["goodbye"]))},
        "first_frame_after_crash_ms": round(max(after["crash"])),
        "memory_mib": {"first_visit": round(memory[0]), "last_visit": round(memory[-1])},
        "memory_with_handwriting_mib": round(max(written)),
    }


if __name__ == "__main__":
    main()
