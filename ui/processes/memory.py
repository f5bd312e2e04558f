"""What keeps the terminal's processes small. Nothing here changes what they do.

Qt keeps the source text of whatever is imported after it, and of whatever imports something from then on: what needs no
Qt is loaded, and used once, before Qt is.
"""

import ctypes
import os
import re
import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

# What a visitor's process imports that needs no Qt.
BEFORE_QT = (
    "kiosk.devices.letters",
    "kiosk.devices.qr",
    "kiosk.devices.readers",
    "kiosk.devices.wedge",
    "kiosk.operations.doctor_process",
    "kiosk.session.call_alarm",
    "voice.audio.chime",
    "voice.devices.capture",
    "voice.devices.choice",
    "voice.recognition.surroundings",
    "voice.speech.live",
    "voice.speech.render",
)
M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8  # of glibc's mallopt
MADV_DONTNEED = 4
LARGE_BYTES = 64 * 1024
_MAPPING = re.compile(r"^([\da-f]+)-([\da-f]+) (\S+) \S+ \S+ (\d+)(.*\n(?:[A-Z].*\n)+)", re.MULTILINE)  # of smaps
_UNWRITTEN = re.compile(r"^Anonymous: +0 kB$", re.MULTILINE)
NO_PHRASES = "PYPINYIN_NO_PHRASES"  # read by pypinyin when it is imported


def before_anything_else() -> None:
    """Call first. Freed large blocks go back to the system, numpy keeps to one thread (the supervisor forks), and
    pypinyin loads only the words that are needed."""
    if "pypinyin" in sys.modules and NO_PHRASES not in os.environ:  # too late: the command line has loaded all words
        os.execve(sys.executable, [sys.executable, "-m", "kiosk.cli", *sys.argv[1:]], {**os.environ, NO_PHRASES: "1"})
    allocator = ctypes.CDLL(None)
    if hasattr(allocator, "mallopt"):  # other C libraries have other ways
        allocator.mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)
        allocator.mallopt(M_ARENA_MAX, 1)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from voice.recognition.readings import load_few_readings

    load_few_readings()


def load_what_needs_no_qt() -> None:
    for module in BEFORE_QT:
        import_module(module)


def warm_store() -> None:
    """SQLAlchemy sets itself up at the first use: once here, not in every process."""
    from offline_cache.calls import Calls
    from offline_cache.store import Store

    with TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "warm.db")
        store.set("warm", "yes")
        store.outbox()
        Calls(store, None).current()
        store.close()


def let_go_of_code() -> None:
    """Drop the pages of libraries that were needed only to start; the system reads them from their files when needed.

    Only pages that nothing may write to, and nothing has written to, for they are the same in the file.
    """
    madvise = ctypes.CDLL(None).madvise
    for first, last, mode, inode, rest in _MAPPING.findall(Path("/proc/self/smaps").read_text()):
        if "w" not in mode and inode != "0" and _UNWRITTEN.search(rest):
            start = int(first, 16)
            madvise(ctypes.c_void_p(start), ctypes.c_size_t(int(last, 16) - start), MADV_DONTNEED)


def without_media_backend(folder: Path) -> None:
    """Qt loads 12 MB of video codecs to list microphones unless it does not find them. `folder` is made anew."""
    from PySide6.QtCore import QCoreApplication, QLibraryInfo

    folder.mkdir(mode=0o700, exist_ok=True)
    for link in folder.iterdir():
        link.unlink()
    for plugins in Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)).iterdir():
        if plugins.name != "multimedia":
            (folder / plugins.name).symlink_to(plugins)
    QCoreApplication.setLibraryPaths([str(folder)])
