from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, RIGHT_ANSWERS, StandingClock, settings_in, submission

from backend.hall import Hall, open_hall
from backend.limits import TooManyTriesError
from backend.submissions.progress import search
from protocol.wire import ProgressSearch

ID = UUID(int=3)
RIGHT = {"resident_id": RIGHT_ANSWERS["resident_id"], "phone_last4": "5678"}
WRONG = RIGHT | {"phone_last4": "0000"}


@pytest.fixture
def sent(client: TestClient, hall: Hall) -> TestClient:
    body = submission(hall.keys.public, ID, RIGHT_ANSWERS).model_dump_json()
    assert client.put(f"/submissions/{ID}", content=body, headers=JSON_BODY).status_code == 201
    return client


def test_a_receipt_number_finds_its_submission_in_plain_words(sent: TestClient) -> None:
    found = sent.get("/progress/YL-0001").json()
    assert found["status"] == "received"
    assert found["service_id"] == "old-age-allowance"
    assert found["words"]["zh"] == "已经收到，正在排队"
    assert sent.get("/progress/YL-9999").status_code == 404


def test_staff_move_it_and_the_person_reads_their_note(sent: TestClient, clerk: TestClient) -> None:
    answer = clerk.put(f"/submissions/{ID}/status", json={"status": "needs_material", "note": "请带户口本来三号窗口"})
    assert answer.status_code == 200
    found = sent.get("/progress/YL-0001").json()
    assert (found["status"], found["note"]) == ("needs_material", "请带户口本来三号窗口")


def test_staff_cannot_set_a_status_that_does_not_exist(clerk: TestClient, sent: TestClient) -> None:
    assert clerk.put(f"/submissions/{ID}/status", json={"status": "rejected"}).status_code == 422
    assert clerk.put(f"/submissions/{UUID(int=9)}/status", json={"status": "done"}).status_code == 404


def test_id_and_phone_find_it_without_a_receipt(sent: TestClient) -> None:
    assert [found["receipt_number"] for found in sent.post("/progress/search", json=RIGHT).json()] == ["YL-0001"]
    assert sent.post("/progress/search", json=WRONG).json() == []


def test_wrong_searches_wait_longer_and_longer(sent: TestClient, clock: StandingClock) -> None:
    for _ in range(5):
        assert sent.post("/progress/search", json=WRONG).status_code == 200
    blocked = sent.post("/progress/search", json=RIGHT)
    assert (blocked.status_code, blocked.headers["Retry-After"]) == (429, "30")
    clock.pass_(seconds=30)
    sent.post("/progress/search", json=WRONG)
    assert sent.post("/progress/search", json=RIGHT).headers["Retry-After"] == "60"
    clock.pass_(seconds=60)
    assert sent.post("/progress/search", json=RIGHT).json()[0]["receipt_number"] == "YL-0001"
    assert sent.post("/progress/search", json=WRONG).status_code == 200  # forgiven


def test_one_persons_wrong_searches_do_not_block_another(sent: TestClient) -> None:
    for _ in range(6):
        sent.post("/progress/search", json=WRONG | {"resident_id": "110105194912310021"})
    assert sent.post("/progress/search", json=RIGHT).json()[0]["receipt_number"] == "YL-0001"


def test_a_restart_forgives_nothing(hall: Hall, tmp_path: Path, clock: StandingClock) -> None:
    for _ in range(5):
        search(hall, ProgressSearch.model_validate(WRONG))
    again = open_hall(settings_in(tmp_path), clock)
    with pytest.raises(TooManyTriesError, match="30 seconds"):
        search(again, ProgressSearch.model_validate(WRONG))


def test_a_wrong_search_is_not_repeated_in_the_answer(client: TestClient) -> None:
    answer = client.post("/progress/search", json={"resident_id": "11010519381231", "phone_last4": "5678"})
    assert answer.status_code == 422
    assert "11010519381231" not in answer.text
