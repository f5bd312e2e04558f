"""Staff help at the kiosk: asked first, ended at any time, everything covered, everything written down."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import numpy as np
import pytest
from rehearsed import wait

from forms import mask
from kiosk.devices.cards import Card
from kiosk.hall.staff_at_kiosk import NotStaff
from kiosk.screens.common.model import Screen
from kiosk.session.handlers.idle import Times
from kiosk.session.session import Session
from kiosk.state.assistance import REASONS, UNCOVERED_S, Staff
from kiosk.state.draft import draft_of
from kiosk.state.hall_news import StaffCall
from kiosk.testing.rehearsal import Rehearsal
from kiosk.walk.assisting import PIN, TOO_MANY, WRONG
from protocol.calls.messages import Arrival, ArrivedBy
from protocol.calls.states import CallState
from protocol.levels import By, Claim
from protocol.queries.progress import Answer, Inputs

BADGE, SERVICE = "YLB1.any.badge", "old-age-allowance"
LI_FANG = Staff(UUID(int=7), "李芳", 3600.0)
NUMBER, ANOTHER = "110105193812310028", "11010519491231002X"


@pytest.fixture
def session(rehearsal: Rehearsal) -> Session:
    """At the question of the ID number, which is half typed."""
    session = rehearsal.session
    session.do("start")
    session.do("choose", SERVICE)
    session.do("next")
    session.do("settings")
    session.do("set", "text=L")
    session.do("resume")
    visit = session.state.visit
    assert visit
    ids = [one.id for one in visit.fields()]
    before = ids[: ids.index("resident_id")]
    visit.fill({name: visit.service.field(name).example for name in before} | {"name": "仇玉兰"})
    session._presenter.load_entry()
    assert session.screen().name == "question-resident_id"
    type_in(session, NUMBER[:8])
    rehearsal.hall.staff.by_badge[BADGE] = LI_FANG
    return session


def type_in(session: Session, digits: str) -> None:
    for digit in digits:
        session.do("type", digit)


def badge(rehearsal: Rehearsal) -> None:
    rehearsal.session.scanned(BADGE)
    rehearsal.finish_background()


def help_begins(rehearsal: Rehearsal) -> None:
    badge(rehearsal)
    rehearsal.session.do("agree_help")


def noted(rehearsal: Rehearsal) -> list[tuple[str, str]]:
    return [(who, act) for who, act, _, _ in rehearsal.hall.staff.noted]


def answer_everything(session: Session) -> None:
    """To the check screen, as the visitor would."""
    visit = session.state.visit
    assert visit
    visit.fill({one.id: one.example for one in visit.service.fields} | {"name": "仇玉兰", "resident_id": NUMBER})
    session._presenter.load_entry()


def words(screen: Screen) -> str:
    """All that can be read on a screen."""
    entry = screen.entry
    parts = [screen.title, *screen.lines, *screen.notices, *screen.say]
    parts += [text for row in screen.rows for text in (row.label, row.value, *row.say)]
    parts += [entry.value, entry.display, entry.said] if entry else []
    return " ".join(parts).replace(" ", "")


def private_values(session: Session) -> list[str]:
    visit = session.state.visit
    assert visit
    found = ((one, visit.answers.get(one.id, "")) for one in visit.fields())
    return [value for one, value in found if mask(one, value) != value and len(value) > 3]


def test_who_comes_is_asked_for_and_the_call_says_so(session: Session, rehearsal: Rehearsal) -> None:
    badge(rehearsal)
    screen = session.screen()
    assert screen.title == "工作人员李芳想在这台机器上帮您。可以吗？"
    assert screen.say[1] == "李芳", "aloud too"
    assert rehearsal.hall.arrivals == [Arrival(staff="李芳", by=ArrivedBy.BADGE)]
    assert noted(rehearsal) == [("staff", "staff_arrived")]


def test_no_leaves_everything_as_it_was(session: Session, rehearsal: Rehearsal) -> None:
    before, look = draft_of(session.state), session.look
    badge(rehearsal)
    session.do("decline_help")
    rehearsal.finish_background()
    assert (draft_of(session.state), session.look) == (before, look)
    assert session.screen().help.button.action == "help"
    assert session.screen().entry == replace(session.screen().entry, value=NUMBER[:8])
    assert rehearsal.hall.moves == []
    assert noted(rehearsal)[-1] == ("visitor", "help_declined")


def test_before_the_visitor_has_said_yes_staff_can_do_nothing(session: Session, rehearsal: Rehearsal) -> None:
    badge(rehearsal)
    for action, value in (("steps", None), ("vouch", None), ("help_done", None), ("jump", "name")):
        session.do(action, value)
    assert session.screen().name == "assist-consent"
    assert not session.state.assisted


@pytest.mark.parametrize(("action", "who"), [("end_help", "visitor"), ("help_done", "staff")])
def test_look_and_place_come_back(session: Session, rehearsal: Rehearsal, action: str, who: str) -> None:
    look = session.look
    help_begins(rehearsal)
    session.do("steps")
    session.do("settings")
    session.do("set", "text=S")
    session.do("set", "contrast=dark")
    session.do("lang", "en")
    session.do("resume")
    session.do("steps")
    session.do("jump", "name")
    session.do("steps")
    session.do(action)
    assert session.look == look
    assert session.screen().name == "question-resident_id"
    assert session.screen().entry.value == NUMBER[:8]
    assert noted(rehearsal)[-1] == (who, "help_ended")
    assert session.screen().help.button.action == "help"
    rehearsal.finish_background()
    assert rehearsal.hall.moves == (["assist", "resolve"] if who == "staff" else ["assist"])


def test_what_was_answered_with_help_is_not_asked_again(session: Session, rehearsal: Rehearsal) -> None:
    help_begins(rehearsal)
    type_in(session, NUMBER)
    session.do("next")
    session.do("end_help")
    visit = session.state.visit
    assert visit
    assert visit.answers["resident_id"] == NUMBER
    assert session.screen().name != "question-resident_id"


def test_it_can_be_ended_by_a_phrase(session: Session, rehearsal: Rehearsal) -> None:
    help_begins(rehearsal)
    session.hear("不用帮了")
    assert not session.state.assisted


def test_what_was_typed_before_is_covered_and_put_in_anew(session: Session, rehearsal: Rehearsal) -> None:
    help_begins(rehearsal)
    assert NUMBER[:8] not in words(session.screen())
    session.do("erase")
    assert not session.screen().entry.value, "no digit of it is left to be seen"
    type_in(session, "11")
    assert session.screen().entry.value == "11", "what is put in with help is seen"


def test_no_value_is_seen_whole_on_any_screen(session: Session, rehearsal: Rehearsal) -> None:
    answer_everything(session)
    assert session.screen().name == "check"
    assert NUMBER in words(session.screen())
    help_begins(rehearsal)
    seen = [session.screen()]
    session.do("steps")
    seen.append(session.screen())
    names = [row.change.value for row in session.screen().rows if row.change and row.change.action == "jump"]
    for name in names:
        session.do("jump", name)
        seen.append(session.screen())
        session.do("steps")
    session.do("covered")
    seen.append(session.screen())
    assert len(names) > 5
    for value in private_values(session):
        assert not [one.name for one in seen if value in words(one)], value


def test_one_is_uncovered_for_a_reason_and_a_moment(session: Session, rehearsal: Rehearsal) -> None:
    answer_everything(session)
    help_begins(rehearsal)
    session.do("steps")
    session.do("covered")
    session.do("uncover", f"{SERVICE}:resident_id")
    assert NUMBER not in words(session.screen()), "not before a reason is given"
    session.do("uncover_why", REASONS[1])
    shown = words(session.screen())
    assert NUMBER in shown
    assert session.screen().rows[0].value.replace(" ", "") == NUMBER, "on the first page, whichever it was on"
    assert not [value for value in private_values(session) if value != NUMBER and value in shown]
    assert rehearsal.hall.staff.noted[-1] == ("staff", "uncovered", "resident_id", REASONS[1])
    wait(rehearsal, UNCOVERED_S)
    assert NUMBER not in words(session.screen())


def test_corrections_are_written_down_by_question_and_never_by_value(session: Session, rehearsal: Rehearsal) -> None:
    answer_everything(session)
    help_begins(rehearsal)
    session.do("steps")
    session.do("jump", "resident_id")
    type_in(session, ANOTHER)
    session.do("next")
    visit = session.state.visit
    assert visit
    assert visit.answers["resident_id"] == ANOTHER
    assert ("staff", "jumped", "resident_id", "") in rehearsal.hall.staff.noted
    assert ("staff", "corrected", "resident_id", "") in rehearsal.hall.staff.noted
    assert not [one for one in rehearsal.hall.staff.noted if NUMBER in str(one) or ANOTHER in str(one)]


def test_nothing_is_sent_while_staff_help(session: Session, rehearsal: Rehearsal) -> None:
    answer_everything(session)
    help_begins(rehearsal)
    session.do("send")
    assert not rehearsal.hall.kept
    assert not session.state.assisted
    assert NUMBER in words(session.screen()), "the visitor sees all of it"
    assert session.screen().remark == "请您自己看一遍。都对，就按“交上去”。"
    session.do("send")
    assert len(rehearsal.hall.kept) == 1


def test_staff_do_not_come_upon_what_the_visitor_has_said_of_them(session: Session, rehearsal: Rehearsal) -> None:
    session.microphone_is(available=True)
    for action, value in (("cannot", None), ("reason", ""), ("decline", None), ("record", None)):
        session.do(action, value)  # type: ignore[arg-type]
    session.record(np.full(16_000, 9_000, np.int16))
    for action in ("recorded", "help"):
        session.do(action)
    help_begins(rehearsal)
    for action in ("steps", "cannot", "resume"):
        session.do(action)
        assert not session.screen().name.startswith("order")
    session.state.location = "errands"
    session.do("cannot")
    assert not session.screen().name.startswith("order"), "nor may they put another in its place"
    session.state.location = "visit"
    session.do("end_help")
    assert session.screen().name == "order-spoken", "it is the visitor's, and still there"
    session.do("help")
    badge(rehearsal)
    session.do("decline_help")
    assert session.screen().name == "order-spoken"


def test_strip_and_end_are_on_every_screen(rehearsal: Rehearsal) -> None:
    """Through the whole walk of one service, as if staff helped all the way."""
    helper = Rehearsal(rehearsal.catalogue, rehearsal.session.texts, rehearsal.pinyin)
    helper.hall.staff.by_badge[BADGE] = LI_FANG
    help_begins(helper)
    helped, seen = helper.session.state.assistance, set[str]()
    for label, _ in helper.walk([SERVICE]):
        state = helper.session.state
        if label.startswith(("assist", "maintenance")) or state.location in ("attract", "goodbye"):
            continue
        kept, state.assistance = state.assistance, helped
        screen, state.assistance = helper.session.screen(), kept
        seen.add(screen.kind)
        assert screen.help.message == "李芳在帮您", label
        assert screen.help.button.action == "end_help", label
        assert any(phrase.action == "end_help" for phrase in screen.phrases), label
    assert len(seen) > 10


def test_after_ten_minutes_without_a_touch_it_ends_by_itself(session: Session, rehearsal: Rehearsal) -> None:
    help_begins(rehearsal)
    wait(rehearsal, Times().assisted - 1)
    assert session.state.assisted, "two people talk: nobody is asked whether they are there"
    assert session.state.overlay is None
    wait(rehearsal, 1)
    assert not session.state.assisted
    assert rehearsal.hall.staff.noted[-1][1:] == ("help_ended", str(LI_FANG.member), "time")


@pytest.mark.parametrize("state", [CallState.ARRIVED, CallState.ASSISTING])
def test_who_has_gone_with_staff_leaves_no_form_on_the_screen(
    session: Session, rehearsal: Rehearsal, state: CallState
) -> None:
    rehearsal.hall.call_state = StaffCall(state, "李芳", True)
    help_begins(rehearsal)
    wait(rehearsal, Times().assisted + 1)
    assert session.screen().kind == "idle"
    wait(rehearsal, Times().idle_countdown)
    assert session.screen().kind == "attract"


def test_a_card_on_the_reader_does_not_hide_what_the_visitor_is_asked(session: Session, rehearsal: Rehearsal) -> None:
    badge(rehearsal)
    session.card_read(Card(NUMBER, "仇玉兰"))
    assert session.screen().name == "assist-consent"


def test_it_ends_with_the_shift_of_the_badge(session: Session, rehearsal: Rehearsal) -> None:
    rehearsal.hall.staff.by_badge[BADGE] = replace(LI_FANG, lasts_s=30.0)
    help_begins(rehearsal)
    wait(rehearsal, 30)
    assert not session.state.assisted
    assert rehearsal.hall.staff.noted[-1][3] == "shift"


def test_it_ends_with_the_visit(session: Session, rehearsal: Rehearsal) -> None:
    help_begins(rehearsal)
    session.wipe()
    rehearsal.finish_background()
    assert session.state.assistance is None
    assert session.look.text == "M"
    assert rehearsal.hall.staff.here is None
    assert rehearsal.hall.staff.noted[-1][3] == "visit"


def test_after_a_crash_the_visit_comes_back_without_staff(session: Session, rehearsal: Rehearsal) -> None:
    help_begins(rehearsal)
    session.do("steps")
    session.do("settings")
    session.do("set", "text=S")
    session.do("resume")
    after = Rehearsal(rehearsal.catalogue, session.texts, rehearsal.pinyin)
    after.session.restore(session.draft())
    assert after.session.state.assistance is None
    assert after.session.look.text == "L"
    assert after.session.screen().entry.value == NUMBER[:8]


def test_a_badge_that_is_none_changes_nothing(session: Session, rehearsal: Rehearsal) -> None:
    session.scanned("YLB1.not.ours")
    rehearsal.finish_background()
    assert session.screen().remark.startswith("这张工牌不能用")
    assert session.state.assistance is None
    assert noted(rehearsal) == [("kiosk", "staff_refused")]


def test_a_badge_that_is_judged_after_its_visitor_has_gone_helps_nobody(session: Session, rehearsal: Rehearsal) -> None:
    session.scanned(BADGE)
    session.wipe()
    rehearsal.finish_background()
    assert session.state.assistance is None
    assert rehearsal.hall.staff.here is None


@pytest.fixture
def at_pin(session: Session, rehearsal: Rehearsal) -> Iterator[Session]:
    rehearsal.hall.staff.by_pin = {PIN: LI_FANG, TOO_MANY: NotStaff("wait", 30)}
    rehearsal.hall.staff.listed = ("李芳", "王强")
    session.do("help")
    rehearsal.hall.call_state = replace(rehearsal.hall.call_state, state=CallState.ACKNOWLEDGED, staff="王强")
    session.tick()
    session.do("staff_way")
    assert [one.label for one in session.screen().choices] == ["王强", "李芳"], "first who has the call"
    session.do("staff_name", "李芳")
    return session


def try_pin(rehearsal: Rehearsal, pin: str) -> None:
    type_in(rehearsal.session, pin)
    rehearsal.session.do("next")
    rehearsal.finish_background()


def test_by_name_and_pin(at_pin: Session, rehearsal: Rehearsal) -> None:
    try_pin(rehearsal, WRONG)
    assert at_pin.screen().error == "名字和密码对不上，请再输一次。"
    try_pin(rehearsal, PIN)
    assert at_pin.screen().name == "assist-consent"
    assert rehearsal.hall.arrivals == [Arrival(staff="李芳", by=ArrivedBy.PIN)]


def test_after_too_many_wrong_pins_one_waits(at_pin: Session, rehearsal: Rehearsal) -> None:
    try_pin(rehearsal, TOO_MANY)
    assert "30" in at_pin.screen().error
    try_pin(rehearsal, PIN)
    assert at_pin.screen().name == "assist-pin", "not even the right one meanwhile"
    wait(rehearsal, 30)
    try_pin(rehearsal, PIN)
    assert at_pin.screen().name == "assist-consent"


def test_without_a_line_no_pin_counts(at_pin: Session, rehearsal: Rehearsal) -> None:
    rehearsal.hall.staff.by_pin[PIN] = NotStaff("no_line")
    try_pin(rehearsal, PIN)
    assert at_pin.screen().error == "现在没有网，密码核对不了。请扫工牌。"


def test_who_has_seen_card_and_face_asks_for_the_visitor(rehearsal: Rehearsal) -> None:
    """What else only a card on the reader answers may then be typed, and the hall is told by whom it was seen."""
    session = rehearsal.session
    rehearsal.hall.staff.by_badge[BADGE] = LI_FANG
    rehearsal.hall.answers["progress"] = Answer(lines=[])
    session.do("start")
    session.do("choose", "progress-query")
    session.do("next")
    session.do("answer", "card")
    assert session.screen().entry.kind == "choice"
    help_begins(rehearsal)
    session.do("steps")
    session.do("vouch")
    type_in(session, NUMBER)
    session.do("next")
    rehearsal.seconds += 60
    session.do("ask")
    rehearsal.finish_background()
    assert rehearsal.hall.asked == (Inputs(resident_id=NUMBER), Claim(By.STAFF, 60))
    session.do("another")
    assert session.state.assisted
    assert session.state.assisted.vouched_at is None, "that was of this visitor"
