"""A supervisor whose visitor processes are played from outside: each connects to the socket that is named, and obeys.

usage: visitor_scenario.py SOCKET DATA STUCK_S [HALL]
"""

import os
import sys
from functools import partial
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import Any

os.environ.update(QT_QPA_PLATFORM="offscreen", OPENBLAS_NUM_THREADS="1")

from PySide6.QtCore import QSocketNotifier

from kiosk.operations.settings import Settings
from kiosk.processes import supervisor as supervision
from kiosk.processes.equipment import Equipment
from kiosk.processes.renewal import Renewal
from kiosk.processes.supervisor import Handover, Supervisor
from kiosk.processes.sync_process import run_sync_process
from kiosk.texts.strings import Texts
from offline_cache import worker
from offline_cache.store import Store
from offline_cache.sync import PINNED_KEY
from protocol.sealing import generate_keys
from protocol.wire import HallKey
from ui.look.files import svg_file
from ui.processes import supervised
from ui.processes.pause import pause
from ui.processes.visitor import VisitorProcess

NO_HALL = "http://127.0.0.1:9"


def played_visit(equipment: Equipment, socket: str, supervisor: Connection, handover: Handover) -> None:
    alive = supervised.SupervisedProcess(supervisor)
    visitor = VisitorProcess(equipment, supervisor, handover, windowed=True)
    alive.told.connect(visitor.told)
    player = Client(socket)
    shown: list[str] = []

    def obey() -> None:
        told: tuple[Any, ...] = player.recv()
        match told:
            case ("fail",):
                raise RuntimeError("played")
            case ("speak to a file",):
                (handover.scratch / "spoken.wav").write_text("a name")
            case ("where is the icon", name):
                shown.append(str(svg_file("icons", name)))
            case (action, value):
                visitor.session.do(action, value)
        answer()

    def answer() -> None:
        screen = visitor.session.screen()
        value = shown.pop() if shown else screen.entry.value if screen.entry else ""
        player.send((os.getpid(), screen.name, value, screen.help.state, handover.scratch))

    notifier = QSocketNotifier(player.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(obey)
    answer()
    alive.run()


def played_pause(settings: Settings, texts: Texts, socket: str, supervisor: Connection) -> None:
    player = Client(socket)
    player.send((os.getpid(), "pause", "", "", None))
    pause(settings, texts, True, supervisor)


def main() -> None:
    socket, data = sys.argv[1], Path(sys.argv[2])
    supervision.STUCK_S, supervision.PAUSES_S, supervision.LOOK_S = float(sys.argv[3]), (0.1,), 0.1
    supervision.QUIET_S = 0.5
    if os.geteuid() != 0:  # else the test may not look into the memory of these processes
        supervision.leave_no_core_dump = lambda: None
    supervised.ALIVE_MS = 200
    settings = Settings(data=data)
    equipment = Equipment(settings)
    hall, worker.HEARTBEAT_S = (*sys.argv[4:], NO_HALL)[0], 0.2
    if hall == NO_HALL:
        store = Store.open(settings.store_file)
        store.set(PINNED_KEY, HallKey(key_id="met", public_key=generate_keys().public).model_dump_json())
        store.close()
    renewal = Renewal(equipment)
    Supervisor(
        lambda pipe, handover: played_visit(renewal.equipment, socket, pipe, handover),
        partial(played_pause, settings, equipment.texts, socket),
        partial(run_sync_process, settings, hall, []),
        data / "visit.draft",
        data / "scratch",
        renewal.look,
    ).run()


if __name__ == "__main__":
    main()
