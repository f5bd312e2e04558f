"""A question that is offered by a query: what is left is written on the choices, full ones are taken away, and without
an answer of the hall every one is a wish."""

from datetime import timedelta

import pytest

from kiosk.screens.common.model import Button
from kiosk.session.session import Session
from kiosk.testing.rehearsal import Rehearsal
from kiosk.walk.errands import answer
from kiosk.walk.walked_terminal import TODAY
from protocol.queries import Office
from protocol.queries.hospital_slots import Answer, Inputs

TOMORROW, AFTER = TODAY + timedelta(days=1), TODAY + timedelta(days=2)
MORNING, AFTERNOON = f"{TOMORROW}-morning", f"{TOMORROW}-afternoon"


def at_the_question(rehearsal: Rehearsal) -> Session:
    session = rehearsal.session
    session.do("start")
    session.do("choose", "hospital-appointment")
    session.do("next")
    visit = session.state.visit
    assert visit is not None
    while visit.field_id != "half_day":
        answer(rehearsal)
    return session


def told(rehearsal: Rehearsal, **left: int) -> Session:
    counts = {f"{TOMORROW}-{half}": count for half, count in left.items()}
    rehearsal.hall.answers["hospital_slots"] = Answer(office=Office.TOLD, left=counts)
    session = at_the_question(rehearsal)
    rehearsal.finish_background()
    return session


def button(session: Session, value: str) -> Button:
    return next(one for one in session.screen().choices if one.value == value)


def test_what_is_left_is_written_on_each_and_what_is_full_cannot_be_taken(rehearsal: Rehearsal) -> None:
    session = told(rehearsal, morning=5, afternoon=0)
    assert rehearsal.hall.asked == (Inputs(hospital="county", department="bones"), None)
    assert (button(session, MORNING).detail, button(session, MORNING).enabled) == ("还有 5 个号", True)
    assert (button(session, AFTERNOON).detail, button(session, AFTERNOON).enabled) == ("满了", False)
    assert (button(session, f"{AFTER}-morning").detail, button(session, f"{AFTER}-morning").enabled) == ("", True)
    assert "写着“满了”的，选不了。" in session.screen().lines
    assert session.to_say() == ("还有几个号，写在每一个上面了。",)
    session.do("answer", AFTERNOON)
    session.hear("明天下午")
    assert session.screen().name == "question-half_day"
    assert "明天下午" not in [phrase.text for phrase in session.screen().phrases]
    session.hear("明天上午")
    assert session.state.visit is not None
    assert session.state.visit.answers["half_day"] == MORNING


def test_while_the_hall_is_asked_one_may_choose_already(rehearsal: Rehearsal) -> None:
    rehearsal.hall.answers["hospital_slots"] = Answer(office=Office.TOLD, left={MORNING: 0})
    session = at_the_question(rehearsal)
    assert "正在问还有几个号。您也可以先选。" in session.screen().lines
    assert all(one.enabled and not one.detail for one in session.screen().choices)
    session.do("answer", MORNING)
    said, name = session.utterances, session.screen().name
    rehearsal.finish_background()
    assert (session.utterances, session.screen().name) == (said, name), "what comes late disturbs nobody"


@pytest.mark.parametrize("office", [Office.AWAY, Office.NOTHING, Office.NOT_ASKED, None])
def test_where_nobody_tells_all_are_wishes_that_staff_confirm(rehearsal: Rehearsal, office: Office | None) -> None:
    """None: the line to the hall is down."""
    if office:
        rehearsal.hall.answers["hospital_slots"] = Answer(office=office)
    session = at_the_question(rehearsal)
    rehearsal.finish_background()
    assert "您选的先记下，工作人员会跟您确认。" in session.screen().lines[0]
    assert all(one.enabled and not one.detail for one in session.screen().choices)
    session.do("answer", MORNING)
    visit = session.state.visit
    assert visit is not None
    while visit.stage == "question":
        answer(rehearsal)
    session.do("send")
    assert rehearsal.hall.kept[0].answers["half_day"] == MORNING
    (told,) = [line for line in session.screen().lines if line.startswith("这个号还没定")]
    assert told.endswith("不去了，前一天 16 点前打电话说一声。")


def test_where_all_are_full_any_day_is_left(rehearsal: Rehearsal) -> None:
    every = {f"{TODAY + timedelta(days=ahead)}-{half}": 0 for ahead in range(9) for half in ("morning", "afternoon")}
    rehearsal.hall.answers["hospital_slots"] = Answer(office=Office.TOLD, left=every)
    session = at_the_question(rehearsal)
    rehearsal.finish_background()
    assert [one.value for one in session.screen().choices if one.enabled] == ["any"]
    assert "这几天都满了。选“哪天都行”，工作人员帮您排。" in session.screen().lines
    session.hear("哪天都行")
    assert session.state.visit is not None
    assert session.state.visit.answers["half_day"] == "any"


def test_another_department_is_asked_for_anew(rehearsal: Rehearsal) -> None:
    session = told(rehearsal, morning=5)
    session.do("back")
    session.do("answer", "teeth")
    assert button(session, MORNING).detail == "", "what is left for bones says nothing about teeth"
    rehearsal.finish_background()
    assert rehearsal.hall.asked == (Inputs(hospital="county", department="teeth"), None)


def test_nothing_of_it_stays_for_the_next_visitor(rehearsal: Rehearsal) -> None:
    session = told(rehearsal, morning=5)
    session.wipe()
    assert session.state.left is None


def test_the_check_screen_and_the_language_of_the_moment(rehearsal: Rehearsal) -> None:
    session = told(rehearsal, morning=5)
    session.do("lang", "en")
    assert button(session, MORNING).detail == "5 left"
    session.do("answer", MORNING)
    visit = session.state.visit
    assert visit is not None
    while visit.stage == "question":
        answer(rehearsal)
    rows = {row.label: row.value for row in session.screen().rows}
    assert rows["Half-day"] == "Tuesday, November 24, morning"
