"""Save and come back, this step explained, the last answer taken back, codes and cards: what the visitor notices."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from one_form import begin, begin_for_oneself

from forms import Catalogue, Text
from kiosk.devices.cards import Card
from kiosk.entry.pinyin import PinyinTable
from kiosk.hall.in_memory import RECEIPT_NUMBER as NUMBER
from kiosk.screens.common.model import Screen
from kiosk.screens.common.offered import buttons
from kiosk.session.handlers.idle import Times
from kiosk.session.session import Session
from kiosk.testing.printer import PlayedPrinter
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts

ALLOWANCE, PENSION = "old-age-allowance", "pension-certification"
ID = "11010519491231002X"
TIMES = Times()


@pytest.fixture
def session(rehearsal: Rehearsal) -> Session:
    return rehearsal.session


@pytest.fixture
def next_day(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, rehearsal: Rehearsal) -> Callable[[], Session]:
    """The same kiosk another day: a new process over the same store."""

    def begin() -> Session:
        later = Rehearsal(catalogue, texts, pinyin)
        later.hall.drafts = rehearsal.hall.drafts
        return later.session

    return begin


def wait(rehearsal: Rehearsal, seconds: float) -> list[str]:
    """Time passes; what was said meanwhile."""
    said: list[str] = []
    for _ in range(int(seconds * 2)):
        before = rehearsal.session.utterances
        rehearsal.seconds += 0.5
        rehearsal.session.tick()
        if rehearsal.session.utterances != before:
            said += rehearsal.session.to_say()
    return said


def at_the_phone(session: Session) -> Screen:
    """Three answers given, the fourth half typed."""
    session.do("start")
    begin_for_oneself(session)
    session.state.entry.add("王秀英")
    session.do("next")
    session.state.entry.add(ID)
    session.do("next")
    session.do("answer", "elsewhere")
    for digit in "138":
        session.do("type", digit)
    assert session.screen().name == "question-phone"
    return session.screen()


def enter(session: Session, digits: str) -> None:
    session.do("start")
    session.do("come_back")
    for digit in digits:
        session.do("type", digit)
    session.do("next")


# save and come back


def test_saved_at_any_time_and_taken_up_at_the_same_question(session: Session, next_day: Callable[[], Session]) -> None:
    session.do("set", "text=L")
    before = at_the_phone(session)
    session.do("save")
    shown = session.screen()
    assert shown.kind == "slip"
    assert shown.qr.startswith("YLS1:")
    assert shown.rows[0].value == "1234 5678 9012 3452"
    assert not shown.rows[0].say  # nobody else need hear it
    session.do("finish")
    assert session.state.visit is None
    assert session.state.slip is None
    later = next_day()
    later.scanned(shown.qr)
    after = later.screen()
    assert (after.title, after.entry, after.progress) == (before.title, before.entry, before.progress)
    assert "接着办" in later.to_say()[0]
    assert later.state.visit
    assert later.state.visit.answers == {
        "for_whom": "self",
        "name": "王秀英",
        "resident_id": ID,
        "hukou_here": "elsewhere",
    }


def test_the_digits_do_the_same(session: Session, next_day: Callable[[], Session]) -> None:
    at_the_phone(session)
    session.do("save")
    later = next_day()
    enter(later, "1234567890123452")
    assert later.screen().name == "question-phone"
    assert later.screen().notices[0].startswith("找到了")


def test_who_pressed_it_by_mistake_just_goes_on(session: Session) -> None:
    before = at_the_phone(session)
    session.do("save")
    session.do("carry_on")
    assert session.screen() == before
    assert session.state.slip is None


def test_a_form_that_was_sent_leaves_no_draft(session: Session, rehearsal: Rehearsal) -> None:
    at_the_phone(session)
    session.do("save")
    session.do("carry_on")
    while session.state.visit and session.state.visit.stage == "question":
        field = session.state.visit.field
        if field.type in ("choice", "consent"):
            session.do("answer", session.state.visit.choices()[0].id if field.type == "choice" else "yes")
        else:
            session.do("clear")
            session.state.entry.add(field.example)
            session.do("next")
    assert rehearsal.hall.drafts.draft
    session.do("send")
    assert rehearsal.hall.drafts.draft is None


def test_what_cannot_be_saved_is_said_and_nothing_is_lost(session: Session, rehearsal: Rehearsal) -> None:
    before = at_the_phone(session)
    rehearsal.hall.drafts.full = True
    session.do("save")
    shown = session.screen()
    assert (shown.name, shown.entry) == (before.name, before.entry)
    assert "现在存不了" in shown.notices[0]
    assert session.to_say() == (shown.notices[0],)


@pytest.mark.parametrize(
    ("digits", "says"),
    [("1234", "填了四位，还差十二位"), ("1234567890123453", "号码里有数字不对"), ("9876543210987658", "没有找到")],
)
def test_digits_that_open_nothing(session: Session, digits: str, says: str) -> None:
    enter(session, digits)
    shown = session.screen()
    assert shown.name == "come-back"
    assert says in shown.error
    assert session.to_say() == (shown.error,)
    assert shown.entry
    assert shown.entry.value == digits  # to be mended
    session.do("back")
    assert session.screen().name == "home"


def test_a_slip_pushes_nothing_aside_that_is_under_way(session: Session) -> None:
    at_the_phone(session)
    session.do("save")
    qr = session.screen().qr
    session.do("finish")
    session.do("home")
    session.do("choose", PENSION)
    session.do("next")
    session.do("answer", "self")
    before = session.screen()
    session.scanned(qr)
    assert session.screen().name == before.name
    assert "还没办完" in session.screen().notices[0]


def test_a_query_has_nothing_to_save(session: Session) -> None:
    session.do("start")
    session.do("choose", "progress-query")
    session.do("next")
    assert "save" not in [button.action for button in session.screen().secondary]


def test_a_slip_is_printed_where_a_printer_is(session: Session, rehearsal: Rehearsal) -> None:
    printer = PlayedPrinter()
    session.equip(printer=printer)
    at_the_phone(session)
    session.do("save")
    assert "正在打印" in session.screen().lines[1]
    rehearsal.finish_background()
    assert "纸条打好了" in session.screen().lines[1]
    assert printer.page
    assert printer.page.qr == session.screen().qr
    assert "1234 5678 9012 3452" in printer.page.number
    printer.broken = True
    session.do("carry_on")
    session.do("save")
    rehearsal.finish_background()
    assert "没打出来" in session.screen().lines[1]


# time


def test_one_may_say_i_am_here_as_often_as_one_likes(session: Session, rehearsal: Rehearsal) -> None:
    before = at_the_phone(session)
    for _ in range(12):
        wait(rehearsal, TIMES.idle_warning + TIMES.idle_countdown - 1)
        assert session.screen().name == "idle"
        session.do("still_here")
    assert session.screen().entry == before.entry


def test_the_countdown_is_spoken_and_shown(session: Session, rehearsal: Rehearsal) -> None:
    at_the_phone(session)
    wait(rehearsal, TIMES.idle_warning)
    assert "45" in session.screen().lines[0]
    said = wait(rehearsal, TIMES.idle_countdown - 1)
    assert [part[:5] for part in said] == ["还有三十秒", "还有二十秒", "还有十秒。"]
    assert "1 秒" in session.screen().lines[0]
    wait(rehearsal, 1)
    assert session.screen().name == "attract"
    assert session.state.visit is None


def test_the_warning_offers_to_save(session: Session, rehearsal: Rehearsal) -> None:
    at_the_phone(session)
    wait(rehearsal, TIMES.idle_warning)
    session.do("save")
    assert session.screen().kind == "slip"
    assert rehearsal.hall.drafts.draft
    assert rehearsal.hall.drafts.draft.overlay is None


def test_without_anything_filled_in_nothing_is_said_to_be_cleared(session: Session, rehearsal: Rehearsal) -> None:
    session.do("start")
    wait(rehearsal, TIMES.idle_warning)
    assert session.screen().secondary == ()
    assert "清掉" not in session.screen().lines[0]


def test_a_slip_left_on_the_screen_goes_away(session: Session, rehearsal: Rehearsal) -> None:
    at_the_phone(session)
    session.do("save")
    wait(rehearsal, TIMES.idle_warning + TIMES.idle_countdown)
    assert session.screen().name == "attract"
    assert session.state.slip is None


# this step, and taking back


def test_every_question_is_explained_in_words(session: Session) -> None:
    at_the_phone(session)
    session.do("explain")
    shown = session.screen()
    assert shown.kind == "explain"
    assert shown.lines
    assert session.to_say()[0] == shown.lines[0]
    session.do("resume")
    assert session.screen().name == "question-phone"


def test_a_field_says_its_own_explanation(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable) -> None:
    service = catalogue.service(ALLOWANCE)
    own = Text(zh="写户口本上的名字。", en="The name in the household register.")
    steps = [service.steps[0].model_copy(update={"explain": own}), *service.steps[1:]]
    changed = service.model_copy(update={"steps": steps})
    other = replace(catalogue, services={ALLOWANCE: changed})
    session = Rehearsal(other, texts, pinyin).session
    session.do("start")
    begin(session, ALLOWANCE)
    session.do("explain")
    assert session.screen().lines == ("写户口本上的名字。",)


def test_a_choice_is_taken_back_in_words(session: Session) -> None:
    at_the_phone(session)
    session.do("undo")
    shown = session.screen()
    assert shown.name == "question-hukou_here"
    assert not [button for button in shown.choices if button.selected]
    assert "收回来了" in shown.notices[0]
    assert session.to_say()[:2] == ("刚才填的收回来了，请再看看这里。", "户口所在地")
    session.do("answer", "yes")
    assert not session.screen().notices


def test_there_is_nothing_to_take_back_at_the_first_question(session: Session) -> None:
    session.do("start")
    begin(session, ALLOWANCE)
    assert "undo" not in [button.action for button in session.screen().secondary]


# codes and cards


def test_a_scanned_receipt_goes_straight_to_where_the_form_is(session: Session, rehearsal: Rehearsal) -> None:
    rehearsal.hall.here[NUMBER] = "saved"
    session.scanned(f"YLK1:{NUMBER}")
    rehearsal.finish_background()
    assert session.screen().name == "answer-found"


def test_what_was_wrong_with_a_slip_is_not_said_of_a_receipt(session: Session, rehearsal: Rehearsal) -> None:
    rehearsal.hall.here[NUMBER] = "saved"
    session.do("start")
    session.do("come_back")
    session.do("type", "1")
    session.do("next")
    assert session.screen().error
    session.scanned(f"YLK1:{NUMBER}")
    rehearsal.finish_background()
    session.do("lang", "en")
    assert session.to_say() == session.screen().say


def test_a_receipt_at_its_question_is_filled_in(session: Session, rehearsal: Rehearsal) -> None:
    session.do("start")
    session.do("choose", "progress-query")
    session.do("next")
    session.do("answer", "receipt")
    session.scanned(NUMBER)
    assert session.screen().name == "question-phone_last4"


def test_a_receipt_does_not_disturb_a_form(session: Session) -> None:
    before = at_the_phone(session)
    session.scanned(NUMBER)
    assert session.screen().entry == before.entry
    assert "还没办完" in session.screen().notices[0]


def test_a_strange_code_gets_one_plain_sentence(session: Session) -> None:
    before = at_the_phone(session)
    session.scanned("https://example.com/pay?to=me")
    shown = session.screen()
    assert shown.entry == before.entry
    assert shown.notices == ("这个码，这台机器不认识。不要紧，请接着办。",)
    session.do("type", "1")
    assert session.screen().notices == ()


def test_a_card_fills_name_and_number_after_a_yes(session: Session) -> None:
    session.do("start")
    begin_for_oneself(session)
    session.card_read(Card(ID, "王秀英"))
    shown = session.screen()
    assert [row.value for row in shown.rows] == ["王秀英", "110105 19491231 002X"]
    assert not any(ID in part or "王秀英" in part for part in session.to_say())
    assert session.state.visit
    assert session.state.visit.answers == {"for_whom": "self"}
    session.do("take_card")
    assert session.screen().name == "question-hukou_here"
    assert session.state.visit.answers == {"for_whom": "self", "name": "王秀英", "resident_id": ID}
    assert session.state.card is None


def test_a_no_leaves_everything_as_it_was(session: Session) -> None:
    session.do("start")
    begin_for_oneself(session)
    before = session.screen()
    session.card_read(Card(ID, "王秀英"))
    session.do("refuse_card")
    assert session.screen() == before
    assert session.state.card is None


def test_a_card_without_a_name_fills_the_number_only(session: Session) -> None:
    session.do("start")
    begin_for_oneself(session)
    session.state.entry.add("李桂兰")
    session.do("next")
    session.scanned(ID)
    assert len(session.screen().rows) == 1
    session.do("take_card")
    assert session.state.visit
    assert session.state.visit.answers == {"for_whom": "self", "name": "李桂兰", "resident_id": ID}


def test_the_card_holder_alone_is_not_given_a_number(session: Session) -> None:
    """A name with no number beside it takes the name only; the phone takes nothing."""
    before = at_the_phone(session)
    session.card_read(Card(ID, "王秀英"))
    assert session.screen().entry == before.entry
    assert "用不上身份证" in session.screen().notices[0]


def test_a_card_left_unanswered_is_forgotten_with_the_visit(session: Session, rehearsal: Rehearsal) -> None:
    session.do("start")
    begin_for_oneself(session)
    session.card_read(Card(ID, "王秀英"))
    wait(rehearsal, TIMES.idle_warning + TIMES.idle_countdown)
    assert session.screen().name == "attract"
    assert session.state.card is None


def test_nothing_is_scanned_over_trouble(session: Session, rehearsal: Rehearsal) -> None:
    session.do("start")
    rehearsal.hall.broken = "store_full"
    session.do("choose", ALLOWANCE)
    session.scanned(NUMBER)
    assert session.screen().name == "trouble-store_full"


def test_who_has_a_receipt_instead_finds_the_buttons_that_are_named(session: Session) -> None:
    enter(session, "400000000002")
    assert session.screen().error.endswith("要是十二位，那是回执，请按“上一步”，再找“查办事进度”。")
    session.do("back")
    assert "查办事进度" in [one.label for one in buttons(session.screen())]
