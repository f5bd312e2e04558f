"""The simulated registry as a server on loopback."""

import sys
from dataclasses import dataclass
from hmac import compare_digest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from threading import Event
from typing import Any

from pydantic import ValidationError

from backend.providers.simulated.failures import KINDS, Failure, drawn, send
from backend.providers.simulated.registry import INQUIRIES, Registry
from backend.providers.values import Missing

MOST_ASKED = 4096  # bytes of an inquiry


@dataclass
class Behaviour:
    """How it answers. Each answer waits `delay_s`; with a `token` it asks for that one."""

    delay_s: float = 0.0
    failures: tuple[Failure, ...] = ()
    token: str = ""


class SimulatedRegistry(ThreadingHTTPServer):
    """Serves from `serve_forever` to `stop`. `asked` counts the requests."""

    daemon_threads = True

    def __init__(self, port: int, registry: Registry, behaviour: Behaviour, seed: int = 1) -> None:
        self.registry, self.behaviour = registry, behaviour
        self.dice, self.over, self.asked = Random(seed), Event(), 0
        super().__init__(("127.0.0.1", port), _Asked)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who asks may hang up at any time."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def stop(self) -> None:
        """Ends what hangs, too."""
        self.over.set()
        self.shutdown()
        self.server_close()


class _Asked(BaseHTTPRequestHandler):
    server: SimulatedRegistry

    def do_POST(self) -> None:
        here, how = self.server, self.server.behaviour
        here.asked += 1
        body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), MOST_ASKED))
        here.over.wait(how.delay_s)
        if kind := drawn(how.failures, here.dice):
            KINDS[kind](self, here.over)
        else:
            status, answer = self._answer(body)
            send(self, status, answer.encode())

    def _answer(self, body: bytes) -> tuple[int, str]:
        token = f"Bearer {self.server.behaviour.token}"
        if self.server.behaviour.token and not compare_digest(self.headers.get("Authorization", ""), token):
            return 401, '{"detail": "The token is not the right one."}'
        inquiry = INQUIRIES.get(self.path.rpartition("/")[2])
        if inquiry is None:
            return 404, '{"detail": "There is no such inquiry."}'
        try:
            told = self.server.registry.answer(inquiry.model_validate_json(body))
        except ValidationError:
            return 422, '{"detail": "The inquiry cannot be read."}'
        return 200, f'{{"answer": {"null" if isinstance(told, Missing) else told.model_dump_json()}}}'

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what is asked is about people, invented or not."""
