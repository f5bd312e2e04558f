"""An ID card on the reader where somebody acts for another: it fills whose it is, and nobody else."""

import pytest

from kiosk.devices.cards import Card
from kiosk.session.session import Session
from kiosk.testing.rehearsal import Rehearsal

MINE, THEIRS, THIRD = (
    Card("110105196503072146", "李强"),
    Card("11010519491231002X", "王秀英"),
    Card("110105193812310028", "欧阳秀兰"),
)


@pytest.fixture
def session(rehearsal: Rehearsal) -> Session:
    """Before the agent's name, for somebody in the family."""
    session = rehearsal.session
    session.equip(card_reader=True)
    for action, value in (("start", None), ("choose", "disability-subsidy"), ("next", None), ("answer", "family")):
        session.do(action, value)  # type: ignore[arg-type]
    assert session.screen().name == "question-agent_name"
    return session


def filled(session: Session) -> dict[str, str]:
    assert session.state.visit
    return {name: value for name, value in session.state.visit.answers.items() if "name" in name or "_id" in name}


def to_applicant(session: Session) -> None:
    """On to the name of whom it is for."""
    session.do("answer", "child")
    for digit in "13900139000":
        session.do("type", digit)
    session.do("next")
    session.do("answer", "receipt")
    assert session.screen().name == "question-name"


def test_whose_card_it_is_is_asked_while_it_may_be_either(session: Session) -> None:
    session.card_read(MINE)
    assert session.screen().name == "card-whose"
    assert [row.value for row in session.screen().rows] == ["李强", "110105 19650307 2146"]
    session.do("take_card_of", "agent")
    assert filled(session) == {"agent_name": "李强", "agent_resident_id": MINE.number}
    assert session.screen().name == "question-relation"


def test_the_applicants_card_laid_down_first_waits_for_its_question(session: Session) -> None:
    session.card_read(THEIRS)
    session.do("take_card_of", "applicant")
    assert filled(session) == {"name": "王秀英", "resident_id": THEIRS.number}
    assert session.screen().name == "question-agent_name", "this is still to be answered"
    session.card_read(THEIRS)
    assert session.screen().name == "card", "it is known by now whose it is"
    session.do("refuse_card")
    session.card_read(MINE)
    session.do("take_card_of", "agent")
    assert filled(session)["agent_resident_id"] == MINE.number


def test_the_agents_own_card_never_fills_the_applicant(session: Session) -> None:
    session.card_read(MINE)
    session.do("take_card_of", "agent")
    to_applicant(session)
    session.card_read(MINE)
    assert [row.label for row in session.screen().rows] == ["您的姓名", "您的身份证号码"]
    session.do("take_card")
    assert "name" not in filled(session)
    assert session.screen().name == "question-name"
    session.card_read(THEIRS)
    session.do("take_card")
    assert filled(session)["resident_id"] == THEIRS.number


def test_a_second_agent_is_one_too_many_and_said_so(session: Session) -> None:
    session.card_read(MINE)
    session.do("take_card_of", "agent")
    session.do("back")
    session.card_read(THIRD)
    assert "只能有一个人" in session.screen().remark
    assert filled(session)["agent_resident_id"] == MINE.number


def test_an_agent_does_not_become_whom_they_act_for(session: Session) -> None:
    session.card_read(MINE)
    session.do("take_card_of", "agent")
    to_applicant(session)
    session.card_read(THEIRS)
    session.do("take_card")
    assert session.state.shown
    assert session.state.shown.number == MINE.number


def test_a_card_may_be_refused(session: Session) -> None:
    session.card_read(MINE)
    session.do("refuse_card")
    assert filled(session) == {}
    assert session.screen().name == "question-agent_name"
