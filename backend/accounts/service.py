"""Who may use the staff page: a name and a PIN that works once, then a cookie until the shift is over."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, select, update

from backend.accounts.permissions import Role, Staff
from backend.accounts.tables import StaffPin, StaffSession
from backend.foundation.database import changed, insert
from backend.foundation.errors import RequestError
from backend.foundation.limits import forgive, take_try
from backend.hall.hall import Hall

SHIFT = timedelta(hours=12)


class WrongPinError(RequestError):
    """The PIN is not the one that was printed last."""

    status = 401

    def __init__(self) -> None:
        super().__init__("The PIN is wrong: use the one that the hall's console printed last.")


def new_pin(hall: Hall) -> str:
    """Make the six-digit PIN that the next login uses; the one before stops working."""
    pin = _random_pin()
    values = {"id": 1, "digest": hall.keys.digest("pin", pin)}
    with hall.database.write() as session:
        first = insert(session, StaffPin).values(values)
        session.execute(first.on_conflict_do_update(index_elements=[StaffPin.id], set_={"digest": values["digest"]}))
    return pin


def log_in(hall: Hall, name: str, pin: str, address: str) -> tuple[str, str]:
    """The new page's cookie and the next login's PIN.

    WrongPinError, or TooManyTriesError after five wrong ones from the same network address.
    """
    limit = f"login:{address}"
    take_try(hall.database, limit, hall.clock())
    token, next_pin, now = secrets.token_urlsafe(32), _random_pin(), hall.clock()
    with hall.database.write() as session:
        use_up = (
            update(StaffPin)
            .where(StaffPin.digest == hall.keys.digest("pin", pin))
            .values(digest=hall.keys.digest("pin", next_pin))
        )
        if not changed(session, use_up):
            raise WrongPinError
        session.execute(delete(StaffSession).where(StaffSession.expires_at <= now))
        session.add(StaffSession(digest=hall.keys.digest("session", token), name=name, expires_at=now + SHIFT))
    forgive(hall.database, limit)
    return token, next_pin


def staff_of(hall: Hall, token: str) -> Staff | None:
    """The staff member whose page holds this cookie; None when there is none or the shift is over."""
    digest = hall.keys.digest("session", token)
    with hall.database.read() as session:
        name = session.scalar(
            select(StaffSession.name).where(StaffSession.digest == digest, StaffSession.expires_at > hall.clock())
        )
    return Staff(name, Role.ADMIN) if name is not None else None


def log_out(hall: Hall, token: str) -> None:
    with hall.database.write() as session:
        session.execute(delete(StaffSession).where(StaffSession.digest == hall.keys.digest("session", token)))


def _random_pin() -> str:
    return f"{secrets.randbelow(1_000_000):06d}"
