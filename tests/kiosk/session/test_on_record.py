"""What an office has on record of whoever shows their card: asked first, then shown, taken over or said to be wrong."""

from datetime import date

import pytest
from one_form import OWN, begin, fill_in, give, visit

from kiosk.devices.cards import Card
from kiosk.screens.common.model import Screen
from kiosk.session.session import Session
from kiosk.state import identity
from kiosk.testing.rehearsal import Rehearsal
from protocol.levels import By
from protocol.queries import Office
from protocol.queries.on_record import Answer, Inputs
from protocol.wire import AnswerSource, OnRecord

ALLOWANCE, ADDRESS, PHONE = "old-age-allowance", "城关镇东街社区18号", "13800138000"
FOUND = Answer(office=Office.TOLD, values={"address": ADDRESS, "phone": PHONE}, as_of=date(2025, 3, 8))


@pytest.fixture
def session(rehearsal: Rehearsal) -> Session:
    rehearsal.session.equip(card_reader=True)
    rehearsal.session.do("start")
    rehearsal.hall.asks, rehearsal.hall.answers["on_record"] = True, FOUND
    return rehearsal.session


def show_card(session: Session, card: Card = Card(OWN, "王秀英")) -> Screen:  # noqa: B008 - frozen
    """Where it is of use."""
    begin(session, ALLOWANCE)
    while not identity.at_question(visit(session)):
        give(session)
    session.card_read(card)
    session.do("take_card")
    return session.screen()


def looked(rehearsal: Rehearsal) -> Session:
    """With what was found shown."""
    show_card(rehearsal.session)
    rehearsal.session.do("look_on_record")
    give(rehearsal.session)
    rehearsal.finish_background()
    return rehearsal.session


def rows(shown: Screen) -> dict[str, str]:
    return {row.label: row.value for row in shown.rows}


def test_whoever_shows_their_card_is_asked_first_which_office_and_for_what(
    rehearsal: Rehearsal, session: Session
) -> None:
    shown = show_card(session)
    assert (shown.title, rows(shown)) == (
        "让大厅查查户口登记，好吗？",
        {"查到了，这些就不用您填": "电话号码、乡镇、村或社区、门牌"},
    )
    assert "电话号码" in session.to_say()
    assert rehearsal.hall.asked is None


def test_only_what_this_form_asks_is_asked_for_with_the_card(rehearsal: Rehearsal, session: Session) -> None:
    looked(rehearsal)
    assert rehearsal.hall.asked is not None
    inputs, claim = rehearsal.hall.asked
    assert inputs == Inputs(
        consent="yes", resident_id=OWN, registry="residents", full_name="王秀英", wanted=frozenset({"address", "phone"})
    )
    assert claim is not None
    assert claim.by is By.CARD


def test_what_was_found_is_shown_with_its_office_and_month_and_counts_after_one_touch(
    rehearsal: Rehearsal, session: Session
) -> None:
    shown = looked(rehearsal).screen()
    assert rows(shown) == {
        "电话号码（大厅查到的，2025年3月的记录）": "138******00",
        "乡镇（大厅查到的，2025年3月的记录）": "城关镇",
        "村或社区（大厅查到的，2025年3月的记录）": "东街社区",
        "门牌（大厅查到的，2025年3月的记录）": "18号",
    }
    assert {row.change.label for row in shown.rows if row.change} == {"这条不对"}
    assert "town" not in visit(session).answers, "nothing counts before it was shown"
    session.do("reuse")
    answers = visit(session).answers
    told = ("phone", "town", "village", "house_number")
    assert [answers[name] for name in told] == [PHONE, "chengguan", "chengguan_dongjie", "18号"]
    fill_in(session)
    assert "门牌（大厅查到的，2025年3月的记录）" in rows(session.screen())


def test_no_number_and_no_address_is_said_aloud(rehearsal: Rehearsal, session: Session) -> None:
    shown = looked(rehearsal).screen()
    heard = "".join([*session.to_say(), *(part for row in shown.rows for part in row.say)])
    assert PHONE not in heard.replace(" ", "")
    assert "18号" not in heard


def test_who_says_no_fills_it_in_and_nobody_is_asked(rehearsal: Rehearsal, session: Session) -> None:
    show_card(session)
    session.do("leave_record")
    fill_in(session)
    assert session.screen().name == "check"
    assert rehearsal.hall.asked is None


def test_nobody_waits_for_the_office(rehearsal: Rehearsal, session: Session) -> None:
    show_card(session)
    session.do("look_on_record")
    assert session.screen().name == "question-hukou_here"
    assert session.screen().remark == "大厅正在查。您先往下填。"
    fill_in(session, phone="13900000001", town="chengguan")
    assert session.screen().name == "check", "they were faster"
    rehearsal.finish_background()
    assert (session.screen().name, visit(session).answers["phone"]) == ("check", "13900000001")


def test_what_comes_while_its_question_is_open_takes_its_place_unless_one_has_begun(
    rehearsal: Rehearsal, session: Session
) -> None:
    show_card(session)
    session.do("look_on_record")
    give(session)
    assert session.screen().name == "question-phone"
    session.do("type", "1")
    rehearsal.finish_background()
    assert (session.screen().name, session.state.entry.text) == ("question-phone", "1")
    session.do("erase")
    give(session, "13900000001")
    assert set(visit(session).offer.lines) == {"town", "village", "house_number"}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(office=Office.AWAY), "现在查不到，请您自己填。"),
        (Answer(office=Office.NOT_ASKED), "现在查不到，请您自己填。"),
        (Answer(office=Office.NOTHING), "那边没有记着这些，请您自己填。"),
        (Answer(office=Office.TOLD), "那边没有记着这些，请您自己填。"),
        (
            Answer(office=Office.TOLD, values={"address": "火星1号", "phone": "12"}),
            "那边没有记着这些，请您自己填。",
        ),
        (Answer(office=Office.OF_ANOTHER), "那边记的是别的名字，没有用。请您自己填。"),
        (None, "现在查不到，请您自己填。"),
    ],
)
def test_where_nobody_tells_the_question_is_asked_and_one_sentence_says_so(
    rehearsal: Rehearsal, session: Session, answer: Answer | None, said: str
) -> None:
    """None: the line to the hall is down."""
    rehearsal.hall.answers = {"on_record": answer} if answer else {}
    looked(rehearsal)
    assert (session.screen().name, session.screen().remark) == ("question-phone", said)
    fill_in(session)
    assert session.screen().name == "check"


def test_what_is_missing_is_asked(rehearsal: Rehearsal, session: Session) -> None:
    rehearsal.hall.answers["on_record"] = Answer(office=Office.TOLD, values={"address": "清河县柳林乡山前村"})
    looked(rehearsal)
    give(session)
    assert rows(session.screen()) == {"乡镇（大厅查到的）": "柳林乡", "村或社区（大厅查到的）": "山前村"}
    session.do("reuse")
    assert session.screen().name == "question-house_number"


def test_a_line_that_is_wrong_is_answered_and_both_are_known(rehearsal: Rehearsal, session: Session) -> None:
    looked(rehearsal)
    session.do("correct", "phone")
    session.do("clear")
    give(session, "13900000001")
    session.do("reuse")
    fill_in(session)
    assert visit(session).answers["phone"] == "13900000001"
    session.restore(session.draft())  # after a crash
    session.do("send")
    (form,) = rehearsal.hall.kept
    assert form.answers["phone"] == "13900000001"
    against = {name: source.on_record for name, source in form.sources.items() if source.on_record}
    assert against == {"phone": OnRecord(value=PHONE, as_of=date(2025, 3, 8))}
    assert form.sources["town"] == AnswerSource(source="provider", at=date(2025, 3, 8))


def test_who_says_that_this_is_not_theirs_sees_nothing_of_it_again(rehearsal: Rehearsal, session: Session) -> None:
    looked(rehearsal)
    session.do("somebody_else")
    assert session.screen().name == "question-phone"
    fill_in(session)
    assert session.screen().name == "check"
    assert not visit(session).records.found


@pytest.mark.parametrize("card", [Card(OWN, scanned=True), Card(OWN)])
def test_a_printed_number_or_a_card_without_a_name_opens_nothing(
    rehearsal: Rehearsal, session: Session, card: Card
) -> None:
    show_card(session, card)
    assert session.screen().kind == "question"
    fill_in(session)
    assert session.screen().name == "check"


def test_somebody_elses_number_ends_it(rehearsal: Rehearsal, session: Session) -> None:
    """The record was of the card, and the form is now of another."""
    looked(rehearsal)
    session.do("reuse")
    fill_in(session)
    session.do("change", "resident_id")
    give(session, "110105193812310028")
    fill_in(session, phone="13900000001")
    assert not visit(session).records.found
    assert visit(session).answers["phone"] == "13900000001"


def test_it_is_gone_with_the_form_and_with_the_visitor(rehearsal: Rehearsal, session: Session) -> None:
    looked(rehearsal)
    session.wipe()
    assert (session.state.visit, session.state.shown) == (None, None)
    assert not session.state.known.people


def test_each_office_is_asked_about_by_itself_and_what_comes_meanwhile_is_shown(
    rehearsal: Rehearsal, session: Session
) -> None:
    begin(session, "disability-subsidy")
    give(session, "self")
    session.card_read(Card(OWN, "王秀英"))
    session.do("take_card")
    assert (session.screen().title, [*rows(session.screen()).values()]) == ("让大厅问问残联，好吗？", ["残疾人证号码"])
    session.do("look_on_record")
    assert session.screen().title == "让大厅查查户口登记，好吗？"
    assert session.screen().title in session.to_say()
    rehearsal.hall.answers["on_record"] = Answer(office=Office.TOLD, values={"certificate": f"{OWN}42"})
    rehearsal.finish_background()
    assert session.screen().kind == "card", "nobody is taken away from a question"
    session.do("leave_record")
    assert rows(session.screen()) == {"残疾人证号码（大厅查到的）": "1*****************42"}
    assert "42" not in "".join(session.to_say())
    session.do("reuse")
    assert visit(session).answers["certificate"] == f"{OWN}42"
    fill_in(session)
    assert session.screen().name == "check"


def test_what_was_not_asked_for_is_not_used(rehearsal: Rehearsal, session: Session) -> None:
    """The hall tells an address too, and the form asks for none."""
    begin(session, "hospital-appointment")
    while not identity.at_question(visit(session)):
        give(session)
    session.card_read(Card(OWN, "王秀英"))
    session.do("take_card")
    session.do("look_on_record")
    rehearsal.finish_background()
    assert set(visit(session).records.found) == {"phone"}
