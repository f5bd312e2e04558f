"""A person's own data, as staff give it to them on the staff page."""

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from backend.accounts.guard import who_may
from backend.accounts.permissions import Permission, Staff
from backend.hall.hall import TheHall
from backend.privacy import own_data

router = APIRouter()
Caring = Annotated[Staff, who_may(Permission.CARE_FOR_OWN_DATA)]


class Person(BaseModel):
    """Who stands there. Staff have looked at card and face: without that nobody's data are looked for."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    resident_id: Annotated[str, Field(pattern=r"^\d{17}[\dXx]$", repr=False)]
    card_and_face_seen: Literal[True]


class BoardOwnData(BaseModel):
    """`unread_forms` cannot be found by an ID number, as this hall cannot read them yet."""

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
