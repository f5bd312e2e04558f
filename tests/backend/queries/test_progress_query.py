from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, RIGHT_ANSWERS, StandingClock, progress, settings_in, submission
from httpx import Response

from backend.foundation.limits import TooManyTriesError
from backend.hall.hall import Hall, open_hall
from backend.queries.progress import answer
from protocol.queries.progress import Inputs

ID = UUID(int=3)
RIGHT = {"resident_id": RIGHT_ANSWERS["resident_id"], "phone_last4": "5678"}
WRONG = RIGHT | {"phone_last4": "0000"}


@pytest.fixture
def sent(client: TestClient, hall: Hall) -> TestClient:
    body = submission(hall.keys.public, ID, RIGHT_ANSWERS).model_dump_json()
    assert client.put(f"/submissions/{ID}", content=body, headers=JSON_BODY).status_code == 201
    return client


def search(client: TestClient, person: dict[str, object]) -> Response:
    return client.post("/queries/progress", json=person)


def numbers(found: Response) -> list[str]:
    assert found.status_code == 200, found.text
    return [line["receipt_number"] for line in found.json()["lines"]]


def test_a_receipt_number_finds_its_submission_in_plain_words(sent: TestClient) -> None:
    (found,) = progress(sent)
    assert found["status"] == "received"
    assert found["service_id"] == "old-age-allowance"
    assert found["words"]["zh"] == "已经收到，正在排队"
    assert progress(sent, "YL-9999") == []


def test_staff_move_it_and_the_person_reads_their_note(sent: TestClient, clerk: TestClient) -> None:
    moved = clerk.put(f"/submissions/{ID}/status", json={"status": "needs_material", "note": "请带户口本来三号窗口"})
    assert moved.status_code == 204
    (found,) = progress(sent)
    assert (found["status"], found["note"]) == ("needs_material", "请带户口本来三号窗口")


def test_staff_cannot_set_a_status_that_does_not_exist(clerk: TestClient, sent: TestClient) -> None:
    assert clerk.put(f"/submissions/{ID}/status", json={"status": "rejected"}).status_code == 422
    assert clerk.put(f"/submissions/{UUID(int=9)}/status", json={"status": "done"}).status_code == 404


def test_id_and_phone_find_it_without_a_receipt(sent: TestClient) -> None:
    assert numbers(search(sent, RIGHT)) == ["YL-0001"]
    assert numbers(search(sent, WRONG)) == []


def test_a_form_without_a_phone_is_found_by_its_receipt_number_alone(client: TestClient, hall: Hall) -> None:
    """A neighbour knows the ID number: no ending of a phone may open it."""
    body = submission(hall.keys.public, ID, RIGHT_ANSWERS | {"phone": "none"}).model_dump_json()
    assert client.put(f"/submissions/{ID}", content=body, headers=JSON_BODY).status_code == 201
    for last4 in ("5678", "0000"):
        assert numbers(search(client, RIGHT | {"phone_last4": last4})) == []
    assert search(client, {"resident_id": RIGHT["resident_id"]}).status_code == 422
    assert len(progress(client)) == 1


def test_wrong_searches_wait_longer_and_longer(sent: TestClient, clock: StandingClock) -> None:
    for _ in range(5):
        assert search(sent, WRONG).status_code == 200
    blocked = search(sent, RIGHT)
    assert (blocked.status_code, blocked.headers["Retry-After"]) == (429, "30")
    clock.pass_(seconds=30)
    search(sent, WRONG)
    assert search(sent, RIGHT).headers["Retry-After"] == "60"
    clock.pass_(seconds=60)
    assert numbers(search(sent, RIGHT)) == ["YL-0001"]
    assert search(sent, WRONG).status_code == 200  # forgiven


def test_one_persons_wrong_searches_do_not_block_another(sent: TestClient) -> None:
    for _ in range(6):
        search(sent, WRONG | {"resident_id": "110105194912310021"})
    assert numbers(search(sent, RIGHT)) == ["YL-0001"]


def test_a_restart_forgives_nothing(hall: Hall, tmp_path: Path, clock: StandingClock) -> None:
    for _ in range(5):
        answer(hall, Inputs.model_validate(WRONG))
    again = open_hall(settings_in(tmp_path), clock)
    with pytest.raises(TooManyTriesError, match="30 seconds"):
        answer(again, Inputs.model_validate(WRONG))


def test_a_wrong_search_is_not_repeated_in_the_answer(client: TestClient) -> None:
    refused = search(client, {"resident_id": "11010519381231", "phone_last4": "5678"})
    assert refused.status_code == 422
    assert "11010519381231" not in refused.text
