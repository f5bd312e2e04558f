"""`kiosk precheck`: what is likely to come of a form before it is sent, with the rule and the answer of each reason."""

import argparse
from dataclasses import asdict
from datetime import date

from forms.nested import flat
from forms.precheck import PrecheckVerdict, Reason, precheck
from kiosk.commands import common

_SAID = {
    PrecheckVerdict.CAN_SUBMIT: "can_submit: nothing is missing, and nothing has to be asked.",
    PrecheckVerdict.MISSING_MATERIAL: "missing_material: something is missing or not right yet.",
    PrecheckVerdict.ASK_A_PERSON: "ask_a_person: it can be sent, and a staff member should look.",
}
_HOLDS = {True: "holds", False: "does not hold", None: "is not known yet"}


def register(commands: common.Commands) -> None:
    parser = common.declare(
        commands,
        "precheck",
        run,
        "say of the answers in a JSON file whether something is missing or a person should look, and why; exit 1 when "
        "something is missing",
        "kiosk precheck old-age-allowance answers.json --json",
    )
    common.form_options(parser)


def run(options: argparse.Namespace) -> int:
    catalogue, service, given = common.form(options)
    found = precheck(catalogue, service, flat(service, given), date.today())
    if options.json:
        because = [{**asdict(one), "message": common.in_json(one.message)} for one in found.because]
        common.print_json({"verdict": found.verdict, "because": because})
    else:
        print(_SAID[found.verdict])
        for reason in found.because:
            print(_sentence(reason))
    return 1 if found.verdict is PrecheckVerdict.MISSING_MATERIAL else 0


def _sentence(reason: Reason) -> str:
    rests_on = f" ({reason.source})" if reason.source else ""
    said = f"{reason.message.zh} {reason.message.en}"
    return f"{reason.field}: the rule {reason.rule}, version {reason.version}, {_HOLDS[reason.holds]}: {said}{rests_on}"
