"""A form for several people at the hall: taken in, found by its applicant, opened member by member, masked."""

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, StandingClock, of_person, settings_in, submission

from backend.hall.hall import Hall, open_hall

ID = UUID(int=21)
APPLICANT, MEMBERS = "13912345678", ("110105193812310028", "11010519491231002X")
ANSWERS: dict[str, object] = {
    "name": "欧阳秀兰",
    "phone": APPLICANT,
    "live": "own",
    "members.1.name": "李建国",
    "members.1.resident_id": MEMBERS[0],
    "members.1.works": "yes",
    "members.1.income": "1500.00",
    "members.1.town": "chengguan",
    "members.1.village": "chengguan_dongjie",
    "members.1.more": "yes",
    "members.2.name": "王秀英",
    "members.2.resident_id": MEMBERS[1],
    "members.2.works": "no",
    "members.2.town": "qinghe",
    "members.2.village": "qinghe_heyan",
    "members.2.more": "no",
    "helpers.0.more": "no",
    "consent": "yes",
}


@pytest.fixture
def hall(tmp_path: Path, household_assets: Path, clock: StandingClock) -> Iterator[Hall]:
    hall = open_hall(settings_in(tmp_path).model_copy(update={"assets": household_assets}), clock)
    yield hall
    hall.database.close()


def send(clerk: TestClient, hall: Hall, answers: dict[str, object]) -> str:
    body = submission(hall.keys.public, ID, answers, service_id="household").model_dump_json()
    taken = clerk.put(f"/submissions/{ID}", content=body, headers=JSON_BODY)
    assert taken.status_code == 201, taken.text
    return str(taken.json()["status"])


def test_a_right_form_is_received(clerk: TestClient, hall: Hall) -> None:
    assert send(clerk, hall, ANSWERS) == "received"


def test_staff_read_it_member_by_member_and_masked(clerk: TestClient, hall: Hall) -> None:
    send(clerk, hall, ANSWERS)
    form = clerk.post(f"/submissions/{ID}/open").json()
    assert form["problems"] == []
    shown = [(one["member"] and one["member"]["zh"], one["field"], one["value"]["zh"]) for one in form["answers"]]
    assert shown[3:5] == [
        ("第 1 位家人", "members.1.name", "李**"),
        ("第 1 位家人", "members.1.resident_id", "1****************8"),
    ]
    assert ("第 2 位家人", "members.2.works", "没有工作") in shown
    assert (None, "helpers.0.more", "没有") in shown
    assert not [field for _, field, _ in shown if field in ("members.1.more", "members.2.more")]
    assert form["answers"][3]["member"]["en"] == "Family member 1"
    told = json.dumps(form, ensure_ascii=False)
    assert not [secret for secret in (*MEMBERS, APPLICANT, "李建国", "王秀英") if secret in told]
    one = clerk.post(f"/submissions/{ID}/reveal", json={"field": "members.2.resident_id"})
    assert one.json()["zh"] == MEMBERS[1]


def test_what_is_wrong_names_the_member(clerk: TestClient, hall: Hall) -> None:
    lacking = {name: value for name, value in ANSWERS.items() if name != "members.2.resident_id"}
    assert send(clerk, hall, lacking) == "needs_person"
    problems = clerk.post(f"/submissions/{ID}/open").json()["problems"]
    assert [one["zh"][:8] for one in problems] == ["第 2 位家人："]


def test_nobody_finds_it_by_the_number_of_a_member(clerk: TestClient, hall: Hall) -> None:
    send(clerk, hall, ANSWERS)
    for number in MEMBERS:
        assert of_person(clerk, number) == []


def test_a_call_from_a_members_question_says_which_question(clerk: TestClient, hall: Hall) -> None:
    call = {
        "kiosk": "柳林村一号",
        "screen": "question-members.2.income",
        "service_id": "household",
        "reason": "",
        "requested_at": "2026-11-20T09:30:00Z",
    }
    clerk.put(f"/calls/{UUID(int=5)}", json=call)
    assert clerk.get("/staff/calls").json()[0]["screen"]["zh"] == "正在填：每月收入"
