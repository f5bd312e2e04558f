"""A group of a number is touched to be put in anew; the rest of it stays."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from ui_support import INCH_15, INCH_27, LYING, UPRIGHT, Kiosk

from kiosk.state.look import Look
from ui.look.theme import TARGET_MM
from ui.widgets.answer_field import AnswerField

LEFT = Qt.MouseButton.LeftButton
NUMBER = "110105194912310020"


@pytest.fixture
def pad(kiosk: Kiosk) -> Kiosk:
    """At the ID number, all of it typed, one digit wrong."""
    kiosk.to_the_id_number()
    kiosk.do(*(("type", digit) for digit in NUMBER))
    return kiosk


def field(kiosk: Kiosk) -> AnswerField:
    return next(part for part in kiosk.window.view.pool.used if isinstance(part, AnswerField))


def touch_group(kiosk: Kiosk, group: int) -> None:
    kiosk.seconds[0] += 1
    QTest.mouseClick(field(kiosk), LEFT, pos=field(kiosk).groups()[group - 1].center())


def display(kiosk: Kiosk) -> str:
    assert kiosk.screen.entry is not None
    return kiosk.screen.entry.display


def test_a_touched_group_is_put_in_anew_and_the_rest_stays(pad: Kiosk) -> None:
    touch_group(pad, 2)
    assert display(pad) == "110105 ________ 0020"
    assert pad.screen.remark == "这几位请重新填，别的都留着。"
    assert pad.speaker.heard[-1] == (pad.screen.remark,)
    for digit in "19400307":
        pad.press(digit)
    assert display(pad) == "110105 19400307 0020"


def test_each_group_can_be_touched(pad: Kiosk) -> None:
    for group, shown in ((1, "______ 19491231 0020"), (3, "110105 19491231 ____"), (2, "110105 ________ 0020")):
        touch_group(pad, group)
        assert display(pad) == shown


def test_a_group_touched_twice_is_as_it_was(pad: Kiosk) -> None:
    touch_group(pad, 2)
    touch_group(pad, 2)
    assert display(pad) == "110105 19491231 0020"


def test_erasing_takes_back_what_was_put_into_the_group(pad: Kiosk) -> None:
    touch_group(pad, 1)
    pad.press("4")
    assert display(pad) == "4_____ 19491231 0020"
    pad.press("删一个")
    assert display(pad) == "______ 19491231 0020"
    pad.press("删一个")
    assert display(pad).endswith("19491231 0020")
    assert "_" not in display(pad)


def test_a_half_filled_group_does_not_go_on(pad: Kiosk) -> None:
    touch_group(pad, 3)
    pad.press("0")
    pad.press("下一步")
    assert pad.name == "question-resident_id"
    assert pad.screen.remark == "请把空着的这几位再说一遍，或者用手按。"


def test_a_touch_behind_the_number_marks_nothing(pad: Kiosk) -> None:
    pad.do("erase", "erase")
    place = field(pad).rect()
    QTest.mouseClick(field(pad), LEFT, pos=QPoint(place.right() - 2, place.center().y()))
    assert "_" not in display(pad)


def test_sliding_off_marks_nothing(pad: Kiosk) -> None:
    first, second = (place.center() for place in field(pad).groups()[:2])
    QTest.mousePress(field(pad), LEFT, pos=first)
    QTest.mouseRelease(field(pad), LEFT, pos=second)
    assert "_" not in display(pad)


@pytest.mark.parametrize(("size", "diagonal_mm"), [(UPRIGHT, INCH_27), (LYING, INCH_15), (UPRIGHT, INCH_15)])
@pytest.mark.parametrize("text", ["S", "L"])
def test_groups_are_large_enough_for_a_finger(
    make_kiosk: Callable[..., Kiosk], size: tuple[int, int], diagonal_mm: float, text: str
) -> None:
    kiosk = make_kiosk(size, diagonal_mm, Look(text=text))
    kiosk.to_the_id_number()
    kiosk.do(*(("type", digit) for digit in NUMBER))
    scale = kiosk.window.theme.px_per_mm
    assert len(field(kiosk).groups()) == 3
    for place in field(kiosk).groups():
        assert min(place.width(), place.height()) / scale >= TARGET_MM - 0.05


def test_where_no_number_is_put_in_nothing_is_marked(kiosk: Kiosk) -> None:
    kiosk.do("start", ("choose", "old-age-allowance"), "next", ("answer", "self"), ("way", "letters"))
    kiosk.do(*(("letter", one) for one in "wang"), ("pick", "王"))
    QTest.mouseClick(field(kiosk), LEFT, pos=QPoint(30, 30))
    assert kiosk.typed == "王"
    assert field(kiosk).groups() == []
