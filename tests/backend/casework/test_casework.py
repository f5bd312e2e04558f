"""Who deals with a form, two who change it at once, what was done with it, all of it in full for a reason."""

import json
import re
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, PRIVATE, StandingClock, send_form, submission

from backend.accounts.members import add
from backend.accounts.permissions import Role
from backend.hall.hall import Hall

ID = UUID(int=31)
FORM = f"/staff/submissions/{ID}"


@pytest.fixture
def sent(clerk: TestClient, hall: Hall) -> TestClient:
    send_form(clerk, hall.keys.public, ID)
    return clerk


def case(clerk: TestClient) -> dict[str, object]:
    form: dict[str, object] = clerk.get(FORM).json()["form"]
    return form


def test_a_form_is_taken_handed_over_and_given_back(sent: TestClient, hall: Hall) -> None:
    add(hall, "李芳", "王强", Role.STAFF)
    assert (case(sent)["owner"], case(sent)["version"]) == (None, 0)
    assert sent.get(FORM).json()["colleagues"] == ["李芳", "王强"]
    for version, owner in enumerate(("李芳", "王强", None)):
        assert sent.put(f"{FORM}/owner", json={"to": owner, "version": version}).status_code == 204
        assert (case(sent)["owner"], case(sent)["version"]) == (owner, version + 1)
    (listed,) = sent.get("/staff/submissions").json()["submissions"]
    assert listed["owner"] is None
    refused = sent.put(f"{FORM}/owner", json={"to": "谁也不是", "version": 3})
    assert (refused.status_code, refused.json()["code"]) == (422, "no_colleague")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (f"{FORM}/owner", {"to": None}),
        (f"/submissions/{ID}/status", {"status": "in_review", "note": "我写的"}),
    ],
)
def test_whoever_changes_what_a_colleague_has_changed_meanwhile_is_told_who(
    sent: TestClient, path: str, body: dict[str, object]
) -> None:
    assert sent.put(path, json=body | {"version": 0}).status_code == 204
    second = sent.put(path, json=body | {"version": 0})
    assert (second.status_code, second.json()["code"]) == (409, "changed_meanwhile")
    assert second.json()["values"] == {"who": "李芳"}
    assert case(sent)["version"] == 1, "nothing of the second was kept"


def test_the_history_says_in_words_who_did_what(sent: TestClient, clock: StandingClock) -> None:
    acts = [
        ("POST", f"/submissions/{ID}/open", None),
        ("POST", f"/submissions/{ID}/reveal", {"field": "phone"}),
        ("PUT", f"{FORM}/owner", {"to": "李芳", "version": 0}),
        ("PUT", f"/submissions/{ID}/status", {"status": "in_review", "note": "等户口本", "version": 1}),
        ("POST", f"{FORM}/reveal-all", {"reason": "本人在旁边核对"}),
    ]
    for method, path, body in acts:
        clock.pass_(minutes=1)
        assert sent.request(method, path, json=body).status_code < 300
    done = sent.get(f"{FORM}/history").json()
    assert [(one["who"], one["words"]["zh"], one["why"]) for one in done] == [
        ("李芳", "看了全部内容", "本人在旁边核对"),
        ("李芳", "工作人员正在办", "等户口本"),
        ("李芳", "交给李芳办", ""),
        ("李芳", "看了“电话号码”的全部", ""),
        ("李芳", "看了内容（遮着的）", ""),
        ("柳林村一号", "表收到了", ""),
    ]
    assert not any(secret in json.dumps(done, ensure_ascii=False) for secret in PRIVATE)


def test_all_in_full_takes_a_reason_and_each_covered_answer_counts(sent: TestClient, clock: StandingClock) -> None:
    assert sent.post(f"{FORM}/reveal-all", json={"reason": " "}).status_code == 422
    form = sent.post(f"{FORM}/reveal-all", json={"reason": "电话 13912345678 打不通"}).json()
    assert {answer["value"]["zh"] for answer in form["answers"]} >= set(PRIVATE)
    assert "13912345678" not in sent.get(f"{FORM}/history").text, "a number that staff write is hidden"
    looks = 1
    while (answer := sent.post(f"{FORM}/reveal-all", json={"reason": "再看"})).status_code == 200:
        looks += 1
        clock.pass_(seconds=61)
    assert (answer.status_code, answer.json()["code"]) == (403, "reading_stopped")
    assert looks == 10, "ID and card number are two looks of the twenty in an hour"


def test_no_answer_is_told_by_its_code(clerk: TestClient, hall: Hall) -> None:
    """No yes, no none: every answer of every service in words."""
    applications = [one for one in hall.catalogue.services.values() if one.kind == "application"]
    for number, service in enumerate(applications):
        form, answers = UUID(int=100 + number), dict[str, object]()
        for field in service.possible_fields:
            choices = [one.id for one in hall.catalogue.choices(field, {})]
            answers[field.id] = choices[-1] if choices else field.kind.none or field.example
        body = submission(hall.keys.public, form, answers, service_id=service.id, version=str(service.version))
        assert clerk.put(f"/submissions/{form}", content=body.model_dump_json(), headers=JSON_BODY).status_code == 201
        told = clerk.post(f"/submissions/{form}/open").json()["answers"]
        codes = {one["field"]: one["value"]["zh"] for one in told if re.fullmatch(r"[a-z_-]*", one["value"]["zh"])}
        assert codes == {}, service.id
