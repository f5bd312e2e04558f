"""Who acts for another is told of the form what it says that they may see, however they ask."""

from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, ask_progress, of_person, submission, told

from backend.hall.hall import Hall
from protocol.levels import By

AGENT, APPLICANT = "110105196503072146", "11010519491231002X"
NOTE = "请带户口本来三号窗口"
ANSWERS = {
    "purpose": "first",
    "for_whom": "family",
    "agent_name": "李强",
    "agent_resident_id": AGENT,
    "relation": "child",
    "agent_phone": "13900139000",
    "name": "王秀英",
    "resident_id": APPLICANT,
    "bank": "rural",
    "pick_up": "hall",
    "consent": "yes",
}


@pytest.fixture(params=["receipt", "all"])
def sees(request: pytest.FixtureRequest, clerk: TestClient, hall: Hall) -> str:
    """What the agent may see of a form that staff have written a note to."""
    send(clerk, hall, agent_sees=request.param)
    return str(request.param)


def send(clerk: TestClient, hall: Hall, **answers: str) -> None:
    form: dict[str, object] = {**ANSWERS, **answers}
    body = submission(hall.keys.public, UUID(int=1), form, service_id="social-security-card").model_dump_json()
    assert clerk.put(f"/submissions/{UUID(int=1)}", content=body, headers=JSON_BODY).status_code == 201
    moved = {"status": "in_review", "note": NOTE}
    assert clerk.put(f"/submissions/{UUID(int=1)}/status", json=moved).status_code == 204


def notes(lines: list[dict[str, Any]]) -> list[str]:
    return [line["note"] for line in lines]


def by(client: TestClient, way: By, **inputs: str) -> list[str]:
    return notes(told(ask_progress(client, way, receipt_number="YL-0001", **inputs)))


def test_by_their_own_card(clerk: TestClient, sees: str) -> None:
    assert notes(of_person(clerk, AGENT)) == [NOTE if sees == "all" else ""]


def test_by_the_end_of_their_own_phone(clerk: TestClient, sees: str) -> None:
    assert by(clerk, By.RECEIPT, phone_last4="9000") == [NOTE if sees == "all" else ""]


def test_by_the_slip_that_they_took_home(clerk: TestClient, sees: str) -> None:
    assert by(clerk, By.SLIP) == [NOTE if sees == "all" else ""]


def test_the_person_it_is_for_and_staff_see_all_of_it(clerk: TestClient, sees: str) -> None:
    assert notes(of_person(clerk, APPLICANT)) == [NOTE]
    assert by(clerk, By.STAFF) == [NOTE]


def test_a_phone_that_both_have_shows_what_the_agent_may_see(clerk: TestClient, hall: Hall) -> None:
    send(clerk, hall, agent_sees="receipt", phone="13900139000")
    assert by(clerk, By.RECEIPT, phone_last4="9000") == [""]


def test_a_stranger_finds_nothing(clerk: TestClient, sees: str) -> None:
    assert of_person(clerk, "110105193812310028") == []
