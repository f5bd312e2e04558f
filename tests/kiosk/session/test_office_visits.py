"""Asking another office as a visitor: consent, the card, amounts that nobody overhears, and what comes of a failure."""

from datetime import date
from decimal import Decimal

import pytest

from kiosk.devices.cards import Card
from kiosk.queries import query_named
from kiosk.screens.common.model import Screen
from kiosk.testing.printer import PlayedPrinter
from kiosk.testing.rehearsal import Rehearsal
from protocol.levels import By
from protocol.queries import Office
from protocol.queries.medical_insurance import Answer, Movement
from protocol.queries.utility_bill import Answer as Bill

ID = "11010519491231002X"
CHOSEN = {"medical-insurance-balance": ["three_months"], "farm-subsidy-query": ["last_year", "all"]}
QUERIES = {"medical-insurance-balance": "medical_insurance", "farm-subsidy-query": "farm_subsidy"}
services = pytest.mark.parametrize("service", CHOSEN)


def until_consent(rehearsal: Rehearsal, service: str) -> None:
    session = rehearsal.session
    session.equip(card_reader=True)
    session.do("start")
    session.do("choose", service)
    session.do("next")
    for one in CHOSEN[service]:
        session.do("answer", one)


def asked(rehearsal: Rehearsal, service: str, answer: str | Answer = "found") -> Screen:
    """What is shown to whom the office has answered so."""
    session, query = rehearsal.session, QUERIES[service]
    told = query_named(query).examples[answer] if isinstance(answer, str) else answer
    rehearsal.hall.answers[query] = told
    until_consent(rehearsal, service)
    session.do("answer", "yes")
    session.card_read(Card(ID, "王秀英"))
    session.do("take_card")
    session.do("ask")
    rehearsal.finish_background()
    return session.screen()


@services
def test_who_does_not_agree_is_offered_help_and_nobody_is_asked(rehearsal: Rehearsal, service: str) -> None:
    until_consent(rehearsal, service)
    shown = rehearsal.session.screen()
    assert "去问" in shown.title, "it says whom the hall would ask"
    assert [(one.action, one.value) for one in shown.choices] == [("answer", "yes"), ("decline", None)]
    rehearsal.session.do("decline")
    assert rehearsal.hall.call_state is None
    assert rehearsal.session.screen() != shown, "what can be done instead"
    rehearsal.session.do("help")
    assert rehearsal.hall.asked is None
    assert rehearsal.hall.call_state is not None


@services
def test_the_hall_is_told_that_they_agree_and_that_the_card_was_shown(rehearsal: Rehearsal, service: str) -> None:
    asked(rehearsal, service)
    assert rehearsal.hall.asked is not None
    inputs, claim = rehearsal.hall.asked
    assert (inputs.model_dump()["consent"], inputs.model_dump()["resident_id"]) == ("yes", ID)
    assert claim is not None
    assert claim.by is By.CARD


@services
def test_no_amount_and_no_number_is_said_aloud(rehearsal: Rehearsal, service: str) -> None:
    shown = asked(rehearsal, service)
    amounts = [row.value for row in shown.rows if "元" in row.value]
    assert amounts
    heard = [*rehearsal.session.to_say(), *(part for row in shown.rows for part in row.say)]
    assert not [part for part in heard if "元" in part]
    assert "数目写在屏幕上。戴上耳机，就念给您听。" in heard
    rehearsal.session.do("back")
    check = rehearsal.session.screen()
    assert check.name == "check"
    said = [*rehearsal.session.to_say(), *(part for row in check.rows for part in row.say)]
    assert not [part for part in said if "110105" in part.replace(" ", "")], "the card's number neither"


def test_the_words_of_an_office_are_shown_as_they_are(rehearsal: Rehearsal) -> None:
    moved = Movement(on=date(2026, 11, 12), amount=Decimal(-1), what="{resident_id}")
    shown = asked(rehearsal, "medical-insurance-balance", Answer(office=Office.TOLD, movements=[moved]))
    assert [row.label for row in shown.rows if "{" in row.label] == ["11月12日 {resident_id}"]
    assert not [part for row in shown.rows for part in (row.label, *row.say) if "19491231" in part]


def test_in_the_headset_the_balance_is_said(rehearsal: Rehearsal) -> None:
    asked(rehearsal, "medical-insurance-balance")
    rehearsal.session.headset_is("plugged in")
    rehearsal.session.do("settings")
    rehearsal.session.do("set", "headset=on")
    rehearsal.session.do("resume")
    shown = rehearsal.session.screen()
    assert "1,834.20元" in rehearsal.session.to_say()
    assert ("11月12日 门诊", "花掉45.50元") in [row.say for row in shown.rows]
    assert not [line for line in shown.lines if "耳机" in line]


def shows(rehearsal: Rehearsal, answer: Answer) -> tuple[str, str]:
    shown = asked(rehearsal, "medical-insurance-balance", answer)
    assert shown.primary is not None
    return shown.name, shown.primary.action


@pytest.mark.parametrize(
    ("office", "name", "action"),
    [
        (Office.AWAY, "answer-office", "ask"),
        (Office.NOT_ASKED, "answer-staff", "help"),
        (Office.NOTHING, "answer-none", "back"),
    ],
)
def test_an_office_that_does_not_tell_leads_on(rehearsal: Rehearsal, office: Office, name: str, action: str) -> None:
    assert shows(rehearsal, Answer(office=office)) == (name, action)


def test_an_office_that_was_away_may_be_asked_again(rehearsal: Rehearsal) -> None:
    asked(rehearsal, "medical-insurance-balance", "away")
    rehearsal.hall.answers["medical_insurance"] = query_named("medical_insurance").examples["found"]
    rehearsal.session.do("ask")
    rehearsal.finish_background()
    assert rehearsal.session.screen().rows[0].value == "1,834.20元"


def test_what_did_not_come_is_said_and_never_nought(rehearsal: Rehearsal) -> None:
    shown = asked(rehearsal, "medical-insurance-balance", "missing")
    assert (shown.title, shown.rows[0].value) == ("没有全查到", "那边没有说")
    assert "那边没有说" in rehearsal.session.to_say()
    assert not [row for row in shown.rows if row.value.startswith("0")]


def test_a_receipt_is_the_slip_for_the_counter(rehearsal: Rehearsal) -> None:
    session, printer = rehearsal.session, PlayedPrinter()
    session.equip(printer=printer)
    session.do("start")
    session.do("choose", "utility-payment")
    session.do("next")
    session.do("answer", "power")
    for digit in "1000000012":
        session.do("type", digit)
    session.do("next")
    session.do("next")  # they do not know how much it is
    for answer in ("no", "phone", "yes"):
        session.do("answer", answer)
    session.do("send")
    rows = {row.label: row.value for row in session.screen().rows}
    assert rows["交哪一种"] == "电费"
    assert rows["户号"].replace(" ", "") == "1000000012"
    assert rows["要交多少"] == "没有填", "a sum that nobody gave is none, and not 0"
    assert session.screen().qr
    rehearsal.finish_background()
    assert printer.page is not None
    assert any("一楼 9 号窗口" in line for line in printer.page.lines), "where cash is taken, whoever pays"
    assert any(line.startswith("户号：") for line in printer.page.lines)


def at_the_sum(rehearsal: Rehearsal) -> Screen:
    session = rehearsal.session
    session.do("start")
    session.do("choose", "utility-payment")
    session.do("next")
    session.do("answer", "power")
    for digit in "1000000012":
        session.do("type", digit)
    session.do("next")
    return session.screen()


def looked_up(rehearsal: Rehearsal, **answer: object) -> Screen:
    rehearsal.hall.answers["utility_bill"] = Bill.model_validate(answer)
    rehearsal.session.do("look_up")
    rehearsal.finish_background()
    return rehearsal.session.screen()


def test_the_company_is_asked_for_the_sum_only_when_that_is_pressed(rehearsal: Rehearsal) -> None:
    (button,) = at_the_sum(rehearsal).choices
    assert (button.action, button.label) == ("look_up", "让大厅去问收费公司"), "it says who is asked"
    assert rehearsal.hall.asked is None
    shown = looked_up(rehearsal, office="told", owed="86.40")
    assert shown.entry is not None
    assert shown.entry.value == "86.40"
    assert "问到了，已经填好。请看看对不对。" in rehearsal.session.to_say()
    assert not [part for part in rehearsal.session.to_say() if "86" in part]
    inputs, claim = rehearsal.hall.asked or (None, None)
    assert inputs is not None
    assert inputs.model_dump() == {"consent": "yes", "utility": "power", "account_number": "1000000012"}
    assert claim is not None
    assert claim.by is By.TYPED
    rehearsal.session.do("next")
    assert rehearsal.session.screen().name == "question-urgent"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"office": "told", "owed": None}, "没有问到"),
        ({"office": "told", "owed": "0.00"}, "现在没有要交的"),
        ({"office": "told", "owed": "-45.50"}, "现在没有要交的"),
        ({"office": "nothing"}, "没有这个号码"),
        ({"office": "away"}, "没有问到"),
        ({"office": "not_asked"}, "没有问到"),
    ],
)
def test_a_sum_that_was_not_told_is_never_put_in(rehearsal: Rehearsal, answer: dict[str, object], said: str) -> None:
    at_the_sum(rehearsal)
    shown = looked_up(rehearsal, **answer)
    assert shown.entry is not None
    assert shown.entry.value == ""
    assert shown.remark is not None
    assert said in shown.remark


def test_what_was_typed_meanwhile_stays(rehearsal: Rehearsal) -> None:
    at_the_sum(rehearsal)
    rehearsal.hall.answers["utility_bill"] = Bill.model_validate({"office": "told", "owed": "86.40"})
    rehearsal.session.do("look_up")
    rehearsal.session.do("type", "9")
    rehearsal.finish_background()
    shown = rehearsal.session.screen()
    assert shown.entry is not None
    assert shown.entry.value == "9"


def test_nobody_who_has_gone_on_is_told_of_it(rehearsal: Rehearsal) -> None:
    at_the_sum(rehearsal)
    rehearsal.session.do("look_up")
    rehearsal.session.do("back")
    rehearsal.finish_background()
    assert not rehearsal.session.screen().remark
