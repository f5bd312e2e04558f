"""Processes that work on a disk until its power goes, and what they had told by then."""

import os
import select
import shutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

LAYER = Path(__file__).with_name("losing_disk.py")
NEVER = 0
Tell = Callable[[str], None]
Work = Callable[[Path, Tell], None]


def missing() -> str:
    """What this machine lacks for such a disk, "" if nothing."""
    if not os.access("/dev/fuse", os.R_OK | os.W_OK):
        return "a /dev/fuse that this user may open"
    if shutil.which("fusermount3") is None:
        return "fusermount3 (Debian's fuse3)"
    return "" if find_spec("mfusepy") else "the Python package mfusepy"


def until_cut(folder: Path, seed: int, after: int, *works: Work) -> tuple[list[str], int]:
    """What `works`, each in a process of its own, told until the power of the disk in `folder` went.

    That is just before the step `after` of the disk, else when the last of the works has ended; the second value is how
    many steps there were by then. What is left of the disk is in `folder`. SystemExit when a work failed by itself.
    """
    mount = folder.with_name(f"{folder.name}-mounted")
    mount.mkdir(exist_ok=True)
    command = [sys.executable, str(LAYER), str(folder), str(mount), "--seed", str(seed), "--cut-after", str(after)]
    environment = os.environ | {"FUSE_LIBRARY_NAME": "fuse3"}
    disk = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert disk.stdout
    children: list[int] = []
    try:
        if disk.stdout.readline() != "ready\n":
            raise SystemExit("The disk was not mounted; see above.")
        reading, writing = os.pipe()
        children += [_forked(work, mount, writing) for work in works]
        os.close(writing)
        with os.fdopen(reading, "rb") as telling:
            told, is_cut = _told(telling.fileno(), disk.stdout.fileno(), children[-1])
            failed = not is_cut and os.waitid(os.P_PID, children[-1], os.WEXITED | os.WNOWAIT)
            for child in children:
                os.kill(child, signal.SIGKILL)
            if is_cut:
                disk.kill()  # until then the processes wait for its answer, and do not end
            while children:
                os.waitpid(children.pop(), 0)
            _unmount(mount)
            told += telling.read()
        if failed and failed.si_status:
            raise SystemExit("A process ended by itself; see above.")
        said = disk.stdout.read()
        disk.wait()
        return told.decode().splitlines(), after if is_cut else int(said)
    finally:
        disk.kill()
        disk.wait()
        _unmount(mount)
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _unmount(mount: Path) -> None:
    """Also where its process is dead already, or where that is done."""
    subprocess.run(["fusermount3", "-uzq", str(mount)], check=False)


def _told(telling: int, disk: int, last: int) -> tuple[bytes, bool]:
    """What was told until the power went (True), or until the last work ended."""
    told, ended = b"", os.pidfd_open(last)
    try:
        while True:
            ready, _, _ = select.select([telling, disk, ended], [], [])
            if telling in ready:
                told += os.read(telling, 65536)
            if disk in ready:
                return told, True
            if ended in ready:
                return told, False
    finally:
        os.close(ended)


def _forked(work: Work, mount: Path, telling: int) -> int:
    child = os.fork()
    if child:
        return child
    try:
        work(mount, lambda line: os.write(telling, f"{line}\n".encode()) and None)
        os._exit(0)
    finally:  # only an error leads here
        traceback.print_exc()
        os._exit(1)
