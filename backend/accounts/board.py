"""The accounts as admins see and change them on the staff page."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, ConfigDict

from backend.accounts import guesses, members
from backend.accounts.guard import who_may
from backend.accounts.guesses import Guesses
from backend.accounts.members import Account, IssuedCode
from backend.accounts.names import StaffName
from backend.accounts.permissions import Permission, Role
from backend.accounts.sessions import SignedIn
from backend.hall.hall import TheHall

router = APIRouter(prefix="/staff/accounts")
Admin = Annotated[SignedIn, who_may(Permission.MANAGE_ACCOUNTS)]


class NewAccount(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    name: StaffName
    role: Role


class NewRole(BaseModel):
    model_config = ConfigDict(extra="forbid")

    role: Role


class Code(BaseModel):
    """The one-time code, which is told here alone."""

    name: str
    code: str
    until: AwareDatetime


@router.get("")
def accounts(hall: TheHall, staff: Admin) -> list[Account]:
    return members.accounts(hall)


@router.get("/guesses")
def guessed(hall: TheHall, staff: Admin) -> list[Guesses]:
    """At whose PINs somebody guesses."""
    with hall.database.read() as session:
        return guesses.guesses(session, hall)


@router.post("", status_code=201)
def add(hall: TheHall, staff: Admin, body: NewAccount) -> Code:
    return _told(members.add(hall, staff.name, body.name, body.role))


@router.put("/{member_id}/role", status_code=204)
def set_role(hall: TheHall, staff: Admin, member_id: UUID, body: NewRole) -> None:
    members.set_role(hall, staff.name, member_id, body.role)


@router.post("/{member_id}/disable", status_code=204)
def disable(hall: TheHall, staff: Admin, member_id: UUID) -> None:
    members.disable(hall, staff.name, member_id)


@router.post("/{member_id}/enable", status_code=204)
def enable(hall: TheHall, staff: Admin, member_id: UUID) -> None:
    members.enable(hall, staff.name, member_id)


@router.post("/{member_id}/reset-pin")
def reset_pin(hall: TheHall, staff: Admin, member_id: UUID) -> Code:
    return _told(members.reset_pin(hall, staff.name, member_id))


@router.delete("/{member_id}/sessions/{session_id}", status_code=204)
def end_session(hall: TheHall, staff: Admin, member_id: UUID, session_id: UUID) -> None:
    members.end_session(hall, staff.name, member_id, session_id)


def _told(issued: IssuedCode) -> Code:
    return Code(name=issued.name, code=issued.code, until=issued.until)
