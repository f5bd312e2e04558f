"""Dates and amounts through the real widgets: by hand, and by a voice that the pad shows."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from project import ASSETS
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui_support import LYING, UPRIGHT, Kiosk

from forms import Catalogue, load_catalogue
from ui.widgets.answer_field import AnswerField
from ui.widgets.label import Label

EXAMPLE = ASSETS.parent / "tests" / "examples" / "home-visit.yaml"


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    """The shipped catalogue and the example service, in place of the shipped one alone."""
    for path in ASSETS.glob("*.*"):
        shutil.copy(path, tmp_path)
    for folder in ("services", "pictures"):
        shutil.copytree(ASSETS / folder, tmp_path / folder)
    shutil.copy(EXAMPLE, tmp_path / "services")
    return load_catalogue(tmp_path)


@pytest.fixture
def kiosk(make_kiosk: Callable[..., Kiosk]) -> Kiosk:
    made = make_kiosk()
    made.do("start", ("choose", "home-visit"), "next")
    return made


def answer(kiosk: Kiosk) -> str:
    """What the answer's field shows."""
    field = next(one for one in kiosk.window.findChildren(AnswerField) if one.isVisible())
    return field.painted()[0].string


def test_an_example_stands_where_nothing_is_put_in(kiosk: Kiosk) -> None:
    assert answer(kiosk) == "比如 1945 03 08"
    assert kiosk.typed == ""


def test_a_date_and_an_amount_by_touch(kiosk: Kiosk) -> None:
    kiosk.press("按数字填")
    for digit in "19450308":
        kiosk.press(digit)
    assert answer(kiosk) == "1945 03 08"
    kiosk.press("下一步")
    assert kiosk.name == "question-income"
    for key in ("1", "5", "0", "0", "点", "5"):
        kiosk.press(key)
    assert kiosk.typed == "1500.5"
    kiosk.press("下一步")
    assert kiosk.rehearsal.session.state.visit
    assert kiosk.rehearsal.session.state.visit.answers == {"born": "1945-03-08", "income": "1500.50"}


def test_the_solar_date_of_a_lunar_one_is_for_the_eyes(kiosk: Kiosk) -> None:
    kiosk.do(("calendar", "moon"), *(("step", number) for number in ("194", "1945", "1", "25")))
    line = kiosk.screen.private[0]
    assert "1945" in line
    text = next(part for part in kiosk.window.view.pool.used if isinstance(part, Label) and part.string == line)
    before = len(kiosk.speaker.heard)
    QTest.mouseClick(text, Qt.MouseButton.LeftButton)
    assert kiosk.speaker.heard[before:] == []
    assert "1945" not in text.accessibleName()


def test_an_amount_by_keys(kiosk: Kiosk) -> None:
    kiosk.do(*(("type", digit) for digit in "19450308"), "next")
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_Period, Qt.Key.Key_5):
        kiosk.key(key)
    assert kiosk.typed == "12.5"


def test_what_is_dictated_is_shown_and_said_back_and_waits(kiosk: Kiosk) -> None:
    session = kiosk.rehearsal.session
    session.hear(None, dictated="一九四五年三月初八")
    assert answer(kiosk) == "1945年4月19日"
    assert kiosk.speaker.heard[-1] == session.to_say()
    assert session.to_say()[0] == "4月19日"
    assert kiosk.name == "question-born"
    kiosk.press("下一步")
    assert kiosk.name == "question-income"


@pytest.mark.parametrize("size", [UPRIGHT, LYING])
def test_a_gap_is_seen(make_kiosk: Callable[..., Kiosk], size: tuple[int, int]) -> None:
    kiosk = make_kiosk(size)
    kiosk.do("start", ("choose", "old-age-allowance"), "next")
    session = kiosk.rehearsal.session
    while kiosk.name != "question-phone":
        assert session.state.visit
        field = session.state.visit.field
        if field.type == "choice":
            kiosk.do(("answer", session.state.visit.choices()[0].id))
        else:
            session.state.entry.add(field.example)
            kiosk.do("next")
    session.hear(None, dictated="一三七零零一三八零零零")
    session.hear(None, dictated="改第三位")
    assert answer(kiosk) == "13_ 0013 8000"
    kiosk.press("8")
    assert answer(kiosk) == "138 0013 8000"
