"""The silver service as one whole: help is pressed, a person comes, a form is decided, what was not done is answered.

A terminal without widgets and a hall over HTTP, in one process; the people are played, by what they press and scan.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from accounts_support import choose_pin, log_in, new_browser
from fastapi.testclient import TestClient
from hall_support import KIOSK, enrolled, settings_in
from httpx import Response
from one_form import fill_in, give, visit
from rulings_support import agree, decided
from to_hall import URL, ToHall

from backend.accounts.console_pin import next_pin
from backend.app import create_app
from backend.assisting import routes as badges
from backend.audit.log import entries
from backend.audit.verify import verify
from backend.hall.hall import Hall, open_hall
from kiosk.operations import hall_access
from kiosk.operations.settings import Settings
from kiosk.screens.common.model import Screen
from kiosk.screens.common.offered import offers
from kiosk.state.actions import AnyAction
from kiosk.testing.terminal import Terminal
from offline_cache.hall_client import HallClient
from protocol.chain import first_bad

SERVICE, PHONE, RIGHT_PHONE, OWN = "disability-subsidy", "13912345678", "13987654321", "11010519491231002X"
WHY = "no_such_grade disability_nursing review court"


class Place:
    """A kiosk and its hall, with the staff pages of 李芳 and of 赵敏, who leads."""

    def __init__(self, terminal: Terminal, hall: Hall, app: TestClient, admin: TestClient) -> None:
        self.hall, self.terminal, self._app, self._at = hall, terminal, app, datetime.now(UTC)
        self.seconds = 0.0
        self.session = terminal.session(lambda work, done, failed: done(work()), lambda: self.seconds)
        self.li, self.zhao = self._joins(admin, "李芳", "staff"), self._joins(admin, "赵敏", "lead")

    def _joins(self, admin: TestClient, name: str, role: str) -> TestClient:
        page = new_browser(self._app)
        choose_pin(page, told(admin.post("/staff/accounts", json={"name": name, "role": role}))["code"], name)
        return page

    def a_moment_passes(self) -> Screen:
        """Whatever is due goes to the hall, and what it says is on the screen."""
        self._at += timedelta(minutes=1)
        self.seconds += 1
        self.terminal.worker.step(self._at)
        assert self.terminal.worker.state.reached, self.terminal.worker.state.error
        self.session.tick()
        return self.session.screen()

    def press(self, action: AnyAction, value: str | None = None) -> Screen:
        """A button that is on the screen; the screen that follows."""
        assert offers(self.session.screen(), action, value), f"{action} {value} is not on {self.session.screen().name}"
        self.session.do(action, value)
        return self.session.screen()

    def type(self, digits: str) -> Screen:
        for digit in digits:
            self.session.do("type", digit)
        return self.press("next")

    def call(self) -> dict[str, Any]:
        """The one that is open, as staff see it."""
        (call,) = told(self.li.get("/staff/calls"))
        return dict(call)

    def form(self, number: str) -> UUID:
        (form,) = told(self.li.get("/staff/submissions", params={"receipt": number}))["submissions"]
        return UUID(form["id"])

    def opened(self) -> str:
        """What leads from an answer to the form's own page."""
        (button,) = (one for one in self.session.screen().secondary if one.action == "own_form")
        assert button.value
        return button.value

    def ask_about(self, number: str) -> Screen:
        """By the number and the end of the phone."""
        self.session.wipe()  # it is another day
        self.press("start")
        self.session.do("choose", "progress-query")
        self.press("next")
        self.press("answer", "receipt")
        self.type(number)
        self.type(RIGHT_PHONE[-4:])
        return self.press("ask")


def told(answer: Response) -> Any:
    """What the hall answers to a page; None where it only says yes."""
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


def words(screen: Screen) -> str:
    """All that can be read, without spaces."""
    return "".join((screen.title, *screen.lines, *(row.label + row.value for row in screen.rows))).replace(" ", "")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ready_halls: None) -> Iterator[Place]:
    """The hall's county wants two persons for a no."""
    hall = open_hall(settings_in(tmp_path / "hall"))
    monkeypatch.setattr(type(hall), "decisions", hall.decisions.model_copy(update={"refusals_by_two": True}))
    pin = next_pin(hall)
    settings = Settings(kiosk=KIOSK, data=tmp_path / "kiosk", county=None, services=(SERVICE, "progress-query"))
    with closing(hall.database), TestClient(create_app(hall, lambda pin: None)) as app:

        class InThisProcess(HallClient):
            def __init__(self, *given: Any, **named: Any) -> None:
                super().__init__(*given, **named)
                self.session.mount(URL, ToHall(app))

        monkeypatch.setattr(hall_access, "HallClient", InThisProcess)
        settings.data.mkdir()
        enrolled(hall, KIOSK).in_file(settings.identity_file, hall)
        admin = new_browser(app)
        told(log_in(admin, pin or "", "王强"))
        terminal = Terminal(settings, URL)
        yield Place(terminal, hall, app, admin)
        terminal.store.close()


@pytest.fixture
def badge(place: Place, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the picture on 李芳's page holds."""
    drawn: list[str] = []
    draw: Callable[..., Any] = badges.qrcode.make
    monkeypatch.setattr(badges.qrcode, "make", lambda text, **how: drawn.append(text) or draw(text, **how))
    told(place.li.post("/staff/badge"))
    return drawn[0]


def test_from_the_press_to_the_answer(place: Place, badge: str) -> None:
    help_is_pressed_and_somebody_comes(place, badge)
    staff_correct_an_answer_and_see_one_whole(place)
    number = visitor_sends(place)
    staff_ask_for_more_and_it_is_brought(place, number)
    two_say_no(place, number)
    what_was_not_done_is_answered(place, number)
    everything_is_on_the_record(place)


def help_is_pressed_and_somebody_comes(place: Place, badge: str) -> None:
    session, li = place.session, place.li
    place.a_moment_passes()
    place.press("start")
    place.press("choose", SERVICE)
    place.press("next")
    place.press("answer", "self")
    while visit(session).field.id != "town":
        give(session, {"phone": PHONE, "resident_id": OWN}.get(visit(session).field.id))
    assert place.press("help").help.state == "requested"
    place.press("need", "hearing")
    place.a_moment_passes()
    call = place.call()
    assert (call["needs"], call["service"]["zh"]) == (["hearing"], "残疾人两项补贴")
    told(li.post("/staff/calls/seen", json={"calls": [call["id"]]}))
    told(li.post(f"/calls/{call['id']}/take"))
    told(li.post(f"/calls/{call['id']}/set-out"))
    assert "李芳" in place.a_moment_passes().title
    session.scanned(badge)
    assert session.screen().title == "工作人员李芳想在这台机器上帮您。可以吗？"
    place.press("agree_help")
    place.a_moment_passes()
    assert (place.call()["state"], place.call()["staff"]) == ("assisting", "李芳")


def staff_correct_an_answer_and_see_one_whole(place: Place) -> None:
    session, look = place.session, place.session.look
    place.press("steps")
    place.press("settings")
    place.press("set", "text=L")
    place.press("resume")
    place.press("steps")
    assert OWN not in words(place.press("covered"))
    place.press("uncover", f"{SERVICE}:resident_id")
    assert OWN in words(place.press("uncover_why", "compare_paper"))
    place.press("steps")
    asked = place.press("jump", "phone")
    assert asked.name == "question-phone"
    assert PHONE not in (asked.entry.value if asked.entry else PHONE)
    place.type(RIGHT_PHONE)
    place.press("steps")
    place.press("help_done")
    assert (session.screen().name, session.look) == ("question-town", look)
    place.a_moment_passes()
    assert told(place.li.get("/staff/calls")) == []


def visitor_sends(place: Place) -> str:
    session = place.session
    fill_in(session, certificate_paper="family")
    place.press("send")
    number = session.state.receipt_number
    assert place.a_moment_passes().name == "receipt-delivered"
    return number


def staff_ask_for_more_and_it_is_brought(place: Place, number: str) -> None:
    form = place.form(number)
    decided(place.li, form, "more")
    assert "还差材料" in words(place.ask_about(number))
    place.press("own_form", place.opened())
    place.press("brought", "certificate_paper")
    place.a_moment_passes()
    call = place.call()
    assert "残疾人证" in call["reason"]
    told(place.li.post(f"/calls/{call['id']}/arrived"))
    told(place.li.post(f"/calls/{call['id']}/resolve"))
    assert place.a_moment_passes().remark == place.session.texts("help.closed", "zh")


def two_say_no(place: Place, number: str) -> None:
    form = place.form(number)
    decided(place.li, form, "refused", reason="no_such_grade", basis="disability_nursing")
    assert "不在补贴的范围里" not in words(place.ask_about(number)), "nobody else has agreed yet"
    told(agree(place.zhao, form))
    read = words(place.ask_about(number))
    for part in ("不在补贴的范围里", "残疾人保障法（2018年修正）第四十八条第四款", "行政复议", "姓李的工作人员"):
        assert part in read


def what_was_not_done_is_answered(place: Place, number: str) -> None:
    place.press("own_form", place.opened())
    place.press("cannot")
    place.press("reason", "told_no")
    kept = place.type(RIGHT_PHONE)
    order = kept.rows[0].value.replace(" ", "")
    place.a_moment_passes()
    (waiting,) = told(place.li.get("/staff/work-orders"))["orders"]
    path = f"/staff/work-orders/{waiting['id']}"
    assert waiting["step"]["zh"] == "交过的表"
    told(place.li.post(f"{path}/take"))
    shown = told(place.li.post(f"{path}/open"))
    assert (shown["form"], shown["number"]) == (number, order)
    answer = {"seen": shown["seen"], "answer": "带残疾人证来二号窗口，当面给您讲清楚。", "change": "told_how"}
    told(place.li.post(f"{path}/answer", json=answer))
    read = words(place.ask_about(order))
    assert "带残疾人证来二号窗口" in read
    assert "告诉您怎么办了" in read


def everything_is_on_the_record(place: Place) -> None:
    """Who did what, in order, at the hall and at the kiosk; and nothing of it was changed since."""
    assert verify(place.hall).first_bad is None
    with place.hall.database.read() as session:
        records = [one.record for one in entries(session)]
    began = [one["action"] for one in records].index("badge")
    at_hall = [(one["who"], one["action"], one["detail"]) for one in records[began + 1 :]]
    assert at_hall == [
        ("李芳", "call", "take"),
        ("李芳", "call", "set_out"),
        ("李芳", "at_kiosk", "badge"),
        ("李芳", "call", "arrive"),
        ("李芳", "left_kiosk", ""),
        ("李芳", "call", "resolve"),
        ("李芳", "decided_more", "paper_missing; as advised"),
        (KIOSK, "brought", "certificate_paper"),
        ("李芳", "call", "arrive"),
        ("李芳", "call", "resolve"),
        ("李芳", "proposed", f"{WHY}; otherwise than advised"),
        ("赵敏", "decision_agreed", f"{WHY}; otherwise than advised"),
        ("李芳", "order_taken", ""),
        ("李芳", "order_open", ""),
        ("李芳", "order_answered", ""),
    ]
    kept = [*place.terminal.store.audit.entries()]
    assert first_bad(kept, []) is None
    at_kiosk = [(one.record["who"], one.record["action"]) for one in kept if one.record["who"] != "kiosk"]
    assert at_kiosk == [
        ("staff", "staff_arrived"),
        ("visitor", "help_agreed"),
        ("staff", "uncovered"),
        ("staff", "jumped"),
        ("staff", "corrected"),
        ("staff", "help_ended"),
        ("visitor", "kept"),
        ("visitor", "brought"),
        ("visitor", "order_kept"),
    ]
