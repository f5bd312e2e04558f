"""A hall in memory, reached through requests without a socket: keeps forms as the real one does, and can misbehave."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

from protocol.calls.states import CallState, Move, after

URL = "http://127.0.0.1:8300"


class FakeHall(BaseAdapter):
    def __init__(self) -> None:
        super().__init__()
        self.key = {"key_id": "first", "public_key": "A" * 43 + "="}
        self.generation: UUID | None = None  # an older hall has none
        self.arrivals: dict[str, int] = {}
        self.safe_arrival = 0
        self.answers_to_lose = 0  # of forms that were taken in
        self.forms: dict[str, dict[str, Any]] = {}
        self.definitions: dict[str, str] = {}
        self.follow_ups: dict[str, tuple[str, str]] = {}
        self.outcome = "taken"
        self.work_orders: dict[str, dict[str, Any]] = {}
        self.calls: dict[str, dict[str, Any]] = {}
        self.told: dict[str, dict[str, Any]] = {}  # what was last put for each call
        self.answers: dict[str, Any] = {}  # by the name of the query
        self.asked: list[Any] = []
        self.heartbeats: list[dict[str, Any]] = []
        self.requests: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.is_down = False
        self.is_hall = True  # False: a box on the way answers
        self.is_older = False  # it takes no other reason over, and does not say which it has
        self.trouble: dict[str, tuple[int, dict[str, str], bytes]] = {}  # by path: what to answer instead
        self.before_answer: Callable[[str], None] = lambda path: None

    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:
        path = request.path_url
        self.requests.append(f"{request.method} {path}")
        self.headers.append(dict(request.headers))
        if self.is_down:
            raise requests.exceptions.ConnectionError("no line")
        self.before_answer(path)
        status, headers, content = self.trouble.get(path) or self._answer(request.method, path, request.body)
        if self.answers_to_lose and path.startswith(("/submissions/", "/work-orders/")):
            self.answers_to_lose -= 1
            raise requests.exceptions.ConnectionError("the answer was lost")
        response = requests.Response()
        response.status_code, response.request, response.url = status, request, URL + path
        response.headers.update({"Yinling-Hall": "first"} if self.is_hall else {})
        response.headers.update(headers)
        response.raw = HTTPResponse(BytesIO(content), headers=headers, status=status, preload_content=False)
        return response

    def close(self) -> None: ...

    def _answer(self, method: str, path: str, body: Any) -> tuple[int, dict[str, str], bytes]:
        kind, _, name = path.removeprefix("/").partition("/")
        sent = json.loads(body) if body else None
        match method, kind:
            case "GET", "health":
                return _json(200, {"status": "ok"})
            case "GET", "key":
                return _json(200, self.key | self._generation())
            case "PUT", "submissions" if "/follow-ups/" in name:
                submission, _, asked = name.split("/")
                if submission not in self.forms:
                    return _json(404, {"detail": "The hall knows nothing under this number."})
                self.follow_ups.setdefault(asked, (submission, sent["kind"]))
                return _json(200, {"follow_up": asked, "outcome": self.outcome})
            case "PUT", "submissions":
                if self.forms.setdefault(name, sent) != sent:
                    return _json(409, {"detail": "Another form has this id."})
                lacks = sent["definition"] not in (None, *self.definitions)
                receipt = {"submission": name, "receipt_number": sent["receipt_number"], "status": "received"}
                arrival = self.arrivals.setdefault(name, max(self.arrivals.values(), default=0) + 1)
                newer = {"lacks_definition": lacks, "arrival": arrival} | self._generation()
                return _json(201, receipt if self.is_older else receipt | newer)
            case "PUT", "work-orders":
                if self.work_orders.setdefault(name, sent) != sent:
                    return _json(409, {"detail": "Another order has this id."})
                return _json(201, {"order": name, "number": sent["number"]})
            case "PUT", "definitions" if not self.is_older:
                self.definitions[name] = sent["document"]
                return 204, {}, b""
            case "PUT", "calls":
                self.told[name] = sent
                call = self.calls.setdefault(
                    name,
                    {"call": name, "state": "requested", "turn": 0, "step": -1, "staff": None, "reason": ""},
                )
                if len(sent["moves"]) > call["step"] or sent["heard"] > call["turn"]:
                    call |= self._stepped(call, sent)
                return _json(200, call)
            case "GET", "calls" if name in self.calls:
                return _json(200, self.calls[name])
            case "POST", "queries" if name in self.answers:
                self.asked.append(sent)
                return _json(200, self.answers[name])
            case "PUT", "kiosks":
                self.heartbeats.append(sent)
                if self.generation is None:
                    return 204, {}, b""
                return _json(200, {"safe_arrival": self.safe_arrival} | self._generation())
        return _json(404, {"detail": "Not known here."})

    def move_call(self, name: object, state: str, **changes: Any) -> None:
        """What staff do to a call."""
        call = self.calls[str(name)]
        self.calls[str(name)] = call | {"state": state, "turn": call["turn"] + 1} | changes

    def _stepped(self, call: dict[str, Any], sent: dict[str, Any]) -> dict[str, Any]:
        """What the kiosk has done since."""
        state = CallState(call["state"])
        if state.is_open:
            call["reason"] = sent["reason"]
        for move in sent["moves"][max(call["step"], 0) :]:
            state = after(state, Move(move)) or state
        turn = max(call["turn"], sent["heard"]) + 1
        return {"state": state.value, "turn": turn, "step": max(call["step"], len(sent["moves"]))}

    def back_up(self) -> dict[str, Any]:
        """A backup that kiosks hear of with the next heartbeat."""
        self.safe_arrival = max(self.arrivals.values(), default=0)
        return {"forms": dict(self.forms), "arrivals": dict(self.arrivals)}

    def restore(self, backup: dict[str, Any]) -> None:
        """As `hall restore` does: an older state, and another generation."""
        self.forms, self.arrivals = dict(backup["forms"]), dict(backup["arrivals"])
        self.generation, self.safe_arrival = uuid4(), 0

    def _generation(self) -> dict[str, str]:
        return {"generation": str(self.generation)} if self.generation else {}


def _json(status: int, body: Any) -> tuple[int, dict[str, str], bytes]:
    return status, {"Content-Type": "application/json"}, json.dumps(body).encode()
