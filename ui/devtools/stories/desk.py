"""What staff do in a story: at the staff page (`pressing`), or, without a browser, by the requests that it makes."""

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import requests

from kiosk.processes.embedded_hall import EmbeddedHall
from ui.devtools.stories.qr_code import read_svg
from ui.devtools.stories.steps import StepFailed

RINGS = ("requested", "notified")
SOUND = b"OggS"  # with which such a file begins
OTHERWISE = "看过原件"  # why staff decide otherwise than the rules advise


class StaffDesk(ABC):
    """One of staff, logged in. StepFailed, or one of `failures`, where a thing is not there to be done."""

    failures: ClassVar[tuple[type[Exception], ...]]

    @abstractmethod
    def __init__(self, hall: EmbeddedHall, name: str, pin: str) -> None:
        """Logs in by the PIN that the hall has shown last."""

    @abstractmethod
    def calls(self, need: str = "") -> bool:
        """Whether a call rings; with `need` (hearing, seeing, standing) of somebody who has said so."""

    @abstractmethod
    def ringing(self) -> int:
        """How many calls ring."""

    @abstractmethod
    def phone_back(self) -> str:
        """打电话, to who has gone and has left a number: the number."""

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
    def orders(self) -> int:
        """How much of what could not be done waits for an answer."""

    @abstractmethod
    def open_order(self, number: str) -> None:
        """What could not be done, with this number, as it was spoken; it stays open."""

    @abstractmethod
    def hear_order(self) -> None:
        """放录音."""

    @abstractmethod
    def write_order_down(self, words: str) -> None:
        """写好了，删掉录音; StepFailed where it can still be heard afterwards."""

    @abstractmethod
    def answer_order(self, answer: str, change: str) -> None:
        """发给本人, with what was done because of it, of hall/work_orders.yaml."""

    @abstractmethod
    def forms(self) -> int:
        """How many forms are listed."""

    @abstractmethod
    def open_form(self, number: str) -> str:
        """All that is written on the page of the form with this receipt number, which stays open."""

    @abstractmethod
    def move_form(self, status: str, note: str) -> None:
        """The form that is open has got that far."""

    @abstractmethod
    def badge(self) -> str:
        """What a scanner reads of one's own badge."""

    @abstractmethod
    def choose(self, kind: str, reason: str, *, basis: str = "", own_words: str = "") -> str:
        """How to decide on the form that is open (accepted, more, refused), with reason and rule of
        hall/decisions.yaml; what its person would read. Nothing is decided yet."""

    @abstractmethod
    def decide(self) -> None:
        """As was chosen."""

    @abstractmethod
    def may_agree(self) -> bool:
        """Whether a no waits on the form that is open to which this person may agree."""

    @abstractmethod
    def agree(self) -> None:
        """To that no."""

    @abstractmethod
    def look_at_receipt(self, address: str) -> str:
        """All that is written on the page of a receipt, which stays open as a phone shows it."""

    def draw(self, picture: Path) -> bool:
        """A picture of the page as it stands, if there is a page; False where it cannot be written."""
        return True

    @abstractmethod
    def close(self) -> None:
        """At the end of the story."""


class AskingDesk(StaffDesk):
    """By the requests that the page makes."""

    failures = (requests.RequestException,)

    def __init__(self, hall: EmbeddedHall, name: str, pin: str) -> None:
        self._url = hall.url
        self._browser = requests.Session()
        self._browser.headers["X-Staff-Page"] = "1"
        self._call: dict[str, Any] = {}
        self._form: dict[str, Any] = {}
        self._order = ""
        self._chosen: dict[str, Any] = {}
        self._ask("POST", "/staff/login", {"name": name, "pin": pin})

    def calls(self, need: str = "") -> bool:
        calls = self._ask("GET", "/staff/calls")
        self._call = next((one for one in calls if not need or need in one["needs"]), {})
        if self._call:
            self._ask("POST", "/staff/calls/seen", {"calls": [self._call["id"]]})
        return bool(self._call)

    def ringing(self) -> int:
        return sum(one["state"] in RINGS for one in self._ask("GET", "/staff/calls"))

    def phone_back(self) -> str:
        self._call = next((one for one in self._ask("GET", "/staff/calls") if one["has_gone"] and one["call_back"]), {})
        if not self._call:
            raise StepFailed("nobody waits to be phoned")
        self._move("phone")
        return str(self._ask("POST", f"/staff/calls/{self._call['id']}/number")["number"])

    def set_out(self) -> None:
        self._move("set-out")

    def arrive(self) -> None:
        self._move("arrived")

    def resolve(self) -> None:
        self._move("resolve")

    def orders(self) -> int:
        return int(self._ask("GET", "/staff/work-orders")["waiting"])

    def open_order(self, number: str) -> None:
        found = self._ask("GET", f"/staff/work-orders?number={number}")["orders"]
        if not found:
            raise StepFailed(f"the hall does not list {number}")
        self._order = found[0]["id"]

    def hear_order(self) -> None:
        sound = self._answer("POST", f"/staff/work-orders/{self._order}/sound").content
        if not sound.startswith(SOUND):
            raise StepFailed("it is no sound")

    def write_order_down(self, words: str) -> None:
        self._do_with_order("words", words=words)
        if self._look_at_order()["has_sound"]:
            raise StepFailed("the sound is still there")

    def answer_order(self, answer: str, change: str) -> None:
        self._do_with_order("answer", answer=answer, change=change)

    def forms(self) -> int:
        return len(self._ask("GET", "/staff/submissions")["submissions"])

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

    def badge(self) -> str:
        return read_svg(self._ask("POST", "/staff/badge")["picture"])

    def choose(self, kind: str, reason: str, *, basis: str = "", own_words: str = "") -> str:
        panel = self._ask("GET", self._ruling)
        remedies = [one["id"] for one in panel["remedies"]] if kind == "refused" else []
        chosen = {"kind": kind, "reason": reason, "own_words": own_words, "basis": basis or None, "remedies": remedies}
        otherwise = OTHERWISE if panel["ways"][kind]["against"] else ""
        self._chosen = chosen | {"otherwise": otherwise, "version": panel["version"]}
        return "; ".join(row["words"]["zh"] for row in self._ask("POST", f"{self._ruling}/preview", chosen))

    def decide(self) -> None:
        self._ask("POST", self._ruling, self._chosen)

    def may_agree(self) -> bool:
        return bool(self._ask("GET", self._ruling)["may_agree"])

    def agree(self) -> None:
        seen = self._ask("GET", self._ruling)["version"]
        self._ask("POST", f"{self._ruling}/agree", {"version": seen})

    def look_at_receipt(self, address: str) -> str:
        page = requests.get(address, timeout=10)
        page.raise_for_status()
        return page.text

    def close(self) -> None:
        self._browser.close()

    def _look_at_order(self) -> dict[str, Any]:
        found: dict[str, Any] = self._ask("POST", f"/staff/work-orders/{self._order}/open")
        return found

    def _do_with_order(self, what: str, **told: str) -> None:
        self._ask("POST", f"/staff/work-orders/{self._order}/{what}", {"seen": self._look_at_order()["seen"], **told})

    @property
    def _ruling(self) -> str:
        return f"/staff/submissions/{self._form['id']}/ruling"

    def _move(self, how: str) -> None:
        if not self._ask("POST", f"/calls/{self._call['id']}/{how}")["done"]:
            raise StepFailed(f"the hall did not take {how} of the call")

    def _ask(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        answer = self._answer(method, path, body)
        return answer.json() if answer.content else None

    def _answer(self, method: str, path: str, body: Mapping[str, object] | None = None) -> requests.Response:
        answer = self._browser.request(method, self._url + path, json=body, timeout=10)
        answer.raise_for_status()
        return answer
