"""`hall export`: every submission with its answers in full."""

import argparse
import json
from typing import TYPE_CHECKING

from backend.foundation.command_line import common_options
from backend.foundation.settings import Settings
from backend.hall.hall import open_hall
from backend.submissions.review import export

if TYPE_CHECKING:
    from backend.foundation.command_line import Commands


def register(commands: "Commands") -> None:
    exporter = commands.add_parser(
        "export",
        help="print every submission, opened with the hall's key",
        description="Print every submission with its answers in full as one JSON document; the audit notes each.",
        epilog="example: hall export --json > submissions.json",
    )
    common_options(exporter, "one line of JSON instead of an indented document")
    exporter.set_defaults(run=_export)


def _export(settings: Settings, options: argparse.Namespace) -> int:
    print(json.dumps(list(export(open_hall(settings))), ensure_ascii=False, indent=None if options.json else 2))
    return 0
