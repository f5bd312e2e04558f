"""Signing by finger: lines drawn, taken back, drawn anew; a mark in place of it, which staff witness."""

import math

import every_kind
import pytest

from forms import Catalogue
from forms.rules import LONGEST
from kiosk.entry.pinyin import PinyinTable
from kiosk.session.session import Session
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts

LINE = ((20.0, 30.0), (40.0, 32.0), (59.0, 30.0))  # 39 mm
DOT = ((20.0, 30.0),)


@pytest.fixture
def kiosk(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable) -> Rehearsal:
    return every_kind.asked(catalogue, texts, pinyin, every_kind.step("allow_check"))


@pytest.fixture
def session(kiosk: Rehearsal) -> Session:
    return kiosk.session


def kept(session: Session) -> str:
    assert session.state.visit
    return session.state.visit.answers.get("allow_check", "")


def test_what_is_drawn_is_on_the_pad_and_on_the_check_screen(session: Session) -> None:
    session.write(LINE)
    session.write(DOT)
    entry = session.screen().entry
    assert entry
    assert (entry.kind, entry.strokes) == ("sign", (LINE, DOT))
    session.do("next")
    assert kept(session) == "[[[200,300],[400,320],[590,300]],[[200,300]]]"
    (row,) = session.screen().rows
    assert (row.value, row.ink) == ("已签字", entry.strokes)
    assert not any("200" in said for said in session.screen().say + row.say), "nothing of it is said"


def test_a_line_is_taken_back_and_all_is_signed_anew(session: Session) -> None:
    session.write(LINE)
    session.write(DOT)
    session.do("erase")
    assert session.screen().entry.strokes == (LINE,)  # type: ignore[union-attr]
    session.do("clear")
    assert session.screen().entry.strokes == ()  # type: ignore[union-attr]
    session.do("next")
    assert "签字" in session.screen().error, "nothing is signed yet"
    session.write(LINE)
    session.do("next")
    assert session.screen().name == "check"
    session.do("change", "allow_check")
    assert session.screen().entry.strokes, "it is still there to be looked at"  # type: ignore[union-attr]


def test_a_dot_is_taken_and_a_person_looks(session: Session) -> None:
    session.write(DOT)
    session.do("next")
    assert session.screen().name == "check", "nobody is refused"
    assert any("工作人员会看" in row.value for row in session.screen().rows)
    session.do("send")
    assert session.screen().kind == "receipt"


def test_however_long_somebody_scribbles_the_form_stays_small(session: Session) -> None:
    spiral = tuple((100 + at / 2500 * math.cos(at / 9), 60 + at / 2500 * math.sin(at / 9)) for at in range(100_000))
    session.write(spiral)
    for _ in range(120):
        session.write(LINE)
    assert "no_room" in session.state.visit.problem.code  # type: ignore[union-attr]
    session.do("next")
    assert len(kept(session)) <= LONGEST
    assert session.screen().name == "check"


def test_points_that_a_trembling_finger_makes_are_left_out(session: Session) -> None:
    session.write(tuple((20.0 + at / 100, 30.0) for at in range(4000)))
    session.do("next")
    assert len(kept(session)) < 1500


def test_what_leaves_the_glass_stays_at_its_edge(session: Session) -> None:
    session.write(((-50.0, 10.0), (9000.0, 9000.0)))
    session.do("next")
    assert kept(session) == "[[[0,100],[6000,2000]]]"


def test_who_cannot_write_makes_a_mark_and_staff_come_to_witness_it(kiosk: Rehearsal) -> None:
    session = kiosk.session
    assert any("按手印" in part for part in session.screen().say), "who cannot see the pad hears of it"
    session.hear("按手印")
    assert kept(session) == "mark"
    assert session.screen().rows[0].value == "按手印"
    session.do("send")
    assert kiosk.hall.call_state
    assert "按手印" in kiosk.hall.call_state.matter
    assert any("签字" in row.label and "按手印" in row.value for row in session.screen().rows)


def test_a_mark_takes_the_place_of_what_was_drawn_only_when_asked_twice(session: Session) -> None:
    session.write(LINE)
    session.do("answer", "mark")
    assert "再按一次" in session.screen().remark
    assert kept(session) == ""
    session.do("answer", "mark")
    assert kept(session) == "mark"


def test_the_receipt_says_that_it_is_signed_and_draws_nothing(session: Session) -> None:
    session.write(LINE)
    session.do("next")
    session.do("send")
    (row,) = [row for row in session.screen().rows if row.label == "签字"]
    assert (row.value, row.ink) == ("已签字", ())
