"""What one terminal does, without widgets: every button, every silence, and that nothing of a visitor stays."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from one_form import begin_for_oneself
from rehearsed import wait
from sampled import sample
from stdnum.iso7064 import mod_11_2

from forms import Catalogue
from kiosk.entry.pinyin import PinyinTable
from kiosk.hall.in_memory import RECEIPT_NUMBER as NUMBER
from kiosk.screens.common.model import Screen
from kiosk.screens.common.offered import offers
from kiosk.session.handlers.idle import Times
from kiosk.session.session import Session
from kiosk.state.hall_news import StaffCall
from kiosk.state.look import Look
from kiosk.state.maintenance import MaintenanceState
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts
from kiosk.texts.words import Words as KnownWords
from protocol.calls.states import CallState
from protocol.queries.progress import Answer, Line
from protocol.wire import ProgressStatus, Words

ALLOWANCE = "old-age-allowance"
TIMES = Times()
RARE = {
    "name": "仇玉兰",
    "resident_id": "320106194107080043",
    "phone": "19912345678",
    "bank_card": "6217001234567890124",
}


@pytest.fixture
def session(rehearsal: Rehearsal) -> Session:
    return rehearsal.session


@pytest.fixture
def spoken(session: Session) -> list[tuple[str, ...]]:
    """Every utterance, in order."""
    said: list[tuple[str, ...]] = []
    session.on_speak(lambda kind, parts: said.append(parts))
    return said


def question(session: Session, field: str, service: str = ALLOWANCE) -> Screen:
    """Go to one question, answering those before it with their examples."""
    session.do("start")
    session.do("choose", service)
    session.do("next")
    while session.state.visit and session.state.visit.field.id != field:
        answer(session)
    return session.screen()


def answer(session: Session, text: str | None = None) -> None:
    assert session.state.visit
    asked = session.state.visit.field
    if asked.type in ("choice", "consent"):
        offered = [choice.id for choice in session.state.visit.choices()]
        session.do(
            "answer", text or (asked.example if asked.type == "consent" or asked.example in offered else offered[0])
        )
    else:
        session.state.entry.add(asked.example if text is None else text)
        session.do("next")
    assert not session.screen().error, session.screen().error


def born(day: str) -> str:
    body = f"110105{day}004"
    return body + mod_11_2.calc_check_digit(body)


def check(session: Session, service: str = ALLOWANCE, **answers: str) -> Screen:
    session.do("start")
    session.do("choose", service)
    session.do("next")
    while session.state.visit and session.state.visit.stage == "question":
        answer(session, answers.get(session.state.visit.field.id))
    return session.screen()


# the way through


def test_a_whole_errand(session: Session, rehearsal: Rehearsal) -> None:
    assert session.screen().name == "attract"
    session.do("start")
    assert session.screen().name == "home"
    session.do("choose", ALLOWANCE)
    shown = session.screen()
    assert [row.label for row in shown.rows] == ["身份证", "户口本", "银行卡或存折"]
    session.do("home")  # not on this screen
    session.do("next")
    while session.state.visit and session.state.visit.stage == "question":
        answer(session)
    assert session.screen().name == "check"
    session.do("send")
    shown = session.screen()
    assert shown.name == "receipt-saved"
    assert shown.qr == f"YLK1:{NUMBER}"
    assert "已保存，还没送到" in [row.value for row in shown.rows]
    assert rehearsal.hall.kept
    rehearsal.hall.state = "delivered"
    session.tick()
    assert session.screen().name == "receipt-delivered"
    session.do("finish")
    assert session.screen().name == "goodbye"
    wait(rehearsal, TIMES.goodbye)
    assert session.screen().name == "attract"


def test_back_from_the_first_question_and_in_again_loses_nothing(session: Session) -> None:
    question(session, "phone")
    while session.screen().name != "home":
        session.do("back")
    begin_for_oneself(session)
    assert session.screen().entry
    assert session.screen().entry.value == "王秀英"
    session.do("next")
    assert session.screen().entry.display == "110105 19491231 002X"


def test_what_is_known_is_shown_before_another_errand_takes_it(session: Session) -> None:
    check(session)
    session.do("send")
    session.do("another")
    session.do("choose", ALLOWANCE)
    session.do("next")
    shown = session.screen()
    assert shown.name == "known-1"
    assert session.state.visit
    assert session.state.visit.answers == {}


def test_what_is_typed_is_shown_again_after_a_mistake(session: Session) -> None:
    question(session, "resident_id")
    for digit in "1101051949":
        session.do("type", digit)
    session.do("next")
    shown = session.screen()
    assert shown.name == "question-resident_id"
    assert "身份证号码" in shown.error
    assert "110105……002X" in shown.error
    assert shown.entry
    assert shown.entry.value == "1101051949"
    session.do("type", "1")
    assert session.screen().error == ""


def test_pinyin_not_yet_a_character_is_never_dropped(session: Session) -> None:
    question(session, "name")
    for character, letters in (("王", "wang"), ("秀", "xiu")):
        for letter in letters:
            session.do("letter", letter)
        session.do("pick", character)
    for letter in "ying":
        session.do("letter", letter)
    session.do("next")
    shown = session.screen()
    assert shown.name == "question-name", "王秀 is not the whole name"
    assert any("还没有选好" in notice for notice in shown.notices)
    assert shown.entry
    assert (shown.entry.value, shown.entry.composing) == ("王秀", "ying")
    session.do("pick", "英")
    session.do("next")
    assert session.state.visit
    assert session.state.visit.answers["name"] == "王秀英"


def test_no_phone_then_a_phone_after_all(session: Session) -> None:
    question(session, "phone")
    session.do("answer", "none")
    session.do("back")
    assert session.screen().choices[0].selected
    session.do("next")
    assert session.state.visit
    assert session.state.visit.answers["phone"] == "none"
    session.do("back")
    for digit in "13800138000":
        session.do("type", digit)
    session.do("next")
    assert session.state.visit.answers["phone"] == "13800138000"


def test_late_and_double_presses_do_nothing(session: Session) -> None:
    session.do("start")
    session.do("start")
    session.do("choose", ALLOWANCE)
    session.do("choose", ALLOWANCE)
    session.do("send")
    session.do("answer", "yes")
    session.do("nonsense")
    session.do("help", "nonsense")
    assert session.screen().name == "prerequisites"
    session.do("next")
    session.do("answer", "self")
    session.do("answer", "self")
    for letter in "wang":
        session.do("letter", letter)
    session.do("pick", "王")
    session.do("pick", "王")  # the list is gone by then
    session.do("type", "7")
    session.do("letter", "W")
    session.do("letter", "")
    session.do("pick", "<b>")
    assert session.state.entry.text == "王"


def test_a_second_send_keeps_nothing_twice(session: Session, rehearsal: Rehearsal) -> None:
    check(session)
    session.do("send")
    rehearsal.hall.kept = ()
    session.do("send")
    assert not rehearsal.hall.kept


def test_a_number_pad_takes_only_its_own_keys(session: Session) -> None:
    question(session, "resident_id")
    for key in ("1", "12", "x", "X", "王", "", "-"):
        session.do("type", key)
    session.do("letter", "a")
    assert session.state.entry.text == "1X"


def test_a_disk_that_fills_up_keeps_the_form_on_the_screen(session: Session, rehearsal: Rehearsal) -> None:
    check(session)
    rehearsal.hall.broken = "store_full"
    session.do("send")
    assert session.screen().name == "trouble-store_full"
    assert not rehearsal.hall.kept
    session.do("resume")
    rehearsal.hall.broken = None
    session.do("send")
    assert session.screen().name == "receipt-saved"


def test_no_form_is_begun_that_could_not_be_kept(session: Session, rehearsal: Rehearsal) -> None:
    rehearsal.hall.broken = "no_hall_key"
    session.do("start")
    session.do("choose", ALLOWANCE)
    assert session.screen().name == "trouble-no_hall_key"
    assert session.screen().help.button.enabled
    session.do("home")
    session.do("choose", "progress-query")
    assert session.screen().name == "prerequisites", "asking needs no room on the disk"


# words that do not put anybody down


@pytest.mark.parametrize("service", [ALLOWANCE, "pension-certification"])
def test_a_young_person_is_told_kindly_and_can_send(session: Session, service: str) -> None:
    shown = check(session, service, resident_id=born("19900101"))
    assert "照样可以交" in shown.rows[0].value
    assert shown.primary
    assert shown.primary.action == "send"
    session.do("send")
    assert session.screen().kind == "receipt"


def test_two_mistakes_offer_help(session: Session, spoken: list[tuple[str, ...]], texts: Texts) -> None:
    question(session, "resident_id")
    offer = texts.said("voice.take_your_time", "zh")
    session.do("type", "1")
    session.do("next")
    assert offer not in spoken[-1]
    session.do("next")
    assert spoken[-1][0] == session.screen().error
    assert offer in spoken[-1]


def test_forty_quiet_seconds_offer_help_once(
    session: Session, rehearsal: Rehearsal, spoken: list[tuple[str, ...]], texts: Texts
) -> None:
    question(session, "resident_id")
    offer = (texts.said("voice.take_your_time", "zh"),)
    wait(rehearsal, TIMES.offer_help - 1)
    assert offer not in spoken
    wait(rehearsal, 30)
    assert spoken.count(offer) == 1
    assert session.screen().name == "question-resident_id"


def test_nobody_who_copies_the_receipt_is_offered_help(
    session: Session, rehearsal: Rehearsal, spoken: list[tuple[str, ...]], texts: Texts
) -> None:
    check(session)
    session.do("send")
    wait(rehearsal, TIMES.idle_warning - 1)
    assert (texts.said("voice.take_your_time", "zh"),) not in spoken


# silence


def test_the_idle_warning_counts_down_and_wipes(session: Session, rehearsal: Rehearsal) -> None:
    question(session, "phone")
    wait(rehearsal, TIMES.idle_warning - 1)
    assert session.screen().name == "question-phone"
    wait(rehearsal, 1)
    assert session.screen().name == "idle"
    assert "45" in session.screen().lines[0]
    wait(rehearsal, 40)
    assert "，5 " in session.screen().lines[0]
    wait(rehearsal, 5)
    assert session.screen().name == "attract"
    assert session.state.visit is None


def test_still_here_as_often_as_one_likes(session: Session, rehearsal: Rehearsal) -> None:
    question(session, "phone")
    session.do("type", "1")
    for _ in range(12):
        wait(rehearsal, TIMES.idle_warning + TIMES.idle_countdown - 1)
        assert session.screen().name == "idle"
        session.do("still_here")
        assert session.screen().name == "question-phone"
    assert session.state.entry.text == "1"


def test_a_press_beside_the_button_does_not_lengthen_the_countdown(session: Session, rehearsal: Rehearsal) -> None:
    session.do("start")
    wait(rehearsal, TIMES.idle_warning + 10)
    session.do("type", "1")
    wait(rehearsal, 1)
    assert session.state.idle.seconds_left < TIMES.idle_countdown


def test_a_terminal_that_slept_warns_before_it_wipes(session: Session, rehearsal: Rehearsal) -> None:
    question(session, "phone")
    rehearsal.seconds += 3600
    session.tick()
    assert session.screen().name == "idle"
    assert session.state.visit


def test_a_television_keeps_no_visit_alive(session: Session, rehearsal: Rehearsal) -> None:
    question(session, "phone")
    for _ in range(20):
        wait(rehearsal, 10)
        session.hear(None)
    assert session.state.visit is None
    wait(rehearsal, TIMES.idle_warning + TIMES.idle_countdown)
    assert session.screen().name == "attract"


def test_an_untouched_terminal_rests(session: Session, rehearsal: Rehearsal, spoken: list[tuple[str, ...]]) -> None:
    changes: list[None] = []
    session.on_change(lambda: changes.append(None))
    wait(rehearsal, 600)
    assert (spoken, changes) == ([], [])


def test_a_language_chosen_on_the_first_screen_does_not_stay(session: Session, rehearsal: Rehearsal) -> None:
    session.do("lang", "en")
    wait(rehearsal, TIMES.idle_warning)
    assert session.look == Look()


def reachable(thing: object, seen: dict[int, object]) -> Iterator[str]:
    """Every text that can be reached from an object, but not through the program itself."""
    if id(thing) in seen or isinstance(thing, Catalogue | Texts | KnownWords | PinyinTable | type):
        return
    seen[id(thing)] = thing
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield from reachable(key, seen)
            yield from reachable(value, seen)
    elif isinstance(thing, list | tuple | set | frozenset):
        for one in thing:
            yield from reachable(one, seen)
    elif getattr(thing, "__closure__", None):
        for cell in thing.__closure__:  # type: ignore[attr-defined]
            yield from reachable(cell.cell_contents, seen)
    elif hasattr(thing, "__dict__"):
        yield from reachable(vars(thing), seen)


def leave_by_waiting(rehearsal: Rehearsal) -> None:
    wait(rehearsal, TIMES.idle_warning + TIMES.idle_countdown)


def leave_from_a_question(rehearsal: Rehearsal) -> None:
    while rehearsal.session.screen().name != "home":
        rehearsal.session.do("back")
    rehearsal.session.do("finish")
    rehearsal.session.do("finish")


def leave_with_a_receipt(rehearsal: Rehearsal) -> None:
    rehearsal.session.do("send")
    rehearsal.session.do("finish")


@pytest.mark.parametrize("leave", [leave_by_waiting, leave_from_a_question, leave_with_a_receipt])
def test_nothing_of_a_visitor_stays(rehearsal: Rehearsal, leave: Callable[[Rehearsal], None]) -> None:
    session = rehearsal.session
    session.on_change(None)
    rare = {**RARE, "resident_id": born("19410708")}
    check(session, **rare)
    session.do("change", "name")
    session.do("letter", "q")
    session.do("next")  # a mistake, with its sentence
    session.do("erase")
    session.do("back")
    everything = " ".join(reachable(session, {}))
    assert all(value in everything for value in rare.values()), "or the search below proves nothing"
    leave(rehearsal)
    rehearsal.hall.kept = ()
    left = " ".join(reachable(session, {}))
    for value in (*rare.values(), NUMBER, "仇", "玉兰"):
        assert value not in left


def test_the_look_goes_with_the_visitor(session: Session, rehearsal: Rehearsal) -> None:
    session.do("start")
    session.do("settings")
    for change in ("text=L", "contrast=yellow", "speed=slow", "volume=loud"):
        session.do("set", change)
    session.do("lang", "en")
    assert session.look == Look("en", "L", "yellow", "slow", "loud")
    session.do("set", "text=XXL")
    assert session.look.text == "L"
    session.do("resume")
    session.do("finish")
    wait(rehearsal, TIMES.goodbye)
    assert session.look == Look()


# help


def places(session: Session, rehearsal: Rehearsal) -> Iterator[str]:
    yield session.screen().name
    session.do("start")
    yield session.screen().name
    session.do("settings")
    yield session.screen().name
    session.do("resume")
    question(session, "resident_id")
    yield session.screen().name
    wait(rehearsal, TIMES.idle_warning)
    yield session.screen().name
    session.do("still_here")
    while session.state.visit and session.state.visit.stage == "question":
        answer(session)
    yield session.screen().name
    session.do("send")
    yield session.screen().name
    session.do("finish")
    yield session.screen().name


def test_help_can_be_called_from_everywhere(session: Session, rehearsal: Rehearsal) -> None:
    names = []
    for name in places(session, rehearsal):
        names.append(name)
        session.do("help")
        assert rehearsal.hall.call_state, name
        assert session.screen().kind == "help", name
        assert session.screen().title == "正在叫工作人员"
        session.do("cancel_help")
        assert not rehearsal.hall.call_state.is_open
        if name == "idle":
            wait(rehearsal, TIMES.idle_warning)
        if name == "settings":
            session.do("settings")
    assert names == [
        "attract", "home", "settings", "question-resident_id", "idle", "check", "receipt-saved", "goodbye",
    ]  # fmt: skip


def test_staff_learn_where_the_person_is_but_nothing_of_what_is_typed(session: Session, rehearsal: Rehearsal) -> None:
    told: list[tuple[str, str | None]] = []
    rehearsal.hall.call = lambda screen, service, matter, needs: told.append((screen, service))  # type: ignore[method-assign]
    question(session, "resident_id")
    session.do("type", "1")
    wait(rehearsal, TIMES.idle_warning)
    session.do("help")
    assert told == [("question-resident_id", ALLOWANCE)]


def test_a_second_press_makes_no_second_call(session: Session, rehearsal: Rehearsal) -> None:
    session.do("help")
    first = rehearsal.hall.call_state
    session.do("resume")
    session.do("help")
    rehearsal.seconds += 1
    session.do("help")
    assert rehearsal.hall.call_state == first


def call(rehearsal: Rehearsal, state: Any, staff: str = "", reached: bool = True) -> None:
    rehearsal.hall.call_state = StaffCall(CallState(state), staff, reached)
    rehearsal.session.tick()


def test_news_of_a_call_are_spoken_once(
    session: Session, rehearsal: Rehearsal, spoken: list[tuple[str, ...]], texts: Texts
) -> None:
    question(session, "phone")
    session.do("help")
    session.do("resume")
    spoken.clear()
    call(rehearsal, "notified")
    call(rehearsal, "en_route", "李敏")
    wait(rehearsal, 10)
    assert [one[0] for one in spoken] == [texts.said("help.bar.notified", "zh"), texts.said("help.who.en_route", "zh")]
    assert "李敏" in spoken[-1]
    assert "李敏" in session.screen().help.message
    assert session.screen().name == "question-phone", "the question stays"
    call(rehearsal, "closed", "李敏")
    wait(rehearsal, 1)
    assert spoken[-1] == (texts.said("help.closed", "zh"),)
    assert len(spoken) == 3


def test_nobody_is_hurried_while_staff_are_on_their_way(session: Session, rehearsal: Rehearsal) -> None:
    question(session, "phone")
    session.do("type", "1")
    session.do("help")
    wait(rehearsal, 600)
    assert session.screen().kind == "help"
    call(rehearsal, "closed")
    wait(rehearsal, TIMES.idle_warning - 1)
    session.do("resume")
    assert session.state.entry.text == "1", "staff closed the call; what the person typed is still there"


def test_whoever_leaves_leaves_no_call_behind(session: Session, rehearsal: Rehearsal) -> None:
    session.do("start")
    session.do("help")
    session.do("resume")
    session.do("finish")
    assert session.screen().name == "goodbye"
    wait(rehearsal, TIMES.goodbye)
    assert (session.screen().name, rehearsal.hall.call_state) == ("attract", None)


def test_a_forgotten_call_ends_the_visit(session: Session, rehearsal: Rehearsal) -> None:
    question(session, "phone")
    session.do("help")
    wait(rehearsal, TIMES.waiting_for_staff)
    assert session.screen().name == "idle", "nobody is thrown out unasked"
    wait(rehearsal, TIMES.idle_countdown)
    assert session.screen().name == "attract"
    assert rehearsal.hall.call_state is None


def test_staff_who_answer_in_the_countdown_end_it(session: Session, rehearsal: Rehearsal) -> None:
    question(session, "phone")
    session.do("type", "1")
    session.do("help")
    wait(rehearsal, TIMES.waiting_for_staff + 10)
    call(rehearsal, "acknowledged")
    wait(rehearsal, TIMES.idle_countdown)
    assert session.screen().name == "question-phone"
    assert session.state.entry.text == "1"


def test_help_called_from_the_first_screen_does_not_stay_there_for_ever(session: Session, rehearsal: Rehearsal) -> None:
    session.do("help")
    call(rehearsal, "closed")
    wait(rehearsal, TIMES.idle_warning + TIMES.idle_countdown + 1)
    assert session.screen().name == "attract"
    session.do("help")
    wait(rehearsal, TIMES.waiting_for_staff + TIMES.idle_countdown)
    assert (session.screen().name, rehearsal.hall.call_state) == ("attract", None)


def test_offline_the_words_are_honest(session: Session, rehearsal: Rehearsal) -> None:
    rehearsal.hall.offline = True
    session.do("help")
    shown = session.screen()
    assert shown.name == "help-offline"
    assert "还没通知到" in shown.lines[0]
    assert any("还没通知到" in part for part in session.to_say())
    assert "还没通知到" in shown.help.message
    call(rehearsal, "requested", reached=True)
    assert "还没通知到" not in " ".join((*session.screen().lines, session.screen().help.message))


def test_a_terminal_that_can_call_nobody_says_so(session: Session, rehearsal: Rehearsal) -> None:
    rehearsal.hall.cannot_call = True
    session.do("help")
    assert "窗口" in session.screen().lines[0]


def test_a_cancelled_call_is_answered_aloud(session: Session, texts: Texts) -> None:
    session.do("start")
    session.do("help")
    session.do("cancel_help")
    assert session.to_say() == (texts.said("help.cancelled", "zh"),)
    assert session.screen().help.state == "idle"


# the voice


def test_a_new_screen_is_read_once_when_it_opens(session: Session, spoken: list[tuple[str, ...]]) -> None:
    session.do("start")
    begin_for_oneself(session)
    assert len(spoken) == 4
    assert spoken[-1] == session.screen().say
    session.do("letter", "w")
    session.do("letter", "a")
    assert len(spoken) == 4


def test_say_again_and_a_mistake_first(session: Session, spoken: list[tuple[str, ...]]) -> None:
    question(session, "resident_id")
    session.do("repeat")
    assert spoken[-1] == session.screen().say
    session.do("next")
    session.do("repeat")
    assert spoken[-1] == (session.screen().error, *session.screen().say)


def test_the_language_switches_at_once_and_is_heard(session: Session, spoken: list[tuple[str, ...]]) -> None:
    question(session, "phone")
    session.do("lang", "en")
    assert session.screen().title == "What number can we call you on?"
    assert spoken[-1] == session.screen().say
    assert "What number can we call you on?" in spoken[-1]
    session.do("lang", "zh")
    assert spoken[-1][0] == "您的电话号码是多少？"


def test_phrases_do_what_buttons_do(session: Session, rehearsal: Rehearsal) -> None:
    session.hear("开始")
    session.hear("老年津贴")
    assert session.state.visit
    assert session.state.visit.service.id == ALLOWANCE
    session.hear("带齐了")
    assert session.screen().name == "question-for_whom"
    session.hear("返回")
    session.hear("退回去")
    assert session.screen().name == "home"
    session.hear("帮帮我")
    assert rehearsal.hall.call_state
    session.hear("接着办")
    session.hear("不办了")
    assert session.screen().name == "goodbye"


def test_every_phrase_of_every_screen_does_something(rehearsal: Rehearsal) -> None:
    """Of half of the services; `make walks` takes all."""
    catalogue = rehearsal.catalogue
    for label, shown in rehearsal.walk([*sample(catalogue.services, 0, 2), *catalogue.events]):
        for phrase in shown.phrases:
            assert offers(shown, phrase.action, phrase.value), (label, phrase)


def test_answers_can_be_said(session: Session) -> None:
    question(session, "hukou_here")
    session.hear("是本县")
    session.hear("没有电话")
    session.hear("清河镇")
    session.hear("河沿")
    assert session.state.visit
    assert (
        session.state.visit.answers | {"hukou_here": "yes", "phone": "none", "village": "qinghe_heyan"}
        == session.state.visit.answers
    )


def test_twice_misheard_offers_help(session: Session, spoken: list[tuple[str, ...]], texts: Texts) -> None:
    session.do("start")
    session.do("choose", ALLOWANCE)
    for heard in (None, "今天天气"):
        session.hear(heard)
    assert spoken[-2:] == [
        (texts.said("voice.not_understood", "zh"),),
        (texts.said("voice.offer_help", "zh"),),
    ]
    session.do("next")
    session.hear(None)
    assert spoken[-1] == (texts.said("voice.not_understood", "zh"),), "a new screen, a new try"
    assert session.screen().kind == "question"


# looking up


def progress_answer(zh: str, en: str, note: str = "") -> Answer:
    line = Line(
        receipt_number=NUMBER, service_id=ALLOWANCE, status=ProgressStatus.IN_REVIEW, words=Words(zh=zh, en=en),
        updated_at=datetime(2026, 11, 23, tzinfo=UTC), note=note,
    )  # fmt: skip
    return Answer(lines=[line])


def ask(session: Session) -> None:
    check(session, "progress-query")
    session.do("ask")


def test_progress_is_looked_up_beside_the_screen(session: Session, rehearsal: Rehearsal) -> None:
    rehearsal.hall.answers["progress"] = progress_answer("正在办", "Being done", "请带户口本")
    ask(session)
    assert session.screen().name == "answer-looking"
    rehearsal.finish_background()
    shown = session.screen()
    assert shown.name == "answer-found"
    assert [row.value for row in shown.rows] == ["请带户口本", "正在办", "4000 0000 0002"]
    assert "正在办" in session.to_say()


def test_offline_it_can_be_asked_again(session: Session, rehearsal: Rehearsal) -> None:
    ask(session)
    rehearsal.finish_background()
    assert session.screen().name == "answer-offline"
    rehearsal.hall.answers["progress"] = Answer(lines=[])
    session.do("ask")
    rehearsal.finish_background()
    assert session.screen().name == "answer-none"


def test_an_answer_that_comes_too_late_is_shown_to_nobody(session: Session, rehearsal: Rehearsal) -> None:
    rehearsal.hall.here[NUMBER] = "saved"
    ask(session)
    leave_by_waiting(rehearsal)
    said = session.utterances
    rehearsal.finish_background()
    assert session.screen().name == "attract"
    assert session.state.found == "looking"
    assert session.utterances == said


def test_an_answer_is_shown_to_the_question_that_was_asked_last(session: Session, rehearsal: Rehearsal) -> None:
    rehearsal.hall.answers["progress"] = progress_answer("正在办", "Being done")
    ask(session)
    session.do("back")
    session.do("ask")
    first, second = rehearsal._waiting
    first()
    assert session.screen().name == "answer-looking", "that was asked before"
    second()
    assert session.screen().name == "answer-found"


def test_an_answer_that_comes_after_going_back_is_not_said(session: Session, rehearsal: Rehearsal) -> None:
    session.do("start")
    session.do("choose", "opening-hours")
    session.do("back")
    said = session.utterances
    rehearsal.finish_background()
    assert (session.screen().name, session.utterances) == ("home", said)


def test_nothing_of_a_visitor_stays_in_the_state(session: Session, rehearsal: Rehearsal) -> None:
    fresh = Rehearsal(rehearsal.catalogue, rehearsal.session.texts, rehearsal.pinyin).session.state
    stays = ("idle", "visitors", "asked", "entry", "hall", "most_used")
    for _ in rehearsal.walk([ALLOWANCE, "medical-insurance-payment", "queue-ticket", "turning-eighty"]):
        pass
    session.state.maintenance = MaintenanceState(has_pin=True, typed="1234")
    session.state.to_drop, session.state.unheard, session.state.tried_keys = "x", 3, frozenset({"back"})
    session.wipe()
    left = {name: value for name, value in vars(session.state).items() if name not in (*stays, "headset")}
    assert left == {name: value for name, value in vars(fresh).items() if name in left}
    assert session.state.entry.text == ""


def test_a_form_still_here_is_told_honestly(session: Session, rehearsal: Rehearsal) -> None:
    rehearsal.hall.here[NUMBER] = "saved"
    ask(session)
    rehearsal.finish_background()
    assert any("没有送到大厅" in row.value for row in session.screen().rows)


def test_times_are_set_by_the_county(
    catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, rehearsal: Rehearsal
) -> None:
    session = Session(
        catalogue, texts, pinyin, rehearsal.hall, rehearsal._later, lambda: rehearsal.seconds, lambda: date(2026, 1, 1),
        lambda heard: rehearsal.intent,
        times=replace(TIMES, idle_warning=20, idle_countdown=20), usual_look=Look(lang="en", text="L"),
    )  # fmt: skip
    session.do("start")
    rehearsal.seconds += 20
    session.tick()
    assert session.screen().name == "idle"
    rehearsal.seconds += 20
    session.tick()
    assert (session.screen().name, session.look) == ("attract", Look(lang="en", text="L"))


@pytest.mark.parametrize("way", [("choose", "pension-certification"), ("finish", None)])
def test_answers_that_were_not_sent_are_given_up_only_when_it_is_pressed_again(
    session: Session, texts: Texts, way: tuple[str, str | None]
) -> None:
    question(session, "resident_id")
    while session.screen().name != "home":
        session.do("back")
    session.do(*way)
    assert session.screen().name == "home"
    assert session.screen().notices[0] == texts("home.unsent", "zh")
    session.do("repeat")
    assert session.screen().notices[0] == texts("home.unsent", "zh"), "what was said stays to be read"
    assert texts.said("home.unsent", "zh") in session.to_say()
    session.do(*way)
    assert session.screen().name == "home", "in between something else was done"
    session.do(*way)
    assert session.screen().name != "home"


def test_going_on_with_the_same_errand_asks_nothing(session: Session) -> None:
    question(session, "resident_id")
    while session.screen().name != "home":
        session.do("back")
    session.do("choose", "old-age-allowance")
    assert session.state.visit
    assert session.state.visit.answers["name"]


def test_who_looks_around_during_the_countdown_is_not_sent_away(rehearsal: Rehearsal) -> None:
    session = rehearsal.session
    question(session, "resident_id")
    rehearsal.seconds += Times().idle_warning
    session.tick()
    for _ in range(4):
        rehearsal.seconds += Times().idle_countdown / 2
        session.do("repeat")
        session.tick()
    assert session.state.visit
    assert session.state.overlay == "idle"


def test_still_here_leads_back_to_what_the_warning_covered(session: Session, rehearsal: Rehearsal) -> None:
    question(session, "hukou_here")
    session.do("explain")
    wait(rehearsal, TIMES.idle_warning + 1)
    assert session.state.overlay == "idle"
    session.do("still_here")
    assert session.screen().name == "explain-hukou_here"


def test_one_sentence_is_there_in_the_other_language_too(session: Session) -> None:
    question(session, "hukou_here")
    session.scanned("https://example.com")
    session.do("lang", "en")
    assert session.screen().notices == ("This kiosk does not know that code. Never mind, please carry on.",)
    assert session.to_say()[0] == session.screen().notices[0]


def test_what_was_said_of_a_code_goes_from_the_first_screen(session: Session, rehearsal: Rehearsal) -> None:
    session.scanned("https://example.com")
    assert session.screen().notices
    wait(rehearsal, TIMES.goodbye + 1)
    assert (session.screen().name, session.screen().notices) == ("attract", ())
