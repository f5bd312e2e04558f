"""What the staff page has of privacy: a person's own data, and exports that wait for a second person."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from backend.accounts.guard import who_may
from backend.accounts.permissions import Permission, Staff
from backend.hall.hall import TheHall
from backend.privacy import export, own_data

router = APIRouter()
Caring = Annotated[Staff, who_may(Permission.CARE_FOR_OWN_DATA)]


class Person(BaseModel):
    """Who stands there. Staff have looked at card and face: without that nobody's data are looked for."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    resident_id: Annotated[str, Field(pattern=r"^\d{17}[\dXx]$", repr=False)]
    card_and_face_seen: Literal[True]


class BoardOwnData(BaseModel):
    """`unread_forms` cannot be found by an ID number: this hall cannot read them yet, or none is in them."""

    unread_forms: int


@router.get("/staff/own-data")
def own_data_of_nobody_yet(hall: TheHall, staff: Caring) -> BoardOwnData:
    return BoardOwnData(unread_forms=own_data.unread_forms(hall))


@router.post("/staff/own-data/look")
def look(hall: TheHall, body: Person, staff: Caring) -> own_data.OwnData:
    """What is kept about the person."""
    return own_data.look(hall, body.resident_id, staff)


@router.post("/staff/own-data/copy")
def copy(hall: TheHall, body: Person, staff: Caring) -> own_data.Copy:
    """All of it in full, for the person."""
    return own_data.copy(hall, body.resident_id, staff)


@router.post("/staff/own-data/withdraw")
def withdraw(hall: TheHall, body: Person, staff: Caring) -> own_data.Withdrawal:
    """The person takes their consent back."""
    return own_data.withdraw(hall, body.resident_id, staff)


class WaitingExport(BaseModel):
    """`is_me`: it takes another person."""

    id: UUID
    asked_by: str
    asked_at: AwareDatetime
    is_me: bool


class Approval(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: UUID


@router.get("/staff/exports")
def waiting_exports(hall: TheHall, staff: Annotated[Staff, who_may(Permission.EXPORT)]) -> list[WaitingExport]:
    return [
        WaitingExport(id=one.id, asked_by=one.asked_by, asked_at=one.asked_at, is_me=one.asked_by == staff.name)
        for one in export.waiting(hall)
    ]


@router.post(
    "/staff/exports/approve",
    status_code=204,
    responses={403: {"description": "It takes another person"}, 404: {"description": "No such request waits"}},
)
def approve_export(hall: TheHall, body: Approval, staff: Annotated[Staff, who_may(Permission.EXPORT)]) -> None:
    export.approve(hall, body.id, staff)
