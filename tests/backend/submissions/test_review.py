import json
from uuid import UUID

from fastapi.testclient import TestClient
from hall_support import PRIVATE, RIGHT_ANSWERS, send_form
from sqlalchemy import select

from backend.audit.tables import Audit
from backend.hall.hall import Hall
from protocol.sealing import generate_keys

ID = UUID(int=11)


def audit(hall: Hall) -> list[tuple[str, str, str]]:
    with hall.database.read() as session:
        return [(row.staff, row.action, row.detail) for row in session.scalars(select(Audit).order_by(Audit.id))]


def test_private_answers_are_masked_until_someone_asks_and_every_look_is_written_down(
    clerk: TestClient, hall: Hall
) -> None:
    send_form(clerk, hall.keys.public, ID)
    form = clerk.post(f"/submissions/{ID}/open").json()
    shown = {answer["field"]: answer["value"]["zh"] for answer in form["answers"]}
    assert shown["resident_id"] == "1****************8"
    assert shown["bank_card"].endswith("7894")
    assert not any(secret in json.dumps(form, ensure_ascii=False) for secret in PRIVATE)
    assert form["problems"] == []
    full = clerk.post(f"/submissions/{ID}/reveal", json={"field": "town"})
    assert full.json() == {"zh": "城关镇", "en": "Chengguan"}
    assert clerk.post(f"/submissions/{ID}/reveal", json={"field": "phone"}).json()["zh"] == "13912345678"
    assert audit(hall) == [("李芳", "open", ""), ("李芳", "reveal", "town"), ("李芳", "reveal", "phone")]


def test_a_status_change_is_written_down(clerk: TestClient, hall: Hall) -> None:
    send_form(clerk, hall.keys.public, ID)
    clerk.put(f"/submissions/{ID}/status", json={"status": "done"})
    assert audit(hall) == [("李芳", "status", "received -> done")]


def test_a_doubtful_form_says_what_to_look_at_until_someone_does(clerk: TestClient, hall: Hall) -> None:
    send_form(clerk, hall.keys.public, ID, RIGHT_ANSWERS | {"hukou_here": "elsewhere"})
    assert clerk.get("/staff/submissions").json()["submissions"][0]["needs_person"] is True
    problems = clerk.post(f"/submissions/{ID}/open").json()["problems"]
    assert [problem["zh"][:5] for problem in problems] == ["户口在外地"]
    clerk.put(f"/submissions/{ID}/status", json={"status": "in_review"})
    assert clerk.get("/staff/submissions").json()["submissions"][0]["needs_person"] is False


def test_a_form_that_cannot_be_opened_says_so(clerk: TestClient) -> None:
    send_form(clerk, generate_keys().public, ID)
    answer = clerk.post(f"/submissions/{ID}/open")
    assert answer.status_code == 422
    assert "cannot be opened" in answer.json()["detail"]


def test_the_list_of_forms_holds_nothing_personal(clerk: TestClient, hall: Hall) -> None:
    send_form(clerk, hall.keys.public, ID)
    board = json.dumps(clerk.get("/staff/submissions").json(), ensure_ascii=False)
    assert "YL-0001" in board
    assert not any(secret in board for secret in PRIVATE)
