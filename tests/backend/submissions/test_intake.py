import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, PRIVATE, RIGHT_ANSWERS, SigningKiosk, enrolled, of_person, progress, submission
from rulings_support import decided
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from backend.events.tables import Event
from backend.foundation.errors import RequestError
from backend.hall.hall import Hall
from backend.hall.state import witness_of
from backend.kiosks.signed import SignedKiosk
from backend.submissions.intake import Brought, OtherBodyError, take_in, take_in_all
from backend.submissions.tables import Submission
from protocol.enrolment import KioskState
from protocol.sealing import generate_keys
from protocol.wire import MAX_BODY_BYTES, IntakeStatus, ProgressStatus

ID = UUID(int=7)


def put(client: TestClient, body: str, submission_id: UUID = ID):
    return client.put(f"/submissions/{submission_id}", content=body, headers=JSON_BODY)


def body_of(hall: Hall, answers: dict[str, object] = RIGHT_ANSWERS, **changes: str) -> str:
    return submission(hall.keys.public, ID, answers, **changes).model_dump_json()


def rows(hall: Hall, table: type) -> int:
    with hall.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_right_form_is_received_once_however_often_it_comes(client: TestClient, hall: Hall) -> None:
    body = body_of(hall)
    answers = [put(client, body) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 200, 200]
    assert all(answer.json() == answers[0].json() for answer in answers)
    receipt = {"submission": str(ID), "receipt_number": "YL-0001", "status": "received", "lacks_definition": False}
    generation = client.get("/key").json()["generation"]
    assert answers[0].json() == receipt | {"arrival": 1, "generation": generation}
    assert (rows(hall, Submission), rows(hall, Event)) == (1, 1)


def test_the_same_again_gets_the_same_answer_after_staff_moved_it(clerk: TestClient, hall: Hall) -> None:
    body = body_of(hall)
    first = put(clerk, body)
    decided(clerk, ID, "accepted")
    assert put(clerk, body).json() == first.json()
    assert [line["status"] for line in progress(clerk)] == ["done"]


def test_another_body_under_the_same_id_is_a_conflict_and_changes_nothing(client: TestClient, hall: Hall) -> None:
    first = body_of(hall)
    put(client, first)
    answer = put(client, body_of(hall, receipt_number="YL-0002"))
    assert answer.status_code == 409
    assert "another form" in answer.json()["detail"]
    assert put(client, first).status_code == 200
    assert progress(client, "YL-0002") == []


@pytest.mark.parametrize(
    "answers",
    [
        RIGHT_ANSWERS | {"resident_id": "110105193812310024"},  # wrong check digit
        RIGHT_ANSWERS | {"hukou_here": "elsewhere"},  # only a warning
        {"name": "欧阳秀兰"},
        {"nonsense": [1, {"a": None}]},
    ],
)
def test_a_doubtful_form_is_kept_for_a_person_and_never_refused(
    client: TestClient, hall: Hall, answers: dict[str, object]
) -> None:
    answer = put(client, body_of(hall, answers))
    assert (answer.status_code, answer.json()["status"]) == (201, "needs_person")
    assert [line["status"] for line in progress(client)] == ["received"]


@pytest.mark.parametrize("changes", [{"version": "9"}, {"service_id": "from-the-future"}])
def test_a_form_of_unknown_rules_is_kept_for_a_person(client: TestClient, hall: Hall, changes: dict[str, str]) -> None:
    answer = put(client, body_of(hall, **changes))
    assert (answer.status_code, answer.json()["status"]) == (201, "needs_person")


def test_a_form_that_cannot_be_opened_is_kept_for_a_person(client: TestClient) -> None:
    answer = put(client, submission(generate_keys().public, ID, RIGHT_ANSWERS).model_dump_json())
    assert (answer.status_code, answer.json()["status"]) == (201, "needs_person")


def test_a_damaged_body_is_sent_back_without_repeating_what_was_in_it(client: TestClient, hall: Hall) -> None:
    body = json.loads(body_of(hall)) | {"sha256": "0" * 64, "kiosk": "欧阳秀兰"}
    answer = put(client, json.dumps(body))
    assert answer.status_code == 422
    assert "damaged on the way" in answer.text
    assert answer.json()["code"] == "damaged"  # finding 6: the kiosk sends it again
    assert "欧阳秀兰" not in json.dumps(answer.json(), ensure_ascii=False)
    assert rows(hall, Submission) == 0


@pytest.mark.parametrize("body", ["", "[", "null", '{"\\ud800": 1}', '{"sealed": "%"}', "[" * 100_000])
def test_nonsense_is_answered_as_nonsense(client: TestClient, body: str) -> None:
    assert put(client, body).status_code in (400, 422)


def test_a_body_that_is_too_large_is_refused_before_it_is_read(client: TestClient, hall: Hall) -> None:
    body = json.loads(body_of(hall)) | {"sealed": "A" * MAX_BODY_BYTES}
    assert put(client, json.dumps(body)).status_code == 413


def test_what_a_person_wrote_is_nowhere_on_the_disk(client: TestClient, hall: Hall, tmp_path: Path) -> None:
    put(client, body_of(hall))
    assert len(of_person(client)) == 1
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"YL-0001" in stored  # the control: the search does see the disk
    assert [word for word in PRIVATE if word.encode() in stored] == []


def test_many_at_once_leave_one_row(hall: Hall, kiosk: SigningKiosk) -> None:
    body, together = submission(hall.keys.public, ID, RIGHT_ANSWERS), Barrier(8)

    def send(_turn: int) -> tuple[IntakeStatus, bool]:
        together.wait()
        receipt, is_new = take_in(hall, ID, body, kiosk.signed())
        return receipt.status, is_new

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(send, range(8)))
    assert sorted(is_new for _, is_new in results) == [False] * 7 + [True]
    assert {status for status, _ in results} == {IntakeStatus.RECEIVED}
    assert (rows(hall, Submission), rows(hall, Event)) == (1, 1)


def test_forms_of_one_commit_are_each_judged_by_themselves(hall: Hall, kiosk: SigningKiosk) -> None:
    def form(number: int, receipt: str = "YL-0001", by: SignedKiosk | None = None) -> Brought:
        body = submission(hall.keys.public, UUID(int=number), RIGHT_ANSWERS, receipt)
        return Brought(UUID(int=number), body, by or kiosk.signed())

    again, revoked = form(1), enrolled(hall, "二号", KioskState.REVOKED)
    replayed = form(5, by=again.kiosk)
    first, twice, other_body, not_admitted, replay, last = take_in_all(
        hall,
        [
            again,
            replace(again, kiosk=kiosk.signed()),
            form(1, "YL-0002"),
            form(4, by=revoked.signed()),
            replayed,
            form(6),
        ],
    )
    assert isinstance(first, tuple)
    assert isinstance(twice, tuple)
    assert isinstance(last, tuple)
    assert (first[1], twice[1], last[1]) == (True, False, True)
    assert twice[0] == first[0]
    assert first[0].arrival < last[0].arrival
    assert isinstance(other_body, OtherBodyError)
    assert [one.code for one in (not_admitted, replay) if isinstance(one, RequestError)] == ["revoked", "replayed"]
    assert (rows(hall, Submission), rows(hall, Event)) == (2, 2)
    witness = witness_of(hall.files.settings.folder)
    assert witness is not None
    assert witness.arrivals == last[0].arrival


def test_nothing_of_a_commit_that_fails_is_witnessed(hall: Hall, kiosk: SigningKiosk) -> None:
    before = witness_of(hall.files.settings.folder)
    with hall.database.write() as session:
        session.execute(text("DROP TABLE events"))
    with pytest.raises(OperationalError):
        take_in(hall, ID, submission(hall.keys.public, ID, RIGHT_ANSWERS), kiosk.signed())
    assert rows(hall, Submission) == 0
    assert witness_of(hall.files.settings.folder) == before


def test_control_check_then_insert_does_leave_several_rows(hall: Hall) -> None:
    """What the test above would see if intake looked first and inserted after."""
    together = Barrier(8)
    with hall.database.write() as session:
        session.execute(text("CREATE TABLE naive (id TEXT)"))

    def send(_turn: int) -> None:
        with hall.database.read() as session:
            is_there = session.execute(text("SELECT 1 FROM naive WHERE id = '7'")).first()
        together.wait()
        if not is_there:
            with hall.database.write() as session:
                session.execute(text("INSERT INTO naive VALUES ('7')"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(8)))
    with hall.database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM naive")) == 8


def test_no_word_for_refusal_exists() -> None:
    words = {*IntakeStatus, *ProgressStatus}
    assert words == {"received", "needs_person", "in_review", "needs_material", "done"}


def test_two_forms_with_one_receipt_number_are_both_kept_but_not_mixed_up(client: TestClient, hall: Hall) -> None:
    for other in (uuid4(), uuid4()):
        put(client, submission(hall.keys.public, other, RIGHT_ANSWERS).model_dump_json(), other)
    assert rows(hall, Submission) == 2
    assert progress(client) == []
