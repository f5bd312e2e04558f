"""The staff page and what it asks of the hall. All but the page itself and the login need the cookie."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, HTTPException, Request, Response
from fastapi.responses import FileResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from backend import calls, progress, review, staff
from backend.board import Board, board
from backend.kiosk_routes import TheHall
from protocol.wire import CallState, CallStatus, Identifier, PlainText, Progress, ProgressStatus, Words

COOKIE = "yinling_staff"
STATIC = Path(__file__).with_name("static")
router = APIRouter()


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Login(_Body):
    name: Annotated[PlainText, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]
    pin: Annotated[str, Field(pattern=r"^\d{6}$", repr=False)]


class NewStatus(_Body):
    status: ProgressStatus
    note: Annotated[PlainText, StringConstraints(strip_whitespace=True)] = ""


class Reveal(_Body):
    field: Identifier


def from_our_page(request: Request) -> None:
    """Another site can make a browser send our cookie's request, but never with a header of its own choosing."""
    if request.method != "GET" and request.headers.get("X-Staff-Page") != "1":
        raise HTTPException(403, "Only the staff page may ask this: send the header X-Staff-Page: 1.")


def signed_in(request: Request, hall: TheHall) -> str:
    """The name of the staff member who asks; 401 without a valid cookie."""
    name = staff.name_of(hall, request.cookies.get(COOKIE, ""))
    if name is None:
        raise HTTPException(401, "Log in on the staff page first.")
    return name


Staff = Annotated[str, Depends(signed_in)]
guarded = APIRouter(dependencies=[Depends(from_our_page)])


@router.get("/staff", include_in_schema=False)
def page() -> FileResponse:
    return FileResponse(STATIC / "staff.html")


@router.get("/staff/words")
def words(hall: TheHall) -> dict[str, Words]:
    """The page's own texts."""
    return hall.page_words


@guarded.post("/staff/login", status_code=204)
def log_in(hall: TheHall, body: Login, request: Request, response: Response) -> None:
    address = request.client.host if request.client else ""
    token, next_pin = staff.log_in(hall, body.name, body.pin, address)
    request.app.state.show_pin(next_pin)
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(staff.SHIFT.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )


@guarded.post("/staff/logout", status_code=204)
def log_out(hall: TheHall, request: Request, response: Response) -> None:
    staff.log_out(hall, request.cookies.get(COOKIE, ""))
    response.delete_cookie(COOKIE)


@guarded.get("/staff/board")
def get_board(hall: TheHall, name: Staff) -> Board:
    return board(hall, name)


@guarded.get("/staff/events", response_class=EventSourceResponse)
async def events(
    hall: TheHall, name: Staff, last_event_id: Annotated[int | None, Header()] = None
) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events: "ready" at once, then a "call" or "submission" for each change; Last-Event-ID resumes."""
    async for change in hall.feed.follow(last_event_id):
        yield ServerSentEvent(event=change.kind, id=str(change.id), data=change.subject)


@guarded.post("/calls/{call_id}/seen")
def seen(hall: TheHall, call_id: UUID, name: Staff) -> CallStatus:
    """A staff page has shown the call."""
    return calls.move_call(hall, call_id, CallState.NOTIFIED)


@guarded.post("/calls/{call_id}/acknowledge")
def acknowledge(hall: TheHall, call_id: UUID, name: Staff) -> CallStatus:
    """The staff member is coming; the first one to say so is the one who comes."""
    return calls.move_call(hall, call_id, CallState.ACKNOWLEDGED, name)


@guarded.post("/calls/{call_id}/close")
def close(hall: TheHall, call_id: UUID, name: Staff) -> CallStatus:
    return calls.move_call(hall, call_id, CallState.CLOSED)


@guarded.put("/submissions/{submission_id}/status")
def put_status(hall: TheHall, submission_id: UUID, body: NewStatus, name: Staff) -> Progress:
    return progress.set_status(hall, submission_id, body.status, body.note, name)


@guarded.post("/submissions/{submission_id}/open")
def open_submission(hall: TheHall, submission_id: UUID, name: Staff) -> review.Form:
    """The answers, private ones masked; the look is written down."""
    return review.open_masked(hall, submission_id, name)


@guarded.post("/submissions/{submission_id}/reveal")
def reveal(hall: TheHall, submission_id: UUID, body: Reveal, name: Staff) -> Words:
    """One masked answer in full; the look is written down."""
    return review.reveal(hall, submission_id, body.field, name)


router.include_router(guarded)
