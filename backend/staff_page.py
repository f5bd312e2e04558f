"""The staff page itself, its words, and what it follows."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import FileResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent

from backend.accounts.guard import who_may
from backend.accounts.permissions import Permission
from backend.accounts.sessions import ENDED, SignedIn
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
    hall: TheHall, staff: MaySee, last_event_id: Annotated[int | None, Header()] = None
) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events: "ready" at once, then a "call" or "submission" for each change; Last-Event-ID resumes.
    It ends with the session."""
    left = (staff.ends_at - hall.clock()).total_seconds()
    async for change in hall.feed.follow(last_event_id, left):
        if hall.clock() >= staff.ends_at or (change.kind, change.subject) == (ENDED, str(staff.session)):
            return
        if change.kind == ENDED:
            continue  # another's
        yield ServerSentEvent(event=change.kind, id=str(change.id), data=change.subject)
