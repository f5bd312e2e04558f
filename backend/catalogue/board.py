"""What is wrong in the files of this hall's county, as the staff page shows it."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel

from backend.accounts.guard import who_may
from backend.accounts.permissions import Permission, Staff
from backend.hall.hall import TheHall

router = APIRouter()


class BoardMistake(BaseModel):
    place: str  # file and line
    said: str


@router.get("/staff/files")
def mistakes(hall: TheHall, staff: Annotated[Staff, who_may(Permission.SEE_BOARD)]) -> list[BoardMistake]:
    """Each with file and line; what is named there is left out, everything else runs."""
    found = []
    for one in hall.files.now.mistakes:
        said = " ".join(part for part in (f"{one.where}:" if one.where else "", f"{one.message}.", one.hint) if part)
        found.append(BoardMistake(place=f"{one.file}:{one.line}", said=said))
    return found
