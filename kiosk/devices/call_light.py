"""The lamp that burns while a call for staff has not reached the hall: by a USB relay, or by a line that is a file."""

import os
import stat
import termios
import tty
from pathlib import Path
from typing import Protocol

RELAY, LINE = "relay:", "line:"
# What boards with one relay behind a CH340 serial chip (LCUS-1 and its kin) take, at 9600 baud.
_RELAY_ON, _RELAY_OFF = bytes.fromhex("A00101A2"), bytes.fromhex("A00100A1")


class CallLight(Protocol):
    def switch(self, on: bool) -> None:
        """Done within milliseconds, or OSError."""


class RelayLight:
    """A board with one relay on a serial device. It is opened anew each time, so that it may be plugged out and in."""

    def __init__(self, device: Path) -> None:
        self._device = device

    def switch(self, on: bool) -> None:
        port = os.open(self._device, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
        try:
            _set_up(port)
            os.write(port, _RELAY_ON if on else _RELAY_OFF)
        except termios.error as error:
            raise OSError(*error.args) from error
        finally:
            os.close(port)


class LineLight:
    """A file that takes 1 and 0: the value of a GPIO line, the brightness of a lamp of the kernel's, or any file, which
    then is a simulator."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def switch(self, on: bool) -> None:
        self._file.write_text("1\n" if on else "0\n")


def checked(setting: str) -> str:
    """The setting; ValueError when it names no lamp that could be."""
    if setting and not setting.startswith((f"{RELAY}/", f"{LINE}/")):
        raise ValueError(f"{setting} is no call light: say {RELAY}/dev/ttyUSB0 or {LINE}/sys/class/gpio/gpio17/value")
    return setting


def light_for(setting: str) -> CallLight | None:
    """The lamp that a setting names; none for ""."""
    if not setting:
        return None
    kind, _, path = setting.partition(":")
    return RelayLight(Path(path)) if f"{kind}:" == RELAY else LineLight(Path(path))


def light_problem(setting: str) -> str:
    """Why that lamp cannot be switched, in plain words; "" when it can, as far as can be told without lighting it."""
    path = Path(setting.partition(":")[2])
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return f"{path} is not there ({error.strerror})"
    if setting.startswith(RELAY) and not stat.S_ISCHR(mode):
        return f"{path} is no serial device"
    return "" if os.access(path, os.W_OK) else f"{path} may not be written"


def _set_up(port: int) -> None:
    tty.setraw(port, termios.TCSANOW)
    flags = termios.tcgetattr(port)
    flags[4] = flags[5] = termios.B9600
    termios.tcsetattr(port, termios.TCSANOW, flags)
