"""Who is where: every member of staff with the open call that they have, if any."""

from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import and_, select

from backend.accounts.permissions import Role
from backend.accounts.tables import StaffMember
from backend.calls.superseding import OPEN
from backend.calls.tables import Call
from backend.calls.without_disk import kept
from backend.hall.hall import Hall
from protocol.calls.states import CallState


class Colleague(BaseModel):
    """`call`, `kiosk` and `state` of the call that they have; None for who is free."""

    name: str
    role: Role
    call: UUID | None = None
    kiosk: str | None = None
    state: CallState | None = None


def colleagues(hall: Hall) -> list[Colleague]:
    """By name; the call that somebody took last."""
    in_memory = kept(hall)
    taken = and_(Call.state.in_(OPEN), Call.staff.is_not(None), Call.id.not_in(in_memory))
    with hall.database.read() as session:
        members = session.execute(
            select(StaffMember.name, StaffMember.role).where(~StaffMember.is_disabled).order_by(StaffMember.name)
        ).all()
        stored = session.execute(
            select(Call.staff, Call.id, Call.kiosk, Call.state).where(taken).order_by(Call.updated_at)
        ).all()
    theirs = {staff: (call, kiosk, state) for staff, call, kiosk, state in stored}
    for one in in_memory.values():
        if one.staff and one.state.is_open:
            theirs[one.staff] = one.id, one.kiosk, one.state
    return [_colleague(name, role, *theirs.get(name, (None, None, None))) for name, role in members]


def _colleague(name: str, role: Role, call: UUID | None, kiosk: str | None, state: CallState | None) -> Colleague:
    return Colleague(name=name, role=role, call=call, kiosk=kiosk, state=state)
