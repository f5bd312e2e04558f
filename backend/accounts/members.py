"""The accounts of staff: added, disabled, given another role or a new code. Each change is in the audit."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from pydantic import AwareDatetime, BaseModel
from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from backend.accounts import sessions
from backend.accounts.guesses import Guesses, guesses
from backend.accounts.permissions import Role
from backend.accounts.pins import code_digest
from backend.accounts.tables import KnownBrowser, OneTimeCode, StaffMember, StaffSession
from backend.audit.log import note
from backend.foundation.errors import RequestError, UnknownError
from backend.hall.hall import Hall
from protocol.enrolment import new_code

CODE_GOOD = timedelta(hours=24)


class NameTakenError(RequestError):
    status = 409
    code = "name_taken"

    def __init__(self) -> None:
        super().__init__("There is an account of this name already: reset its PIN, or add a letter to the name.")


class LastAdminError(RequestError):
    status = 409
    code = "last_admin"

    def __init__(self) -> None:
        super().__init__("No other admin can log in: make another one first, and let them choose a PIN.")


class MemberState(StrEnum):
    NEW = "new"  # has not chosen a PIN yet
    ACTIVE = "active"
    DISABLED = "disabled"


class Account(BaseModel):
    """A member of staff as admins see them. `code_until`: while a one-time code is good; `guesses`: at their PIN."""

    id: UUID
    name: str
    role: Role
    state: MemberState
    code_until: AwareDatetime | None
    sessions: list[sessions.OpenSession]
    guesses: Guesses | None


def names_of_staff(session: Session) -> list[str]:
    """Of all that have an account and may log in."""
    active = StaffMember.is_disabled.is_(False)
    return list(session.scalars(select(StaffMember.name).where(active).order_by(StaffMember.name)))


@dataclass(frozen=True)
class IssuedCode:
    """With it the person chooses a PIN; it is told once and then forgotten."""

    name: str
    code: str
    until: datetime


def accounts(hall: Hall) -> list[Account]:
    """All, by name."""
    now = hall.clock()
    with hall.database.read() as session:
        codes = {one.member: one.ends_at for one in session.scalars(select(OneTimeCode)) if one.is_good(now)}
        opened = sessions.open_sessions(session, now)
        guessed = {one.name: one for one in guesses(session, hall)}
        members = session.scalars(select(StaffMember).order_by(StaffMember.name)).all()
        return [
            Account(
                id=one.id,
                name=one.name,
                role=one.role,
                state=_state(one),
                code_until=codes.get(one.id),
                sessions=opened.get(one.id, []),
                guesses=guessed.get(one.name),
            )
            for one in members
        ]


def add(hall: Hall, who: str, name: str, role: Role) -> IssuedCode:
    """NameTakenError when somebody has the name."""
    with hall.database.write() as session:
        if named(session, name):
            raise NameTakenError
        member = new_member(session, name, role)
        note(session, hall, who, "account_add", member.id, role)
        return _issue_code(session, hall, member)


def reset_pin(hall: Hall, who: str, member_id: UUID) -> IssuedCode:
    """The old PIN and all open pages end at once, and no browser is known any more."""
    with _changing(hall, who, "account_reset_pin", member_id) as (session, member):
        member.pin_hash = None
        end_all(session, hall, member)
        return _issue_code(session, hall, member)


def disable(hall: Hall, who: str, member_id: UUID) -> None:
    """All open pages end at once; LastAdminError for the only admin."""
    changing = _changing(hall, who, "account_disable", member_id)
    with changing as (session, member), _keeping_an_admin(session, hall, member):
        member.is_disabled = True
        end_all(session, hall, member)


def enable(hall: Hall, who: str, member_id: UUID) -> None:
    with _changing(hall, who, "account_enable", member_id) as (_, member):
        member.is_disabled = False


def set_role(hall: Hall, who: str, member_id: UUID, role: Role) -> None:
    """It counts from the member's next request on; LastAdminError for the only admin."""
    changing = _changing(hall, who, "account_role", member_id, role)
    with changing as (session, member), _keeping_an_admin(session, hall, member):
        member.role = role


def end_session(hall: Hall, who: str, member_id: UUID, session_id: UUID) -> None:
    """UnknownError when the member has no such open page."""
    with hall.database.write() as session:
        if not sessions.end(session, hall, StaffSession.id == session_id, StaffSession.member == member_id):
            raise UnknownError
        note(session, hall, who, "session_end", member_id)
    hall.feed.wake()


def named(session: Session, name: str) -> StaffMember | None:
    return session.scalar(select(StaffMember).where(StaffMember.name == name))


def new_member(session: Session, name: str, role: Role) -> StaffMember:
    member = StaffMember(id=uuid4(), name=name, role=role, pin_hash=None, is_disabled=False)
    session.add(member)
    session.flush()  # what belongs to it comes after it
    return member


def an_admin_can_log_in(session: Session, hall: Hall) -> bool:
    """By a PIN, or by a code that is still good."""
    is_admin = select(StaffMember).where(StaffMember.role == Role.ADMIN, StaffMember.is_disabled.is_(False))
    admins = session.scalars(is_admin.with_for_update()).all()
    codes = session.scalars(select(OneTimeCode).where(OneTimeCode.member.in_([one.id for one in admins])))
    return any(one.pin_hash for one in admins) or any(code.is_good(hall.clock()) for code in codes)


def end_all(session: Session, hall: Hall, member: StaffMember) -> None:
    sessions.end(session, hall, StaffSession.member == member.id)
    for table in (KnownBrowser, OneTimeCode):
        session.execute(delete(table).where(table.member == member.id))


@contextmanager
def _changing(
    hall: Hall, who: str, action: str, member_id: UUID, detail: str = ""
) -> Iterator[tuple[Session, StaffMember]]:
    """UnknownError when there is no such member."""
    with hall.database.write() as session:
        # With all admins and in one order: two who end each other's rights must not wait for each other.
        concerned = select(StaffMember).where(or_(StaffMember.id == member_id, StaffMember.role == Role.ADMIN))
        locked = session.scalars(concerned.order_by(StaffMember.id).with_for_update()).all()
        member = next((one for one in locked if one.id == member_id), None)
        if member is None:
            raise UnknownError
        note(session, hall, who, action, member.id, detail)
        yield session, member
    hall.feed.wake()


@contextmanager
def _keeping_an_admin(session: Session, hall: Hall, member: StaffMember) -> Iterator[None]:
    """LastAdminError when the block takes an admin's rights and nobody is left who has them."""
    was_admin = member.role is Role.ADMIN and not member.is_disabled
    yield
    session.flush()
    if was_admin and not an_admin_can_log_in(session, hall):
        raise LastAdminError


def _issue_code(session: Session, hall: Hall, member: StaffMember) -> IssuedCode:
    code, now = new_code(), hall.clock()
    until = now + CODE_GOOD
    digest = code_digest(hall.keys, member.id, code)
    session.add(OneTimeCode(member=member.id, digest=digest, made_at=now, ends_at=until))
    return IssuedCode(member.name, code, until)


def _state(member: StaffMember) -> MemberState:
    if member.is_disabled:
        return MemberState.DISABLED
    return MemberState.ACTIVE if member.pin_hash else MemberState.NEW
