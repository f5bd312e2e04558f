"""Each of the three hardest errands walked as a visitor: asked, checked, sent, and told what happens next."""

import pytest

from kiosk.screens.common.model import Screen
from kiosk.session.session import Session
from kiosk.testing.rehearsal import Rehearsal

CERTIFICATE = "11010519491231002X42"


@pytest.fixture
def session(rehearsal: Rehearsal) -> Session:
    rehearsal.session.do("start")
    return rehearsal.session


def fill(session: Session, service: str, **answers: str) -> Screen:
    """To the check screen: with these answers, by the last part of a question's id, and the examples of the others."""
    session.do("choose", service)
    session.do("next")
    for _ in range(40):
        if not session.state.visit or session.state.visit.stage != "question":
            break
        field = session.state.visit.field
        given = answers.get(field.id, answers.get(field.id.rpartition(".")[2], field.example))
        if field.type == "multiple_choice":
            for one in given.split():
                session.do("toggle", one)
            session.do("next")
        elif field.type == "signature":
            session.write(((20.0, 30.0), (59.0, 30.0)))
            session.do("next")
        elif session.state.visit.choices() or field.type == "consent":
            session.do("answer", given)
        elif field.type == "date":
            for digit in given.replace("-", ""):
                session.do("type", digit)
            session.do("next")
        else:
            session.do("clear")
            session.state.entry.add(given)
            session.do("next")
    assert session.screen().name == "check"
    return session.screen()


def rows(screen: Screen) -> dict[str, str]:
    return {row.label: row.value for row in screen.rows}


def written(screen: Screen) -> str:
    return "".join(screen.lines).replace("\u2060", "")


def send(session: Session) -> Screen:
    session.do("send")
    return session.screen()


def test_the_allowance_says_what_it_may_come_to(session: Session) -> None:
    shown = fill(session, "old-age-allowance", resident_id="110105193611230021")
    assert rows(shown)["津贴，一个月大约"] == "200元"
    assert rows(send(session))["津贴，一个月大约"] == "200元"


def test_a_disability_is_read_off_the_certificate(session: Session) -> None:
    shown = fill(session, "disability-subsidy", certificate=CERTIFICATE, household="allowance")
    told = rows(shown)
    assert (told["残疾类别"], told["残疾等级"]) == ("肢体", "2 级")
    assert told["补贴，一个月大约"] == "220元"
    receipt = send(session)
    assert "两份补贴一个月大约 220元" in written(receipt)
    assert "残疾等级" not in rows(receipt), "a receipt lies on a table at home"
    assert rows(receipt)["请备好"] == "低保证，或乡镇开的证明"


def test_another_persons_certificate_is_warned_of_and_can_be_sent(session: Session) -> None:
    shown = fill(session, "disability-subsidy", certificate="11010519361123002141")
    assert "前十八位和身份证号码不一样" in shown.rows[0].value.replace("\u2060", "")
    assert send(session).kind == "receipt"


def test_a_household_is_counted_and_its_income_shared_out(session: Session) -> None:
    shown = fill(session, "minimum-living-allowance", more="no", **{"members.0.more": "yes"})
    told = rows(shown)
    assert (told["平均每人一个月"], told["低保线，每人一个月"], told["低保金，一个月大约"]) == (
        "385元",
        "750元",
        "730元",
    )
    receipt = send(session)
    assert "一家一个月大约 730元" in written(receipt)
    assert not {"平均每人一个月", "低保线，每人一个月"} & rows(receipt).keys()


def test_income_is_not_said_aloud(session: Session) -> None:
    fill(session, "minimum-living-allowance", more="no", own_income="2000", income="3000", **{"members.0.more": "yes"})
    aloud = " ".join((*session.to_say(), *(part for row in session.screen().rows for part in row.say)))
    assert "2,500" not in aloud
    assert "2500" not in aloud


def test_what_nobody_knows_is_worked_out_by_staff(session: Session) -> None:
    fill(session, "minimum-living-allowance", own_income="", **{"members.0.more": "no"})
    assert "工作人员会和您一起算清楚" in written(send(session))


def test_a_lost_card_is_asked_about_twice_and_staff_are_called(rehearsal: Rehearsal, session: Session) -> None:
    told = rows(fill(session, "social-security-card", purpose="lost"))
    assert (told["挂失"], told["再问一次挂失"]) == ("挂失，旧卡停用", "真的挂失")
    assert not rehearsal.hall.call_state, "nothing is stopped before it is sent"
    assert send(session).title.startswith("请别走"), "staff come at once and stop it"
    call = rehearsal.hall.call_state
    assert call
    assert call.matter == "社会保障卡：真的挂失"


@pytest.mark.parametrize("question", ["loss_sure", "loss_final"])
def test_a_card_that_may_turn_up_is_not_stopped(rehearsal: Rehearsal, session: Session, question: str) -> None:
    shown = fill(session, "social-security-card", purpose="lost", **{question: "wait"})
    assert "先不挂失，请人来看看" in rows(shown).values()
    send(session)
    assert rehearsal.hall.call_state
    assert session.state.visit
    assert session.state.visit.ending.next.zh.startswith("卡没有挂失，还能用")


def test_a_paper_that_the_family_brings_stands_on_the_receipt(session: Session) -> None:
    fill(session, "disability-subsidy", certificate_paper="family")
    assert "残疾人证" in written(send(session))


def looked_at(screen: Screen) -> dict[str, str]:
    return {row.label: row.value.replace("\u2060", "") for row in screen.rows if row.to_look_at}


def test_a_permit_that_comes_later_is_said_and_stands_on_the_receipt(session: Session) -> None:
    told = looked_at(fill(session, "senior-card", hukou_here="elsewhere", residence_permit="at_counter"))
    assert "到窗口再交也行" in told["居住证"]
    assert "也能办居住证" in told["户口所在地"]
    assert "还要交来：居住证" in written(send(session))


def test_a_lost_bus_card_costs_what_the_county_set(session: Session) -> None:
    assert rows(fill(session, "senior-bus-card", purpose="lost"))["工本费"] == "10元"
    assert "工本费10元" in written(send(session))


def test_less_than_half_a_year_here_is_said_and_can_be_sent(session: Session) -> None:
    told = looked_at(fill(session, "residence-permit", hukou_here="elsewhere", start="2026-10-01"))
    assert "还没住满半年" in told["住进来的日子"]
    assert send(session).kind == "receipt"
