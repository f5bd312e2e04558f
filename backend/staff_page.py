"""The staff page itself, what stands in it at its start, and what it follows."""

import gzip
import json
from asyncio import to_thread
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request
from fastapi.responses import Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from backend.accounts.browser import TheBrowser
from backend.accounts.guard import who_may
from backend.accounts.permissions import Permission
from backend.accounts.routes import me_of
from backend.accounts.sessions import ENDED, SignedIn, staff_of
from backend.calls.board import BoardCall, calls_on_board
from backend.calls.colleagues import Colleague, colleagues
from backend.events.shared import Shared
from backend.foundation.database import AWAY
from backend.foundation.errors import UnknownError
from backend.hall.hall import Hall, TheHall
from backend.health.board import Trouble, troubles_of
from backend.server.page_files import PageFiles

PUSHED_EVERY_S = 0.25  # to all pages at once, at most
WEB = Path(__file__).with_name("web")
FILES = PageFiles(WEB)
_ADDRESS = f"/staff/static/{FILES.version}"
_KEPT_FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable"}
router = APIRouter()
MaySee = Annotated[SignedIn, who_may(Permission.SEE_BOARD)]


@router.get("/staff", include_in_schema=False)
def page(request: Request, hall: TheHall, browser: TheBrowser) -> Response:
    """Everything that a first look needs is in it: each further question would cost a slow line another round."""
    start = {
        "version": FILES.version,
        "words": _words(hall),
        "me": (me := _me(hall, browser.cookies.session)),
        "answers": _answers(hall) if me else {},
    }
    html = FILES.get("staff.html")
    assert html
    text = html.body.decode()
    filled = {
        "ADDRESS": _ADDRESS,
        "START": json.dumps(start, ensure_ascii=False).replace("<", "\\u003c"),
    }
    for name, value in filled.items():
        text = text.replace(f"${name}", value)
    body = text.encode()
    return _answer(request, html.media_type, body, gzip.compress(body, 6), {})


@router.get("/staff/static/{version}/{name:path}", include_in_schema=False)
def file(request: Request, version: str, name: str) -> Response:
    """A file of the page; of another version there is none: such a page has to be loaded anew."""
    found = FILES.get(name)
    if found is None or version != FILES.version:
        raise UnknownError
    return _answer(request, found.media_type, found.body, found.packed, _KEPT_FOR_GOOD)


@router.get("/staff/notifier.js", include_in_schema=False)
def notifier(request: Request) -> Response:
    """The worker that shows calls outside the page: a browser asks for it by the same address for ever."""
    found = FILES.get("notifier.js")
    assert found
    return _answer(request, found.media_type, found.body, found.packed, {})


def _answer(request: Request, media_type: str, body: bytes, packed: bytes, headers: dict[str, str]) -> Response:
    if "gzip" in request.headers.get("Accept-Encoding", "") and len(packed) < len(body):
        return Response(
            packed, media_type=media_type, headers=headers | {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        )
    return Response(body, media_type=media_type, headers=headers | {"Vary": "Accept-Encoding"})


def _words(hall: Hall) -> dict[str, list[str]]:
    """The page's own texts, each in Chinese and in English."""
    return {name: [words.zh, words.en] for name, words in hall.page_words.items()}


def _answers(hall: Hall) -> dict[str, Any]:
    """What the page would ask first of all: who calls."""
    told = pushed(hall)
    return {"/staff/calls": json.loads(told)["calls"]} if told else {}


def _me(hall: Hall, session: str) -> dict[str, Any] | None:
    """Who is logged in; None where nobody is, or where the database cannot tell and the page has to ask again."""
    try:
        staff = staff_of(hall, session)
    except SQLAlchemyError:
        return None
    return me_of(hall, staff).model_dump(mode="json") if staff else None


class Pushed(BaseModel):
    """The open calls, who is where (null when that cannot be read), what is the matter with the hall, to how many
    pages (of this process) all of it goes, and the version of the page that is served now: an older one notices."""

    calls: list[BoardCall]
    colleagues: list[Colleague] | None
    troubles: list[Trouble]
    pages: int
    version: str = FILES.version


def pushed(hall: Hall) -> str:
    """A Pushed as JSON; "" when the calls cannot be read just now, and a page has to ask for itself."""
    try:
        calls = calls_on_board(hall)
    except AWAY:
        return ""
    return Pushed(
        calls=calls, colleagues=_colleagues(hall), troubles=troubles_of(hall), pages=hall.feed.pages
    ).model_dump_json()


def _colleagues(hall: Hall) -> list[Colleague] | None:
    """Nobody waits a second time for a database that is away: calls in memory are shown at once."""
    try:
        return colleagues(hall) if hall.watch.health.database else None
    except AWAY:
        return None


@router.get("/staff/events", response_class=EventSourceResponse)
async def events(
    request: Request,
    hall: TheHall,
    staff: MaySee,
    browser: TheBrowser,
    last_event_id: Annotated[int | None, Header()] = None,
) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events: "ready" at once, then a "call" or "submission" for each change; Last-Event-ID resumes.

    "ready" and "call" bring what every page would ask for at the same moment (Pushed), or "" when it cannot be read.
    All others are hints to look. It ends with the session."""
    now: Shared[str] = request.app.state.pushed
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
        if change.kind in ("ready", "call"):
            if change.heard_at < as_of:
                continue  # what was sent has it already
            as_of, told = await now.get()
            data = {"raw_data": told or '""'}
        yield ServerSentEvent(event=change.kind, id=str(change.id), **data)
