"""How many wrong PINs the hall takes: for one account, from one address, and in all.

A browser in which the member was in before has its own count, so that no stranger's tries keep a member of staff out.
All else that can be guessed at is counted three times. With every address of the world one gets 100 tries and then 144
a day, for all accounts together; one account gives five and then about 24 a day.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from backend.accounts.guesses import note_guess
from backend.foundation.errors import RequestError
from backend.foundation.limits import forgive, give_back, take_try
from backend.foundation.tables import Limit
from backend.hall.hall import Hall
from protocol.lockout import Lockout

_LOGIN = "login:"
_DAY_S = 86_400.0
ACCOUNT = Lockout(free_tries=5, first_wait_s=30, longest_wait_s=3600, forgotten_after_s=_DAY_S)
ADDRESS = Lockout(free_tries=20, first_wait_s=30, longest_wait_s=3600, forgotten_after_s=_DAY_S)
IN_ALL = Lockout(free_tries=100, first_wait_s=30, longest_wait_s=600, forgotten_after_s=3600)


@dataclass(frozen=True)
class Count:
    """One count of tries, by its name in the table of limits."""

    name: str
    rule: Lockout


def of_known_browser(browser_digest: str, name: str) -> Sequence[Count]:
    return [Count(f"{_LOGIN}browser:{browser_digest[:32]}:{name}", ACCOUNT)]


def of_stranger(name: str, address: str) -> Sequence[Count]:
    """The count of all comes last: tries that one of the others stops do not fill it."""
    return [
        Count(f"{_LOGIN}address:{_network(address)}", ADDRESS),
        Count(f"{_LOGIN}account:{name}", ACCOUNT),
        Count(f"{_LOGIN}all", IN_ALL),
    ]


def of_session(session: UUID) -> Sequence[Count]:
    """For whoever sits at an open page and would choose another PIN."""
    return [Count(f"{_LOGIN}session:{session}", ACCOUNT)]


@contextmanager
def tried(hall: Hall, name: str, counts: Sequence[Count]) -> Iterator[None]:
    """Counts a try at the account `name` before the block judges it; the block raises when it was wrong, else the
    counts are forgiven.

    TooManyTriesError while one must wait. A wrong one from which on one must wait is told to admins.
    """
    is_last = [take_try(hall.database, count.name, hall.clock(), count.rule) for count in counts]
    try:
        yield
    except RequestError:
        if any(is_last):
            note_guess(hall, name)
        raise
    for count in counts:
        if count.rule is IN_ALL:
            give_back(hall.database, count.name)
        else:
            forgive(hall.database, count.name)


def forget_old(session: Session, now: datetime) -> None:
    """Counts that no longer count."""
    session.execute(
        delete(Limit).where(Limit.name.startswith(_LOGIN), Limit.retry_at < now - timedelta(seconds=_DAY_S))
    )


def _network(address: str) -> str:
    """Whoever has one IPv6 address has its whole /64."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(IPv6Address(int(parsed) >> 64 << 64)) if isinstance(parsed, IPv6Address) else address
