import json
import logging
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from hall_support import FROM_PAGE, JSON_BODY, PRIVATE, RIGHT_ANSWERS, StandingClock, call_request, submission
from sqlalchemy import select

from backend import staff_routes
from backend.hall import Hall
from backend.logs import JsonLines
from backend.tables import Audit
from protocol.sealing import generate_keys

ID = UUID(int=11)


def log_in(client: TestClient, pin: str, name: str = "李芳"):
    return client.post("/staff/login", json={"name": name, "pin": pin}, headers=FROM_PAGE)


def send(client: TestClient, key: bytes, answers: dict[str, object] = RIGHT_ANSWERS) -> None:
    body = submission(key, ID, answers).model_dump_json()
    assert client.put(f"/submissions/{ID}", content=body, headers=JSON_BODY).status_code == 201


def audit(hall: Hall) -> list[tuple[str, str, str]]:
    with hall.database.read() as session:
        return [(row.staff, row.action, row.detail) for row in session.scalars(select(Audit).order_by(Audit.id))]


def test_a_pin_works_once_and_the_console_shows_the_next(client: TestClient, pins: list[str]) -> None:
    assert log_in(client, pins[0]).status_code == 204
    assert len(pins) == 2
    assert client.get("/staff/board").json()["staff"] == "李芳"
    client.cookies.clear()
    assert log_in(client, pins[0]).status_code == 401 or pins[0] == pins[1]
    assert log_in(client, pins[1], "王强").status_code == 204


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: TestClient, pins: list[str]) -> None:
    cookie = log_in(client, pins[0]).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


def test_five_wrong_pins_make_even_the_right_one_wait(
    client: TestClient, pins: list[str], clock: StandingClock
) -> None:
    wrong = "000000" if pins[0] != "000000" else "111111"
    assert [log_in(client, wrong).status_code for _ in range(6)] == [401] * 5 + [429]
    blocked = log_in(client, pins[0])
    assert (blocked.status_code, blocked.headers["Retry-After"]) == (429, "30")
    clock.pass_(seconds=31)
    assert log_in(client, pins[0]).status_code == 204


@pytest.mark.parametrize(("name", "pin"), [("", "123456"), ("  ", "123456"), ("李芳", "12345"), ("李芳", "abcdef")])
def test_a_login_without_a_name_or_a_pin_is_told_so(client: TestClient, name: str, pin: str) -> None:
    assert log_in(client, pin, name).status_code == 422


def test_a_shift_ends(clerk: TestClient, clock: StandingClock) -> None:
    clock.pass_(hours=11, minutes=59)
    assert clerk.get("/staff/board").status_code == 200
    clock.pass_(minutes=1)
    assert clerk.get("/staff/board").status_code == 401


def test_logging_out_ends_the_session_at_the_hall_too(clerk: TestClient) -> None:
    cookie = clerk.cookies[staff_routes.COOKIE]
    assert clerk.post("/staff/logout").status_code == 204
    clerk.cookies.set(staff_routes.COOKIE, cookie)
    assert clerk.get("/staff/board").status_code == 401


def guarded_requests() -> list[tuple[str, str]]:
    app = FastAPI()
    app.include_router(staff_routes.guarded)
    open_to_all = {"/staff/login", "/staff/logout"}
    paths = json.dumps(app.openapi()["paths"])
    return [
        (method.upper(), path)
        for path, methods in json.loads(paths).items()
        for method in methods
        if path not in open_to_all
    ]


@pytest.mark.parametrize(("method", "path"), guarded_requests())
def test_everything_about_people_needs_a_login(client: TestClient, method: str, path: str) -> None:
    path = path.format(call_id=ID, submission_id=ID)
    body = {"status": "done", "field": "name"} if method != "GET" else None
    assert client.request(method, path, json=body, headers=FROM_PAGE).status_code == 401


@pytest.mark.parametrize(("method", "path"), [pair for pair in guarded_requests() if pair[0] != "GET"])
def test_another_site_cannot_use_our_login(clerk: TestClient, method: str, path: str) -> None:
    del clerk.headers["X-Staff-Page"]
    assert clerk.request(method, path.format(call_id=ID, submission_id=ID), json={}).status_code == 403


def test_the_list_of_guarded_requests_is_the_whole_list() -> None:
    assert len(guarded_requests()) == len([r for r in staff_routes.guarded.routes if isinstance(r, APIRoute)]) - 2


def test_private_answers_are_masked_until_someone_asks_and_every_look_is_written_down(
    clerk: TestClient, hall: Hall
) -> None:
    send(clerk, hall.keys.public)
    form = clerk.post(f"/submissions/{ID}/open").json()
    shown = {answer["field"]: answer["value"]["zh"] for answer in form["answers"]}
    assert shown["resident_id"] == "1****************8"
    assert shown["bank_card"].endswith("3446")
    assert not any(secret in json.dumps(form, ensure_ascii=False) for secret in PRIVATE)
    assert form["problems"] == []
    full = clerk.post(f"/submissions/{ID}/reveal", json={"field": "town"})
    assert full.json() == {"zh": "城关镇", "en": "Chengguan"}
    assert clerk.post(f"/submissions/{ID}/reveal", json={"field": "phone"}).json()["zh"] == "13912345678"
    assert audit(hall) == [("李芳", "open", ""), ("李芳", "reveal", "town"), ("李芳", "reveal", "phone")]


def test_a_status_change_is_written_down(clerk: TestClient, hall: Hall) -> None:
    send(clerk, hall.keys.public)
    clerk.put(f"/submissions/{ID}/status", json={"status": "done"})
    assert audit(hall) == [("李芳", "status", "received -> done")]


def test_a_doubtful_form_says_what_to_look_at_until_someone_does(clerk: TestClient, hall: Hall) -> None:
    send(clerk, hall.keys.public, RIGHT_ANSWERS | {"hukou_here": "elsewhere"})
    assert clerk.get("/staff/board").json()["submissions"][0]["needs_person"] is True
    problems = clerk.post(f"/submissions/{ID}/open").json()["problems"]
    assert [problem["zh"][:5] for problem in problems] == ["户口在外地"]
    clerk.put(f"/submissions/{ID}/status", json={"status": "in_review"})
    assert clerk.get("/staff/board").json()["submissions"][0]["needs_person"] is False


def test_a_form_that_cannot_be_opened_says_so(clerk: TestClient) -> None:
    send(clerk, generate_keys().public)
    answer = clerk.post(f"/submissions/{ID}/open")
    assert answer.status_code == 422
    assert "cannot be opened" in answer.json()["detail"]


def test_the_board_holds_nothing_personal(clerk: TestClient, hall: Hall) -> None:
    send(clerk, hall.keys.public)
    board = json.dumps(clerk.get("/staff/board").json(), ensure_ascii=False)
    assert "YL-0001" in board
    assert not any(secret in board for secret in PRIVATE)


def test_every_answer_carries_the_security_headers_and_the_page_loads_nothing_from_elsewhere(
    client: TestClient,
) -> None:
    for path in ("/staff", "/staff/static/staff.js", "/staff/static/staff.css", "/health", "/nowhere"):
        answer = client.get(path)
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
        assert answer.headers["cache-control"] == "no-store"
        assert "https://" not in answer.text


def test_logs_name_the_route_and_never_what_was_sent(
    clerk: TestClient, hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        send(clerk, hall.keys.public)
        clerk.put(f"/calls/{ID}", content=call_request(reason="我是欧阳秀兰"), headers=JSON_BODY)
        clerk.post(f"/submissions/{ID}/reveal", json={"field": "phone"})
        clerk.get("/progress/13912345678")
    lines = [JsonLines().format(record) for record in caplog.records if record.name == "yinling.hall"]
    assert [json.loads(line)["route"] for line in lines][-1] == "/progress/{receipt_number}"
    assert not any(secret in line for line in lines for secret in PRIVATE)


def test_the_api_describes_itself(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {
        "/health",
        "/key",
        "/submissions/{submission_id}",
        "/progress/{receipt_number}",
        "/progress/search",
        "/calls/{call_id}",
        "/kiosks/{name}/heartbeat",
        "/staff/login",
        "/staff/events",
        "/calls/{call_id}/seen",
        "/calls/{call_id}/acknowledge",
        "/calls/{call_id}/close",
        "/submissions/{submission_id}/status",
    } <= set(paths)
