"""What staff do in a story: at the staff page (`pressing`), or, without a browser, by the requests that it makes."""

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import requests

from kiosk.processes.embedded_hall import EmbeddedHall
from ui.devtools.stories.steps import StepFailed


class StaffDesk(ABC):
    """One of staff, logged in. StepFailed, or one of `failures`, where a thing is not there to be done."""

    failures: ClassVar[tuple[type[Exception], ...]]

    @abstractmethod
    def __init__(self, hall: EmbeddedHall, name: str) -> None:
        """Logs in by the PIN that the hall has shown at its start."""

    @abstractmethod
    def calls(self, need: str = "") -> bool:
        """Whether a call rings; with `need` (hearing, seeing, standing) of somebody who has said so."""

    @abstractmethod
    def set_out(self) -> None:
        """我来了, to the call that rings."""

    @abstractmethod
    def arrive(self) -> None:
        """我到了."""

    @abstractmethod
    def resolve(self) -> None:
        """办完了."""

    @abstractmethod
    def open_form(self, number: str) -> str:
        """All that is written on the page of the form with this receipt number, which stays open."""

    @abstractmethod
    def move_form(self, status: str, note: str) -> None:
        """The form that is open has got that far."""

    def draw(self, picture: Path) -> bool:
        """A picture of the page as it stands, if there is a page; False where it cannot be written."""
        return True

    @abstractmethod
    def close(self) -> None:
        """At the end of the story."""


class AskingDesk(StaffDesk):
    """By the requests that the page makes."""

    failures = (requests.RequestException,)

    def __init__(self, hall: EmbeddedHall, name: str) -> None:
        self._url = hall.url
        self._browser = requests.Session()
        self._browser.headers["X-Staff-Page"] = "1"
        self._call: dict[str, Any] = {}
        self._form: dict[str, Any] = {}
        self._ask("POST", "/staff/login", {"name": name, "pin": hall.pin})

    def calls(self, need: str = "") -> bool:
        calls = self._ask("GET", "/staff/calls")
        self._call = next((one for one in calls if not need or need in one["needs"]), {})
        if self._call:
            self._ask("POST", "/staff/calls/seen", {"calls": [self._call["id"]]})
        return bool(self._call)

    def set_out(self) -> None:
        self._move("set-out")

    def arrive(self) -> None:
        self._move("arrived")

    def resolve(self) -> None:
        self._move("resolve")

    def open_form(self, number: str) -> str:
        found = self._ask("GET", f"/staff/submissions?receipt={number}")["submissions"]
        if not found:
            raise StepFailed(f"the hall does not list {number}")
        self._form = found[0]
        answers = self._ask("POST", f"/submissions/{self._form['id']}/open")
        return json.dumps(answers, ensure_ascii=False)

    def move_form(self, status: str, note: str) -> None:
        moved = {"status": status, "note": note, "version": self._form["version"]}
        self._ask("PUT", f"/submissions/{self._form['id']}/status", moved)

    def close(self) -> None:
        self._browser.close()

    def _move(self, how: str) -> None:
        if not self._ask("POST", f"/calls/{self._call['id']}/{how}")["done"]:
            raise StepFailed(f"the hall did not take {how} of the call")

    def _ask(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        answer = self._browser.request(method, self._url + path, json=body, timeout=10)
        answer.raise_for_status()
        return answer.json() if answer.content else None
