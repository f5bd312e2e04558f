"""`kiosk doctor`: is this terminal ready for people?"""

import argparse
import os
from dataclasses import asdict

from forms import CatalogueError
from kiosk.commands import common


def register(commands: common.Commands) -> None:
    parser = common.declare(
        commands, "doctor", run, "look at every part; exit 1 when one has failed", "kiosk doctor --json"
    )
    common.json_option(parser)
    common.county_option(parser)
    parser.add_argument("--lang", choices=("zh", "en"), default="en", help="the language of the sentences")


def run(options: argparse.Namespace) -> int:
    os.environ.setdefault("QT_LOGGING_RULES", "*.warning=false")  # a missing device is an answer here, not a fault
    from kiosk.operations.doctor import examine  # loads Qt's audio and vosk, which no other command should wait for

    try:
        findings = examine(common.settings(options), options.lang)
    except CatalogueError as error:
        raise common.CommandError(str(error)) from error
    failed = any(finding.status == "failed" for finding in findings)
    if options.json:
        worst = "failed" if failed else "degraded" if any(one.status == "degraded" for one in findings) else "ok"
        common.print_json({"status": worst, "checks": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            first, *lines = finding.detail.splitlines()
            print(f"{finding.status:9} {finding.part:12} {first}", *lines, sep=f"\n{'':23}")
            if finding.mend:
                print(f"{'':22} -> {finding.mend}")
    return 1 if failed else 0
