"""A signed-in person decides on a form, with reason, rule and remedy; what was advised is kept beside it."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from after_support import FORM, after, follow_up, send
from fastapi.testclient import TestClient
from hall_support import NOW, RIGHT_ANSWERS, StandingClock, ask_progress, of_person, progress, told
from rulings_support import agree, choice, decide, decided, panel
from sqlalchemy import text

from backend.accounts import guard
from backend.accounts.permissions import Role
from backend.accounts.sessions import SignedIn
from backend.decisions.rulings import surname
from backend.hall.hall import Hall
from forms.rules import TO_BRING
from protocol.levels import By

NUMBER = "400000000002"
YOUNG = {"resident_id": "110105199503150021"}
Become = Callable[[str, Role], None]


@pytest.fixture
def sent(clerk: TestClient, hall: Hall) -> TestClient:
    """A form of somebody who is too young for it by the rules."""
    send(clerk, hall, **YOUNG)
    return clerk


@pytest.fixture
def become(monkeypatch: pytest.MonkeyPatch) -> Become:
    """From now on another member of staff asks."""

    def as_(name: str, role: Role) -> None:
        member = SignedIn(name, role, UUID(int=len(name) * 1000 + ord(name[0])), UUID(int=1), NOW, True)
        monkeypatch.setattr(guard, "staff_of", lambda hall, token: member)

    return as_


@pytest.fixture
def by_two(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    two = hall.decisions.model_copy(update={"refusals_by_two": True})
    monkeypatch.setattr(type(hall), "decisions", two)


def mine(client: TestClient) -> dict[str, object]:
    """What the person is told, who has laid their card on the reader."""
    (line,) = of_person(client, YOUNG["resident_id"])
    return dict(line)


def rulings(client: TestClient) -> list[dict[str, Any]]:
    return [one["ruling"] for one in panel(client, FORM)["rulings"]]


def words(value: object) -> str:
    assert isinstance(value, dict)
    return str(value["zh"])


def test_the_panel_says_what_the_rules_advise_and_what_can_be_chosen(sent: TestClient) -> None:
    beside = panel(sent, FORM)
    assert words(beside["verdict"]) == "请人工核实"
    (line,) = beside["advice"]
    assert (line["rule"], words(line["label"]), line["holds"]) == ("age", "身份证号码", False)
    assert "老年人权益保障法" in line["source"]
    assert {kind: one["against"] for kind, one in beside["ways"].items()} == {
        "accepted": True, "more": False, "refused": False
    }  # fmt: skip
    reasons = [one["id"] for one in beside["ways"]["refused"]["reasons"]]
    assert "not_old_enough" in reasons
    assert "above_the_line" not in reasons, "that is one of another service"
    assert [one["id"] for one in beside["bases"]] == ["old_age_allowance", "local_practice"]
    assert beside["lacks"] == []


def test_a_no_reaches_its_person_with_reason_rule_and_remedy(sent: TestClient) -> None:
    decided(sent, FORM, "refused", own_words="明年三月满了再来")
    line = mine(sent)
    ruling = line["ruling"]
    assert isinstance(ruling, dict)
    assert words(line["words"]) == "这次没有同意"
    assert line["may_change"] is False
    assert words(ruling["reason"]).startswith("还没到规定的年纪")
    assert ruling["own_words"] == "明年三月满了再来"
    assert words(ruling["basis"]).startswith("老年人权益保障法（2018年修正）第三十三条第二款：")
    review, court = ruling["remedies"]
    assert "行政复议" in words(review["words"])
    assert (review["until"], court["until"]) == ("2027-01-19", "2027-05-20")
    assert (review["law"], court["law"]) == ("行政复议法（2023年修订）第二十条", "行政诉讼法（2017年修正）第四十六条")
    assert (ruling["by"], ruling["day"]) == ("李", "2026-11-20")


def test_by_its_number_alone_nobody_sees_how_it_was_decided(sent: TestClient, hall: Hall) -> None:
    send(sent, hall, UUID(int=9), "400000000003")
    decided(sent, FORM, "refused")
    decided(sent, UUID(int=9), "accepted")
    refused, accepted = (progress(sent, number)[0] for number in (NUMBER, "400000000003"))
    assert words(refused["words"]) == "已经有结果了"
    assert {name: refused[name] for name in refused if name != "receipt_number"} == {
        name: accepted[name] for name in accepted if name != "receipt_number"
    }


@pytest.mark.parametrize("left", ["basis", "remedies"])
def test_a_no_without_rule_or_remedy_is_not_taken(sent: TestClient, left: str) -> None:
    before = panel(sent, FORM)
    body = choice("refused", version=before["version"])
    del body[left]
    for path in ("", "/preview"):
        asked = body if not path else {name: one for name, one in body.items() if name != "version"}
        answer = sent.post(f"/staff/submissions/{FORM}/ruling{path}", json=asked)
        assert (answer.status_code, answer.json()["code"]) == (422, "bare_refusal")
    assert panel(sent, FORM) == before


def test_what_is_of_another_service_or_decision_cannot_be_chosen(sent: TestClient) -> None:
    for wrong in ({"reason": "above_the_line"}, {"basis": "residence"}, {"remedies": ["review", "unheard_of"]}):
        answer = decide(sent, FORM, "refused", **wrong)
        assert (answer.status_code, answer.json()["code"]) == (422, "unfit_choice"), wrong
    assert decide(sent, FORM, "accepted", reason="not_old_enough").json()["code"] == "unfit_choice"


def test_otherwise_than_advised_needs_a_why_which_stays_with_staff(sent: TestClient) -> None:
    assert decide(sent, FORM, "accepted", otherwise="").json()["code"] == "why_otherwise"
    decided(sent, FORM, "accepted", otherwise="户口本上满八十了，身份证号码办错了")
    (ruling,) = rulings(sent)
    assert (ruling["followed"], ruling["verdict"], ruling["who"]) == (False, "ask_a_person", "李芳")
    assert {one["rule"]: one["holds"] for one in ruling["rules"] if one["hash"]} == {"age": False, "hukou": True}
    assert "身份证号码办错了" not in str(mine(sent))


def test_what_was_advised_and_done_is_followed(sent: TestClient) -> None:
    decided(sent, FORM, "refused")
    (ruling,) = rulings(sent)
    assert ruling["followed"] is True


def test_the_preview_is_what_the_person_reads(sent: TestClient) -> None:
    chosen = choice("refused", own_words="明年再来")
    previewed = sent.post(f"/staff/submissions/{FORM}/ruling/preview", json=chosen).json()
    assert panel(sent, FORM)["rulings"] == []
    decided(sent, FORM, "refused", own_words="明年再来")
    ruling = mine(sent)["ruling"]
    assert isinstance(ruling, dict)
    why, review, _, rule, who = (words(one["words"]) for one in previewed)
    assert why == f"{words(ruling['reason'])}明年再来"
    assert review == f"{words(ruling['remedies'][0]['words'])}2027年1月19日以前去，一定来得及。"
    assert (rule, who) == (words(ruling["basis"]), "姓李的工作人员，2026年11月20日")
    assert panel(sent, FORM)["rulings"][0]["read"] == previewed


def test_of_two_who_decide_the_second_is_told(sent: TestClient, clock: StandingClock) -> None:
    seen = panel(sent, FORM)
    clock.pass_(seconds=5)
    decided(sent, FORM, "more")
    answer = decide(sent, FORM, "refused", version=seen["version"])
    assert (answer.status_code, answer.json()["code"]) == (409, "changed_meanwhile")
    assert mine(sent)["status"] == "needs_material"


def test_asking_for_more_is_followed_by_another_decision(sent: TestClient, clock: StandingClock) -> None:
    decided(sent, FORM, "more", own_words="户口本")
    line = mine(sent)
    assert (line["status"], line["may_change"]) == ("needs_material", True)
    clock.pass_(hours=3)
    decided(sent, FORM, "refused")
    first, second = rulings(sent)
    assert (first["ended_by"], second["ended_by"]) == ("李芳", None)
    assert panel(sent, FORM)["can_decide"] is False
    assert decide(sent, FORM, "accepted").json()["code"] == "no_longer_counts"


def test_a_lead_takes_up_what_was_decided(sent: TestClient, become: Become) -> None:
    decided(sent, FORM, "refused")
    become("张三", Role.STAFF)
    path = f"/staff/submissions/{FORM}/ruling/take-up"
    assert sent.post(path, json={"why": "材料后来齐了"}).status_code == 403
    become("王强", Role.LEAD)
    assert sent.post(path, json={"why": ""}).status_code == 422
    assert sent.post(path, json={"why": "材料后来齐了"}).status_code == 204
    line = mine(sent)
    assert (words(line["words"]), line["ruling"], line["may_change"]) == ("工作人员在重新看", None, True)
    (ruling,) = rulings(sent)
    assert (ruling["ended_by"], ruling["ended_why"]) == ("王强", "材料后来齐了")
    decided(sent, FORM, "accepted")
    assert words(mine(sent)["words"]) == "办好了"


def test_where_two_have_to_a_no_waits_for_a_lead_who_is_another(
    sent: TestClient, by_two: None, become: Become, clock: StandingClock
) -> None:
    become("王强", Role.LEAD)
    decided(sent, FORM, "refused")
    line = mine(sent)
    assert (line["status"], line["ruling"], panel(sent, FORM)["waits"]) == ("in_review", None, True)
    assert agree(sent, FORM).json()["code"] == "needs_second_person"
    assert not panel(sent, FORM)["may_agree"], "and the page offers them no button for it"
    assert sent.get("/staff/rulings/proposed").json() == []
    become("赵六", Role.LEAD)
    (before_them,) = sent.get("/staff/rulings/proposed").json()
    assert (before_them["submission"], before_them["who"]) == (str(FORM), "王强")
    assert panel(sent, FORM)["may_agree"]
    clock.pass_(days=2)
    assert agree(sent, FORM).status_code == 204
    assert sent.get("/staff/rulings/proposed").json() == []
    assert words(mine(sent)["words"]) == "这次没有同意"
    ruling = mine(sent)["ruling"]
    assert isinstance(ruling, dict)
    assert ruling["remedies"][0]["until"] == "2027-01-21", "it is told two days later"
    assert agree(sent, FORM).status_code == 404


def test_nobody_agrees_to_another_no_than_they_have_read(sent: TestClient, by_two: None, become: Become) -> None:
    decided(sent, FORM, "refused")
    read = panel(sent, FORM)["version"]
    decided(sent, FORM, "refused", own_words="不归这里管")
    become("赵六", Role.LEAD)
    assert agree(sent, FORM, read).json()["code"] == "changed_meanwhile"
    assert panel(sent, FORM)["waits"]
    assert agree(sent, FORM).status_code == 204


def test_a_lead_who_does_not_agree_hands_it_back(sent: TestClient, by_two: None, become: Become) -> None:
    decided(sent, FORM, "refused")
    become("赵六", Role.LEAD)
    handed = sent.post(f"/staff/submissions/{FORM}/ruling/hand-back", json={"why": "先问问派出所"})
    assert handed.status_code == 204
    beside = panel(sent, FORM)
    assert (beside["waits"], beside["can_decide"], rulings(sent)[0]["ended_why"]) == (False, True, "先问问派出所")
    decided(sent, FORM, "accepted")


def test_a_decided_form_cannot_be_taken_back_and_its_person_is_told(sent: TestClient) -> None:
    decided(sent, FORM, "refused")
    assert follow_up(sent).json()["outcome"] == "too_late"
    assert words(mine(sent)["words"]) == "这次没有同意"
    assert after(sent)["asked"][0]["outcome"] == "too_late"


def test_a_correction_of_a_decided_form_waits_until_a_lead_takes_that_up(sent: TestClient, become: Become) -> None:
    decided(sent, FORM, "refused")
    newer = UUID(int=9)
    hall: Hall = sent.app.state.hall  # type: ignore[attr-defined]
    send(sent, hall, newer, "400000000003", amends=FORM)
    assert decide(sent, newer, "accepted").json()["code"] == "correction_waits"
    beside = panel(sent, newer)
    assert (beside["untaken"], beside["can_decide"]) == (True, False)
    assert panel(sent, FORM)["newer"] == ["400000000003"]
    assert sent.post(f"/staff/submissions/{newer}/take", json={"instead_of": str(FORM)}).status_code == 409
    become("王强", Role.LEAD)
    sent.post(f"/staff/submissions/{FORM}/ruling/take-up", json={"why": "来了改正的表"})
    assert sent.post(f"/staff/submissions/{newer}/take", json={"instead_of": str(FORM)}).status_code == 204
    decided(sent, newer, "accepted")


def test_a_paper_that_staff_have_seen_is_missing_no_more(clerk: TestClient, hall: Hall) -> None:
    send(clerk, hall, service="disability-subsidy", certificate_paper="family")

    def lacking() -> list[str]:
        return [words(one["label"]) for one in panel(clerk, FORM)["advice"] if one["rule"] == TO_BRING]

    assert lacking() == ["残疾人证"]
    clerk.post(f"/staff/submissions/{FORM}/paper-seen", json={"field": "certificate_paper"})
    assert lacking() == []


def test_the_audit_names_what_was_chosen_and_nothing_that_was_written(sent: TestClient, hall: Hall) -> None:
    decided(sent, FORM, "refused", own_words="明年三月满了再来")
    with hall.database.read() as session:
        rows = session.execute(text("SELECT who, detail FROM audit WHERE action = 'decided_refused'")).all()
    assert [tuple(one) for one in rows] == [("李芳", "not_old_enough old_age_allowance review court; as advised")]


def test_what_is_given_to_the_person_has_the_decision(sent: TestClient, hall: Hall) -> None:
    decided(sent, FORM, "refused")
    asked = {"resident_id": YOUNG["resident_id"], "card_and_face_seen": True}
    (copied,) = sent.post("/staff/own-data/copy", json=asked).json()["forms"]
    (ruling,) = copied["data"]["rulings"]
    assert (ruling["who"], ruling["told"]["kind"], ruling["followed"]) == ("李芳", "refused", True)
    withdrawn = sent.post("/staff/own-data/withdraw", json=asked).json()
    assert [len(withdrawn[part]) for part in ("erased", "kept")] == [0, 1], "what was decided stays until its day"


def test_what_was_not_decided_is_erased_with_what_was_asked_for(sent: TestClient, hall: Hall) -> None:
    decided(sent, FORM, "more")
    asked = {"resident_id": YOUNG["resident_id"], "card_and_face_seen": True}
    sent.post("/staff/own-data/withdraw", json=asked)
    with hall.database.read() as session:
        assert session.execute(text("SELECT count(*) FROM rulings")).scalar() == 0


def test_only_those_who_may_see_all_of_a_form_read_how_it_was_decided(sent: TestClient) -> None:
    decided(sent, FORM, "refused")
    for by, inputs in ((By.RECEIPT, {"phone_last4": "0000"}), (By.TYPED, {})):
        (line,) = told(ask_progress(sent, by, receipt_number=NUMBER, **inputs))
        assert line["ruling"] is None
    (line,) = told(ask_progress(sent, By.RECEIPT, receipt_number=NUMBER, phone_last4="5678"))
    assert line["ruling"]


@pytest.mark.parametrize(
    ("name", "known_by"), [("李芳", "李"), ("欧阳娜", "欧阳"), ("司马", "司"), ("Wang Fang", "Wang Fang")]
)
def test_a_person_is_told_the_surname(name: str, known_by: str) -> None:
    assert surname(name) == known_by


def test_what_was_chosen_stays_as_it_was_told(sent: TestClient, hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    decided(sent, FORM, "refused")
    before = mine(sent)["ruling"]
    monkeypatch.setattr(type(hall), "decisions", hall.decisions.model_copy(update={"reasons": {}, "remedies": {}}))
    assert mine(sent)["ruling"] == before
    assert json.dumps(RIGHT_ANSWERS["name"]) not in json.dumps(before)
