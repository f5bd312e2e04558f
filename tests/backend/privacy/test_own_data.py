from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, PRIVATE, RIGHT_ANSWERS, progress, send_form, submission
from left_orders import leave
from rulings_support import decided
from sqlalchemy import select, text

from backend.audit.log import entries
from backend.hall.hall import Hall
from backend.privacy.retention import prune_a_piece
from backend.privacy.withdrawn_file import remember, remembered, withdrawn_file
from backend.work_orders.tables import WorkOrder

OPEN, DONE, OTHERS = UUID(int=1), UUID(int=2), UUID(int=3)
PERSON = {"resident_id": str(RIGHT_ANSWERS["resident_id"]), "card_and_face_seen": True}
ANOTHER = {**RIGHT_ANSWERS, "resident_id": "110105194912310020", "name": "仇玉兰"}


@pytest.fixture
def forms(clerk: TestClient, hall: Hall) -> TestClient:
    """A person with one form that waits and one that is done, and another person's form."""
    for one, answers in ((OPEN, RIGHT_ANSWERS), (DONE, RIGHT_ANSWERS), (OTHERS, ANOTHER)):
        body = submission(hall.keys.public, one, answers, f"YL-{one.int}").model_dump_json()
        assert clerk.put(f"/submissions/{one}", content=body, headers=JSON_BODY).status_code == 201
    decided(clerk, DONE, "accepted")
    return clerk


def numbers(forms: list[dict[str, str]]) -> list[str]:
    return [one["receipt_number"] for one in forms]


def acts(hall: Hall) -> list[tuple[str, str]]:
    with hall.database.read() as session:
        return [(one.record["action"], one.record["detail"]) for one in entries(session)]


def test_what_is_kept_is_listed_for_whoever_showed_card_and_face(forms: TestClient) -> None:
    found = forms.post("/staff/own-data/look", json=PERSON).json()["forms"]
    assert sorted(numbers(found)) == ["YL-1", "YL-2"]
    assert {one["receipt_number"]: one["kept_until"] is None for one in found} == {"YL-1": True, "YL-2": False}
    unseen = forms.post("/staff/own-data/look", json=PERSON | {"card_and_face_seen": False})
    assert unseen.status_code == 422
    assert PERSON["resident_id"] not in unseen.text
    nobody = forms.post("/staff/own-data/look", json=PERSON | {"resident_id": "110101190001010009"})
    assert nobody.json() == {"forms": []}


def test_a_copy_is_whole_and_in_words(forms: TestClient) -> None:
    copy = forms.post("/staff/own-data/copy", json=PERSON).json()
    assert len(copy["forms"]) == 2
    for one in copy["forms"]:
        assert one["data"]["answers"] == RIGHT_ANSWERS
        words = {answer["field"]: answer["value"]["zh"] for answer in one["answers"]}
        assert words["bank_card"] == RIGHT_ANSWERS["bank_card"]
        assert words["town"] == "城关镇"
    assert "仇玉兰" not in str(copy)


def test_taking_consent_back_erases_what_waits_and_locks_what_is_decided(
    forms: TestClient, hall: Hall, tmp_path: Path
) -> None:
    told = forms.post("/staff/own-data/withdraw", json=PERSON).json()
    assert (numbers(told["erased"]), numbers(told["kept"])) == (["YL-1"], ["YL-2"])
    assert told["kept"][0]["kept_until"] > "2028-11"
    for one in (OPEN, DONE):
        refused = forms.post(f"/submissions/{one}/open")
        assert (refused.status_code, refused.json()["code"]) == (410, "withdrawn")
        assert forms.post(f"/submissions/{one}/reveal", json={"field": "phone"}).status_code == 410
        assert forms.put(f"/submissions/{one}/status", json={"status": "in_review"}).status_code == 410
    assert numbers(forms.get("/staff/submissions").json()["submissions"]) == ["YL-3"]
    assert progress(forms, "YL-1") == progress(forms, "YL-2") == []
    assert forms.post("/staff/own-data/look", json=PERSON).json() == {"forms": []}


def test_what_was_taken_back_is_over_and_not_decided_so_nothing_of_it_is_kept(forms: TestClient, hall: Hall) -> None:
    why = {"reason": "她儿子王强已经办了"}
    assert forms.post(f"/staff/submissions/{OPEN}/take-back", json=why).status_code == 204
    told = forms.post("/staff/own-data/withdraw", json=PERSON).json()
    assert (numbers(told["erased"]), numbers(told["kept"])) == (["YL-1"], ["YL-2"])
    with hall.database.read() as session:
        (sealed, page) = session.execute(
            text("SELECT sealed, person_index FROM submissions WHERE id = :id"), {"id": OPEN.hex}
        ).one()
        kept = session.execute(text("SELECT kind, reason FROM follow_ups")).one()
    assert (sealed, page) == (b"", None)
    assert tuple(kept) == ("take_back", ""), "that it was asked stays, and what staff wrote does not"


def test_what_was_sealed_is_gone_from_the_disk(clerk: TestClient, hall: Hall, tmp_path: Path) -> None:
    body = submission(hall.keys.public, OPEN, RIGHT_ANSWERS)
    clerk.put(f"/submissions/{OPEN}", content=body.model_dump_json(), headers=JSON_BODY)
    piece = body.sealed[100:140]

    def is_on_disk() -> bool:
        return any(piece in path.read_bytes() for path in tmp_path.iterdir() if path.is_file())

    assert is_on_disk()
    clerk.post("/staff/own-data/withdraw", json=PERSON)
    assert not is_on_disk()


def test_a_kiosk_that_sends_an_erased_form_again_brings_nothing_back(clerk: TestClient, hall: Hall) -> None:
    body = submission(hall.keys.public, OPEN, RIGHT_ANSWERS).model_dump_json()
    first = clerk.put(f"/submissions/{OPEN}", content=body, headers=JSON_BODY)
    clerk.post("/staff/own-data/withdraw", json=PERSON)
    again = clerk.put(f"/submissions/{OPEN}", content=body, headers=JSON_BODY)
    assert (again.status_code, again.json()) == (200, first.json())
    assert clerk.post(f"/submissions/{OPEN}/open").status_code == 410


def test_each_act_is_on_the_record_without_who_the_person_is(forms: TestClient, hall: Hall) -> None:
    for act in ("look", "copy", "withdraw"):
        forms.post(f"/staff/own-data/{act}", json=PERSON)
    assert acts(hall)[-5:] == [
        ("own_data_look", "2 forms"),
        ("own_data_copy", "2 forms"),
        ("consent_withdrawn", "2 forms"),
        ("erased", ""),
        ("locked", ""),
    ]
    with hall.database.read() as session:
        written = " ".join(str(one.record) for one in entries(session))
    assert not any(secret in written for secret in PRIVATE)


def test_forms_that_nobody_finds_by_a_number_are_counted(clerk: TestClient, hall: Hall) -> None:
    assert clerk.get("/staff/own-data").json() == {"unread_forms": 0}
    send_form(clerk, hall.keys.public, OPEN, {"name": "欧阳秀兰"})
    assert clerk.get("/staff/own-data").json() == {"unread_forms": 1}


def test_what_a_backup_brings_back_is_erased_again(clerk: TestClient, hall: Hall) -> None:
    body = submission(hall.keys.public, OPEN, RIGHT_ANSWERS).model_dump_json()
    clerk.put(f"/submissions/{OPEN}", content=body, headers=JSON_BODY)
    clerk.post("/staff/own-data/withdraw", json=PERSON)
    assert not prune_a_piece(hall)
    with hall.database.write() as session:
        session.execute(text("DELETE FROM submissions"))  # the backup is older still, and the kiosk offers it again
    assert clerk.put(f"/submissions/{OPEN}", content=body, headers=JSON_BODY).status_code == 201
    assert prune_a_piece(hall)
    assert not prune_a_piece(hall)
    assert clerk.post(f"/submissions/{OPEN}/open").status_code == 410
    with hall.database.read() as session:
        assert session.scalar(text("SELECT length(sealed) FROM submissions")) == 0
    assert acts(hall)[-1] == ("erased", "")


def test_a_line_that_the_power_cut_short_spoils_no_other(tmp_path: Path) -> None:
    withdrawn_file(tmp_path).write_bytes(f"{OPEN}\n{str(DONE)[:20]}".encode())
    remember(tmp_path, [OTHERS])
    assert remembered(tmp_path) == {OPEN, OTHERS}
    remember(tmp_path, [DONE])
    with withdrawn_file(tmp_path).open("ab") as file:
        file.write(b"\xff" * 36 + b"\n" + b"x" * 36)
    assert remembered(tmp_path) == {OPEN, OTHERS, DONE}


def test_what_the_person_could_not_get_done_with_a_form_is_theirs_too(forms: TestClient, hall: Hall) -> None:
    leave(forms, hall, number="400000000010", reason="papers", form="YL-1", name="欧阳秀兰", phone="13912345678")
    leave(forms, hall, number="400000000028", reason="papers", form="YL-3")
    (order,) = forms.post("/staff/own-data/copy", json=PERSON).json()["orders"]
    assert (order["number"], order["contact"]["name"], order["about"]) == ("400000000010", "欧阳秀兰", "YL-1")
    forms.post("/staff/own-data/withdraw", json=PERSON)
    with hall.database.read() as session:
        left = session.execute(select(WorkOrder.number, WorkOrder.contact, WorkOrder.state).order_by(WorkOrder.number))
        assert [tuple(one) for one in left] == [("400000000010", None, "closed"), ("400000000028", None, "open")]
