"""`hall carry-in`: forms that a person brings on a USB stick, and the receipts that they take back."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from backend.carrying.carry_in import CarriedIn, carry_in
from backend.foundation.command_line import common_options
from backend.foundation.settings import Settings, SetupError
from backend.hall.hall import open_hall
from protocol.carrying.bundle import BundleError
from protocol.printable import printable
from protocol.process.whole_files import NotNewError, check_new, write_whole

if TYPE_CHECKING:
    from backend.foundation.command_line import Commands


def register(commands: "Commands") -> None:
    parser = commands.add_parser(
        "carry-in",
        help="take in forms that were carried here from a kiosk",
        description="Take in the file that kiosk outbox export wrote, each form once however often it comes, and write "
        "the receipts that kiosk outbox import wants. The hall may run meanwhile.",
        epilog="example: hall carry-in /media/usb/forms.yinling --out /media/usb/receipts.yinling",
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--out", type=Path, required=True, metavar="RECEIPTS", help="a new file, for the kiosk")
    common_options(parser, 'print {"kiosk", "number", "new", "known", "refused", "receipts"} as JSON')
    parser.set_defaults(run=_run)


def _run(settings: Settings, options: argparse.Namespace) -> int:
    try:
        check_new(options.out)
        done = carry_in(open_hall(settings), options.file)
    except (BundleError, NotNewError) as error:
        raise SetupError(str(error)) from error
    try:
        write_whole(options.out, done.receipts)
    except OSError as error:
        raise SetupError(
            f"The forms are in, and {options.out} cannot be written ({error.strerror}): carry them in once more with "
            "another file."
        ) from error
    _tell(done, options)
    return 0


def _tell(done: CarriedIn, options: argparse.Namespace) -> None:
    counts = {"new": done.new, "known": done.known, "refused": done.refused}
    if options.json:
        told = {"kiosk": done.kiosk, "number": done.number, **counts, "receipts": printable(str(options.out))}
        print(json.dumps(told, ensure_ascii=False))
        return
    what = f"{done.new} new forms and work orders are in, {done.known} were here before"
    print(f"File {done.number} of {done.kiosk}: {what}.")
    if done.refused:
        print(f"{done.refused} were not taken, as their ids belong to other forms: the kiosk will say which.")
    print(printable(f"Take {options.out} back to the kiosk: kiosk outbox import {options.out.name}"))
