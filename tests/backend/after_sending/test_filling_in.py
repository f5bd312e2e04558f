from typing import Any
from uuid import UUID

import pytest
from after_support import FORM, after, send
from fastapi.testclient import TestClient
from hall_support import KIOSK, RIGHT_ANSWERS, of_person, progress
from rulings_support import decided
from sqlalchemy import select

from backend.audit.tables import Audit
from backend.decisions.tables import Decision
from backend.hall.hall import Hall
from backend.submissions.opening import open_form, sealed_as
from backend.submissions.tables import Submission, Witness
from forms.fields.signature import MARK

NEW = UUID(int=4)
RIGHT_PHONE = "13800138000"
Changes = dict[str, str]


@pytest.fixture
def sent(clerk: TestClient, hall: Hall) -> TestClient:
    send(clerk, hall)
    return clerk


def look(client: TestClient, changes: Changes, form: UUID = FORM) -> dict[str, Any]:
    answer = client.post(f"/staff/submissions/{form}/correcting", json={"changes": changes})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def question(client: TestClient, name: str, changes: Changes | None = None) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in look(client, changes or {})["questions"] if one["field"] == name)
    return found


def keep(
    client: TestClient, changes: Changes, *, new: UUID = NEW, form: UUID = FORM, reason: str = "电话抄错了"
) -> Any:
    path = f"/staff/submissions/{form}/corrections/{new}"
    return client.put(path, json={"changes": changes, "reason": reason})


def answers(hall: Hall, form: UUID = NEW) -> dict[str, object]:
    with hall.database.read() as session:
        row = session.get(Submission, form)
        assert row
    return dict(open_form(hall, sealed_as(hall, row)).form.answers)


def test_the_questions_of_the_form_are_shown_covered_and_what_only_the_person_answers_is_marked(
    sent: TestClient,
) -> None:
    shown = look(sent, {})
    assert shown["can_be_kept"]
    assert "13912345678" not in str(shown)
    assert question(sent, "phone")["value"]["zh"] == "139******78"
    town = question(sent, "town")
    assert (town["kind"], town["chosen"], len(town["options"])) == ("choice", [], 4), "what was chosen is covered"
    assert [one["field"] for one in shown["questions"] if one["is_fixed"]] == ["consent"]


def test_a_correction_is_kept_sealed_as_a_form_of_its_own_and_the_first_counts_until_it_is_taken(
    sent: TestClient, hall: Hall
) -> None:
    told = keep(sent, {"phone": RIGHT_PHONE}).json()
    assert told["id"] == str(NEW)
    assert answers(hall) == RIGHT_ANSWERS | {"phone": RIGHT_PHONE}
    with hall.database.read() as session:
        row, first = session.get(Submission, NEW), session.get(Submission, FORM)
        assert row
        assert first
        assert (row.amends, row.kiosk, row.kiosk_id) == (FORM, KIOSK, first.kiosk_id)
        assert RIGHT_PHONE.encode() not in row.sealed
        assert session.get(Decision, NEW), "judged like every other form"
        records = session.execute(select(Audit.who, Audit.detail).where(Audit.action == "corrected")).all()
    assert [tuple(one) for one in records] == [("李芳", f"of {FORM}")]
    waits, counts = progress(sent, told["receipt_number"])[0], progress(sent, "400000000002")[0]
    assert (waits["words"], counts["status"]) == (hall.status_words["correction"].model_dump(), "received")  # type: ignore[index]
    (related,) = after(sent)["corrections"]
    assert (related["filled_in_by"], related["reason"]) == ("李芳", "电话抄错了")
    (asked,) = after(sent, NEW)["asked"]
    assert (asked["kind"], asked["who"], [one["zh"] for one in asked["labels"]]) == ("corrected", "李芳", ["电话号码"])
    told = {one["field"]: one["source"] for one in sent.post(f"/submissions/{NEW}/open").json()["answers"]}
    assert told["phone"]["zh"].startswith("工作人员替本人填的")
    assert told["name"] is None
    both = sent.post(f"/staff/submissions/{NEW}/beside").json()
    assert (both["counts"], both["changed"]) == (str(FORM), ["phone"])
    assert sent.post(f"/staff/submissions/{NEW}/take", json={"instead_of": str(FORM)}).status_code == 204
    assert {one["status"] for one in of_person(sent)} == {"done", "in_review"}


def test_the_same_again_is_one_correction_and_an_id_of_another_form_is_none(sent: TestClient, hall: Hall) -> None:
    first, again = (keep(sent, {"phone": RIGHT_PHONE}).json() for _ in range(2))
    assert first == again
    send(sent, hall, UUID(int=9), "400000000010")
    assert keep(sent, {"phone": RIGHT_PHONE}, new=UUID(int=9)).status_code == 409
    assert len(after(sent)["corrections"]) == 1


def test_the_rules_of_the_kiosk_say_what_is_wrong_and_nothing_wrong_is_kept(sent: TestClient) -> None:
    wrong = {"phone": "1391234567"}
    assert not look(sent, wrong)["can_be_kept"]
    assert "还差一位" in question(sent, "phone", wrong)["error"]["zh"]
    answer = keep(sent, wrong)
    assert (answer.status_code, answer.json()["code"]) == (422, "not_right")
    assert not after(sent)["corrections"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({}, "改"), ({"phone": "13912345678"}, "改"), ({"phone": RIGHT_PHONE}, "  "), ({"x y": "1"}, "改")],
)
def test_what_changes_nothing_or_says_no_reason_is_not_kept(sent: TestClient, changes: Changes, reason: str) -> None:
    assert keep(sent, changes, reason=reason).status_code == 422


@pytest.mark.parametrize("field", ["consent", "no_such_question"])
def test_staff_do_not_agree_for_the_person(sent: TestClient, field: str) -> None:
    for answer in (
        keep(sent, {field: "yes", "phone": RIGHT_PHONE}),
        sent.post(f"/staff/submissions/{FORM}/correcting", json={"changes": {field: ""}}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (422, "not_for_staff")


def test_a_change_that_asks_more_needs_that_too_and_leaves_out_what_is_asked_no_more(
    sent: TestClient, hall: Hall
) -> None:
    moved = {"town": "qinghe"}
    village = question(sent, "village", moved)
    assert village["error"], "one of another town"
    moved |= {"village": village["options"][0]["id"], "account_holder": "family"}
    assert question(sent, "account_holder_name", moved)["error"], "asked now"
    assert keep(sent, moved).status_code == 422
    others = {"account_holder_name": "王秀英", "family_bank_card": "6217001234567890122"}
    assert keep(sent, moved | others).status_code == 200
    own = {"bank_card": RIGHT_ANSWERS["bank_card"]}
    assert answers(hall) | own == RIGHT_ANSWERS | moved | others
    again = UUID(int=5)
    assert keep(sent, {"account_holder": "own"} | own, form=NEW, new=again, reason="还是用自己的卡").status_code == 200
    assert not others.keys() & answers(hall, again).keys()


def test_what_was_wrong_before_and_is_left_alone_does_not_hold_a_correction_up(clerk: TestClient, hall: Hall) -> None:
    send(clerk, hall, resident_id="110105193812310029")
    assert look(clerk, {"phone": RIGHT_PHONE})["can_be_kept"]
    assert not look(clerk, {"resident_id": "110105193812310029"})["can_be_kept"], "touched, it has to be right"
    assert keep(clerk, {"phone": RIGHT_PHONE}).status_code == 200


def test_a_mark_that_was_witnessed_stays_witnessed(clerk: TestClient, hall: Hall) -> None:
    service = "minimum-living-allowance"
    fields = [one for one in hall.catalogue.service(service).possible_fields if one.type == "signature"]
    marked = {one.id: MARK for one in fields}
    send(clerk, hall, service=service, for_whom="self", **marked)
    opened = look(clerk, {})["questions"]
    signed = next(one for one in fields if one.id in {each["field"] for each in opened})
    assert next(one for one in opened if one["field"] == signed.id)["is_fixed"]
    with hall.database.write() as session:
        session.add(Witness(submission=FORM, field=signed.id, who="赵敏", at=hall.clock()))
    assert keep(clerk, {"phone": RIGHT_PHONE}).status_code == 200
    assert answers(hall)[signed.id] == MARK
    with hall.database.read() as session:
        assert [one.who for one in session.scalars(select(Witness).where(Witness.submission == NEW))] == ["赵敏"]


def test_a_form_that_is_decided_or_cannot_be_read_is_not_corrected_by_staff(sent: TestClient, hall: Hall) -> None:
    with hall.database.write() as session:
        form = session.get(Submission, FORM)
        assert form
        form.service_version = "99"
    assert keep(sent, {"phone": RIGHT_PHONE}).status_code in (409, 422)
    send(sent, hall, UUID(int=9), "400000000010")
    decided(sent, UUID(int=9), "accepted")
    assert keep(sent, {"phone": RIGHT_PHONE}, form=UUID(int=9)).status_code == 409
    assert sent.post(f"/staff/submissions/{UUID(int=9)}/correcting", json={"changes": {}}).status_code == 409
