from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from after_support import FORM, after, follow_up, send
from fastapi.testclient import TestClient
from hall_support import NOW, StandingClock, enrolled, of_person, progress
from rulings_support import decided
from sqlalchemy import func, select

from backend.after_sending.tables import FollowUp
from backend.audit.tables import Audit
from backend.hall.hall import Hall
from backend.privacy.retention import RULES
from protocol.enrolment import KioskState
from protocol.levels import By, Claim

NUMBER = "400000000002"


@pytest.fixture
def sent(clerk: TestClient, hall: Hall) -> TestClient:
    send(clerk, hall)
    return clerk


def status(client: TestClient, status: str) -> int:
    return client.put(f"/submissions/{FORM}/status", json={"status": status}).status_code


def test_a_form_is_taken_back_and_everybody_sees_it_at_once(sent: TestClient, hall: Hall) -> None:
    answer = follow_up(sent)
    assert (answer.status_code, answer.json()["outcome"]) == (200, "taken")
    (seen,) = progress(sent, NUMBER)
    assert seen["words"] == hall.status_words["taken_back"].model_dump()  # type: ignore[index]
    assert seen["next"] == hall.next_steps["taken_back"].model_dump()  # type: ignore[index]
    (own,) = of_person(sent)
    assert own["may_change"] is False  # type: ignore[comparison-overlap]
    (row,) = sent.get("/staff/submissions").json()["submissions"]
    assert row["state"] == seen["words"]
    assert [one["kind"] for one in after(sent)["asked"]] == ["take_back"]


def test_it_is_not_moved_on_any_more(sent: TestClient) -> None:
    follow_up(sent)
    assert status(sent, "in_review") == 409


def test_the_same_request_again_changes_nothing_and_another_one_finds_it_done(sent: TestClient, hall: Hall) -> None:
    name = uuid4()
    first, again, other = follow_up(sent, name=name), follow_up(sent, name=name), follow_up(sent)
    assert first.json() == again.json()
    assert other.json()["outcome"] == "taken"
    with hall.database.read() as session:
        assert session.scalar(select(func.count()).select_from(FollowUp)) == 2
        assert session.scalar(select(func.count()).select_from(Audit).where(Audit.action == "take_back")) == 2


def test_what_is_decided_stays_and_says_so(sent: TestClient) -> None:
    decided(sent, FORM, "accepted")
    assert follow_up(sent).json()["outcome"] == "too_late"
    (seen,) = progress(sent, NUMBER)
    assert seen["status"] == "done"
    assert "工作人员" in seen["next"]["zh"]  # type: ignore[index]


def test_an_id_is_of_one_request(sent: TestClient, hall: Hall) -> None:
    other, name = UUID(int=9), uuid4()
    send(sent, hall, other, "400000000010")
    assert follow_up(sent, name=name).status_code == 200
    assert follow_up(sent, name=name, form=other).status_code == 409
    assert progress(sent, "400000000010")[0]["status"] == "received"


def test_a_form_that_has_not_come_is_asked_for_again(sent: TestClient) -> None:
    assert follow_up(sent, form=UUID(int=77)).status_code == 404


@pytest.mark.parametrize(
    "visitor",
    [
        "level=0",
        Claim(By.TYPED).header(int(NOW.timestamp())),
        "level=3;by=typed;at=1",
        Claim(By.CARD, 16 * 60).header(int(NOW.timestamp())),
        "",
        "level=2;by=card",
        "；" * 90,
    ],
)
def test_who_has_not_shown_whose_form_it_is_takes_nothing_back(sent: TestClient, visitor: str) -> None:
    assert follow_up(sent, visitor=visitor).status_code == 403
    assert progress(sent, NUMBER)[0]["status"] == "received"


def test_who_has_just_sent_it_has_shown_it_at_that_kiosk_alone(sent: TestClient, hall: Hall) -> None:
    here, sent.auth = sent.auth, enrolled(hall, "柳林村二号")
    assert follow_up(sent, by=By.SENDER).status_code == 403
    sent.auth = here
    assert follow_up(sent, by=By.SENDER).json()["outcome"] == "taken"


def test_a_request_may_have_waited_for_days(sent: TestClient, clock: StandingClock) -> None:
    clock.pass_(days=3)
    assert follow_up(sent).json()["outcome"] == "taken"


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "seen", "field": "hukou_book"},
        {"kind": "corrected", "field": "phone"},
        {"kind": "brought"},
        {"kind": "take_back", "field": "hukou_book"},
        {"kind": "erase"},
        {"kind": "brought", "field": "x" * 65},
        {"kind": "brought", "field": "户口本"},
        {"made_at": "gestern"},
        {"visitor": "x" * 101},
        {"more": 1},
    ],
)
def test_what_is_no_request_of_a_kiosk_is_refused(sent: TestClient, changes: dict[str, object]) -> None:
    assert follow_up(sent, **{"kind": "take_back", **changes}).status_code == 422  # type: ignore[arg-type]


def test_a_kiosk_that_waits_to_be_let_in_is_told_that_and_nothing_else(sent: TestClient, hall: Hall) -> None:
    sent.auth = enrolled(hall, "柳林村二号", KioskState.WAITING)
    answers = [follow_up(sent, kind, field="hukou_book") for kind in ("seen", "brought")]
    assert [one.status_code for one in answers] == [401, 401]


def test_staff_take_it_back_for_the_person_with_a_reason_on_the_record(sent: TestClient, hall: Hall) -> None:
    path = f"/staff/submissions/{FORM}/take-back"
    assert sent.post(path, json={"reason": "   "}).status_code == 422
    assert sent.post(path, json={"reason": "本人说不办了"}).status_code == 204
    (asked,) = after(sent)["asked"]
    assert (asked["who"], asked["reason"]) == ("李芳", "本人说不办了")
    assert sent.post(path, json={"reason": "再撤一次"}).status_code == 409
    with hall.database.read() as session:
        (record,) = session.scalars(select(Audit).where(Audit.action == "take_back")).all()
    assert (record.who, record.subject) == ("李芳", str(FORM))


def test_its_open_corrections_are_taken_back_with_it(sent: TestClient, hall: Hall) -> None:
    send(sent, hall, UUID(int=4), "400000000010", amends=FORM, phone="13800138000")
    follow_up(sent)
    rows = sent.get("/staff/submissions").json()["submissions"]
    assert {row["receipt_number"]: row["state"]["zh"] for row in rows} == {
        NUMBER: "已经撤回，不办了",
        "400000000010": "已经撤回，不办了",
    }


def test_old_requests_go_with_their_form(sent: TestClient, hall: Hall, clock: StandingClock) -> None:
    follow_up(sent)
    rule = next(one for one in RULES if one.table is FollowUp)
    clock.pass_(days=800)
    with hall.database.read() as session:
        wanted = select(func.count()).select_from(FollowUp)
        assert session.scalar(wanted.where(rule.too_old(hall.settings, hall.clock()))) == 0
        assert session.scalar(wanted) == 1
    assert hall.clock() - NOW > timedelta(days=730)
