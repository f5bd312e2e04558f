"""What a visitor sees, hears and can do about a call, state by state."""

from dataclasses import replace

import pytest
from rehearsed import hall_says, wait

from kiosk.screens.common.offered import buttons
from kiosk.session.session import Session
from kiosk.state.hall_news import StaffCall
from kiosk.testing.rehearsal import Rehearsal
from protocol.calls.messages import Need, Rating
from protocol.calls.states import CallState
from protocol.calls.waiting import OTHER_WAYS_S

PHONE = "0512 55550134"


@pytest.fixture
def session(rehearsal: Rehearsal) -> Session:
    rehearsal.session.do("start")
    rehearsal.session.do("help")
    return rehearsal.session


def words(session: Session) -> str:
    shown = session.screen()
    return " ".join((shown.title, *shown.lines, *(row.value for row in shown.rows)))


STATES = {
    "acknowledged": ({"state": "acknowledged"}, "李芳知道了，办完手上的事就来"),
    "en route": ({"state": "en_route"}, "李芳马上过来"),
    "remote, a phone beside the kiosk": ({"state": "remote", "phone_here": PHONE}, "李芳会打旁边的电话"),
    "remote, the visitor's own": ({"state": "remote", "has_number": True}, "李芳会给您打电话"),
    "remote, the hall's": ({"state": "remote", "hall_phone": PHONE}, "请打电话找李芳"),
    "arrived": ({"state": "arrived"}, "李芳来了"),
    "assisting": ({"state": "assisting"}, "李芳正在帮您"),
    "handed back": ({"state": "notified"}, "正在换一位工作人员"),
}


@pytest.mark.parametrize("how", STATES)
def test_each_state_is_shown_and_said(session: Session, rehearsal: Rehearsal, how: str) -> None:
    changes, title = STATES[how]
    session.do("resume")
    hall_says(rehearsal, staff="李芳", **changes)
    assert session.screen().help.message == title
    said = session.to_say()
    assert said[-1] == "李芳" or said == (title,), "a name is said by the live voice, what is recorded before it"
    session.do("help")
    assert session.screen().title == title
    assert (PHONE in words(session)) == (how == "remote, the hall's")


@pytest.mark.parametrize(
    ("state", "label"),
    [
        ("notified", "正在叫人"),
        ("acknowledged", "看看谁来"),
        ("en_route", "看看谁来"),
        ("remote", "已经叫到了"),
        ("arrived", "已经叫到了"),
    ],
)
def test_the_button_says_that_somebody_comes_only_where_that_is_so(
    session: Session, rehearsal: Rehearsal, state: str, label: str
) -> None:
    session.do("resume")
    hall_says(rehearsal, state=state, staff="" if state == "notified" else "李芳")
    assert session.screen().help.button.label == label
    session.do("help")
    off = "不用帮了" if label == "已经叫到了" else "不用来了"
    assert session.screen().secondary[0].label == off
    assert off in [one.text for one in session.screen().phrases if one.shown], "what may be said is what stands there"


def test_whoever_is_named_is_not_promised_after_a_hand_back(session: Session, rehearsal: Rehearsal) -> None:
    hall_says(rehearsal, state="acknowledged", staff="李芳")
    hall_says(rehearsal, state="notified", staff="李芳")
    assert "李芳" not in words(session)
    assert "李芳" not in "".join(session.to_say())
    hall_says(rehearsal, staff_page_open=False)
    assert session.screen().title == "还没有人应", "nobody can see it any more"


@pytest.mark.parametrize("rating", [Rating.GOOD, Rating.FAIR])
def test_how_it_went_is_asked_and_need_not_be_answered(session: Session, rehearsal: Rehearsal, rating: Rating) -> None:
    hall_says(rehearsal, state="resolved", staff="李芳")
    shown = session.screen()
    assert (shown.title, [one.label for one in shown.choices]) == ("事情办得怎么样？", ["好", "还行", "没办成"])
    assert "事情办得怎么样" in "".join(session.to_say())
    session.do("resume")
    assert session.screen().name == "home"
    assert rehearsal.hall.call_state
    assert rehearsal.hall.call_state.rating is None
    hall_says(rehearsal, state="notified", staff="")
    session.do("help")
    hall_says(rehearsal, state="resolved", staff="李芳")
    session.do("rate", rating.value)
    assert (rehearsal.hall.call_state.state, rehearsal.hall.call_state.rating) == (CallState.CLOSED, rating)
    assert session.screen().name == "home"


def test_what_was_not_done_leads_to_another_call(session: Session, rehearsal: Rehearsal) -> None:
    hall_says(rehearsal, state="resolved", staff="李芳")
    session.do("rate", "bad")
    assert "没办成" in session.screen().title
    assert "窗口" in words(session)
    assert [one.action for one in session.screen().secondary] == ["help"]
    session.do("help")
    assert rehearsal.hall.call_state
    assert rehearsal.hall.call_state.state is CallState.REQUESTED


def test_it_does_not_cover_what_somebody_is_filling_in(session: Session, rehearsal: Rehearsal) -> None:
    session.do("resume")
    hall_says(rehearsal, state="resolved", staff="李芳")
    assert session.screen().name == "home"


def test_what_staff_should_know_is_one_touch_and_taken_back_by_another(session: Session, rehearsal: Rehearsal) -> None:
    def told() -> tuple[Need, ...]:
        assert rehearsal.hall.call_state
        return rehearsal.hall.call_state.needs

    session.do("need", "standing")
    session.do("need", "hearing")
    assert told() == (Need.HEARING, Need.STANDING)
    assert [one.selected for one in session.screen().choices] == [True, False, True]
    session.do("need", "standing")
    assert told() == (Need.HEARING,)
    session.do("cancel_help")
    session.do("help")
    assert told() == (Need.HEARING,), "who calls again need not say it again"
    rehearsal.session.state.needs = ()  # as after a restart
    session.do("need", "standing")
    assert told() == (Need.HEARING, Need.STANDING), "the call goes on with what was said before"
    session.wipe()
    session.do("help")
    assert told() == (), "it was another visitor"


def test_nothing_is_told_of_anybody_who_has_not_said_so(rehearsal: Rehearsal) -> None:
    session = rehearsal.session
    session.headset_is("plugged in")
    for action, value in (
        ("start", None),
        ("settings", None),
        ("set", "text=L"),
        ("set", "headset=on"),
        ("help", None),
    ):
        session.do(action, value)  # type: ignore[arg-type]
    assert rehearsal.hall.call_state
    assert rehearsal.hall.call_state.needs == ()


def test_after_five_minutes_other_ways_are_offered_and_the_call_goes_on(session: Session, rehearsal: Rehearsal) -> None:
    hall_says(rehearsal, hall_phone=PHONE)
    session.do("resume")
    wait(rehearsal, OTHER_WAYS_S - 1)
    assert rehearsal.hall.told_other_ways == 0
    wait(rehearsal, 1)
    assert "五分钟" in session.screen().help.message
    assert "五分钟" in "".join(session.to_say())
    wait(rehearsal, 60)
    assert rehearsal.hall.told_other_ways == 1, "the hall hears of it once"
    session.do("help")
    assert PHONE in words(session)
    assert session.screen().lines == ("等了五分钟了，对不起。您可以去窗口，也可以接着等。",)
    assert session.screen().primary
    assert session.screen().primary.label == "接着等"
    assert session.state.waits_for_staff
    session.do("take_ticket")
    assert session.state.visit
    assert session.state.visit.service.id == "queue-ticket"
    assert session.state.waits_for_staff, "the call goes on ringing"


def test_without_a_line_no_ticket_is_offered_that_the_hall_cannot_give(session: Session, rehearsal: Rehearsal) -> None:
    hall_says(rehearsal, reached_hall=False)
    wait(rehearsal, OTHER_WAYS_S)
    assert "还没通知到" in words(session)
    assert "五分钟" in words(session)
    assert "take_ticket" not in [one.action for one in session.screen().secondary]


def test_who_waits_on_may_say_it_as_the_button_does(session: Session, rehearsal: Rehearsal) -> None:
    rehearsal.seconds += OTHER_WAYS_S
    session.tick()
    session.do("help")
    screen = session.screen()
    assert screen.primary
    assert screen.primary.label in [phrase.text for phrase in screen.phrases if phrase.shown]
    session.hear(screen.primary.label)
    assert session.screen().kind != "help"


def test_whom_somebody_is_with_is_offered_no_other_ways(session: Session, rehearsal: Rehearsal) -> None:
    hall_says(rehearsal, state="arrived", staff="李芳")
    wait(rehearsal, OTHER_WAYS_S)
    assert rehearsal.hall.told_other_ways == 0
    assert "五分钟" not in words(session)


def test_who_waits_for_the_phone_is_offered_other_ways_too(session: Session, rehearsal: Rehearsal) -> None:
    hall_says(rehearsal, state="remote", staff="李芳", has_number=True, hall_phone=PHONE)
    wait(rehearsal, OTHER_WAYS_S)
    assert rehearsal.hall.told_other_ways == 1
    assert "五分钟" in words(session)
    assert PHONE in words(session)


@pytest.mark.parametrize("state", ["arrived", "assisting"])
def test_whose_helper_has_gone_without_a_word_calls_again(session: Session, rehearsal: Rehearsal, state: str) -> None:
    session.do("need", "hearing")
    hall_says(rehearsal, state=state, staff="李芳", matter="见证按手印")
    session.do("resume")
    session.do("help")
    assert session.screen().title.startswith("李芳")
    assert session.screen().help.button.label == "再叫人过来"
    session.do("help")
    call = rehearsal.hall.call_state
    assert call
    assert (call.state, call.staff, call.matter) == (CallState.REQUESTED, "", "见证按手印")
    assert call.needs == (Need.HEARING,)
    assert session.to_say()[0] == "正在叫工作人员"


def test_whose_call_the_hall_has_ended_is_not_told_that_all_is_done(session: Session, rehearsal: Rehearsal) -> None:
    """As where another machine calls by the same name."""
    hall_says(rehearsal, state="abandoned")
    assert session.screen().title == "还没有人应"
    assert "可以再叫" in words(session)
    session.do("help")
    session.do("resume")
    hall_says(rehearsal, state="abandoned")
    assert "可以再叫" in session.screen().remark
    assert "可以再叫" in "".join(session.to_say())


def test_no_ticket_is_offered_where_it_would_put_a_form_aside(session: Session, rehearsal: Rehearsal) -> None:
    for action, value in (("resume", None), ("choose", "old-age-allowance"), ("help", None)):
        session.do(action, value)  # type: ignore[arg-type]
    wait(rehearsal, OTHER_WAYS_S)
    assert "take_ticket" not in [one.action for one in session.screen().secondary]


def test_how_loudly_it_was_called_is_shown_and_said(session: Session, rehearsal: Rehearsal) -> None:
    session.do("resume")
    for level, told in ((1, "又叫了一遍"), (2, "也叫了组长")):
        hall_says(rehearsal, escalation=level)
        assert told in "".join(session.to_say())
    session.do("help")
    assert "也叫了组长" in words(session)
    hall_says(rehearsal, state="en_route", staff="李芳")
    assert "组长" not in words(session)


def test_what_the_hall_tells_beside_the_call_is_not_said_again(session: Session, rehearsal: Rehearsal) -> None:
    said = session.utterances
    hall_says(rehearsal, hall_phone=PHONE, phone_here="110")
    assert session.utterances == said


def test_a_press_is_answered_before_the_hall_is(session: Session, rehearsal: Rehearsal) -> None:
    """Feedback does not wait for anybody: the press alone changes screen, bar and voice."""
    session.do("cancel_help")
    rehearsal.hall.offline = True
    session.do("help")
    assert session.screen().kind == "help"
    assert session.to_say() == session.screen().say
    first = rehearsal.hall.call_state
    session.do("help")
    assert rehearsal.hall.call_state == first
    assert isinstance(first, StaffCall)
    assert first == replace(first, state=CallState.REQUESTED)


def test_a_number_may_be_left_and_is_asked_for_only_where_it_is_of_use(session: Session, rehearsal: Rehearsal) -> None:
    def offered() -> bool:
        return "leave_number" in [one.action for one in buttons(session.screen())]

    assert not offered()
    hall_says(rehearsal, state="remote", staff="李芳", phone_here=PHONE)
    assert not offered(), "staff ring the phone beside the kiosk"
    hall_says(rehearsal, phone_here="")
    assert session.screen().primary.action == "leave_number", "nobody is heard without it"
    wait(rehearsal, OTHER_WAYS_S)
    assert session.screen().primary.action == "leave_number", "nor after five minutes"
    session.do("leave_number")
    assert "不留也行" in words(session)
    session.do("resume")
    assert session.screen().kind == "help"
    session.do("leave_number")
    for digit in "138001":
        session.do("type", digit)
    session.do("next")
    assert "不对" in session.screen().error
    for digit in "38000":
        session.do("type", digit)
    assert "1" not in "".join(session.to_say()), "never read out"
    session.do("next")
    assert rehearsal.hall.number == "13800138000"
    assert session.screen().title == "李芳会给您打电话"
    assert "号码留给工作人员了" in session.screen().remark
    assert not offered()


def test_a_number_that_waits_for_the_line_is_not_said_to_be_with_staff(session: Session, rehearsal: Rehearsal) -> None:
    hall_says(rehearsal, state="remote", staff="李芳")
    session.do("leave_number")
    hall_says(rehearsal, reached_hall=False)
    for digit in "13800138000":
        session.do("type", digit)
    session.do("next")
    assert "存在这里" in session.screen().remark
    assert "线路一通" in "".join(session.to_say())


def test_a_number_that_cannot_be_kept_is_not_said_to_be(session: Session, rehearsal: Rehearsal) -> None:
    hall_says(rehearsal, state="remote", staff="李芳")
    rehearsal.hall.broken = "store_full"
    session.do("leave_number")
    for digit in "13800138000":
        session.do("type", digit)
    session.do("next")
    assert "留不了" in session.screen().error
    assert rehearsal.hall.number == ""


def test_nothing_of_a_number_is_left_for_the_next_visitor(session: Session, rehearsal: Rehearsal) -> None:
    hall_says(rehearsal, state="remote", staff="李芳")
    session.do("leave_number")
    session.do("type", "1")
    session.wipe()
    assert session.state.number_typed == ""
