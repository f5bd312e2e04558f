"""The hall as an ASGI application."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager, suppress
from functools import partial

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend import staff_page
from backend.answers import DescribedApp
from backend.audit.verify import EVERY_S, FIRST_AFTER_S, verify_and_tell
from backend.calls import escalating
from backend.calls.rates import CallRates
from backend.calls.without_disk import keep_writing_down
from backend.events.presence import Presence
from backend.events.shared import Shared
from backend.foundation.errors import RequestError
from backend.foundation.together import Together
from backend.hall.files import LOOKS_EVERY_S
from backend.hall.hall import Hall
from backend.hall.state import notice_older_database
from backend.kiosks.amounts import brought
from backend.kiosks.signed import KnownKiosks, forget_old_nonces, spend_each
from backend.phone_page.guesses import Guesses
from backend.privacy.retention import keep_pruning
from backend.rooms import of_every_room
from backend.server.bodies import Bodies, what_is_wrong
from backend.server.own_name import OwnName
from backend.submissions import routes as submissions
from backend.submissions.intake import take_in_all
from backend.submissions.judging import judge_waiting
from backend.work_orders import escalation
from protocol.wire import DAMAGED, HALL_HEADER

log = logging.getLogger("yinling.hall")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; media-src blob:; manifest-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_FORGETS_EVERY_S = 30.0
_HEADERS = [
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
]
_NOT_KEPT = (b"cache-control", b"no-store")  # but for what says otherwise of itself


def create_app(hall: Hall, show_pin: Callable[[str], None], names: Collection[str] = ()) -> FastAPI:
    """The application; `show_pin` tells the console the PIN of the next login, `names` are those of the hall."""

    def watch_database() -> None:
        """An older one may be put in its place while the hall runs."""
        notice_older_database(hall.database, hall.files.settings.folder)

    def forget_nonces() -> None:
        forget_old_nonces(hall.database, hall.clock().timestamp())

    def judge() -> None:
        """This hall may have learned to read what came before."""
        _try(partial(judge_waiting, hall), "forms that wait are judged at the next start")

    def take_new_files() -> None:
        """New files of the county are taken while the hall runs."""
        if hall.files.look():
            judge()

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        presence = Presence(hall.database, hall.clock, hall.feed)
        tasks = [
            asyncio.create_task(one)
            for one in (
                hall.feed.run(),
                presence.run(),
                asyncio.to_thread(judge),
                _keep_doing(take_new_files, LOOKS_EVERY_S, "new files of the county are taken later"),
                _keep_doing(watch_database, LOOKS_EVERY_S, "the database cannot be watched"),
                keep_pruning(hall),
                keep_writing_down(hall),
                _keep_doing(escalating.Escalating(hall).look, escalating.LOOKS_EVERY_S, "calls cannot be looked at"),
                hall.watch.end_waiting(hall.database),
                _keep_doing(escalation.Escalation(hall).look, escalation.LOOKS_EVERY_S, "orders cannot be looked at"),
                _keep_doing(forget_nonces, _FORGETS_EVERY_S, "old nonces stay for now"),
                _keep_doing(partial(verify_and_tell, hall), EVERY_S, "the audit cannot be verified", FIRST_AFTER_S),
            )
        ]
        hall.watch.start()
        yield
        hall.watch.stop()
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    app = DescribedApp(
        title="Yinling hall", lifespan=life, docs_url=None, redoc_url=None
    )  # the documentation pages would load their scripts from a CDN
    app.state.hall = hall
    app.state.known_kiosks = KnownKiosks()
    app.state.requests = Together(partial(spend_each, hall.database))
    app.state.intake = Together(partial(take_in_all, hall))
    app.state.call_rates, app.state.brought, app.state.page_guesses = CallRates(), brought(), Guesses()
    app.state.pushed = Shared(partial(staff_page.pushed, hall), staff_page.PUSHED_EVERY_S)
    app.state.show_pin = show_pin
    modules = sorted(of_every_room("routes"), key=lambda one: one is not submissions)  # forms first: each is tried
    app.state.routers = [one.router for one in (*modules, *of_every_room("board"), staff_page)]
    for router in app.state.routers:
        app.include_router(router)
    app.add_middleware(Bodies)
    app.add_middleware(OwnName, names=names)
    app.add_middleware(HeadersAndLog, key_id=hall.keys.key_id)
    _answer_errors(app)
    return app


async def _keep_doing(
    work: Callable[[], object], every_s: float, trouble: str, first_after_s: float | None = None
) -> None:
    """`first_after_s`: None for `every_s`."""
    await asyncio.sleep(every_s if first_after_s is None else first_after_s)
    while True:
        await asyncio.to_thread(_try, work, trouble)
        await asyncio.sleep(every_s)


def _try(work: Callable[[], object], trouble: str) -> None:
    try:
        work()
    except (SQLAlchemyError, OSError) as error:  # also when no connection is free in time
        log.error(trouble, extra={"fields": {"error": type(error).__name__}})


def _answer_errors(app: FastAPI) -> None:
    """Async, as others are called in a thread: junk must not take the threads that answers are made in."""
    app.add_exception_handler(RequestError, _not_done)
    app.add_exception_handler(DBAPIError, _no_database)
    app.add_exception_handler(PoolTimeoutError, _no_database)
    app.add_exception_handler(Exception, _mistake_of_ours)
    app.add_exception_handler(RequestValidationError, _wrong_request)


async def _not_done(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestError)
    code = {"code": error.code} if error.code else {}
    values = {"values": dict(error.values)} if error.values else {}
    wait = {"Retry-After": str(error.retry_after)} if error.retry_after is not None else {}
    return JSONResponse({"detail": str(error), **code, **values}, error.status, wait)


async def _no_database(_request: Request, error: Exception) -> JSONResponse:
    cause = error.orig if isinstance(error, DBAPIError) else error
    log.error("database", extra={"fields": {"error": type(cause).__name__}})
    sentence = "The hall cannot reach its database just now: nothing was stored, send it again."
    return JSONResponse({"detail": sentence}, 503, {"Retry-After": "5"})


async def _mistake_of_ours(_request: Request, _error: Exception) -> JSONResponse:
    """The server logs what it was."""
    return JSONResponse({"detail": "The hall could not do this: tell whoever looks after it."}, 500)


async def _wrong_request(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    damaged = any(problem.get("type") in (DAMAGED, "json_invalid") for problem in error.errors())
    return JSONResponse({"detail": what_is_wrong(error), **({"code": DAMAGED} if damaged else {})}, 422)


class HeadersAndLog:
    """Adds the security headers to every answer and writes one log line a request."""

    def __init__(self, app: ASGIApp, key_id: str) -> None:
        """`key_id` tells kiosks that the hall answers and not a box on the way."""
        self.app = app
        self.headers = [*_HEADERS, (HALL_HEADER.lower().encode(), key_id.encode())]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                says_itself = any(name == _NOT_KEPT[0] for name, _ in message["headers"])
                message["headers"] = [*message["headers"], *self.headers, *([] if says_itself else [_NOT_KEPT])]
                _log_request(scope, message["status"], time.perf_counter() - began)
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _log_request(scope: Scope, status: int, seconds: float) -> None:
    route = getattr(scope.get("route"), "path", "(unknown)")
    fields = {"method": scope["method"], "route": route, "status": status, "ms": round(seconds * 1000, 1)}
    log.info("request", extra={"fields": fields})
