"""`hall export`: every submission with its answers in full, for two people."""

import argparse
import json
from typing import TYPE_CHECKING

from backend.accounts.identify import at_console
from backend.foundation.command_line import common_options
from backend.foundation.errors import RequestError
from backend.foundation.limits import TooManyTriesError
from backend.foundation.settings import Settings, SetupError
from backend.hall.hall import Hall, open_hall
from backend.privacy import export
from backend.privacy.tables import ExportRequest

if TYPE_CHECKING:
    from backend.foundation.command_line import Commands


def register(commands: "Commands") -> None:
    exporter = commands.add_parser(
        "export",
        help="print every submission, opened with the hall's key",
        description="Print every submission with its answers in full as one JSON document. It takes two people, each a "
        "lead or an admin: one asks with --by and their PIN; another approves on the staff page, or here with --second "
        "and theirs. PINs are asked for on the terminal, else read from standard input, one a line. The audit notes "
        "each form.",
        epilog="example: hall export --by 李芳 --second 王强 --json > submissions.json",
    )
    exporter.add_argument("--by", metavar="NAME", help="who asks for the export and gets it")
    exporter.add_argument("--second", metavar="NAME", help="who approves it, where they stand here too")
    common_options(exporter, "one line of JSON instead of an indented document")
    exporter.set_defaults(run=_export)


def _export(settings: Settings, options: argparse.Namespace) -> int:
    if not options.by:
        raise SetupError(
            "An export takes two people: hall export --by NAME asks for it, another lead or admin approves it on the "
            "staff page or with --second NAME. hall staff add makes accounts."
        )
    hall = open_hall(settings)
    try:
        request = _approved(hall, options)
    except (RequestError, TooManyTriesError) as error:
        raise SetupError(str(error)) from error
    exported = list(export.forms(hall, request))
    print(json.dumps(exported, ensure_ascii=False, indent=None if options.json else 2))
    return 0


def _approved(hall: Hall, options: argparse.Namespace) -> ExportRequest:
    first = at_console(hall, options.by)
    request = export.take_approved(hall, first)
    if request is None:
        asked = export.ask(hall, first)
        if options.second:
            export.approve(hall, asked, at_console(hall, options.second))
            request = export.take_approved(hall, first)
    if request is None:
        raise SetupError(
            f"A lead or admin other than {first.name} has to approve this export on the staff page within an hour; "
            "then give the same command again."
        )
    return request
