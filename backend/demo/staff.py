"""Three people who work in the hall, each with a PIN of this run."""

import secrets
from dataclasses import dataclass, field

from backend.accounts import members
from backend.accounts.browser import Browser
from backend.accounts.login import choose_first_pin, log_out
from backend.accounts.permissions import Role
from backend.accounts.pins import WeakPinError, check_strength
from backend.accounts.sessions import Cookies, SignedIn, staff_of
from backend.hall.hall import Hall

NAMES = {Role.STAFF: "周敏", Role.LEAD: "李芳", Role.ADMIN: "陈静"}
_BROWSER = Browser(address="127.0.0.1", kind="hall demo", is_secure=False, cookies=Cookies("", ""))


@dataclass(frozen=True)
class Login:
    name: str
    role: Role
    pin: str = field(repr=False)


@dataclass(frozen=True)
class Employed:
    """By role: who they are in what they do, and how a newcomer logs in as them."""

    people: dict[Role, SignedIn]
    logins: list[Login]


def employ(hall: Hall) -> Employed:
    people, logins = {}, []
    for role, name in NAMES.items():
        issued, pin = members.add(hall, "hall demo", name, role), _new_pin()
        page = choose_first_pin(hall, name, issued.code, pin, _BROWSER).cookies.session
        signed_in = staff_of(hall, page)
        assert signed_in is not None, "just now"
        log_out(hall, page)
        people[role] = signed_in
        logins.append(Login(name, role, pin))
    return Employed(people, logins)


def _new_pin() -> str:
    while True:
        pin = f"{secrets.randbelow(1_000_000):06d}"
        try:
            check_strength(pin)
        except WeakPinError:
            continue
        return pin
