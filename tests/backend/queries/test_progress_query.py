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
    ask_progress,
    enrolled,
    of_person,
    progress,
    settings_in,
    submission,
    told,
)
from httpx import Response

from backend.foundation.limits import TooManyTriesError
from backend.hall.hall import Hall, open_hall
from backend.kiosks.levels import Visitor
from backend.queries.progress import answer
from backend.submissions.lookup import IN_ALL
from backend.submissions.opening import open_form
from protocol.levels import By, Granted, Level
from protocol.queries.progress import Inputs

ID = UUID(int=3)
NUMBER, LAST4 = "YL-0001", "5678"
NOTE = "请带户口本来三号窗口"


def send(client: TestClient, hall: Hall, number: int, bundle: UUID | None = None, **answers: str) -> None:
    """A form of the usual person, as YL-000NUMBER."""
    form, name = RIGHT_ANSWERS | answers, UUID(int=2 + number)
    body = submission(hall.keys.public, name, form, f"YL-000{number}").model_copy(update={"bundle": bundle})
    sent = client.put(f"/submissions/{name}", content=body.model_dump_json(), headers=JSON_BODY)
    assert sent.status_code == 201


@pytest.fixture
def sent(clerk: TestClient, hall: Hall) -> TestClient:
    """One form, to whose person staff have written a note."""
    send(clerk, hall, 1)
    moved = clerk.put(f"/submissions/{ID}/status", json={"status": "in_review", "note": NOTE})
    assert moved.status_code == 204
    return clerk


def with_phone(client: TestClient, last4: str, number: str = NUMBER) -> list[dict[str, str]]:
    return told(ask_progress(client, By.RECEIPT, receipt_number=number, phone_last4=last4))


def test_a_receipt_number_alone_tells_where_its_form_stands_and_nothing_else(sent: TestClient) -> None:
    (found,) = progress(sent)
    assert found["status"] == "in_review"
    assert found["words"]["zh"]  # type: ignore[index]
    telling = {name for name, value in found.items() if value}
    assert telling == {"receipt_number", "status", "words", "next"}
    assert progress(sent, "YL-9999") == []


def test_with_the_end_of_the_phone_one_reads_the_note_too(sent: TestClient) -> None:
    (found,) = with_phone(sent, LAST4)
    assert (found["service_id"], found["status"], found["note"]) == ("old-age-allowance", "in_review", NOTE)


def test_with_another_end_one_reads_no_more_than_with_the_number(sent: TestClient) -> None:
    assert with_phone(sent, "0000") == progress(sent)
    (by_word,) = told(ask_progress(sent, By.RECEIPT, receipt_number=NUMBER))
    assert by_word["note"] == "", "the kiosk says that the digits fit: the hall compares them itself"


def test_an_id_card_on_the_reader_shows_all_forms_of_its_person(sent: TestClient, hall: Hall) -> None:
    send(sent, hall, 2, phone="none")
    send(sent, hall, 3, resident_id="11010519491231002X")
    found = of_person(sent)
    assert {line["receipt_number"]: line["note"] for line in found} == {"YL-0001": NOTE, "YL-0002": ""}


@pytest.mark.parametrize("by", [None, By.TYPED, By.RECEIPT, By.SLIP])
def test_a_typed_id_number_opens_nothing(sent: TestClient, by: By | None) -> None:
    """A neighbour knows it."""
    refused = ask_progress(sent, by, resident_id=str(RIGHT_ANSWERS["resident_id"]))
    assert refused.status_code == 403
    assert refused.json()["code"] == "level_too_low"
    assert "ID card" in refused.json()["detail"]


def test_a_receipt_of_a_form_in_somebodys_name_opens_none_of_theirs(sent: TestClient, hall: Hall) -> None:
    """A neighbour who fills in a form with their ID number gets its receipt, and leaves whatever phone they like."""
    send(sent, hall, 2)
    assert [line["receipt_number"] for line in with_phone(sent, LAST4, "YL-0002")] == ["YL-0002"]


def test_nobody_who_said_nothing_is_told_anything(sent: TestClient) -> None:
    assert ask_progress(sent, None, receipt_number=NUMBER).status_code == 403


def test_the_slip_of_a_form_and_staff_read_its_note(sent: TestClient) -> None:
    for by in (By.SLIP, By.STAFF):
        (found,) = told(ask_progress(sent, by, receipt_number=NUMBER))
        assert found["note"] == NOTE
    assert len(told(ask_progress(sent, By.STAFF, resident_id=str(RIGHT_ANSWERS["resident_id"])))) == 1


def test_staff_cannot_set_a_status_that_does_not_exist(sent: TestClient) -> None:
    for decided in ("rejected", "done", "needs_material"):  # a person decides with a reason: backend.rulings
        assert sent.put(f"/submissions/{ID}/status", json={"status": decided}).status_code == 422
    assert sent.put(f"/submissions/{UUID(int=9)}/status", json={"status": "in_review"}).status_code == 404


def test_a_form_without_a_phone_has_no_end_of_it_to_guess(clerk: TestClient, hall: Hall) -> None:
    send(clerk, hall, 1, phone="none")
    for last4 in (LAST4, "0000"):
        assert with_phone(clerk, last4) == progress(clerk)


def wait_s(answer: Response) -> int:
    """How long one must wait; 0: it was answered."""
    return int(answer.headers["Retry-After"]) if answer.status_code == 429 else 0


def try_digits(client: TestClient, last4: str) -> Response:
    return ask_progress(client, By.RECEIPT, receipt_number=NUMBER, phone_last4=last4)


def test_wrong_searches_at_a_kiosk_wait_longer_and_longer(sent: TestClient, clock: StandingClock) -> None:
    """Finding 16: receipts were guessed at 234 a second."""
    for number in range(10):
        assert progress(sent, f"YL-{number + 100}") == []
        assert with_phone(sent, "0000")[0]["note"] == ""
    assert wait_s(try_digits(sent, LAST4)) == 10
    clock.pass_(seconds=10)
    try_digits(sent, "0000")
    assert wait_s(try_digits(sent, LAST4)) == 20
    clock.pass_(seconds=20)
    assert with_phone(sent, LAST4)[0]["note"] == NOTE
    assert with_phone(sent, "0000")[0]["note"] == "", "a right one counts for nothing"
    assert wait_s(try_digits(sent, LAST4)) == 40, "and wins no other tries"


def test_a_neighbours_wrong_searches_do_not_keep_the_owner_out(
    sent: TestClient, hall: Hall, kiosk: SigningKiosk
) -> None:
    """Finding 16: five wrong searches by an ID number stopped its owner everywhere."""
    sent.auth = enrolled(hall, "邻村一号")
    while not wait_s(try_digits(sent, "0000")):
        pass
    sent.auth = kiosk
    assert with_phone(sent, LAST4)[0]["note"] == NOTE


def test_all_kiosks_together_get_only_so_many_wrong_searches(
    sent: TestClient, hall: Hall, kiosk: SigningKiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.submissions.lookup.IN_ALL", replace(IN_ALL, free_tries=3))
    for number in range(3):
        sent.auth = enrolled(hall, f"第{number}号")
        assert not wait_s(try_digits(sent, "0000"))
    sent.auth = kiosk
    assert wait_s(try_digits(sent, LAST4)) == 1


def test_a_strangers_form_with_the_same_number_hides_nobodys(sent: TestClient, hall: Hall, kiosk: SigningKiosk) -> None:
    """Finding 15. At a third kiosk nobody knows which one is meant, unless the phone says so."""
    sent.auth = stranger = enrolled(hall, "别处一号")
    theirs = submission(hall.keys.public, UUID(int=4), RIGHT_ANSWERS | {"phone": "13900001111"})
    assert sent.put(f"/submissions/{UUID(int=4)}", content=theirs.model_dump_json(), headers=JSON_BODY).is_success
    found = {}
    for place in (kiosk, stranger, enrolled(hall, "第三处")):
        sent.auth = place
        found[place.name] = [line["status"] for line in progress(sent)]
    assert found == {KIOSK: ["in_review"], "别处一号": ["received"], "第三处": []}
    assert with_phone(sent, LAST4)[0]["note"] == NOTE
    assert with_phone(sent, "1111")[0]["status"] == "received"


def test_a_kiosk_gone_mad_makes_no_search_endless(
    sent: TestClient, hall: Hall, kiosk: SigningKiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each form under the number is opened to compare its phone: those of the kiosk that asks first."""
    monkeypatch.setattr("backend.queries.progress.MOST", 3)
    opened: list[object] = []
    monkeypatch.setattr("backend.queries.progress.open_form", lambda *form: [opened.append(form), open_form(*form)][1])
    sent.auth = enrolled(hall, "疯了")
    for number in range(4, 9):
        made_up = submission(hall.keys.public, UUID(int=number), RIGHT_ANSWERS | {"phone": "13900001111"})
        sent.put(f"/submissions/{UUID(int=number)}", content=made_up.model_dump_json(), headers=JSON_BODY)
    sent.auth = kiosk
    assert with_phone(sent, LAST4)[0]["note"] == NOTE
    assert len(opened) == 3
    assert len(of_person(sent)) == 3


def test_a_restart_forgives_nothing(
    sent: TestClient, hall: Hall, tmp_path: Path, clock: StandingClock, kiosk: SigningKiosk
) -> None:
    visitor = Visitor(kiosk.signed(), Granted(Level.SHOWN, By.RECEIPT))
    wrong = Inputs(receipt_number=NUMBER, phone_last4="0000")
    for _ in range(20):
        answer(hall, visitor, wrong)
    again = open_hall(settings_in(tmp_path), clock)
    with pytest.raises(TooManyTriesError, match="10 seconds"):
        answer(again, visitor, wrong)
    again.database.close()


def test_a_wrong_search_is_not_repeated_in_the_answer(client: TestClient) -> None:
    refused = ask_progress(client, By.CARD, resident_id="11010519381231")
    assert refused.status_code == 422
    assert "11010519381231" not in refused.text


def test_what_the_same_person_handed_in_with_it_is_named_to_whoever_may_see_all_of_it(
    client: TestClient, hall: Hall
) -> None:
    bundle = UUID(int=9)
    for number in (1, 2):
        send(client, hall, number, bundle)
    send(client, hall, 3, bundle, resident_id="11010519491231002X")  # somebody else's
    send(client, hall, 4)
    (found,) = with_phone(client, LAST4)
    assert found["together"] == [  # type: ignore[comparison-overlap]
        {"receipt_number": "YL-0002", "title": {"zh": "高龄津贴", "en": "Old-age allowance"}}
    ]
    (state,) = progress(client)
    assert not state["together"]
