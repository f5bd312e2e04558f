"""What is sent to the hall: it arrives in time, all together fits into memory, and what is large is read aside."""

import asyncio
import re
from typing import Any, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Depends, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from protocol.wire import MAX_BODY_BYTES

MOST_SMALL_BYTES = 32 * 1024  # of a body, but for a form and what it was filled in by
ARRIVES_WITHIN_S = 10.0  # a kiosk gives a request up after five seconds
MOST_ARRIVING = 200  # at once
MOST_HELD_BYTES = 16 * 1024 * 1024  # of all bodies that are arriving or being worked on, in one process
MOST_QUOTES = 200  # around names and texts of a large body, which has a dozen of them
MOST_PROBLEMS = 10  # told of one body
_LARGE = re.compile(r"/(submissions|definitions|work-orders)/[^/]+")
_readers = CapacityLimiter(2)
Model = TypeVar("Model", bound=BaseModel)
_CLOSE = {"Connection": "close"}
# A web server in front that believes the other one would let a stranger's request stand before somebody else's cookie.
_TWO_ENDS = "Say by Content-Length or by Transfer-Encoding where the body ends, not by both."


class Bodies:
    """Limits of each in size and time, and of all. Where they need too much memory, the slowest to arrive goes."""

    def __init__(self, app: ASGIApp, most_held: int = MOST_HELD_BYTES, within_s: float = ARRIVES_WITHIN_S) -> None:
        self._app, self._most_held, self._within_s = app, most_held, within_s
        self._held = 0
        self._arriving: dict[_Body, None] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if {b"content-length", b"transfer-encoding"} <= {name for name, _ in scope["headers"]}:
            await JSONResponse({"detail": _TWO_ENDS}, 400, _CLOSE)(scope, receive, send)
            return
        most = MAX_BODY_BYTES if _LARGE.fullmatch(scope["path"]) else MOST_SMALL_BYTES
        body = _Body(most, asyncio.get_running_loop().time() + self._within_s)
        try:
            await self._app(scope, lambda: self._receive(body, receive), send)
        finally:
            self._held -= body.bytes
            self._arriving.pop(body, None)

    async def _receive(self, body: "_Body", receive: Receive) -> Message:
        if body.is_whole:
            return await receive()
        if body.bytes == 0:
            self._arriving.setdefault(body)
        message = await body.in_time(receive)
        arrived = len(message.get("body", b""))
        body.bytes += arrived
        self._held += arrived
        if body.bytes > body.most:
            raise HTTPException(413, f"This is too large: at most {body.most // 1024} KiB are taken here.", _CLOSE)
        if not message.get("more_body", False):
            body.is_whole = True
            self._arriving.pop(body, None)
        while self._arriving and (self._held > self._most_held or len(self._arriving) > MOST_ARRIVING):
            slowest = next(iter(self._arriving))
            del self._arriving[slowest]
            self._held -= slowest.bytes
            slowest.is_too_slow()
        return message


class _Body:
    def __init__(self, most: int, until: float) -> None:
        self.most, self.bytes, self.is_whole = most, 0, False
        self._until = until
        self._timeout: asyncio.Timeout | None = None

    async def in_time(self, receive: Receive) -> Message:
        try:
            async with asyncio.timeout_at(self._until) as self._timeout:
                return await receive()
        except TimeoutError:
            raise HTTPException(408, "This came too slowly, send it again.", _CLOSE) from None
        finally:
            self._timeout = None

    def is_too_slow(self) -> None:
        self._until, self.bytes = 0.0, 0
        if self._timeout:
            self._timeout.reschedule(self._until)


def large(model: type[BaseModel]) -> Any:
    """The dependency of a route whose body may be large: `body: Annotated[Model, large(Model)]`. A large one is read
    in a thread.

    The route also says `openapi_extra=described(Model)`.
    """

    async def read(request: Request) -> BaseModel:
        return await read_large(model, request)

    return Depends(read)


async def read_large(model: type[Model], request: Request) -> Model:
    """The same for a route that asks itself."""
    body = await request.body()
    if len(body) <= MOST_SMALL_BYTES:
        return _read(model, body)
    return await to_thread.run_sync(_read, model, body, limiter=_readers)


def described(model: type[BaseModel]) -> dict[str, Any]:
    """For the API's description of itself."""
    content = {"application/json": {"schema": model.model_json_schema()}}
    return {"requestBody": {"required": True, "content": content}}


def _read(model: type[Model], body: bytes) -> Model:
    # A thread does not help here: pydantic lets no other one run meanwhile.
    if body.count(b'"') - body.count(b'\\"') > MOST_QUOTES:
        raise RequestValidationError([{"loc": ("body",), "msg": "It has far too many parts"}])
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        count = error.error_count()
        if count > MOST_PROBLEMS:  # all of them together may be larger than the body
            raise RequestValidationError([{"loc": ("body",), "msg": f"{count} things are wrong with it"}]) from None
        problems = error.errors(include_url=False, include_context=False, include_input=False)
        raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in problems]) from None


def what_is_wrong(error: RequestValidationError) -> str:
    """What is wrong with a request and where, in one sentence; never what was sent, as that may be personal."""
    problems = list(error.errors())
    told = [f"{_place(one['loc'])}: {one['msg']}" for one in problems[:MOST_PROBLEMS]]
    more = [f"and {len(problems) - MOST_PROBLEMS} more"] if len(problems) > MOST_PROBLEMS else []
    return f"This is not what the hall takes: {'; '.join([*told, *more])}."


def _place(place: Any) -> str:
    return ".".join(ascii(part).strip("'")[:40] for part in place)
