"""`hall rules register|list|revoke`: which checks of the county count, from the console."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from backend.accounts.identify import at_console
from backend.accounts.permissions import Staff
from backend.definitions.rules import all_rules
from backend.definitions.tables import RegisteredRule
from backend.foundation.command_line import common_options
from backend.foundation.errors import RequestError
from backend.foundation.limits import TooManyTriesError
from backend.foundation.settings import Settings, SetupError
from backend.hall.hall import Hall, open_hall
from backend.rules.register import register as register_rules
from backend.rules.register import revoke

if TYPE_CHECKING:
    from backend.foundation.command_line import Commands


def register(commands: "Commands") -> None:
    rules = commands.add_parser(
        "rules",
        help="which checks of the county count",
        description="Which checks of the county's services count, on its kiosks and here. One that is registered "
        "nowhere is left out, and that is told. Those that come with the program count anyway.",
        epilog="example: hall rules register /etc/yinling/county --by 李芳",
    )
    acts = rules.add_subparsers(dest="act", required=True, metavar="ACT")
    adding = acts.add_parser(
        "register",
        help="from now on these count",
        description="Register each check of a county's folder, or of one file of its services/, by its hash. Kiosks "
        "hear of it within minutes. The PIN of --by is asked for on the terminal, else read from standard input.",
        epilog="example: hall rules register /etc/yinling/county --by 李芳",
    )
    adding.add_argument("place", type=Path, metavar="DIR|FILE")
    _by(adding)
    common_options(adding, 'print {"new", "known"} as JSON')
    adding.set_defaults(run=_register)
    listing = acts.add_parser("list", help="all that was registered", epilog="example: hall rules list --json")
    common_options(listing, "print one JSON array")
    listing.set_defaults(run=_list)
    revoking = acts.add_parser(
        "revoke", help="from now on it counts for no form", epilog="example: hall rules revoke 3f9a2b07c1d4 --by 李芳"
    )
    revoking.add_argument("hash", metavar="HASH", help="as hall rules list prints it; its beginning is enough")
    _by(revoking)
    common_options(revoking, "print the rule as JSON")
    revoking.set_defaults(run=_revoke)


def _by(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", metavar="NAME", help="a lead or an admin, who answers for it with their PIN")


def _register(settings: Settings, options: argparse.Namespace) -> int:
    hall = open_hall(settings)
    try:
        done = register_rules(hall, _who(hall, options), options.place)
    except RequestError as error:
        raise SetupError(str(error)) from error
    if options.json:
        print(json.dumps({"new": done.new, "known": done.known}))
    else:
        print(f"Registered: {done.new}. Registered before: {done.known}. Kiosks hear of it within minutes.")
    return 0


def _revoke(settings: Settings, options: argparse.Namespace) -> int:
    hall = open_hall(settings)
    try:
        rule = revoke(hall, _who(hall, options), options.hash)
    except RequestError as error:
        raise SetupError(str(error)) from error
    print(json.dumps(_told(rule), ensure_ascii=False) if options.json else f"Revoked: {_sentence(rule)}")
    return 0


def _list(settings: Settings, options: argparse.Namespace) -> int:
    with open_hall(settings).database.read() as session:
        rules = all_rules(session).all()
    if options.json:
        print(json.dumps([_told(one) for one in rules], ensure_ascii=False))
        return 0
    for one in rules:
        print(_sentence(one))
    if not rules:
        print("No rule of the county is registered yet: hall rules register FOLDER --by NAME does it.")
    return 0


def _who(hall: Hall, options: argparse.Namespace) -> Staff:
    if not options.by:
        raise SetupError("Somebody has to answer for it: add --by NAME of a lead or an admin.")
    try:
        return at_console(hall, options.by)
    except (RequestError, TooManyTriesError) as error:
        raise SetupError(str(error)) from error


def _told(rule: RegisteredRule) -> dict[str, object]:
    return {
        "service": rule.service_id,
        "rule": rule.rule,
        "version": rule.version,
        "hash": rule.hash,
        "owner": rule.owner,
        "by": rule.registered_by,
        "at": rule.registered_at.isoformat(),
        "revoked_by": rule.revoked_by,
        "revoked_at": rule.revoked_at.isoformat() if rule.revoked_at else None,
    }


def _sentence(rule: RegisteredRule) -> str:
    owner = f", owner {rule.owner}" if rule.owner else ""
    revoked = f"; revoked {rule.revoked_at:%Y-%m-%d} by {rule.revoked_by}" if rule.revoked_at else ""
    named = f"{rule.hash[:12]}  {rule.service_id}: {rule.rule}, version {rule.version}{owner}"
    return f"{named}; registered {rule.registered_at:%Y-%m-%d} by {rule.registered_by}{revoked}"
