"""`hall enrol`, `hall kiosks`, `hall approve`, `hall revoke`: kiosks as the console takes them in and puts them out."""

import argparse
import json
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from backend.foundation.command_line import common_options
from backend.foundation.settings import Settings, SetupError
from backend.hall.hall import open_hall
from backend.kiosks import enrolment
from backend.kiosks.board import BoardKiosk, board_kiosks
from protocol.wire import KioskName

if TYPE_CHECKING:
    from backend.foundation.command_line import Commands


def register(commands: "Commands") -> None:
    described = {
        _enrol: ("enrol", "make a code for a kiosk", "Make a code by which a kiosk shows its key; 15 minutes, once."),
        _approve: ("approve", "let in a kiosk that waits", "Let in a kiosk whose fingerprint was compared."),
        _revoke: ("revoke", "put out a kiosk", "Put out a kiosk at once; only its calls for help are still shown."),
    }
    for run, (name, about, description) in described.items():
        example = f"example: hall {name} 柳林村一号"
        parser = commands.add_parser(name, help=about, description=description, epilog=example)
        parser.add_argument("name", type=kiosk_name, metavar="NAME", help="the name that staff see")
        common_options(parser, "print JSON and nothing else")
        parser.set_defaults(run=run)
    listing = commands.add_parser(
        "kiosks",
        help="list the kiosks",
        description="List every kiosk with its state, its key's fingerprint and when it was last heard.",
        epilog="example: hall kiosks --json",
    )
    common_options(listing, "print JSON and nothing else")
    listing.set_defaults(run=_kiosks)


def kiosk_name(text: str) -> str:
    """For argparse."""
    try:
        return TypeAdapter[str](KioskName).validate_python(text.strip())
    except ValidationError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a name for a kiosk: give 1 to 64 characters without a slash"
        ) from None


def _enrol(settings: Settings, options: argparse.Namespace) -> int:
    code, until = enrolment.give_code(open_hall(settings), options.name)
    if options.json:
        print(json.dumps({"name": options.name, "code": code, "expires_at": until.isoformat()}, ensure_ascii=False))
    else:
        print(f"Code for {options.name}: {code}")
        print(f"Good once, until {until.astimezone():%H:%M}. On the kiosk: kiosk enrol {code} --hall URL")
        print("Then compare its fingerprint and approve it: on the staff page, or with hall approve NAME.")
    return 0


def _kiosks(settings: Settings, options: argparse.Namespace) -> int:
    found = board_kiosks(open_hall(settings))
    if options.json:
        print(json.dumps([one.model_dump(mode="json") for one in found], ensure_ascii=False))
    elif not found:
        print("No kiosk is enrolled yet: make a code with hall enrol NAME.")
    for one in found if not options.json else ():
        print(_line(one))
    return 0


def _line(kiosk: BoardKiosk) -> str:
    seen = f"{kiosk.seen_at.astimezone():%Y-%m-%d %H:%M}" if kiosk.seen_at else "never"
    twice = "; two machines have its key: enrol one of them anew" if kiosk.two_machines_at else ""
    lost = "; its audit has lost records: run kiosk audit verify there" if kiosk.audit_went_back_at else ""
    return f"{kiosk.state:9} {kiosk.name}  fingerprint {kiosk.fingerprint}  last heard {seen}{twice}{lost}"


def _approve(settings: Settings, options: argparse.Namespace) -> int:
    if not enrolment.approve(open_hall(settings), "hall approve", options.name):
        raise SetupError(f"No kiosk called {options.name} waits for approval: see hall kiosks.")
    return _done(options, "approved", f"{options.name} may bring forms from now on.")


def _revoke(settings: Settings, options: argparse.Namespace) -> int:
    if not enrolment.revoke(open_hall(settings), "hall revoke", options.name):
        raise SetupError(f"There is no kiosk called {options.name}: see hall kiosks.")
    return _done(options, "revoked", f"Nothing is taken from {options.name} any more, except that its calls are shown.")


def _done(options: argparse.Namespace, state: str, sentence: str) -> int:
    print(json.dumps({"name": options.name, "state": state}, ensure_ascii=False) if options.json else sentence)
    return 0
