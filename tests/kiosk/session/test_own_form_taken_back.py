"""Taking back: back moves, undo takes an answer back, erase a character; nothing that is typed is lost unasked."""

import pytest

from kiosk.session.session import Session
from kiosk.state.hall_news import StaffCall
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts
from protocol.calls.states import CallState

ALLOWANCE = "old-age-allowance"


@pytest.fixture
def session(rehearsal: Rehearsal) -> Session:
    """At the telephone number, the question before it answered."""
    for label, _ in rehearsal.walk([ALLOWANCE]):
        if label == f"{ALLOWANCE}:question-phone":
            break
    return rehearsal.session


def press(session: Session, *actions: str) -> None:
    for action in actions:
        name, _, value = action.partition(" ")
        session.do(name, value or None)  # type: ignore[arg-type]


def typed(session: Session) -> str:
    entry = session.screen().entry
    assert entry is not None
    return entry.value


def shown(session: Session) -> str:
    entry = session.screen().entry
    assert entry is not None
    return entry.display


@pytest.mark.parametrize("way", ["undo", "back"])
def test_what_is_being_typed_is_still_there_on_the_way_forward(session: Session, way: str) -> None:
    press(session, "type 1", "type 3", "type 8", way)
    assert session.screen().name == "question-hukou_here"
    press(session, "answer yes")
    assert (session.screen().name, typed(session)) == ("question-phone", "138")


def test_each_answer_is_taken_back_and_nothing_typed_is_lost(session: Session) -> None:
    press(session, "type 1", "undo", "undo")
    assert (session.screen().name, typed(session)) == ("question-resident_id", "11010519491231002X")
    press(session, "next", "answer yes")
    assert typed(session) == "1"


def test_who_has_no_phone_is_asked_before_the_number_goes(session: Session) -> None:
    for digit in "13800138":
        press(session, f"type {digit}")
    press(session, "answer none")
    shown = session.screen()
    assert (shown.name, typed(session)) == ("question-phone", "13800138")
    assert shown.remark == "填的号码会去掉。真的没有电话，就再按一次“没有电话”。" == session.to_say()[0]
    press(session, "answer none")
    assert session.screen().name == "question-town"
    assert session.state.visit is not None
    assert session.state.visit.answers["phone"] == "none"


def test_who_goes_on_typing_has_a_phone(session: Session) -> None:
    press(session, "type 1", "answer none", "type 3", "answer none")
    assert (session.screen().name, typed(session)) == ("question-phone", "13")
    press(session, "answer none")
    assert session.screen().name == "question-town"


def test_who_dictates_on_has_a_phone(session: Session) -> None:
    press(session, "type 1", "answer none")
    session.hear(None, dictated="三八")
    press(session, "answer none")
    assert (session.screen().name, typed(session)) == ("question-phone", "138")
    assert session.screen().remark == "填的号码会去掉。真的没有电话，就再按一次“没有电话”。"


@pytest.mark.parametrize(
    ("way", "display"),
    [
        (("back", "answer yes"), "138 0013 8000"),
        (("save", "carry_on"), "138 99__ 8000"),
        (("help", "resume"), "138 99__ 8000"),
        (("mend 1",), "___ 0013 8000"),
        (("mend 2",), "138 0013 8000"),
        (("mend 2", "mend 2"), "138 ____ 8000"),
    ],
)
def test_a_number_that_is_half_mended_stays_as_it_was(session: Session, way: tuple[str, ...], display: str) -> None:
    press(session, *(f"type {digit}" for digit in "13800138000"), "mend 2", "type 9", "type 9")
    assert shown(session) == "138 99__ 8000"
    assert session.state.visit is not None
    assert session.state.visit.typed["phone"] == "13800138000"
    press(session, *way)
    assert (shown(session), typed(session)) == (display, "13800138000")


def test_where_no_number_was_typed_nobody_is_asked(session: Session) -> None:
    press(session, "answer none")
    assert session.screen().name == "question-town"


def sent(session: Session, rehearsal: Rehearsal, phone: str) -> tuple[str, ...]:
    """What is written and said on the receipt of somebody with that phone."""
    visit = session.state.visit
    assert visit is not None
    for field in visit.service.steps:
        visit.answers[field.id] = phone if field.id == "phone" else field.example
        visit.done.add(field.id)
    visit.change("phone")
    press(session, "back", "send")
    shown = session.screen()
    assert shown.kind == "receipt"
    return (*shown.lines, *shown.say)


def test_nobody_without_a_phone_is_promised_a_call(session: Session, rehearsal: Rehearsal) -> None:
    assert not any("打电话" in one for one in sent(session, rehearsal, "none"))
    assert any("请过几天带着回执来问一问" in one for one in session.screen().say)


def test_who_left_a_phone_is_called(session: Session, rehearsal: Rehearsal) -> None:
    assert any("会打电话告诉您" in one for one in sent(session, rehearsal, "13800138000"))


def test_after_three_wrong_answers_staff_are_offered_on_the_screen(session: Session) -> None:
    press(session, "type 1", "next", "next")
    assert session.screen().kind == "question"
    error = session.screen().error
    press(session, "next")
    shown = session.screen()
    assert (shown.kind, shown.error) == ("which", error)
    assert [one.label for one in shown.choices] == ["叫工作人员来", "说说什么事没办成", "不用，我自己来"]
    assert session.to_say()[0] == error
    assert shown.title in session.to_say()
    press(session, "none_of_them")
    assert (session.screen().name, typed(session), session.screen().error) == ("question-phone", "1", error)
    assert session.to_say() == (error,)
    press(session, "next", "next")
    assert session.screen().kind == "question"
    press(session, "next")
    assert session.screen().kind == "which", "and again after three more"


def test_staff_who_are_offered_are_called(session: Session, rehearsal: Rehearsal) -> None:
    press(session, "next", "next", "next", "help")
    assert session.screen().kind == "help"
    assert rehearsal.hall.call_state is not None


def test_who_waits_for_staff_is_not_offered_them(session: Session, rehearsal: Rehearsal) -> None:
    press(session, "help", "resume")
    rehearsal.hall.call_state = StaffCall(CallState.NOTIFIED, "", True)
    press(session, "next", "next", "next")
    assert session.screen().kind == "question"


def test_no_two_buttons_that_take_something_back_sound_alike(texts: Texts) -> None:
    keys = ("back", "undo.button", "ui.erase", "ui.erase_stroke", "ui.clear", "ui.rub_out")
    names = [texts(key, "zh") for key in keys]
    assert len(set(names)) == len(names)
    assert all("退" not in name for name in names), "退一步 was taken for 上一步"
