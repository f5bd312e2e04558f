"""A form's own page: correct it, take it back, say that a paper is here; nothing of it for who has shown too little."""

from uuid import UUID

import pytest

from forms import Catalogue
from forms.definition import Definition
from kiosk.hall.in_memory import RECEIPT_NUMBER, SUBMISSION
from kiosk.queries import query_named
from kiosk.screens.common.model import Screen
from kiosk.screens.common.offered import buttons
from kiosk.session.session import Session
from kiosk.state.assistance import Staff
from kiosk.testing.printer import PlayedPrinter
from kiosk.testing.rehearsal import Rehearsal
from kiosk.walk.errands import answer
from protocol.after_sending import FollowUpKind, OwnFormAnswer
from protocol.levels import By
from protocol.queries.progress import Answer, Line, Paper
from protocol.wire import ProgressStatus, Words

ALLOWANCE = "old-age-allowance"
FORM = UUID(int=7)
RECEIVED = Words(zh="已经收到，正在排队", en="We have it. It is in the queue")
NEXT = Words(zh="工作人员会看您的表，您先不用做什么。", en="A staff member will read your form.")
PAPER = Paper(field="certificate_paper", label=Words(zh="残疾人证", en="disability certificate"))
STATE = Line(receipt_number=RECEIPT_NUMBER, status=ProgressStatus.RECEIVED, words=RECEIVED, next=NEXT)
OWN = STATE.model_copy(update={"service_id": ALLOWANCE, "submission": FORM, "may_change": True, "papers": (PAPER,)})


@pytest.fixture
def session(rehearsal: Rehearsal) -> Session:
    rehearsal.session.do("start")
    return rehearsal.session


def fill_in(rehearsal: Rehearsal, service: str) -> None:
    session = rehearsal.session
    session.do("choose", service)
    session.do("next")
    while session.state.visit and session.state.visit.stage == "question":
        answer(rehearsal)


def send(rehearsal: Rehearsal) -> Screen:
    fill_in(rehearsal, ALLOWANCE)
    rehearsal.session.do("send")
    return rehearsal.session.screen()


def look_up(rehearsal: Rehearsal, *lines: Line) -> Screen:
    """The visitor asks by the receipt and the end of the phone number."""
    rehearsal.hall.answers["progress"] = Answer(lines=list(lines))
    fill_in(rehearsal, "progress-query")
    rehearsal.session.do("ask")
    rehearsal.finish_background()
    return rehearsal.session.screen()


def offered(screen: Screen) -> set[str]:
    return {button.action for button in buttons(screen)}


def rows(screen: Screen) -> dict[str, str]:
    return {row.label: row.value for row in screen.rows}


def test_by_the_number_alone_there_is_no_page_but_the_next_step_is_told(rehearsal: Rehearsal, session: Session) -> None:
    shown = look_up(rehearsal, STATE)
    assert "own_form" not in offered(shown)
    assert rows(shown)["接下来"] == NEXT.zh
    session.do("own_form", str(FORM))
    assert session.screen().name == shown.name


def test_who_has_shown_whose_form_it_is_gets_to_its_page(rehearsal: Rehearsal, session: Session) -> None:
    shown = look_up(rehearsal, OWN)
    assert "own_form" in offered(shown)
    session.do("own_form", str(FORM))
    page = session.screen()
    assert rows(page)["办到哪一步"] == RECEIVED.zh
    assert rows(page)["接下来"] == NEXT.zh
    assert {"amend", "take_back", "brought", "back"} <= offered(page)
    session.do("back")
    assert session.screen().name == shown.name


def test_of_several_forms_each_leads_to_its_own(rehearsal: Rehearsal, session: Session) -> None:
    other = OWN.model_copy(update={"submission": UUID(int=8), "receipt_number": "400000000010"})
    shown = look_up(rehearsal, OWN, other)
    assert [row.change.value for row in shown.rows if row.change] == [str(FORM), str(UUID(int=8))]
    session.do("own_form", str(UUID(int=8)))
    assert rows(session.screen())["回执号码"] == "4000 0000 0010"


def test_a_form_that_is_decided_says_whom_to_ask(rehearsal: Rehearsal, session: Session) -> None:
    look_up(rehearsal, OWN.model_copy(update={"may_change": False}))
    session.do("own_form", str(FORM))
    page = session.screen()
    assert not {"amend", "take_back", "brought"} & offered(page)
    assert page.primary
    assert page.primary.action == "help"


def test_taking_back_is_asked_twice_and_then_kept_once(rehearsal: Rehearsal, session: Session) -> None:
    look_up(rehearsal, OWN)
    session.do("own_form", str(FORM))
    session.do("take_back")
    assert "真要撤回" in session.screen().remark
    assert not rehearsal.hall.followed_up
    session.do("take_back")
    ((submission, kind, field, claim),) = rehearsal.hall.followed_up.values()
    assert (submission, kind, field, claim.by) == (FORM, FollowUpKind.TAKE_BACK, None, By.RECEIPT)
    page = session.screen()
    assert page.title == "撤回记下了"
    assert "take_back" not in offered(page)
    session.do("take_back")
    assert len(rehearsal.hall.followed_up) == 1
    session.do("back")
    assert session.state.location == "home"


def test_staff_who_help_do_not_take_a_form_back(rehearsal: Rehearsal, session: Session) -> None:
    look_up(rehearsal, OWN)
    session.do("own_form", str(FORM))
    rehearsal.hall.staff.by_badge["YLB1.a.badge"] = Staff(UUID(int=7), "李芳", 3600.0)
    session.scanned("YLB1.a.badge")
    rehearsal.finish_background()
    session.do("agree_help")
    session.do("take_back")
    assert not session.state.assisted
    assert session.screen().remark.startswith("撤回了，这件事就不办了")
    assert not rehearsal.hall.followed_up, "that is for the visitor to press"
    session.do("take_back")
    assert len(rehearsal.hall.followed_up) == 1


def test_something_else_in_between_has_to_be_asked_anew(rehearsal: Rehearsal, session: Session) -> None:
    look_up(rehearsal, OWN)
    session.do("own_form", str(FORM))
    session.do("take_back")
    session.do("repeat")
    session.do("take_back")
    assert not rehearsal.hall.followed_up


@pytest.mark.parametrize(
    ("outcome", "title"),
    [("taken", "撤回了"), ("too_late", "已经办好，撤不回来了"), ("refused", "这里撤不回来")],
)
def test_what_came_of_it_is_said(rehearsal: Rehearsal, session: Session, outcome: str, title: str) -> None:
    look_up(rehearsal, OWN)
    session.do("own_form", str(FORM))
    session.do("take_back")
    session.do("take_back")
    rehearsal.hall.outcome = outcome  # type: ignore[assignment]
    session.tick()
    assert session.screen().title == title


def test_what_cannot_be_kept_is_trouble_and_nothing_is_said_to_be_done(rehearsal: Rehearsal, session: Session) -> None:
    look_up(rehearsal, OWN)
    session.do("own_form", str(FORM))
    rehearsal.hall.broken = "store_full"
    session.do("take_back")
    session.do("take_back")
    assert session.screen().name == "trouble-store_full"


def test_a_paper_that_is_here_calls_staff_to_look_at_it(rehearsal: Rehearsal, session: Session) -> None:
    look_up(rehearsal, OWN)
    session.do("own_form", str(FORM))
    session.do("brought", PAPER.field)
    ((submission, kind, field, _),) = rehearsal.hall.followed_up.values()
    assert (submission, kind, field) == (FORM, FollowUpKind.BROUGHT, PAPER.field)
    assert rehearsal.hall.call_state
    assert rehearsal.hall.call_state.matter == "看材料：残疾人证"
    page = session.screen()
    assert rows(page)["残疾人证"] == "带来了，等工作人员看"
    assert "brought" not in offered(page)


def told(catalogue: Catalogue, **answers: str) -> OwnFormAnswer:
    definition = Definition.of(catalogue, catalogue.service(ALLOWANCE))
    return OwnFormAnswer(
        receipt_number=RECEIPT_NUMBER,
        service_id=ALLOWANCE,
        definition=definition.hash,
        document=definition.document,
        answers=answers,
    )


def test_a_form_of_another_day_opens_with_its_answers_and_what_is_sent_corrects_it(
    rehearsal: Rehearsal, session: Session, catalogue: Catalogue
) -> None:
    send(rehearsal)
    known = dict(rehearsal.hall.kept[0].answers)
    session.do("another")
    look_up(rehearsal, OWN)
    session.do("own_form", str(FORM))
    rehearsal.hall.own = told(catalogue, **known)
    session.do("amend")
    rehearsal.finish_background()
    visit = session.state.visit
    assert visit
    assert session.screen().name == "question-consent", "what one agreed to is asked again"
    session.do("answer", "yes")
    assert session.screen().name == "check"
    session.do("change", "phone")
    session.do("clear")
    for digit in "13800138000":
        session.do("type", digit)
    session.do("next")
    session.do("send")
    assert rehearsal.hall.kept[0].amends == FORM
    assert rehearsal.hall.kept[0].answers == known | {"phone": "13800138000"}
    assert rows(session.screen())["改的是哪份"] == "4000 0000 0002"


def test_what_the_hall_keeps_to_itself_is_asked_again(
    rehearsal: Rehearsal, session: Session, catalogue: Catalogue
) -> None:
    look_up(rehearsal, OWN)
    session.do("own_form", str(FORM))
    rehearsal.hall.own = told(catalogue, for_whom="self", name="王秀英")
    session.do("amend")
    rehearsal.finish_background()
    assert session.screen().name == "question-resident_id"


def test_without_a_line_the_form_is_not_opened_and_that_is_said(rehearsal: Rehearsal, session: Session) -> None:
    look_up(rehearsal, OWN)
    session.do("own_form", str(FORM))
    session.do("amend")
    rehearsal.finish_background()
    assert "打不开" in session.screen().remark


def test_a_mistake_that_is_seen_on_the_receipt_is_corrected_without_a_line(
    rehearsal: Rehearsal, session: Session
) -> None:
    rehearsal.hall.offline = True
    send(rehearsal)
    session.do("own_form", "sent")
    assert {"amend", "take_back"} <= offered(session.screen())
    session.do("amend")
    session.do("answer", "yes")
    session.do("send")
    assert rehearsal.hall.kept[0].amends == SUBMISSION


def test_a_form_that_was_just_sent_is_taken_back_by_who_sent_it(rehearsal: Rehearsal, session: Session) -> None:
    send(rehearsal)
    session.do("own_form", "sent")
    session.do("take_back")
    session.do("take_back")
    ((submission, kind, _, claim),) = rehearsal.hall.followed_up.values()
    assert (submission, kind, claim.by) == (SUBMISSION, FollowUpKind.TAKE_BACK, By.SENDER)
    session.do("back")
    fill_in(rehearsal, ALLOWANCE)
    session.do("reuse")
    while session.screen().name != "check":
        answer(rehearsal)  # type: ignore[union-attr]
    assert session.screen().title == "请看一看，都对吗？", "it is not said to have been sent before"


def test_who_stood_there_too_long_has_to_look_it_up_again(rehearsal: Rehearsal, session: Session) -> None:
    look_up(rehearsal, OWN)
    session.do("own_form", str(FORM))
    rehearsal.seconds += 16 * 60
    for action in ("take_back", "amend"):
        session.do(action)  # type: ignore[arg-type]
        assert "再查一次" in session.screen().remark
    assert not rehearsal.hall.followed_up


@pytest.mark.parametrize("own", ["sent", str(FORM)])
def test_to_leave_its_page_and_come_back_makes_nobody_known_anew(
    rehearsal: Rehearsal, session: Session, own: str
) -> None:
    if own == "sent":
        send(rehearsal)
    else:
        look_up(rehearsal, OWN)
    session.do("own_form", own)
    session.do("back")
    rehearsal.seconds += 16 * 60
    session.do("own_form", own)
    for action in ("take_back", "amend"):
        session.do(action)  # type: ignore[arg-type]
        assert "再查一次" in session.screen().remark
    assert not rehearsal.hall.followed_up


def test_the_next_visitor_finds_nothing_of_it(rehearsal: Rehearsal, session: Session) -> None:
    look_up(rehearsal, OWN)
    session.do("own_form", str(FORM))
    session.wipe()
    assert session.state.own_form is None
    assert session.screen().kind == "attract"


def test_after_a_crash_a_correction_still_knows_what_it_corrects(rehearsal: Rehearsal, session: Session) -> None:
    send(rehearsal)
    session.do("own_form", "sent")
    session.do("amend")
    draft = session.draft()
    session.wipe()
    session.restore(draft)
    session.do("answer", "yes")
    session.do("send")
    assert rehearsal.hall.kept[0].amends == SUBMISSION


RULED = query_named("progress").examples["refused"].lines[0].model_copy(update={"receipt_number": RECEIPT_NUMBER})


def test_a_no_says_why_and_what_can_be_done_until_when(rehearsal: Rehearsal, session: Session) -> None:
    shown = look_up(rehearsal, RULED)
    assert [*rows(shown)] == ["高龄津贴", "为什么", "不同意怎么办", "按哪条规定", "谁定的"], (
        "the remedy says what is next"
    )
    assert rows(shown)["为什么"].startswith("还没到规定的年纪")
    assert rows(shown)["不同意怎么办"].endswith("2027年1月22日以前去，一定来得及。")
    assert rows(shown)["谁定的"] == "姓李的工作人员，2026年11月23日"
    assert any("行政复议" in said for said in shown.say)
    assert not any("老年人权益保障法" in said for said in shown.say), "the law is read to who touches it"
    (opens,) = (one for one in buttons(shown) if one.action == "own_form")
    assert opens.label == "看结果"
    session.do("own_form", opens.value)
    page = session.screen()
    assert rows(page)["不同意怎么办"] == rows(shown)["不同意怎么办"]
    assert [*rows(page)][-1] == "回执号码"
    assert any("行政复议" in said for said in page.say)
    assert "print_result" not in offered(page), "nothing is printed here"
    assert page.primary
    assert page.primary.action == "help"


def test_what_was_decided_is_printed_and_names_nobody(rehearsal: Rehearsal, session: Session) -> None:
    printer = PlayedPrinter()
    session.equip(printer=printer)
    look_up(rehearsal, RULED)
    session.do("own_form", str(RULED.submission))
    session.do("print_result")
    rehearsal.finish_background()
    assert "打好了" in " ".join(session.screen().lines)
    assert printer.page
    assert printer.page.number == "4000 0000 0002"
    written = "\n".join(printer.page.lines)
    assert "为什么：还没到规定的年纪" in written
    assert "按哪条规定：老年人权益保障法" in written
    assert "2027年1月22日以前去" in written


def test_an_answer_to_a_work_order_is_printed_and_asked_for_anew_nothing_of_that_is_left(
    rehearsal: Rehearsal, session: Session
) -> None:
    printer, answered = PlayedPrinter(), query_named("progress").examples["order"].lines[0]
    shown = look_up(rehearsal, answered)
    assert "print_result" not in offered(shown), "nothing is printed here"
    session.equip(printer=printer)
    session.do("print_result")
    rehearsal.finish_background()
    assert "打好了" in " ".join(session.screen().lines)
    assert printer.page
    assert (printer.page.title, printer.page.number) == ("没办成的事，有答复了", "8960 7285 3568")
    assert printer.page.lines[:2] == ("做了什么：告诉您怎么办了。", f"答复：{answered.note}")
    session.do("back")
    session.do("ask")
    rehearsal.finish_background()
    assert "打好了" not in " ".join(session.screen().lines)


def test_who_has_shown_the_number_alone_hears_nothing_of_how_it_was_decided(
    rehearsal: Rehearsal, session: Session
) -> None:
    decided = Words(zh="已经有结果了", en="It has been decided")
    shown = look_up(rehearsal, STATE.model_copy(update={"status": ProgressStatus.DONE, "words": decided}))
    assert "为什么" not in rows(shown)
    assert "own_form" not in offered(shown)
