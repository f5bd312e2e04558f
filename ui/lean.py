"""What keeps the terminal's processes small. Nothing here changes what they do."""

import ctypes
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8  # of glibc's mallopt
LARGE_BYTES = 64 * 1024
FEW = "PYPINYIN_NO_PHRASES"  # read by pypinyin when it is imported


def before_anything_else() -> None:
    """Large blocks go back to the system when freed; one thread a process as long as it may fork; few words."""
    if "pypinyin" in sys.modules and FEW not in os.environ:  # too late: the command line has loaded all words
        os.execve(sys.executable, [sys.executable, "-m", "kiosk.cli", *sys.argv[1:]], {**os.environ, FEW: "1"})
    allocator = ctypes.CDLL(None)
    if hasattr(allocator, "mallopt"):  # other C libraries have other ways
        allocator.mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)
        allocator.mallopt(M_ARENA_MAX, 1)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from voice.readings import load_few_readings

    load_few_readings()


def warm_store() -> None:
    """SQLAlchemy sets itself up at the first use: once here, not in every process."""
    from offline_cache.calls import Calls
    from offline_cache.store import Store

    with TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "warm.db")
        store.set("warm", "yes")
        store.entries()
        Calls(store, None).current()
        store.close()


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
