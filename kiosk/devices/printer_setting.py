"""What the setting `printer` names."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from kiosk.devices import receipt_printer
from kiosk.devices.helper_process import run_helper
from kiosk.devices.printers import (
    USUAL_DOTS,
    Draw,
    FolderPrinter,
    Paper,
    Printer,
    QueuePrinter,
    folder_problem,
    queue_problem,
)
from kiosk.devices.receipt_printer import ReceiptPrinter, port_in, receipt_printer_problem

PDF = "pdf:"

Kind = Literal["receipts", "pdf", "folder", "queue"]


def kind_of(setting: str) -> Kind:
    if setting.startswith(receipt_printer.PREFIX):
        return "receipts"
    if setting.startswith(PDF):
        return "pdf"
    return "folder" if "/" in setting else "queue"


def checked(setting: str) -> str:
    """The setting; ValueError when it names no printer that could be."""
    if kind_of(setting) == "receipts":
        port_in(setting)
    if kind_of(setting) == "pdf" and not setting.removeprefix(PDF).startswith("/"):
        raise ValueError(f"{setting} is no folder for PDF: say {PDF}/FOLDER")
    return setting


def printer_for(setting: str, draw: Draw) -> Printer | None:
    """The printer that a setting names; none for ""."""
    if not setting:
        return None
    match kind_of(setting):
        case "receipts":
            return ReceiptPrinter(port_in(setting), draw)
        case "pdf":
            return FolderPrinter(Path(setting.removeprefix(PDF)), _as_pdf, "pdf")
        case "folder":
            return FolderPrinter(Path(setting), lambda paper: draw(paper, USUAL_DOTS), "png")
        case "queue":
            return QueuePrinter(setting, lambda paper: draw(paper, USUAL_DOTS))


def printer_problem(setting: str) -> str:
    """Why nothing can be printed there, in plain words; "" when it can, as far as can be told."""
    match kind_of(setting):
        case "receipts":
            return receipt_printer_problem(setting)
        case "queue":
            return queue_problem(setting)
        case _:
            return folder_problem(Path(setting.removeprefix(PDF)))


def _as_pdf(paper: Paper) -> bytes:
    return run_helper("kiosk.devices.pdf", given=json.dumps(asdict(paper)).encode())
