"""How a real network and a real office fail, played on a connection."""

from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from random import Random
from threading import Event

DROPS_EVERY_S = 0.05
HUGE = 1024 * 1024


@dataclass(frozen=True)
class Failure:
    """`kind` of KINDS happens to that share of the answers."""

    kind: str
    share: float = 1.0


def drawn(failures: tuple[Failure, ...], dice: Random) -> str | None:
    """Which happens to this answer, if one does; the first that is drawn."""
    return next((one.kind for one in failures if dice.random() < one.share), None)


def _page(to: BaseHTTPRequestHandler, over: Event) -> None:
    send(to, 200, b"<!DOCTYPE html><title>Login</title>", "text/html; charset=utf-8")


def _wrong(to: BaseHTTPRequestHandler, over: Event) -> None:
    told = '{"answer": {"balance": 12.5, "full_name": ["王秀兰"], "half_days": "none", "rows": [{}]}}'
    send(to, 200, told.encode())


def _broken(to: BaseHTTPRequestHandler, over: Event) -> None:
    send(to, 200, b'{"answer": {"bal')


def _moved(to: BaseHTTPRequestHandler, over: Event) -> None:
    """To a login page, as the network of a building does with whom it does not know."""
    to.send_response(302)
    to.send_header("Location", "/login")
    to.send_header("Content-Length", "0")
    to.end_headers()


def _error(to: BaseHTTPRequestHandler, over: Event) -> None:
    send(to, 500, b'{"detail": "out of order"}')


def _busy(to: BaseHTTPRequestHandler, over: Event) -> None:
    send(to, 503, b'{"detail": "come again"}')


def _half(to: BaseHTTPRequestHandler, over: Event) -> None:
    """Breaks off within what it said that it would send."""
    _head(to, 200, 500)
    to.wfile.write(b'{"answer": ')


def _close(to: BaseHTTPRequestHandler, over: Event) -> None:
    """Hangs up without a word."""
    to.close_connection = True


def _huge(to: BaseHTTPRequestHandler, over: Event) -> None:
    send(to, 200, b'{"answer": null' + b" " * HUGE + b"}")


def _hang(to: BaseHTTPRequestHandler, over: Event) -> None:
    over.wait()
    to.close_connection = True


def _drip(to: BaseHTTPRequestHandler, over: Event) -> None:
    _in_drops(to, over, 1)


def _slow(to: BaseHTTPRequestHandler, over: Event) -> None:
    """As over a bad line."""
    _in_drops(to, over, 4096)


def _in_drops(to: BaseHTTPRequestHandler, over: Event, size: int) -> None:
    """Hardly ever ends, and never pauses for long."""
    _head(to, 200, HUGE)
    for _ in range(0, HUGE, size):
        if over.wait(DROPS_EVERY_S):
            return
        to.wfile.write(b" " * size)


def send(to: BaseHTTPRequestHandler, status: int, body: bytes, content_type: str = "application/json") -> None:
    _head(to, status, len(body), content_type)
    to.wfile.write(body)


def _head(to: BaseHTTPRequestHandler, status: int, length: int, content_type: str = "application/json") -> None:
    to.send_response(status)
    to.send_header("Content-Type", content_type)
    to.send_header("Content-Length", str(length))
    to.end_headers()


KINDS: dict[str, Callable[[BaseHTTPRequestHandler, Event], None]] = {
    "html": _page,
    "wrong": _wrong,
    "broken": _broken,
    "moved": _moved,
    "error": _error,
    "busy": _busy,
    "half": _half,
    "close": _close,
    "huge": _huge,
    "hang": _hang,
    "drip": _drip,
    "slow": _slow,
}
