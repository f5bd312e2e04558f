import json
from copy import copy
from dataclasses import replace
from uuid import UUID

from fastapi.testclient import TestClient
from hall_support import JSON_BODY, PRIVATE, RIGHT_ANSWERS, send_form, submission
from sqlalchemy import select

from backend.accounts.permissions import Role, Staff
from backend.audit.tables import Audit
from backend.definitions.book import DefinitionBook
from backend.hall.hall import Hall
from backend.submissions.review import open_masked, reveal
from forms import Service
from forms.expressions.parameters import Parameter
from protocol.sealing import generate_keys

ID = UUID(int=11)


def audit(hall: Hall) -> list[tuple[str, str, str]]:
    with hall.database.read() as session:
        rows = session.scalars(
            select(Audit).where(Audit.action.not_in(("account_add", "log_in"))).order_by(Audit.sequence)
        )
        return [(row.who, row.action, row.detail) for row in rows]


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
    assert full.json() == {"zh": "城关镇", "en": "Chengguan", "ink": [], "on_record": None}
    assert clerk.post(f"/submissions/{ID}/reveal", json={"field": "phone"}).json()["zh"] == "13912345678"
    assert audit(hall) == [("李芳", "open", ""), ("李芳", "reveal", "town"), ("李芳", "reveal", "phone")]


def test_what_is_of_who_acts_for_the_person_says_so(clerk: TestClient, hall: Hall) -> None:
    """Its label speaks to the visitor: 您的姓名."""
    service = hall.catalogue.service("disability-subsidy")
    answers = RIGHT_ANSWERS | {"for_whom": "family", "agent_name": "王建国"}
    body = submission(hall.keys.public, ID, answers, service_id=service.id, version=str(service.version))
    clerk.put(f"/submissions/{ID}", content=body.model_dump_json(), headers=JSON_BODY)
    form = clerk.post(f"/submissions/{ID}/open").json()
    about = {answer["field"]: answer["member"] for answer in form["answers"]}
    assert (about["agent_name"]["zh"], about["name"]) == ("替人来办的人", None)
    assert any(problem["zh"].startswith("替人来办的人：") for problem in form["problems"])


def test_what_is_computed_stands_with_the_answers_and_is_covered_by_its_tier(clerk: TestClient, hall: Hall) -> None:
    service = hall.catalogue.service("old-age-allowance")
    label = {"zh": "年龄", "en": "age"}
    age = {"type": "number", "label": label, "shown": True, "calculation": {"age": "resident_id"}}
    later = {"less_than": [{"age": "resident_id"}, {"parameter": "not_before_2100"}]}
    calculate = [
        {**age, "id": "age"},
        {**age, "id": "hidden", "shown": False},
        {**age, "id": "private", "tier": "L4"},
        {**age, "id": "unknown", "calculation": {"choose": [{"when": later, "value": 1}]}},
    ]
    written = service.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    computing = Service.model_validate({**written, "calculate": calculate})
    values = [{"from": "2100-01-01", "value": 1, "source": "a law"}]
    catalogue = replace(
        hall.catalogue,
        services={service.id: computing},
        parameters={**hall.catalogue.parameters, "not_before_2100": Parameter.model_validate({"values": values})},
    )
    send_form(clerk, hall.keys.public, ID)
    files = copy(hall.files)
    files.now, files.definitions = (
        replace(hall.files.now, catalogue=catalogue),
        DefinitionBook(hall.database, catalogue),
    )
    hall = replace(hall, files=files)
    staff = Staff("李芳", Role.STAFF)
    shown = {answer.field: answer for answer in open_masked(hall, ID, staff).answers}
    years = shown["age"].value.zh
    assert years.isdecimal()
    assert (shown["private"].value.zh, shown["private"].is_masked) == ("**", True)
    assert shown["unknown"].value.en == "(not known yet)"
    assert "hidden" not in shown
    assert reveal(hall, ID, "private", staff).zh == years


def test_where_an_answer_came_from_stands_beside_it(clerk: TestClient, hall: Hall) -> None:
    told = {
        "name": {"source": "card", "at": "2026-11-20", "checked": True},
        "phone": {"source": "said", "at": "2026-11-02", "reused": True},
        "town": {"source": "satellite", "at": "2026-11-20"},
        "village": {"source": "provider", "from": "what a newer kiosk adds"},
    }
    body = submission(hall.keys.public, ID, RIGHT_ANSWERS, sources=told)
    assert clerk.put(f"/submissions/{ID}", content=body.model_dump_json(), headers=JSON_BODY).status_code == 201
    shown = {one["field"]: one["source"] for one in clerk.post(f"/submissions/{ID}/open").json()["answers"]}
    assert shown["name"] == {"zh": "读身份证得来，2026年11月20日", "en": "read off the ID card, November 20, 2026"}
    assert shown["phone"]["zh"] == "本人说的，2026年11月2日，沿用"
    assert shown["town"]["zh"] == "satellite，2026年11月20日", "a newer kiosk may know more"
    assert shown["village"]["zh"] == "大厅向别的部门查到", "not every office says of when its record is"
    assert shown["bank_card"] is None, "it was put in on the form"


def test_what_an_office_has_instead_stands_beside_the_answer_and_is_covered_like_it(
    clerk: TestClient, hall: Hall
) -> None:
    said = {"source": "said", "at": "2026-11-20"}
    told = {
        "phone": {**said, "on_record": {"value": "13900000001", "as_of": "2025-03-08"}},
        "town": {**said, "on_record": {"value": "liulin"}},
    }
    body = submission(hall.keys.public, ID, RIGHT_ANSWERS, sources=told)
    assert clerk.put(f"/submissions/{ID}", content=body.model_dump_json(), headers=JSON_BODY).status_code == 201
    shown = {one["field"]: one["on_record"] for one in clerk.post(f"/submissions/{ID}/open").json()["answers"]}
    assert shown["phone"]["zh"] == "别的部门记的是 139******01，本人说不对（2025年3月8日）"
    assert "13900000001" not in str(shown)
    assert shown["bank_card"] is None
    revealed = clerk.post(f"/submissions/{ID}/reveal", json={"field": "phone"}).json()
    assert (
        revealed["on_record"]["en"] == "on record elsewhere: 13900000001, which the person calls wrong (March 8, 2025)"
    )
    revealed = clerk.post(f"/submissions/{ID}/reveal", json={"field": "town"}).json()
    assert revealed["on_record"]["zh"] == "别的部门记的是 柳林乡，本人说不对", "nobody says as of when"


def test_a_status_change_is_written_down(clerk: TestClient, hall: Hall) -> None:
    send_form(clerk, hall.keys.public, ID)
    clerk.put(f"/submissions/{ID}/status", json={"status": "in_review"})
    assert audit(hall) == [("李芳", "status", "received -> in_review")]


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
