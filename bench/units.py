"""The two system units under their own flags, by a systemd of their own: one JSON line, and bench/results/units.json.

    python bench/units.py [--picture FILE]

As root, with systemd, cage, xwayland and grim on the machine, and the version of Python that runs this in /usr/bin. The
box (bench/tools/box.sh) is made of namespaces; nothing of this machine is changed. There is no seat in it, so cage
draws into memory, and the login of the kiosk's unit is left out; all else is as in assets/system.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from PySide6.QtGui import QImage
from tools.result import written

ROOT = Path(__file__).resolve().parents[1]
CGROUP = Path("/sys/fs/cgroup/unified" if Path("/sys/fs/cgroup/unified").is_dir() else "/sys/fs/cgroup")
NEEDS = ("systemctl", "cage", "Xwayland", "grim", "nsenter", "unshare")
UNITS = ("yinling-hall", "yinling-kiosk")
START_S, STOP_S, WATCHDOG_S = 180.0, 60.0, 90.0
SHOT = "/dev/shm/shot.png"
COLOURS = 8  # of a drawn screen; one that is black or of one colour has fewer


class Box:
    """A running one; `first` is its systemd, seen from outside."""

    def __init__(self, folder: Path) -> None:
        group = CGROUP / f"yinling-box-{os.getpid()}"
        group.mkdir()
        packages = sysconfig.get_path("purelib")
        namespaces = ("--mount", "--pid", "--fork", "--kill-child", "--uts", "--ipc", "--net", "--cgroup")
        enter = f"echo $$ > {group}/cgroup.procs; exec unshare {' '.join(namespaces)} sh {ROOT}/bench/tools/box.sh "
        self._group = group
        self._log = (folder / "log").open("wb")
        self._outside = subprocess.Popen(
            ["sh", "-c", f"{enter} {folder}/box {ROOT} {packages}"], stdout=self._log, stderr=self._log
        )
        (folder / "box").mkdir()
        until(lambda: self._first() is not None and self.systemctl("is-system-running").stdout != "", 60)

    def _first(self) -> int | None:
        children = Path(f"/proc/{self._outside.pid}/task/{self._outside.pid}/children").read_text().split()
        return int(children[0]) if children else None

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        enter = ["nsenter", "-t", str(self._first()), "--mount", "--pid", "--ipc", "--net", "--root", "--wd"]
        return subprocess.run([*enter, *command], capture_output=True, text=True, check=False)

    def systemctl(self, *command: str) -> subprocess.CompletedProcess[str]:
        return self.run("systemctl", *command)

    def value(self, unit: str, name: str) -> str:
        return self.systemctl("show", "--value", "-p", name, unit).stdout.strip()

    def stands(self, unit: str) -> bool:
        return self.value(unit, "ActiveState") == "active"

    def processes(self, unit: str) -> list[int]:
        """Those of a unit as the box numbers them, the oldest first."""
        found = self.run("cat", f"/sys/fs/cgroup/system.slice/{unit}.service/cgroup.procs").stdout.split()
        return sorted(int(one) for one in found)

    def picture(self, to: Path) -> QImage:
        """What is on the screen of the kiosk's unit."""
        uid = self.run("id", "-u", "kiosk").stdout.strip()
        environment = [f"XDG_RUNTIME_DIR=/run/user/{uid}", "WAYLAND_DISPLAY=wayland-0"]
        self.run("setpriv", "--reuid", uid, "--clear-groups", "env", *environment, "grim", SHOT)
        to.write_bytes(Path(f"/proc/{self._first()}/root{SHOT}").read_bytes())
        return QImage(str(to))

    def close(self) -> None:
        self._outside.kill()
        self._outside.wait()
        self._log.close()
        until(lambda: "populated 0" in (self._group / "cgroup.events").read_text(), 30)
        for group in sorted((path for path in self._group.rglob("*") if path.is_dir()), reverse=True):
            group.rmdir()
        self._group.rmdir()


def until(is_so: Callable[[], bool], within_s: float) -> float:
    """Seconds until it is so; TimeoutError when it is not in time."""
    began = monotonic()
    while not is_so():
        if monotonic() - began > within_s:
            raise TimeoutError(f"not so after {within_s} s")
        sleep(0.2)
    return round(monotonic() - began, 1)


def colours(picture: QImage) -> int:
    return len({picture.pixel(x, y) for x in range(0, picture.width(), 9) for y in range(0, picture.height(), 9)})


def exposure(unit: str) -> float:
    """What systemd-analyze says, from 0 (nothing is exposed) to 10."""
    file = ROOT / "assets" / "system" / f"{unit}.service"
    said = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--no-pager", str(file)], capture_output=True, text=True
    )
    return float(said.stdout.rpartition(": ")[2].split()[0])


def measure(box: Box, picture: Path) -> dict[str, object]:
    found: dict[str, object] = {}
    for unit in UNITS:
        found[f"{unit}_exposure"] = exposure(unit)
        found[f"{unit}_stands_s"] = until(lambda unit=unit: box.stands(unit), START_S)  # type: ignore[misc]
    found["hall_says"] = json.loads(box.run("curl", "-sk", "https://127.0.0.1:8300/health").stdout)["status"]
    found["colours_on_screen"] = colours(box.picture(picture))

    # stuck: the hall, and the supervisor of the terminal, which is the child of cage
    for process in (box.processes("yinling-hall")[0], box.processes("yinling-kiosk")[1]):
        box.run("kill", "-STOP", str(process))
    for unit in UNITS:
        began_anew = until(lambda unit=unit: box.value(unit, "NRestarts") == "1", WATCHDOG_S + STOP_S)  # type: ignore[misc]
        found[f"{unit}_watchdog_s"] = began_anew
    for unit in UNITS:
        until(lambda unit=unit: box.stands(unit), START_S)  # type: ignore[misc]
    box.run("kill", "-KILL", str(box.processes("yinling-kiosk")[0]))
    until(lambda: box.value("yinling-kiosk", "NRestarts") == "2", STOP_S)
    found["screen_after_cage_was_killed_s"] = until(lambda: box.stands("yinling-kiosk"), START_S)
    found["colours_again"] = colours(box.picture(picture))
    for unit in UNITS:
        began = monotonic()
        box.systemctl("stop", unit)
        found[f"{unit}_stops_s"] = round(monotonic() - began, 1)
        found[f"{unit}_ends"] = box.value(unit, "Result")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--picture", type=Path, help="what was on the screen, as a PNG file")
    options = parser.parse_args()
    missing = [name for name in NEEDS if shutil.which(name) is None]
    if os.geteuid() != 0 or missing or not CGROUP.is_dir():
        print(json.dumps({"bench": "units", "skipped": f"needs root and {', '.join(missing) or 'control groups'}"}))
        return
    with TemporaryDirectory() as folder:
        box = Box(Path(folder))
        try:
            result = {"bench": "units"} | measure(box, options.picture or Path(folder) / "shot.png")
        finally:
            log = box.run("journalctl", "--no-pager", "-n", "40").stdout
            box.close()
    if not all(
        isinstance(result[name], int) and result[name] >= COLOURS for name in ("colours_on_screen", "colours_again")
    ):
        sys.exit(f"The screen stayed empty.\n{log}")
    print(written("units", result))


if __name__ == "__main__":
    main()
