"""A receipt printer that understands ESC/POS: on a device file or on the network."""

import logging
import re
from dataclasses import dataclass

from kiosk.devices.helper_process import HelperError, run_helper
from kiosk.devices.printers import Draw, Paper

PREFIX = "escpos:"
DOTS = {"58": 384, "80": 576}  # across by the width of the paper in mm: 48 and 72 mm of it at 203 dots an inch
_SETTING = re.compile(
    r"escpos:(?:(?P<file>/[^?]+)|tcp://(?P<host>[\w.-]+|\[[0-9a-fA-F:.]+\])(?::(?P<port>\d{1,5}))?)(?:\?mm=(?P<mm>58|80))?"
)
_HELPER = "kiosk.devices.escpos"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Port:
    """Where a receipt printer is, a device file or tcp://HOST:PORT, and how many dots wide its paper."""

    address: str
    dots: int


def port_in(setting: str) -> Port:
    """What a setting says that begins with escpos:; ValueError when it cannot be understood."""
    found = _SETTING.fullmatch(setting)
    if not found or int(found["port"] or 0) > 65535:
        raise ValueError(
            f"{setting} is no receipt printer: say {PREFIX}/dev/usb/lp0 or {PREFIX}tcp://HOST:9100, and ?mm=58 "
            "after it where the paper is not 80 mm wide"
        )
    return Port(found["file"] or f"tcp://{found['host']}:{found['port'] or 9100}", DOTS[found["mm"] or "80"])


class ReceiptPrinter:
    def __init__(self, port: Port, draw: Draw) -> None:
        self._port, self._draw = port, draw

    def print(self, paper: Paper) -> bool:
        try:
            run_helper(_HELPER, self._port.address, given=self._draw(paper, self._port.dots))
        except HelperError as error:
            log.error("The printer %s did not print a page: %s", self._port.address, error)
            return False
        return True


def receipt_printer_problem(setting: str) -> str:
    """Why it cannot print now, in plain words; "" when it can, as far as it tells. It is asked for paper."""
    address = port_in(setting).address
    try:
        run_helper(_HELPER, address, given=b"")
    except HelperError as error:
        return f"{address}: {str(error).rstrip('.')}"
    return ""
