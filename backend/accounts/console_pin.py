"""The PIN that the console prints: with it the first admin gets in, and a newcomer at a terminal's own hall."""

import secrets
from datetime import timedelta
from hmac import compare_digest

from sqlalchemy import delete
from sqlalchemy.orm import Session

from backend.accounts import members
from backend.accounts.permissions import Role
from backend.accounts.tables import ConsolePin, StaffMember
from backend.audit.log import note
from backend.foundation.errors import RequestError
from backend.hall.hall import Hall

_GOOD = timedelta(hours=24)
_WHO = "console"


class DisabledError(RequestError):
    status = 403
    code = "account_disabled"

    def __init__(self) -> None:
        super().__init__("This account is disabled: ask whoever manages the hall's accounts.")


def next_pin(hall: Hall) -> str | None:
    """A new six-digit PIN to print, in the place of the one before; None where accounts are the way in.

    The console prints one as long as no admin can log in, and the own hall of a terminal always: whoever starts that
    has the machine in their hands.
    """
    with hall.database.write() as session:
        session.execute(delete(ConsolePin))
        return _new(session, hall)


def is_right(session: Session, hall: Hall, pin: str) -> bool:
    kept = session.get(ConsolePin, 1, with_for_update=True)  # of two who use it at once, one finds it gone
    if kept is None or not compare_digest(kept.digest, _digest(hall, pin)):
        return False
    return kept.is_good(hall.clock()) or hall.settings.is_of_a_terminal  # which may start under a wrong clock


def use(session: Session, hall: Hall, name: str) -> tuple[StaffMember, str | None]:
    """Whose page it opens, and the next PIN to print. DisabledError when the name's account is disabled."""
    is_first = not members.an_admin_can_log_in(session, hall)
    member = members.named(session, name)
    if member is None:
        member = members.new_member(session, name, Role.ADMIN)
        note(session, hall, _WHO, "account_add", member.id, Role.ADMIN)
    if member.is_disabled:
        raise DisabledError
    if is_first and member.role is not Role.ADMIN:
        member.role = Role.ADMIN
        note(session, hall, _WHO, "account_role", member.id, Role.ADMIN)
    session.execute(delete(ConsolePin))
    return member, _new(session, hall)


def _new(session: Session, hall: Hall) -> str | None:
    session.flush()
    if members.an_admin_can_log_in(session, hall) and not hall.settings.is_of_a_terminal:
        return None
    pin, now = f"{secrets.randbelow(1_000_000):06d}", hall.clock()
    session.add(ConsolePin(id=1, digest=_digest(hall, pin), made_at=now, ends_at=now + _GOOD))
    return pin


def _digest(hall: Hall, pin: str) -> str:
    return hall.keys.digest("console pin", pin)
