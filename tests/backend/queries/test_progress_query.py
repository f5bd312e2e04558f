from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import (
    JSON_BODY,
    KIOSK,
    RIGHT_ANSWERS,
    SigningKiosk,
    StandingClock,
    enrolled,
    progress,
    settings_in,
    submission,
)
from httpx import Response

from backend.foundation.limits import TooManyTriesError
from backend.hall.hall import Hall, open_hall
from backend.queries.progress import answer
from backend.submissions.lookup import IN_ALL
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


def test_wrong_searches_at_a_kiosk_wait_longer_and_longer(sent: TestClient, clock: StandingClock) -> None:
    """Finding 16: receipts were guessed at 234 a second."""
    for number in range(20):
        assert progress(sent, f"YL-{number + 100}") == []
    blocked = search(sent, RIGHT)
    assert (blocked.status_code, blocked.headers["Retry-After"]) == (429, "10")
    clock.pass_(seconds=10)
    search(sent, WRONG)
    assert search(sent, RIGHT).headers["Retry-After"] == "20"
    clock.pass_(seconds=20)
    assert numbers(search(sent, RIGHT)) == ["YL-0001"]
    assert search(sent, WRONG).status_code == 200, "a right one counts for nothing"
    assert search(sent, RIGHT).headers["Retry-After"] == "40", "and wins no other tries"


def test_a_neighbours_wrong_searches_do_not_keep_the_owner_out(
    sent: TestClient, hall: Hall, kiosk: SigningKiosk
) -> None:
    """Finding 16: five wrong searches by an ID number stopped its owner everywhere."""
    sent.auth = enrolled(hall, "邻村一号")
    while search(sent, WRONG).status_code == 200:
        pass
    sent.auth = kiosk
    assert numbers(search(sent, RIGHT)) == ["YL-0001"]


def test_all_kiosks_together_get_only_so_many_wrong_searches(
    sent: TestClient, hall: Hall, kiosk: SigningKiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.submissions.lookup.IN_ALL", replace(IN_ALL, free_tries=3))
    for number in range(3):
        sent.auth = enrolled(hall, f"第{number}号")
        assert search(sent, WRONG).status_code == 200
    sent.auth = kiosk
    assert search(sent, RIGHT).headers["Retry-After"] == "1"


def test_a_strangers_form_with_the_same_number_hides_nobodys(sent: TestClient, hall: Hall, kiosk: SigningKiosk) -> None:
    """Finding 15. At a third kiosk nobody knows which one is meant."""
    sent.auth = stranger = enrolled(hall, "别处一号")
    body = submission(hall.keys.public, UUID(int=4), RIGHT_ANSWERS, service_id="pension-certification")
    assert sent.put(f"/submissions/{UUID(int=4)}", content=body.model_dump_json(), headers=JSON_BODY).is_success
    services = {}
    for place in (kiosk, stranger, enrolled(hall, "第三处")):
        sent.auth = place
        services[place.name] = [line["service_id"] for line in progress(sent)]
    assert services == {KIOSK: ["old-age-allowance"], "别处一号": ["pension-certification"], "第三处": []}


def test_a_restart_forgives_nothing(hall: Hall, kiosk: SigningKiosk, tmp_path: Path, clock: StandingClock) -> None:
    for _ in range(20):
        answer(hall, kiosk.signed(), Inputs.model_validate(WRONG))
    again = open_hall(settings_in(tmp_path), clock)
    with pytest.raises(TooManyTriesError, match="10 seconds"):
        answer(again, kiosk.signed(), Inputs.model_validate(WRONG))
    again.database.close()


def test_a_wrong_search_is_not_repeated_in_the_answer(client: TestClient) -> None:
    refused = search(client, {"resident_id": "11010519381231", "phone_last4": "5678"})
    assert refused.status_code == 422
    assert "11010519381231" not in refused.text
