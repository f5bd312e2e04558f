"""The staff page itself, its words, and what it follows."""

from asyncio import to_thread
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request
from fastapi.responses import FileResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent

from backend.accounts.browser import TheBrowser
from backend.accounts.guard import who_may
from backend.accounts.permissions import Permission
from backend.accounts.sessions import ENDED, SignedIn, staff_of
from backend.events.shared import Shared
from backend.hall.hall import TheHall
from protocol.wire import Words

WEB = Path(__file__).with_name("web")
router = APIRouter()
MaySee = Annotated[SignedIn, who_may(Permission.SEE_BOARD)]


@router.get("/staff", include_in_schema=False)
def page() -> FileResponse:
    return FileResponse(WEB / "staff.html")


@router.get("/staff/words")
def words(hall: TheHall) -> dict[str, Words]:
    """The page's own texts."""
    return hall.page_words


@router.get("/staff/views")
def views() -> list[str]:
    """The parts of the board: each is a module of web/views, which asks the hall for what it shows."""
    return sorted(module.stem for module in (WEB / "views").glob("*.js"))


@router.get("/staff/events", response_class=EventSourceResponse)
async def events(
    request: Request,
    hall: TheHall,
    staff: MaySee,
    browser: TheBrowser,
    last_event_id: Annotated[int | None, Header()] = None,
) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events: "ready" at once, then a "call" or "submission" for each change; Last-Event-ID resumes.

    A "call" brings all open calls (PushedCalls), as every page would ask for them at the same moment, or "" when they
    cannot be read. All others are hints to look. It ends with the session."""
    calls: Shared[str] = request.app.state.pushed_calls
    as_of = 0.0
    left = (staff.ends_at - hall.clock()).total_seconds()
    async for change in hall.feed.follow(last_event_id, left):
        if hall.clock() >= staff.ends_at or (change.kind, change.subject) == (ENDED, str(staff.session)):
            return
        if change.kind == ENDED:
            continue  # another's
        if change.kind == "ready" and await to_thread(staff_of, hall, browser.cookies.session) is None:
            return  # it ended before this began to listen
        data: dict[str, Any] = {"data": change.subject}
        if change.kind == "call":
            if 0 < change.heard_at < as_of:
                continue  # what was sent has it already
            as_of, pushed = await calls.get()
            data = {"raw_data": pushed or '""'}
        yield ServerSentEvent(event=change.kind, id=str(change.id), **data)
