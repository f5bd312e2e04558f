"""`kiosk validate`: a form judged by the very rules that the screens and the hall use."""

import argparse
from dataclasses import replace
from datetime import date
from typing import Any

from forms import Catalogue, Problem, Report, Service, validate
from forms.nested import flat, nested
from forms.service import Ending
from forms.shown.filled_texts import Words
from kiosk.commands import common


def register(commands: common.Commands) -> None:
    parser = common.declare(
        commands,
        "validate",
        run,
        "judge the answers in a JSON file; exit 1 when something has to be mended",
        "kiosk validate old-age-allowance answers.json --json",
    )
    common.form_options(parser)


def run(options: argparse.Namespace) -> int:
    catalogue, service, given = common.form(options)
    report = validate(catalogue, service, flat(service, given), date.today())
    ending = _ending(catalogue, service, report) if report.ok and service.outcomes else None
    if options.json:
        common.print_json(
            {
                "ok": report.ok,
                "outcome": report.outcome,
                "errors": [_problem(one) for one in report.errors],
                "warnings": [_problem(one) for one in report.warnings],
                "normalised": nested(service, report.normalised, given),
                **({"calculated": report.calculated} if report.calculated else {}),
                **({"ending": _told(ending)} if ending else {}),
            }
        )
    else:
        for kind, problems in (("error", report.errors), ("warning", report.warnings)):
            for problem in problems:
                print(f"{kind}\t{problem.field}\t{problem.code}\t{problem.message.zh}\t{problem.message.en}")
        for name, value in report.calculated.items():
            print(f"calculated\t{name}\t{'not known' if value is None else value}")
        if ending:
            print(f"ends with\t{ending.next.zh}\t{ending.next.en}")
        print("ok" if report.ok else "not complete")
    return 0 if report.ok else 1


def _ending(catalogue: Catalogue, service: Service, report: Report) -> Ending:
    """How the form ends with these answers, its texts filled in."""
    ending = service.ending(report.facts)
    return replace(ending, next=Words(catalogue, service, report.facts).fill(ending.next))


def _told(ending: Ending) -> dict[str, Any]:
    return {"next": common.in_json(ending.next), "papers": [common.in_json(one) for one in ending.papers]}


def _problem(problem: Problem) -> dict[str, Any]:
    return {"field": problem.field, "code": problem.code, "message": common.in_json(problem.message)}
