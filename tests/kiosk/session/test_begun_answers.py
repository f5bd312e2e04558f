"""An answer that begins with what was answered before: the number of a disability certificate, with the ID number."""

import pytest
from one_form import MOTHERS, OWN, begin, give, visit

from kiosk.session.session import Session
from kiosk.testing.rehearsal import Rehearsal


@pytest.fixture
def session(rehearsal: Rehearsal) -> Session:
    """At the number of the certificate."""
    rehearsal.session.do("start")
    begin(rehearsal.session, "disability-subsidy")
    for answer in ("self", "王秀英", OWN):
        give(rehearsal.session, answer)
    return rehearsal.session


def shown(session: Session) -> str:
    entry = session.screen().entry
    assert entry
    return entry.value


def test_it_stands_there_and_only_the_rest_is_typed(session: Session) -> None:
    assert (visit(session).field_id, shown(session)) == ("certificate", OWN)
    session.do("next")
    assert visit(session).problem, "two digits are missing"
    for digit in "42":
        session.do("type", digit)
    session.do("next")
    assert visit(session).answers["certificate"] == f"{OWN}42"


def test_another_number_is_typed_after_one_touch(session: Session) -> None:
    session.do("clear")
    assert shown(session) == ""
    session.state.entry.add(f"{MOTHERS}42")
    session.do("next")
    assert visit(session).answers["certificate"] == f"{MOTHERS}42"


def test_it_follows_the_id_number_while_nothing_was_added(session: Session) -> None:
    session.do("back")
    give(session, MOTHERS)
    assert shown(session) == MOTHERS


def test_what_was_typed_is_there_again(session: Session) -> None:
    session.do("type", "4")
    session.do("back")
    session.do("next")
    assert shown(session) == f"{OWN}4"
