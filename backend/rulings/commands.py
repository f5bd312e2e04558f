"""`hall decisions report`: how often staff did as the rules advise, of nobody in particular."""

import argparse
import csv
import sys
from datetime import date
from typing import TYPE_CHECKING

from backend.foundation.command_line import common_options
from backend.foundation.settings import Settings, SetupError
from backend.hall.hall import open_hall
from backend.rulings.report import LEAST, Line, Report, report, usual_days

if TYPE_CHECKING:
    from backend.foundation.command_line import Commands

_TOO_FEW = "<"


def register(commands: "Commands") -> None:
    decisions = commands.add_parser(
        "decisions",
        help="how staff decide, and how often as the rules advise",
        description="How staff decide on forms, and how often as the rules advise; of nobody in particular.",
        epilog="example: hall decisions report --from 2026-10-01 --csv > decisions.csv",
    )
    acts = decisions.add_subparsers(dest="act", required=True, metavar="ACT")
    reporting = acts.add_parser(
        "report",
        help="by service and rule: how often advised, followed, and how it was decided",
        description="By service and rule: how often advised, how often followed, and how the forms were decided. "
        "A form counts once. Where fewer than 10 stand behind a number it is not told.",
        epilog="example: hall decisions report --from 2026-10-01 --to 2026-12-31 --json",
    )
    reporting.add_argument("--from", dest="since", metavar="DAY", type=_day, help="usually 90 days ago")
    reporting.add_argument("--to", dest="until", metavar="DAY", type=_day, help="usually today")
    reporting.add_argument("--csv", action="store_true", help="print a table for a spreadsheet")
    common_options(reporting, "print one JSON object")
    reporting.set_defaults(run=_report)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: write it as 2026-10-01") from None


def _report(settings: Settings, options: argparse.Namespace) -> int:
    hall = open_hall(settings)
    since, until = usual_days(hall, options.since, options.until)
    if since > until:
        raise SetupError("--from is after --to: turn them round.")
    found = report(hall, since, until)
    if options.json:
        print(found.model_dump_json())
    elif options.csv:
        _write(found)
    else:
        _print(found)
    return 0


def _write(found: Report) -> None:
    table = csv.DictWriter(sys.stdout, list(Line.model_fields))
    table.writeheader()
    table.writerows({name: _told(value) for name, value in one} for one in found.lines)


def _print(found: Report) -> None:
    print(f"{found.since} to {found.until}; {_TOO_FEW}{found.fewest}: too few to be told.")
    for one in found.lines:
        rule = f"{one.rule}, version {one.version}" if one.rule else "all that the rules advised"
        ways = one.model_dump(exclude={"service", "rule", "version"})
        print(f"{one.service}: {rule}: " + ", ".join(f"{name} {_told(count)}" for name, count in ways.items()))
    if not found.lines:
        print("No form was decided in these days.")


def _told(value: object) -> object:
    return f"{_TOO_FEW}{LEAST}" if value is None else value
