"""`kiosk run`: loads what never changes, then supervises the processes that serve one visitor each.

Qt comes last (ui.processes.memory says why).
"""

import os
import sys
import zlib
from functools import partial
from pathlib import Path

from forms import CatalogueError
from kiosk.commands.common import CommandError, warn
from kiosk.operations.hall_access import hall_address
from kiosk.operations.settings import Settings
from kiosk.processes.display_power import kept_awake
from kiosk.processes.equipment import Equipment, alone_in
from kiosk.processes.renewal import Renewal
from kiosk.processes.supervisor import Supervisor, SyncError
from kiosk.processes.sync_process import run_sync_process
from offline_cache.store import StoreError
from ui.processes import memory
from voice.recognition.model import ModelError

DRAFT = "visit.draft"
IN_MEMORY = Path("/dev/shm")


def run_terminal(settings: Settings, hall: str | None, *, windowed: bool) -> int:
    """Run until it is told to stop, or to start anew: then this process becomes the new one."""
    troubles: list[str] = []
    try:
        lock = alone_in(settings.data)
        equipment = Equipment(settings)
    except (CatalogueError, StoreError) as error:
        raise CommandError(str(error)) from error
    for problem in equipment.problems:
        warn(problem)
    _warm_up(equipment)
    memory.load_what_needs_no_qt()
    memory.warm_store()
    _check_help_key(settings.help_key)
    memory.without_media_backend(settings.data / "qt-plugins")
    from ui.processes.pause import pause
    from ui.processes.visitor import visit

    memory.let_go_of_code()
    renewal = Renewal(equipment, _warm_up)
    supervisor = Supervisor(
        lambda pipe, handover: visit(renewal.equipment, windowed, pipe, handover),
        partial(pause, settings, equipment.texts, windowed),
        partial(run_sync_process, settings, hall_address(settings, hall), troubles),
        settings.data / DRAFT,
        scratch_folder(settings.data),
        renewal.look,
    )
    try:
        with kept_awake() as dark:
            troubles += dark
            how = supervisor.run()
    except SyncError as error:
        raise CommandError(str(error)) from error
    finally:
        lock.close()
    if how == "restart":
        os.execv(sys.executable, [sys.executable, "-m", "kiosk.cli", *sys.argv[1:]])
    return 0


def scratch_folder(data: Path) -> Path:
    """For temporary files of visits: in memory where that can be, and one for each data folder."""
    if os.access(IN_MEMORY, os.W_OK):
        return IN_MEMORY / f"yinling-kiosk-{zlib.crc32(os.fsencode(data.resolve())):08x}"
    return data / "scratch"


def _check_help_key(name: str) -> None:
    from PySide6.QtCore import Qt

    if f"Key_{name}" not in Qt.Key.__members__:
        raise CommandError(f"There is no key {name!r} for help_key: write it like F1 or Home.")


def _warm_up(equipment: Equipment) -> None:
    """The voice model is read once for all visitors, and no visitor waits for it."""
    try:
        equipment.recogniser(())
    except ModelError as error:
        warn(f"{error} Until it is mended people touch the screen.")
