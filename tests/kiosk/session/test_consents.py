"""Consents: one for each purpose, with how to take it back; who does not agree is told what can be done."""

import pytest

from forms import Catalogue, Field
from kiosk.session.session import Session
from kiosk.testing.rehearsal import Rehearsal

BACK = {"zh": ("收回",), "en": ("take it back", "taken back")}


def consents(catalogue: Catalogue) -> list[tuple[str, Field]]:
    return [(one.id, field) for one in catalogue.services.values() for field in one.fields if field.type == "consent"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_consent_says_how_it_is_taken_back(catalogue: Catalogue, lang: str) -> None:
    assert len(consents(catalogue)) > 8
    for service, field in consents(catalogue):
        assert field.explain, (service, field.id)
        assert any(words in field.explain.written(lang) for words in BACK[lang]), (service, field.id)


def test_none_asks_for_two_things_at_once(catalogue: Catalogue) -> None:
    for service, field in consents(catalogue):
        assert "收入和存款" not in field.question.zh, (service, field.id)
        assert field.question.zh.count("？") == 1
    household = [field.id for service, field in consents(catalogue) if service == "minimum-living-allowance"]
    assert household == ["may_look", "may_ask_banks", "consent"]


@pytest.fixture
def session(rehearsal: Rehearsal) -> Session:
    """Before the consent to ask another office."""
    session = rehearsal.session
    for action, value in (("start", None), ("choose", "farm-subsidy-query"), ("next", None)):
        session.do(action, value)  # type: ignore[arg-type]
    while session.state.visit and session.state.visit.field.type != "consent":
        session.do("answer", session.state.visit.field.example)
    return session


def test_who_does_not_agree_is_told_what_can_be_done(session: Session, rehearsal: Rehearsal) -> None:
    asked = session.screen().name
    session.hear("不同意")
    shown = session.screen()
    assert shown.name == "declined"
    assert "没关系" in shown.title
    assert any("到窗口" in said for said in shown.say)
    assert rehearsal.hall.call_state is None, "nobody is called who was not asked for"
    assert session.state.visit
    assert not [name for name in session.state.visit.answers if "consent" in name or "ask" in name]
    session.do("resume")
    assert session.screen().name == asked


def test_a_staff_member_is_one_touch_away(session: Session, rehearsal: Rehearsal) -> None:
    session.do("decline")
    session.do("help")
    assert rehearsal.hall.call_state
