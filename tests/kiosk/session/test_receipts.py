"""What a person takes home of a form: the receipt on screen and paper, and that a slip is none."""

from dataclasses import replace

import pytest
from project import ASSETS

from forms.load import load_catalogue
from kiosk.hall.in_memory import RECEIPT_NUMBER
from kiosk.screens.common.model import Screen
from kiosk.session.session import Session
from kiosk.state.hall_news import ReceiptState
from kiosk.state.look import Look
from kiosk.state.sent_forms import SentForms
from kiosk.testing.printer import PlayedPrinter
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts
from kiosk.walk.errands import answer
from protocol.queries.progress import Answer

ALLOWANCE, PENSION, PROGRESS = "old-age-allowance", "pension-certification", "progress-query"
NAME = "王秀英"


@pytest.fixture
def session(rehearsal: Rehearsal) -> Session:
    rehearsal.session.do("start")
    return rehearsal.session


def check(rehearsal: Rehearsal, service: str = ALLOWANCE, **chosen: str) -> Screen:
    """Fill in a service with its examples."""
    session = rehearsal.session
    session.do("choose", service)
    session.do("next")
    while session.state.visit and session.state.visit.stage in ("known", "question"):
        if session.state.visit.stage == "known":
            offered = [name for name in session.state.visit.offer.lines if name in chosen]
            session.do("correct", offered[0]) if offered else session.do("reuse")
            continue
        field = session.state.visit.field
        if wanted := chosen.get(field.id):
            if field.type in ("choice", "material"):
                session.do("answer", wanted)
            else:
                session.do("clear")
                session.state.entry.add(wanted)
                session.do("next")
        else:
            answer(rehearsal)
    return session.screen()


def send(rehearsal: Rehearsal, service: str = ALLOWANCE, **chosen: str) -> Screen:
    check(rehearsal, service, **chosen)
    rehearsal.session.do("send")
    return rehearsal.session.screen()


# the receipt


@pytest.mark.parametrize(("state", "told"), [("saved", "线路一通，就送到大厅"), ("delivered", "大厅已经收到您的表")])
def test_how_far_it_is_is_said_once(rehearsal: Rehearsal, session: Session, state: ReceiptState, told: str) -> None:
    rehearsal.hall.state = state
    shown = send(rehearsal)
    said = session.to_say()
    assert sum(told in part for part in said) == 1
    assert next(row.value for row in shown.rows if row.label == "到哪了").partition("；")[0] not in said


def test_how_far_it_is_is_said_where_papers_are_missing(rehearsal: Rehearsal, session: Session) -> None:
    """They take the place of the sentence about it."""
    send(rehearsal, "disability-subsidy", certificate_paper="at_counter")
    assert "已保存，还没送到" in session.to_say()


def test_a_receipt_says_what_one_needs_at_home(rehearsal: Rehearsal, session: Session) -> None:
    number, *rows = send(rehearsal).rows
    assert (number.label, number.value) == ("回执号码", "4000 0000 0002"), "first, and in groups of four"
    told = {row.label: row.value for row in rows}
    assert told["办的事"] == "高龄津贴"
    assert told["老人的姓名"] == "王**"
    assert told["哪天交的"] == "2026年11月23日"
    assert told["谁来办，多久"] == "民政窗口的工作人员，十天以内"
    assert told["大厅的电话"] == "0000-1234567"
    assert told["到哪了"] == "已保存，还没送到"


def test_its_number_is_read_aloud_digit_by_digit_and_the_name_is_not(rehearsal: Rehearsal, session: Session) -> None:
    shown = send(rehearsal)
    assert session.to_say()[-2:] == ("回执号码", "4 0 0 0, 0 0 0 0, 0 0 0 2")
    aloud = [*session.to_say(), *(part for row in shown.rows for part in row.say)]
    assert not [part for part in aloud if "王" in part]


def test_for_a_relative_the_name_is_theirs(rehearsal: Rehearsal, session: Session) -> None:
    chosen = {"applicant": "family", "family_method": "home", "agent_name": "李敏", "pensioner_name": "赵大山"}
    shown = send(rehearsal, PENSION, **chosen)
    assert "赵**" in [row.value for row in shown.rows]
    assert "李*" not in [row.value for row in shown.rows]


def test_the_owner_of_the_bank_card_is_not_who_it_is_for(rehearsal: Rehearsal, session: Session) -> None:
    shown = send(rehearsal, account_holder="family", account_holder_name="赵大山")
    assert "王**" in [row.value for row in shown.rows]


def test_what_is_done_here_and_now_promises_no_days(rehearsal: Rehearsal, session: Session) -> None:
    """ "今天在这里，请工作人员看一下" is not "within fifteen days"."""
    assert "谁来办，多久" not in [row.label for row in send(rehearsal, PENSION).rows]


def test_a_hall_without_a_phone_names_none(rehearsal: Rehearsal, texts: Texts) -> None:
    loaded = load_catalogue(ASSETS)
    catalogue = replace(loaded, counters=loaded.counters.model_copy(update={"phone": None}))
    silent = Rehearsal(catalogue, texts, rehearsal.pinyin, Look())
    silent.session.do("start")
    assert "大厅的电话" not in [row.label for row in send(silent).rows]


def test_without_a_line_the_receipt_is_whole(rehearsal: Rehearsal, session: Session) -> None:
    rehearsal.hall.offline = True
    assert {"大厅的电话", "谁来办，多久"} <= {row.label for row in send(rehearsal).rows}


# on paper


def test_a_receipt_is_printed_and_says_what_it_is(rehearsal: Rehearsal, session: Session) -> None:
    printer = PlayedPrinter()
    session.equip(printer=printer)
    assert "正在打印回执" in send(rehearsal).lines[1]
    rehearsal.finish_background()
    assert "请拿好回执" in session.screen().lines[1]
    assert session.to_say() == ("回执打好了，请拿好回执。",)
    page = printer.page
    assert page
    assert (page.title, page.number, page.qr) == ("回执", "4000 0000 0002", f"YLK1:{RECEIPT_NUMBER}")
    words = "\n".join(page.lines)
    for told in ("高龄津贴", "王**", "2026年11月23日", "十天以内", "0000-1234567", "这是回执"):
        assert told in words
    assert NAME not in words


def test_where_phones_reach_the_hall_the_code_leads_to_the_receipts_page_and_back(
    rehearsal: Rehearsal, session: Session
) -> None:
    rehearsal.hall.url = "https://hall.example"
    printer = PlayedPrinter()
    session.equip(printer=printer)
    shown = send(rehearsal)
    rehearsal.finish_background()
    assert shown.qr.startswith(f"https://hall.example/r/{RECEIPT_NUMBER}-")
    assert printer.page
    assert printer.page.qr == shown.qr
    session.do("another")
    rehearsal.hall.here[RECEIPT_NUMBER] = "saved"
    session.scanned(shown.qr)
    rehearsal.finish_background()
    assert session.screen().name == "answer-found"


def test_a_receipt_that_did_not_print_says_what_to_do(rehearsal: Rehearsal, session: Session) -> None:
    printer = PlayedPrinter()
    printer.broken = True
    session.equip(printer=printer)
    send(rehearsal)
    rehearsal.finish_background()
    assert "没打出来" in session.screen().lines[1]
    assert "拍下来" in session.screen().lines[1]


def test_without_a_printer_no_paper_is_spoken_of(rehearsal: Rehearsal, session: Session, texts: Texts) -> None:
    assert send(rehearsal).lines[1] == texts("receipt.keep", "zh")


def test_the_paper_of_what_is_done_here_is_true_before_and_after(rehearsal: Rehearsal, session: Session) -> None:
    printer = PlayedPrinter()
    session.equip(printer=printer)
    send(rehearsal, PENSION)
    rehearsal.finish_background()
    assert printer.page
    words = "\n".join(printer.page.lines)
    assert "看过您，才算办完" in words
    assert "没看过，请回来" in words
    assert "还要" not in words
    assert "十五天以内" in words, "by whom and when: what follows once they have been seen"


def test_who_cannot_copy_asks_whoever_comes(rehearsal: Rehearsal, session: Session) -> None:
    """The button that calls says 正在叫人 by then: nobody is sent to one that is not there."""
    shown = send(rehearsal, PENSION)
    assert shown.help.button.label != "找人帮忙"
    assert "找人帮忙" not in "".join(shown.lines)
    assert "等人来了请他抄" in shown.lines[1]
    session.do("another")
    printer = PlayedPrinter()
    printer.broken = True
    session.equip(printer=printer)
    send(rehearsal)
    rehearsal.finish_background()
    assert "没打出来" in session.screen().lines[1]
    assert "等人来了请他抄" in session.screen().lines[1], "the call of the form before is open"


def test_a_print_that_ends_late_tells_nobody_else(rehearsal: Rehearsal, session: Session) -> None:
    session.equip(printer=PlayedPrinter())
    send(rehearsal)
    session.do("another")
    rehearsal.finish_background()
    assert session.state.printing == ""
    assert session.to_say() == session.screen().say


def test_a_slip_says_that_it_is_no_receipt(rehearsal: Rehearsal, session: Session) -> None:
    printer = PlayedPrinter()
    session.equip(printer=printer)
    session.do("choose", ALLOWANCE)
    session.do("next")
    session.do("save")
    rehearsal.finish_background()
    assert "不是回执" in session.screen().lines[0]
    assert printer.page
    assert "不是回执" in printer.page.lines[0]


# the scanner


@pytest.mark.parametrize("scanner", [True, False])
def test_the_scanner_is_named_where_there_is_one(rehearsal: Rehearsal, session: Session, scanner: bool) -> None:
    session.equip(scanner=scanner)
    session.do("come_back")
    shown = session.screen()
    assert ("扫码口" in shown.lines[0]) == scanner
    rehearsal.hall.drafts.why = "wait"
    for digit in rehearsal.hall.drafts.slip.code:
        session.do("type", digit)
    session.do("next")
    assert ("扫" in session.screen().error) == scanner
    assert session.screen().error


def test_the_devices_stay_when_the_visitor_goes(session: Session) -> None:
    session.equip(scanner=True)
    session.wipe()
    assert session.state.scanner


# twice


def test_the_same_form_sent_twice_is_noticed_and_taken(rehearsal: Rehearsal, session: Session, texts: Texts) -> None:
    first = check(rehearsal)
    session.do("send")
    session.do("another")
    again = check(rehearsal)
    assert (first.title, again.title) == ("请看一看，都对吗？", "这张表刚才交过了")
    assert again.lines == first.lines, "how to change one is still said"
    assert "这张表刚才交过了" in session.to_say()
    assert again.primary
    assert again.primary.label == "还要再交一次"
    session.hear("还要再交一次")
    assert session.screen().kind == "receipt"


def test_a_form_that_mends_the_last_is_not_called_needless(
    rehearsal: Rehearsal, session: Session, texts: Texts
) -> None:
    """Who typed a wrong bank card and fills in the form again: the hall has to get it."""
    send(rehearsal)
    session.do("another")
    mended = check(rehearsal, phone="13900000001")
    assert mended.title == "请看一看，都对吗？"
    assert mended.lines == ("刚才给这个人交过一张，这张不一样。要改，就再交。", texts("check.ask_a_person", "zh"))
    assert texts.said("check.sent_other", "zh") in session.to_say()
    session.do("send")
    assert session.screen().kind == "receipt"


def test_another_person_or_another_errand_is_not_the_same(rehearsal: Rehearsal, session: Session, texts: Texts) -> None:
    send(rehearsal)
    session.do("another")
    first = ("请看一看，都对吗？", (texts("check.ask_a_person", "zh"),))
    other = check(rehearsal, name="赵大山")
    assert (other.title, other.lines) == first
    session.do("home")
    while session.screen().name != "home":
        session.do("back")
    session.do("choose", PENSION)
    session.do("choose", PENSION)  # the first press warns that the other form is not sent
    other = check(rehearsal, PENSION)
    assert (other.title, other.lines) == ("请看一看，都对吗？", (texts("check.can_submit", "zh"),))


@pytest.mark.parametrize("leave", ["finish", "wipe"])
def test_the_next_visitor_is_told_nothing_of_the_last(
    rehearsal: Rehearsal, session: Session, texts: Texts, leave: str
) -> None:
    send(rehearsal)
    if leave == "finish":
        session.do("finish")
        session.do("home")
    else:
        session.wipe()
        session.do("start")
    shown = check(rehearsal)
    assert (shown.title, shown.lines) == ("请看一看，都对吗？", (texts("check.ask_a_person", "zh"),))


def test_what_is_kept_of_a_sent_form_tells_nothing(rehearsal: Rehearsal, session: Session) -> None:
    send(rehearsal)
    visit, sent = session.state.visit, session.state.sent
    assert visit
    answers = visit.report().normalised
    assert sent.has_same(visit, answers)
    stranger = SentForms()
    stranger.add(visit, answers)
    assert sent.digests.isdisjoint(stranger.digests), "each visit has a key of its own"
    session.do("finish")
    assert session.state.sent.digests == set()


# what is not found or refused


def look_up(rehearsal: Rehearsal, **chosen: str) -> Screen:
    check(rehearsal, PROGRESS, **chosen)
    rehearsal.session.do("ask")
    rehearsal.finish_background()
    return rehearsal.session.screen()


def test_a_receipt_that_is_not_found_may_be_mistyped(rehearsal: Rehearsal, session: Session) -> None:
    rehearsal.hall.answers["progress"] = Answer(lines=[])
    assert "请再看一遍号码" in look_up(rehearsal, way="receipt").lines[0]


def test_what_is_not_found_leads_to_staff(rehearsal: Rehearsal, session: Session) -> None:
    rehearsal.hall.answers["progress"] = Answer(lines=[])
    assert "help" in [one.action for one in look_up(rehearsal).secondary]
    session.hear("叫人过来")
    assert session.screen().kind == "help"


@pytest.mark.parametrize("broken", ["store_full", "no_hall_key"])
def test_what_the_kiosk_cannot_do_leads_to_staff(rehearsal: Rehearsal, session: Session, broken: str) -> None:
    rehearsal.hall.broken = broken  # type: ignore[assignment]
    session.do("choose", ALLOWANCE)
    shown = session.screen()
    assert shown.kind == "trouble"
    assert shown.primary
    assert shown.primary.action == "help"
    session.do("home")
    assert session.screen().name == "home"


def test_what_only_staff_can_look_up_leads_to_them(rehearsal: Rehearsal, session: Session) -> None:
    rehearsal.hall.why = "staff"
    shown = look_up(rehearsal)
    assert shown.name == "answer-staff"
    assert shown.primary
    assert shown.primary.action == "help"
    session.do("another")
    assert session.screen().name == "home"
