"""Staff at kiosks, on the wire: a badge for the staff page; who has come, and the list of staff, for kiosks."""

from functools import partial
from io import BytesIO
from typing import Annotated

import qrcode
from anyio import to_thread
from fastapi import APIRouter, Response
from pydantic import BaseModel
from qrcode.image.svg import SvgPathImage

from backend.accounts.guard import who_may
from backend.accounts.permissions import Permission
from backend.accounts.sessions import SignedIn
from backend.assisting import staff_here
from backend.hall.hall import TheHall
from backend.kiosks.signed import NOT_ADMITTED, TheKiosk
from protocol.staff.here import StaffCheck, StaffHere
from protocol.staff.roster import Roster

router = APIRouter()
MayHelp = Annotated[SignedIn, who_may(Permission.TAKE_CALLS)]
_NOT_STAFF = NOT_ADMITTED | {403: {"description": "No badge or PIN of staff"}, 429: {"description": "Too many tries"}}


class ShownBadge(BaseModel):
    """`picture` is the code as an SVG; it is fresh for five minutes."""

    picture: str


@router.post("/staff/badge")
def badge(hall: TheHall, staff: MayHelp, response: Response) -> ShownBadge:
    """Whoever is logged in gets their own badge, to be shown to a kiosk's scanner."""
    made = staff_here.new_badge(hall, staff)
    response.headers["Cache-Control"] = "no-store"
    code = qrcode.make(made.signed(hall.keys.private), image_factory=SvgPathImage, border=4)
    picture = BytesIO()
    code.save(picture)
    return ShownBadge(picture=picture.getvalue().decode())


@router.post("/kiosks/staff", responses=_NOT_STAFF)
async def arrive(hall: TheHall, kiosk: TheKiosk, body: StaffCheck) -> StaffHere:
    """A member of staff is at this kiosk."""
    return await to_thread.run_sync(partial(staff_here.arrive, hall, kiosk, body), limiter=hall.logins)


@router.delete("/kiosks/staff", status_code=204, responses=NOT_ADMITTED)
def leave(hall: TheHall, kiosk: TheKiosk) -> None:
    """And has left it."""
    staff_here.leave(hall, kiosk)


@router.get("/kiosks/staff", responses=NOT_ADMITTED)
def roster(hall: TheHall, kiosk: TheKiosk) -> Roster:
    """Who may help at kiosks: for badges while the line is down."""
    return staff_here.roster(hall)
