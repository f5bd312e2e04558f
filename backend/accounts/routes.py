"""Logging in to the staff page and out, and who is logged in."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from backend.accounts import service
from backend.accounts.guard import COOKIE, from_our_page, signed_in
from backend.accounts.permissions import PERMISSIONS, Permission, Role, Staff
from backend.hall.hall import TheHall
from protocol.wire import PlainText

router = APIRouter(dependencies=[Depends(from_our_page)])


class Login(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[PlainText, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]
    pin: Annotated[str, Field(pattern=r"^\d{6}$", repr=False)]


class Me(BaseModel):
    """Who is logged in. `now` is the hall's clock, so that a browser with a wrong one still counts seconds right."""

    name: str
    role: Role
    permissions: list[Permission]
    now: AwareDatetime


@router.post("/staff/login", status_code=204)
def log_in(hall: TheHall, body: Login, request: Request, response: Response) -> None:
    address = request.client.host if request.client else ""
    token, next_pin = service.log_in(hall, body.name, body.pin, address)
    request.app.state.show_pin(next_pin)
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(service.SHIFT.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )


@router.get("/staff/me")
def get_me(hall: TheHall, staff: Annotated[Staff, Depends(signed_in)]) -> Me:
    return Me(name=staff.name, role=staff.role, permissions=sorted(PERMISSIONS[staff.role]), now=hall.clock())


@router.post("/staff/logout", status_code=204)
def log_out(hall: TheHall, request: Request, response: Response) -> None:
    service.log_out(hall, request.cookies.get(COOKIE, ""))
    response.delete_cookie(COOKIE)
