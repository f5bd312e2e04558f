"""`hall demo`. What is played is read only once this command runs."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from backend.foundation.command_line import port
from backend.foundation.settings import Settings

if TYPE_CHECKING:
    from backend.foundation.command_line import Commands


def register(commands: "Commands") -> None:
    demo = commands.add_parser(
        "demo",
        help="run a hall with one busy day of invented people, to look at",
        description="Run a hall of its own with one busy day in it: kiosks, forms, calls, work orders and numbers of "
        "invented people. Prints three names with PINs of this run and the staff page's address, and serves this "
        "machine alone until Ctrl-C. No setting of a real hall counts, and its folder and database are never touched.",
        epilog="example: hall demo --port 8310",
    )
    demo.add_argument("--port", type=port, default=0, help="default %(default)s: any free port")
    demo.add_argument("--folder", type=Path, help="an empty or new folder that stays (default: one that goes with it)")
    demo.add_argument(
        "--seed", type=int, default=1, metavar="N", help="another day for another one (default %(default)s)"
    )
    demo.add_argument("--json", action="store_true", help="print one JSON object a line: logins, then staff_url")
    demo.set_defaults(run=_run, needs_hall=False, database_url=None)


def _run(settings: Settings, options: argparse.Namespace) -> int:
    from backend.demo import running  # a hall that runs reads nothing of this

    running.run(settings.assets, options.folder, options.port, options.seed, json_lines=options.json)
    return 0
