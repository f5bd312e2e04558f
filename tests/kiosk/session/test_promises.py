"""What a form promises to be done here and now is done, or the receipt says where it will be: never "交好了" before."""

from dataclasses import replace
from typing import Any

import pytest

from forms import Catalogue, Choice
from kiosk.entry.pinyin import PinyinTable
from kiosk.screens.common.model import Screen
from kiosk.session.session import Session
from kiosk.state.hall_news import StaffCall
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts
from protocol.calls.messages import Need
from protocol.calls.states import CallState

PENSION, ALLOWANCE = "pension-certification", "old-age-allowance"
MATTER = "养老金资格认证：今天在这里，请工作人员看一下"
STAY = "请别走，工作人员马上来看您"
DONE = ("交好了", "办好了")


@pytest.fixture
def session(rehearsal: Rehearsal) -> Session:
    return rehearsal.session


def fill_in(session: Session, service: str, **answers: str) -> None:
    if session.screen().name == "attract":
        session.do("start")
    session.do("choose", service)
    session.do("next")
    while session.state.visit and session.state.visit.stage in ("known", "question"):
        if session.state.visit.stage == "known":
            session.do("reuse")
            continue
        field, offered = session.state.visit.field, [one.id for one in session.state.visit.choices()]
        given = answers.get(field.id, field.example if field.example in offered or not offered else offered[0])
        if field.type in ("choice", "consent"):
            session.do("answer", given)
        else:
            session.state.entry.add(given)
            session.do("next")


def send(session: Session, service: str = PENSION, **answers: str) -> Screen:
    fill_in(session, service, **answers)
    session.do("send")
    return session.screen()


def becomes(rehearsal: Rehearsal, state: Any, staff: str = "", *, reached: bool = True) -> Screen:
    call = rehearsal.hall.call_state
    assert call
    rehearsal.hall.call_state = StaffCall(CallState(state), staff, reached, call.matter)
    rehearsal.session.tick()
    return rehearsal.session.screen()


def words(shown: Screen) -> str:
    buttons = [shown.primary, *shown.secondary]
    return "\n".join((shown.title, *shown.lines, *(one.label for one in buttons if one)))


def says_done(shown: Screen) -> bool:
    return any(word in words(shown) for word in DONE)


def test_sending_calls_staff_and_says_please_stay(session: Session, rehearsal: Rehearsal) -> None:
    rehearsal.hall.state = "delivered"
    shown = send(session)
    assert rehearsal.hall.call_state == StaffCall(CallState.REQUESTED, "", True, MATTER)
    assert shown.title == STAY
    assert not says_done(shown)
    assert STAY in session.to_say()
    assert shown.help.message


def test_other_answers_and_other_services_call_nobody(session: Session, rehearsal: Rehearsal) -> None:
    rehearsal.hall.state = "delivered"
    assert says_done(send(session, PENSION, method="home"))
    assert rehearsal.hall.call_state is None
    session.do("another")
    assert says_done(send(session, ALLOWANCE))
    assert rehearsal.hall.call_state is None


def test_who_comes_is_named_and_then_it_is_done(session: Session, rehearsal: Rehearsal) -> None:
    rehearsal.hall.state = "delivered"
    send(session)
    assert becomes(rehearsal, "notified").title == STAY
    assert becomes(rehearsal, "en_route", "李芳").title == "请别走，李芳马上来看您"
    assert "李芳" in session.to_say()
    shown = becomes(rehearsal, "closed", "李芳")
    assert shown.title == "工作人员看过了"
    assert "工作人员看过了" in session.to_say()
    assert {row.label: row.value for row in shown.rows}["谁来办，多久"] == "社保窗口的工作人员，十五天以内"
    assert shown.primary
    assert shown.primary.label == "办好了"
    session.do("help")
    session.do("cancel_help")
    assert session.screen().title == "工作人员看过了", "what staff have done stays done"
    session.do("finish")
    assert session.screen().name == "goodbye", "nothing is asked any more"


@pytest.mark.parametrize("offline", [True, False])
def test_a_call_that_reaches_nobody_sends_to_the_counter(session: Session, rehearsal: Rehearsal, offline: bool) -> None:
    rehearsal.hall.offline, rehearsal.hall.cannot_call = offline, not offline
    shown = send(session)
    assert "请去窗口" in shown.title
    assert not says_done(shown)
    if offline:
        assert becomes(rehearsal, "requested").title == STAY, "the line is back"
        assert STAY in session.to_say()


def test_who_calls_it_off_is_told_that_it_is_not_done(session: Session, rehearsal: Rehearsal) -> None:
    send(session)
    session.do("help")
    session.do("cancel_help")
    shown = session.screen()
    assert "窗口" in session.to_say()[0]
    assert session.to_say()[0] in shown.notices
    assert "请去窗口" in shown.title
    assert not says_done(shown)
    session.do("help")
    session.do("resume")
    assert session.screen().title == STAY
    assert rehearsal.hall.call_state == StaffCall(CallState.REQUESTED, "", True, MATTER)


def test_who_wants_to_leave_is_asked_to_stay_once(session: Session, rehearsal: Rehearsal) -> None:
    send(session)
    session.do("finish")
    assert session.screen().title == STAY
    assert any("先别走" in one for one in session.screen().notices)
    assert any("先别走" in one for one in session.to_say())
    session.do("finish")
    assert session.screen().name == "goodbye"
    assert rehearsal.hall.call_state
    assert rehearsal.hall.call_state.is_open, "staff still come while the person may be there"


@pytest.mark.parametrize("state", ["notified", "acknowledged"])
def test_nothing_on_a_receipt_that_says_please_stay_says_go(session: Session, rehearsal: Rehearsal, state: Any) -> None:
    send(session)
    shown = becomes(rehearsal, state, "李芳")
    assert shown.title.startswith("请别走")
    assert shown.primary is None
    assert [one.label for one in shown.secondary] == ["再办一件", "我要走了"]
    told = {row.label: row.value for row in shown.rows}
    assert told["到哪了"] == "等工作人员来看您"
    assert "已保存，还没送到" not in session.to_say()
    assert told["到哪了"] not in shown.say, "the title has said it"


def test_the_visitor_of_a_relative_at_home_waits_for_nobody(session: Session, rehearsal: Rehearsal) -> None:
    rehearsal.hall.state = "delivered"
    fill_in(session, PENSION, applicant="family", family_method="home")
    asked = [row.change.value for row in session.screen().rows if row.change]
    assert "method" not in asked
    assert {"family_method", "town", "village", "house_number"} <= {*asked}
    session.do("send")
    assert says_done(session.screen())
    assert rehearsal.hall.call_state is None
    session.do("another")
    assert send(session, PENSION, applicant="family").title == STAY
    assert rehearsal.hall.call_state
    assert rehearsal.hall.call_state.matter == "养老金资格认证：来了，请工作人员看一下"


def test_who_goes_to_the_counter_is_not_held_back(session: Session, rehearsal: Rehearsal) -> None:
    rehearsal.hall.offline = True
    assert send(session).primary.label == "我去窗口"  # type: ignore[union-attr]
    session.do("finish")
    assert session.screen().name == "goodbye"


def test_with_another_errand_the_call_goes_on_and_the_matters_are_added(session: Session, rehearsal: Rehearsal) -> None:
    send(session)
    session.do("another")
    assert session.screen().help.message
    send(session, PENSION)
    call = rehearsal.hall.call_state
    assert call
    assert call.matter == f"{MATTER}；再一张：{MATTER}", "each of a couple is looked at"
    session.do("help")
    assert rehearsal.hall.call_state == call, "a press for help tells nothing new"
    session.do("cancel_help")
    session.do("help")
    assert rehearsal.hall.call_state == call, "both again for who calls again"


def test_who_goes_on_to_another_errand_is_still_asked_to_stay(session: Session, rehearsal: Rehearsal) -> None:
    rehearsal.hall.state = "delivered"
    send(session)
    session.do("another")
    session.do("choose", ALLOWANCE)
    assert session.screen().kind == "prerequisites", "nobody leaves who begins another errand"
    session.do("back")
    session.do("finish")
    assert session.screen().name == "home"
    assert any("先别走" in one for one in session.to_say())
    shown = send(session, ALLOWANCE)
    assert shown.title == STAY
    assert not says_done(shown)
    session.do("finish")
    assert any("先别走" in one for one in session.screen().notices)
    assert becomes(rehearsal, "closed", "李芳").title == "交好了"
    session.do("finish")
    assert session.screen().name == "goodbye"


def test_after_goodbye_the_next_person_has_no_call_of_somebody_else(session: Session, rehearsal: Rehearsal) -> None:
    session.do("start")
    session.do("lang", "en")
    session.do("settings")
    session.do("set", "size:L")
    session.do("resume")
    send(session)
    session.do("finish")
    session.do("finish")
    session.do("home")
    shown = session.screen()
    assert (shown.name, shown.help.message) == ("home", "")
    assert rehearsal.hall.call_state is None
    assert session.look == session.state.usual_look
    assert shown.title in session.to_say()[0]


def test_nobody_is_said_to_come_for_what_the_hall_has_not_got(session: Session, rehearsal: Rehearsal) -> None:
    send(session)
    shown = becomes(rehearsal, "acknowledged", "李芳", reached=False)
    assert "请去窗口" in shown.title


def test_an_open_call_learns_of_the_matter(session: Session, rehearsal: Rehearsal) -> None:
    fill_in(session, PENSION)
    session.do("help")
    session.do("resume")
    becomes(rehearsal, "en_route", "李芳")
    session.do("send")
    assert rehearsal.hall.call_state == StaffCall(CallState.EN_ROUTE, "李芳", True, MATTER)
    assert session.screen().title == "请别走，李芳马上来看您"


def test_a_form_that_staff_have_to_look_at_is_not_called_done(session: Session, rehearsal: Rehearsal) -> None:
    rehearsal.hall.state = "held"
    assert not says_done(send(session, ALLOWANCE))


def test_after_a_crash_the_receipt_says_the_same(
    session: Session, rehearsal: Rehearsal, catalogue: Catalogue, texts: Texts, pinyin: PinyinTable
) -> None:
    fill_in(session, PENSION)
    draft = session.draft()
    session.do("send")
    again = Rehearsal(catalogue, texts, pinyin)
    again.hall = rehearsal.hall
    again.session._presenter.hall = rehearsal.hall
    again.session.restore(draft)
    assert again.session.screen().title == STAY


def test_a_choice_of_a_list_may_call_staff_too(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable) -> None:
    def calling(one: Choice) -> Choice:
        return one.model_copy(update={"when_sent": "call_staff"}) if one.id == "chengguan" else one

    lists = {name: [calling(one) for one in choices] for name, choices in catalogue.lists.items()}
    changed = replace(catalogue, lists=lists)
    terminal = Rehearsal(changed, texts, pinyin)
    assert send(terminal.session, ALLOWANCE, town="chengguan").title == STAY
    assert terminal.hall.call_state
    assert terminal.hall.call_state.matter.startswith("高龄津贴：")


def test_nobody_is_asked_to_stay_for_who_does_not_come(session: Session, rehearsal: Rehearsal) -> None:
    send(session)
    session.do("finish")
    call = rehearsal.hall.call_state
    assert call
    rehearsal.hall.call_state = replace(call, staff_page_open=False)
    session.tick()
    shown = session.screen()
    assert (shown.title, shown.notices) == ("还没有人应，请喊一声", ())
    assert "窗口" in words(shown)
    assert not says_done(shown)
    session.do("finish")
    assert session.screen().name == "goodbye"


def test_staff_who_are_called_by_a_form_know_what_was_said_before(session: Session, rehearsal: Rehearsal) -> None:
    for action, value in (("start", None), ("help", None), ("need", "hearing"), ("cancel_help", None)):
        session.do(action, value)  # type: ignore[arg-type]
    send(session)
    assert rehearsal.hall.call_state
    assert rehearsal.hall.call_state.needs == (Need.HEARING,)
