"""`hall staff add|list|role|disable|enable|reset-pin`: the accounts, from the console."""

import argparse
import json
from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from backend.accounts import members
from backend.accounts.guesses import guesses
from backend.accounts.members import IssuedCode
from backend.accounts.names import plain_name
from backend.accounts.permissions import Role
from backend.foundation.command_line import common_options
from backend.foundation.settings import Settings, SetupError
from backend.hall.hall import Hall, open_hall

if TYPE_CHECKING:
    from backend.foundation.command_line import Commands, Parser

_WHO = "console"
_ROLES = [role.value for role in Role]


def register(commands: "Commands") -> None:
    staff = commands.add_parser(
        "staff",
        help="accounts of the staff page",
        description="Accounts of the staff page. Each has a role: staff take calls and look at forms, a lead also sees "
        "figures and is the second person for an export, an admin also manages accounts and kiosks.",
        epilog="example: hall staff add 李芳 --role staff",
    )
    acts = staff.add_subparsers(dest="act", required=True, metavar="ACT")
    adding = _act(acts, "add", "a new account, and the one-time code with which its person chooses a PIN", _add)
    adding.add_argument("--role", choices=_ROLES, default=Role.STAFF.value, help="default %(default)s")
    listing = acts.add_parser("list", help="all accounts", epilog="example: hall staff list --json")
    common_options(listing, "print one JSON array")
    listing.set_defaults(run=_list)
    role = _act(acts, "role", "another role; it counts at once", _set_role, example="李芳 lead")
    role.add_argument("role", choices=_ROLES, metavar="ROLE", help=", ".join(_ROLES))
    _act(acts, "disable", "close an account: its open pages end at once", _changing(members.disable, "disabled"))
    _act(acts, "enable", "open it again", _changing(members.enable, "enabled"))
    _act(acts, "reset-pin", "a new one-time code; the PIN and all open pages end at once", _reset_pin)


def _act(
    acts: "Commands", name: str, told: str, run: Callable[[Settings, argparse.Namespace], int], example: str = "李芳"
) -> "Parser":
    parser = acts.add_parser(name, help=told, epilog=f"example: hall staff {name} {example}")
    parser.add_argument("name", type=_name, metavar="NAME", help="as visitors read it")
    common_options(parser, "print one JSON object")
    parser.set_defaults(run=run)
    return parser


def _name(text: str) -> str:
    try:
        return plain_name(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error).rstrip(".")) from error


def _add(settings: Settings, options: argparse.Namespace) -> int:
    hall = open_hall(settings)
    return _tell(options, members.add(hall, _WHO, options.name, Role(options.role)))


def _reset_pin(settings: Settings, options: argparse.Namespace) -> int:
    hall = open_hall(settings)
    return _tell(options, members.reset_pin(hall, _WHO, _member(hall, options.name)))


def _changing(change: Callable[[Hall, str, UUID], None], told: str) -> Callable[[Settings, argparse.Namespace], int]:
    def run(settings: Settings, options: argparse.Namespace) -> int:
        hall = open_hall(settings)
        change(hall, _WHO, _member(hall, options.name))
        return _tell_account(hall, options, told)

    return run


def _set_role(settings: Settings, options: argparse.Namespace) -> int:
    hall = open_hall(settings)
    members.set_role(hall, _WHO, _member(hall, options.name), Role(options.role))
    return _tell_account(hall, options, f"{options.role} from now on")


def _list(settings: Settings, options: argparse.Namespace) -> int:
    hall = open_hall(settings)
    accounts = members.accounts(hall)
    if options.json:
        print(json.dumps([one.model_dump(mode="json") for one in accounts], ensure_ascii=False))
        return 0
    for one in accounts:
        print(f"{one.name}  {one.role}  {one.state}  {len(one.sessions)} open pages")
    with hall.database.read() as session:
        for told in guesses(session, hall):
            whose = f"the PIN of {told.name}" if told.name else "a PIN under a name that has no account"
            print(f"Somebody guesses at {whose} (made to wait: {told.waits}; last: {told.newest:%Y-%m-%d %H:%M} UTC).")
    if not accounts:
        print("There is no account yet: hall staff add NAME --role admin makes the first.")
    return 0


def _tell(options: argparse.Namespace, issued: IssuedCode) -> int:
    if options.json:
        until = issued.until.isoformat(timespec="seconds")
        print(json.dumps({"name": issued.name, "code": issued.code, "until": until}, ensure_ascii=False))
    else:
        until = f"{issued.until.astimezone():%Y-%m-%d %H:%M}"
        print(f"One-time code for {issued.name}: {issued.code} (until {until}). It is not shown again.")
        print("On the login page of the staff page it is given under 第一次登录 / First login, where a PIN is chosen.")
    return 0


def _tell_account(hall: Hall, options: argparse.Namespace, told: str) -> int:
    if options.json:
        account = next(one for one in members.accounts(hall) if one.name == options.name)
        print(json.dumps(account.model_dump(mode="json"), ensure_ascii=False))
    else:
        print(f"{options.name} is {told}.")
    return 0


def _member(hall: Hall, name: str) -> UUID:
    with hall.database.read() as session:
        member = members.named(session, name)
        if member is None:
            raise SetupError(f"There is no account of the name {name}: see hall staff list.")
        return member.id
