"""The screen never goes dark while the terminal runs."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

_WHY = ("--who=Yinling Kiosk", "--why=people stand before it")
_INHIBIT = ("systemd-inhibit", "--what=idle:sleep", "--mode=block", *_WHY)
_NO_BLANKING = ("xset", "s", "off", "s", "noblank", "-dpms")
TROUBLE = "the screen may go dark: "


@contextmanager
def kept_awake() -> Iterator[list[str]]:
    """Gives what could not be done about it, for staff: empty when all could.

    Under X the server blanks by itself, which xset stops. A Wayland compositor for kiosks (cage) never blanks; what the
    machine itself does when idle, systemd-inhibit stops.
    """
    troubles = []
    if _under_x() and not _works(_NO_BLANKING):
        troubles.append(f"{TROUBLE}xset does not work, install x11-xserver-utils")
    holder = None
    if _works((*_INHIBIT, "true")):
        # cat ends with us, in whatever way that is, and the lock with it
        holder = subprocess.Popen((*_INHIBIT, "cat"), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    else:
        troubles.append(f"{TROUBLE}systemd-inhibit does not work, see to it that the machine never sleeps")
    try:
        yield troubles
    finally:
        if holder and holder.stdin:
            holder.stdin.close()
            holder.wait(timeout=5)


def _under_x() -> bool:
    chosen = os.environ.get("QT_QPA_PLATFORM") or ("wayland" if os.environ.get("WAYLAND_DISPLAY") else "xcb")
    return chosen == "xcb" and bool(os.environ.get("DISPLAY"))


def _works(command: tuple[str, ...]) -> bool:
    if not shutil.which(command[0]):
        return False
    return subprocess.run(command, capture_output=True, timeout=10, check=False).returncode == 0
