"""`hall catalogue publish`: the county's folder for all kiosks."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from backend.catalogue.service import publish
from backend.foundation.command_line import common_options
from backend.foundation.settings import Settings
from backend.hall.hall import open_hall

if TYPE_CHECKING:
    from backend.foundation.command_line import Commands


def register(commands: "Commands") -> None:
    catalogue = commands.add_parser(
        "catalogue",
        help="give the county's folder to all kiosks",
        description="Give the county's folder to all kiosks of this hall. Each fetches what is new; it keeps the one "
        "before if it cannot use it.",
        epilog="example: hall catalogue publish /etc/yinling/county",
    )
    publishing = catalogue.add_subparsers(dest="act", required=True, metavar="ACT").add_parser(
        "publish", help="make this folder the newest", epilog="example: hall catalogue publish /etc/yinling/county"
    )
    publishing.add_argument("folder", type=Path, metavar="DIR")
    common_options(publishing, "print the number and how many files as JSON")
    publishing.set_defaults(run=_publish)


def _publish(settings: Settings, options: argparse.Namespace) -> int:
    number, files = publish(open_hall(settings), options.folder)
    if options.json:
        print(json.dumps({"number": number, "files": files}))
    else:
        print(f"Catalogue {number} ({files} files): kiosks fetch it within minutes; the staff page shows who has it.")
    return 0
