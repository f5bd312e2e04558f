"""Nobody waits for ever: a call that nobody takes says what else to do, on the screen and aloud."""

import pytest
from rehearsed import hall_says, wait

from kiosk.session.handlers.idle import Times
from kiosk.session.session import Session
from kiosk.testing.rehearsal import Rehearsal

ELSE = "您也可以喊一声，或者去窗口"
TIMES = Times()


@pytest.fixture
def session(rehearsal: Rehearsal) -> Session:
    rehearsal.session.do("start")
    return rehearsal.session


@pytest.fixture
def heard(session: Session) -> list[str]:
    """Everything that is said, in order."""
    said: list[str] = []
    session.on_speak(lambda kind, parts: said.extend(parts))
    return said


def times_said(heard: list[str]) -> int:
    return sum(ELSE in one for one in heard)


def test_after_a_minute_without_an_answer_one_is_told_what_else_to_do(
    session: Session, rehearsal: Rehearsal, heard: list[str]
) -> None:
    session.do("help")
    session.do("resume")
    wait(rehearsal, TIMES.unanswered - 1)
    assert ELSE not in session.screen().help.message
    wait(rehearsal, 1)
    assert ELSE in session.screen().help.message
    session.do("settings")
    assert ELSE in session.screen().help.message, "on every screen"
    wait(rehearsal, 200)
    assert times_said(heard) == 1
    session.do("help")
    assert session.screen().title == "还没有人应"
    assert ELSE in session.screen().lines[0]
    assert times_said(heard) == 2, "whoever asks again is told again"
    session.do("help")
    assert times_said(heard) == 3


@pytest.mark.parametrize("state", ["requested", "notified"])
def test_at_once_when_no_staff_page_is_open(
    session: Session, rehearsal: Rehearsal, heard: list[str], state: str
) -> None:
    session.do("help")
    hall_says(rehearsal, state=state, staff_page_open=False)
    assert ELSE in session.screen().lines[0]
    assert times_said(heard) == 1
    hall_says(rehearsal, state="notified", staff_page_open=True)
    assert session.screen().title == "正在叫工作人员"
    assert ELSE not in "".join(session.screen().lines)


def test_it_is_said_only_while_nobody_has_taken_the_call(session: Session, rehearsal: Rehearsal) -> None:
    session.do("help")
    wait(rehearsal, TIMES.unanswered)
    hall_says(rehearsal, state="en_route", staff="李芳")
    assert session.screen().title == "李芳马上过来"
    hall_says(rehearsal, staff_page_open=False)
    wait(rehearsal, 600)
    assert session.screen().title == "李芳马上过来", "who has taken it is on the way, and may have closed the page"


def test_that_a_page_has_shown_the_call_is_not_that_somebody_knows(session: Session, rehearsal: Rehearsal) -> None:
    session.do("help")
    hall_says(rehearsal, state="notified")
    shown = session.screen()
    words = " ".join((shown.title, *shown.lines, shown.help.message))
    assert "知道了" not in words
    assert "看到" not in words
    assert "正在叫工作人员" in words


def test_without_the_line_the_words_stay_those_of_the_line(session: Session, rehearsal: Rehearsal) -> None:
    rehearsal.hall.offline = True
    session.do("help")
    wait(rehearsal, TIMES.unanswered + 1)
    assert session.screen().name == "help-offline"
    assert ELSE in session.screen().lines[0]
    hall_says(rehearsal, reached_hall=True)
    assert session.screen().name == "help-unanswered", "the time counts from the press"


def test_a_new_call_waits_anew(session: Session, rehearsal: Rehearsal) -> None:
    session.do("help")
    wait(rehearsal, TIMES.unanswered)
    session.do("cancel_help")
    session.do("help")
    assert session.screen().title == "正在叫工作人员"


def test_waiting_hurries_nobody_out(session: Session, rehearsal: Rehearsal) -> None:
    session.do("help")
    wait(rehearsal, TIMES.waiting_for_staff - 1)
    assert session.screen().kind == "help"
    wait(rehearsal, 1)
    assert session.screen().kind == "idle", "what is said after a minute does not begin the half hour anew"


def test_news_of_the_call_bring_back_what_the_question_whether_one_is_there_lay_over(
    session: Session, rehearsal: Rehearsal
) -> None:
    session.do("help")
    session.do("resume")
    session.do("cannot")
    wait(rehearsal, TIMES.waiting_for_staff)
    assert session.screen().kind == "idle"
    hall_says(rehearsal, state="en_route", staff="李芳")
    assert session.screen().name == "order-reason"
