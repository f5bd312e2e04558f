from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, NOW, StandingClock, call_request
from sqlalchemy import select

from backend.calls.tables import Call
from backend.events.tables import Event
from backend.hall.hall import Hall

ID = UUID(int=5)
PATH = f"/calls/{ID}"


def put(client: TestClient, **changes: object) -> dict[str, Any]:
    answer = client.put(PATH, content=call_request(**changes), headers=JSON_BODY)
    assert answer.status_code == 200, answer.text
    status: dict[str, Any] = answer.json()
    return status


def see(clerk: TestClient, *calls: UUID) -> None:
    answer = clerk.post("/staff/calls/seen", json={"calls": [str(call) for call in calls]})
    assert answer.status_code == 204, answer.text


def test_a_second_press_is_the_same_call(client: TestClient, hall: Hall) -> None:
    status = put(client, reason="打不了字")
    assert status == put(client, reason="打不了字")
    assert (status["state"], status["turn"], status["step"], status["staff"]) == ("requested", 1, 0, None)
    assert (status["reason"], status["staff_page_open"], status["escalation"]) == ("打不了字", False, 0)
    with hall.database.read() as session:
        assert len(session.scalars(select(Call)).all()) == 1
        assert len(session.scalars(select(Event)).all()) == 1


def test_a_call_is_shown_taken_and_done(clerk: TestClient) -> None:
    put(clerk)
    see(clerk, ID)
    assert clerk.get(PATH).json()["state"] == "notified"
    taken = clerk.post(f"{PATH}/take").json()
    assert (taken["state"], taken["staff"]) == ("acknowledged", "李芳")
    assert clerk.get(PATH).json()["staff"] == "李芳"
    done = clerk.post(f"{PATH}/resolve").json()
    assert (done["state"], done["staff"]) == ("resolved", "李芳")
    assert clerk.get("/staff/calls").json() == []


def test_a_call_never_goes_back(clerk: TestClient) -> None:
    put(clerk)
    clerk.post(f"{PATH}/take")
    see(clerk, ID)
    assert clerk.get(PATH).json()["state"] == "acknowledged"
    assert put(clerk)["state"] == "acknowledged"
    assert put(clerk, moves=["cancel"])["state"] == "cancelled"
    assert clerk.post(f"{PATH}/take").json()["state"] == "cancelled"
    assert put(clerk, moves=["cancel", "leave"])["state"] == "cancelled"


def test_the_first_to_take_a_call_keeps_it(clerk: TestClient, pins: list[str]) -> None:
    put(clerk)
    clerk.post(f"{PATH}/take")
    clerk.post("/staff/login", json={"name": "王强", "pin": pins[-1]})
    assert clerk.post(f"{PATH}/take").json()["staff"] == "李芳"


def test_a_cancel_that_overtakes_its_request_leaves_no_open_call(clerk: TestClient) -> None:
    assert put(clerk, moves=["cancel"])["state"] == "cancelled"
    assert put(clerk)["state"] == "cancelled"
    assert clerk.get("/staff/calls").json() == []


def test_staff_see_where_and_what_but_never_who(clerk: TestClient) -> None:
    put(clerk, reason="我是110105193812310028，打不了字")
    (call,) = clerk.get("/staff/calls").json()
    assert call["kiosk"] == "柳林村一号"
    assert call["screen"]["zh"] == "正在填：电话号码"
    assert call["service"]["zh"] == "高龄津贴"
    assert call["reason"] == "我是••••••，打不了字"


def test_another_reason_of_an_open_call_is_shown_and_announced(clerk: TestClient, hall: Hall) -> None:
    put(clerk, reason="")
    clerk.post(f"{PATH}/take")
    now = {"reason": "养老金资格认证：今天在这里", "screen": "receipt", "service_id": "pension-certification"}
    now |= {"moves": ["press"]}
    assert put(clerk, **now) == put(clerk, **now)
    (call,) = clerk.get("/staff/calls").json()
    assert (call["reason"], call["screen"]["zh"], call["service"]["zh"]) == (now["reason"], "回执", "养老金资格认证")
    assert (call["state"], call["staff"]) == ("acknowledged", "李芳")
    with hall.database.read() as session:
        assert len(session.scalars(select(Event)).all()) == 3, "the call, who takes it, the reason: told once"


def test_a_call_that_is_over_keeps_its_reason(clerk: TestClient, hall: Hall) -> None:
    put(clerk, reason="原来的")
    put(clerk, moves=["cancel"], reason="原来的")
    assert put(clerk, moves=["cancel", "press"], reason="后来的")["reason"] == "原来的", (
        "the kiosk learns that it has to call anew"
    )
    with hall.database.read() as session:
        assert session.scalars(select(Call.reason)).all() == ["原来的"]


def test_a_screen_without_words_is_shown_by_its_name(clerk: TestClient) -> None:
    put(clerk, screen="brand-new", service_id=None)
    (call,) = clerk.get("/staff/calls").json()
    assert (call["screen"]["zh"], call["service"]) == ("brand-new", None)


@pytest.mark.parametrize("path", [PATH, f"{PATH}/take"])
def test_an_unknown_call_is_not_found(clerk: TestClient, path: str) -> None:
    method = "GET" if path == PATH else "POST"
    assert clerk.request(method, path).status_code == 404


@pytest.mark.parametrize(
    ("sent", "waited_s"),
    [
        (NOW + timedelta(seconds=90), 90),  # the line was down
        (NOW, 0),
        (NOW - timedelta(hours=3), 0),  # the kiosk's clock was set back meanwhile
        (NOW + timedelta(days=2), 2 * 24 * 3600),  # a village without a line, whose visitor waits to be phoned
        (NOW + timedelta(days=400), 30 * 24 * 3600),
        (None, 0),  # an older kiosk does not say
        ("soon", 0),
    ],
)
def test_staff_see_how_long_the_person_has_waited_whatever_the_kiosks_clock_says(
    clerk: TestClient, clock: StandingClock, sent: datetime | str | None, waited_s: int
) -> None:
    clock.pass_(hours=9)  # the kiosk's clock is far behind
    date = {"Date": format_datetime(sent, usegmt=True) if isinstance(sent, datetime) else sent} if sent else {}
    assert clerk.put(PATH, content=call_request(), headers=JSON_BODY | date).status_code == 200
    (call,) = clerk.get("/staff/calls").json()
    assert datetime.fromisoformat(call["called_at"]) == clock() - timedelta(seconds=waited_s)
