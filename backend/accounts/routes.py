"""Logging in to the staff page and out; who is logged in, and what they may change of their own account."""

from functools import partial
from typing import Annotated
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Depends, Request, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from backend.accounts import login, members, sessions
from backend.accounts.browser import SESSION_COOKIE, Browser, TheBrowser
from backend.accounts.guard import from_our_page, signed_in
from backend.accounts.names import StaffName
from backend.accounts.permissions import PERMISSIONS, Permission, Role
from backend.accounts.sessions import OpenSession, SignedIn
from backend.hall.hall import Hall, TheHall

router = APIRouter(dependencies=[Depends(from_our_page)])
TheStaff = Annotated[SignedIn, Depends(signed_in)]
_PIN = r"^[0-9]{6,12}$"
Pin = Annotated[str, Field(pattern=_PIN, repr=False)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class Login(_Body):
    name: StaffName
    pin: Pin


class FirstPin(_Body):
    name: StaffName
    code: Annotated[str, Field(max_length=40, repr=False)]
    pin: Pin


class OwnPin(_Body):
    """`current` is left out by whoever has none yet."""

    current: Annotated[str | None, Field(pattern=_PIN, repr=False)] = None
    pin: Pin


class Me(BaseModel):
    """Who is logged in. `now` is the hall's clock, so that a browser with a wrong one still counts seconds right."""

    name: str
    role: Role
    permissions: list[Permission]
    has_pin: bool
    session: UUID
    ends_at: AwareDatetime
    now: AwareDatetime


@router.post("/staff/login", status_code=204)
async def log_in(hall: TheHall, body: Login, browser: TheBrowser, request: Request, response: Response) -> None:
    work = partial(login.log_in, hall, body.name, body.pin, browser)
    _enter(await to_thread.run_sync(work, limiter=hall.logins), browser, request, response)


@router.post("/staff/first-pin", status_code=204)
async def choose_first_pin(
    hall: TheHall, body: FirstPin, browser: TheBrowser, request: Request, response: Response
) -> None:
    """With a one-time code; it logs in too."""
    work = partial(login.choose_first_pin, hall, body.name, body.code, body.pin, browser)
    _enter(await to_thread.run_sync(work, limiter=hall.logins), browser, request, response)


@router.get("/staff/me")
def get_me(hall: TheHall, staff: TheStaff) -> Me:
    return me_of(hall, staff)


def me_of(hall: Hall, staff: SignedIn) -> Me:
    return Me(
        name=staff.name,
        role=staff.role,
        permissions=sorted(PERMISSIONS[staff.role]),
        has_pin=staff.has_pin,
        session=staff.session,
        ends_at=staff.ends_at,
        now=hall.clock(),
    )


@router.put("/staff/me/pin", status_code=204)
async def change_pin(hall: TheHall, staff: TheStaff, body: OwnPin) -> None:
    """One's other open pages end."""
    await to_thread.run_sync(partial(login.change_pin, hall, staff, body.current, body.pin), limiter=hall.logins)


@router.get("/staff/me/sessions")
def own_sessions(hall: TheHall, staff: TheStaff) -> list[OpenSession]:
    with hall.database.read() as session:
        return sessions.open_sessions(session, hall.clock()).get(staff.member, [])


@router.delete("/staff/me/sessions/{session_id}", status_code=204)
def end_own_session(hall: TheHall, staff: TheStaff, session_id: UUID) -> None:
    members.end_session(hall, staff.name, staff.member, session_id)


@router.post("/staff/logout", status_code=204)
def log_out(hall: TheHall, browser: TheBrowser, response: Response) -> None:
    login.log_out(hall, browser.cookies.session)
    response.delete_cookie(SESSION_COOKIE)


def _enter(entered: login.Entered, browser: Browser, request: Request, response: Response) -> None:
    if entered.next_pin:
        request.app.state.show_pin(entered.next_pin)
    browser.keep(response, entered.cookies)
