"""What a visitor has shown of who they are: the hall is told, and nothing of it stays."""

import pytest

from kiosk.devices.cards import Card
from kiosk.session.session import Session
from kiosk.testing.rehearsal import Rehearsal
from protocol.levels import By, Claim
from protocol.queries.progress import Answer, Inputs

NUMBER, CARD = "400000000002", Card("11010519491231002X", "王秀英")


@pytest.fixture
def session(rehearsal: Rehearsal) -> Session:
    """At the first question of how far something is, on a kiosk that reads ID cards."""
    session = rehearsal.session
    session.equip(card_reader=True, scanner=True)
    rehearsal.hall.answers["progress"] = Answer(lines=[])
    session.do("start")
    session.do("choose", "progress-query")
    session.do("next")
    return session


def asked(rehearsal: Rehearsal) -> tuple[Inputs, Claim | None]:
    rehearsal.session.do("ask")
    rehearsal.finish_background()
    assert rehearsal.hall.asked is not None
    inputs, claim = rehearsal.hall.asked
    assert isinstance(inputs, Inputs)
    return inputs, claim


def by_receipt(session: Session, last4: str) -> None:
    session.do("answer", "receipt")
    for question in (NUMBER, last4):
        for digit in question:
            session.do("type", digit)
        session.do("next")


@pytest.mark.parametrize(("last4", "by"), [("", By.TYPED), ("8000", By.RECEIPT)])
def test_by_a_receipt_with_the_phone_or_without(session: Session, rehearsal: Rehearsal, last4: str, by: By) -> None:
    by_receipt(session, last4)
    assert session.screen().name == "check"
    assert asked(rehearsal) == (Inputs(receipt_number=NUMBER, phone_last4=last4 or None), Claim(by))


def test_an_id_card_may_be_laid_on_the_reader_at_once(session: Session, rehearsal: Rehearsal) -> None:
    session.card_read(CARD)
    session.do("take_card")
    assert session.screen().name == "check"
    rehearsal.seconds += 60
    assert asked(rehearsal) == (Inputs(resident_id=CARD.number), Claim(By.CARD, 60))


def test_without_receipt_and_card_a_staff_member_is_one_touch_away(session: Session) -> None:
    session.do("answer", "card")
    shown = session.screen()
    assert shown.title == "请把身份证放在读卡的地方。"
    assert [one.action for one in shown.choices] == ["help"]
    assert shown.entry
    assert shown.entry.kind == "choice", "there is no key to type a number with"
    session.do("type", "1")
    session.do("next")
    assert session.screen().name == "question-resident_id"
    session.do("help")
    assert session.screen().kind == "help"


def test_where_no_card_can_be_read_staff_look_at_it(session: Session) -> None:
    session.equip()
    session.do("answer", "card")
    shown = session.screen()
    assert shown.title == "请工作人员来帮您查"
    assert "给工作人员看一下" in " ".join(shown.lines)
    assert "读卡的地方" not in " ".join(session.to_say())


def test_the_number_as_a_code_is_no_card(session: Session) -> None:
    """Anybody can print it."""
    session.scanned(CARD.number)
    assert "请把身份证放在读卡的地方" in session.screen().notices[0]
    assert session.state.shown is None
    assert session.screen().name == "question-way"


def test_a_card_that_was_read_long_ago_is_asked_for_again(session: Session, rehearsal: Rehearsal) -> None:
    session.card_read(CARD)
    session.do("take_card")
    rehearsal.seconds += 15 * 60
    session.do("ask")
    assert session.screen().name == "question-resident_id"
    assert "请再放一次" in session.screen().notices[0]
    assert rehearsal.hall.asked is None
    session.card_read(CARD)
    session.do("take_card")
    assert asked(rehearsal)[1] == Claim(By.CARD, 0)


def test_another_card_than_the_one_that_was_shown_is_not_claimed(session: Session, rehearsal: Rehearsal) -> None:
    session.card_read(CARD)
    session.do("take_card")
    assert session.state.visit
    session.state.visit.answers["resident_id"] = "110105193812310028"
    session.do("ask")
    assert session.screen().name == "question-resident_id"
    assert rehearsal.hall.asked is None


def test_it_holds_for_another_errand_and_nothing_of_it_stays_once_the_visitor_goes(
    session: Session, rehearsal: Rehearsal
) -> None:
    session.card_read(CARD)
    session.do("take_card")
    assert session.state.shown
    asked(rehearsal)
    session.do("another")
    assert session.state.shown
    session.do("finish")
    assert session.state.shown is None


def test_a_slip_shows_whose_form_it_keeps(rehearsal: Rehearsal) -> None:
    session = rehearsal.session
    session.do("start")
    session.do("choose", "old-age-allowance")
    session.do("next")
    session.do("save")
    assert session.state.visit
    number = session.state.visit.number
    session.do("finish")
    session.do("home")
    session.scanned(rehearsal.hall.drafts.slip.qr)
    assert session.state.shown
    assert session.state.shown.claim(number, rehearsal.seconds) == Claim(By.SLIP, 0)
    assert session.state.shown.claim(NUMBER, rehearsal.seconds) is None
