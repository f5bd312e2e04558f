"""For who sits before a tall panel: one touch at the lower edge brings all that is touched into its lower half."""

from collections.abc import Callable

import pytest
from ui_support import INCH_15, INCH_27, LYING, UPRIGHT, Kiosk

from kiosk.state.look import Look

LOWER, BACK = "按键放低", "按键放回"


def reachable(kiosk: Kiosk) -> bool:
    """Whether all that can be touched stands in the lower half."""
    view = kiosk.window.view
    return all(one.geometry().top() > view.height() // 2 for one in view.targets() if one.isEnabled())


def test_one_touch_at_the_lower_edge_brings_all_down_and_back(kiosk: Kiosk) -> None:
    assert not reachable(kiosk)
    button = kiosk.button(LOWER).geometry()
    assert button.bottom() > 0.95 * kiosk.window.height()
    kiosk.press(LOWER)
    assert reachable(kiosk)
    assert kiosk.speaker.heard[-1] == ("按键都放低了，坐着也够得着。",)
    kiosk.do("start")
    assert reachable(kiosk)
    kiosk.press(BACK)
    assert not reachable(kiosk)


def test_what_is_read_stands_above_what_is_touched(kiosk: Kiosk) -> None:
    kiosk.press(LOWER)
    kiosk.to_the_id_number()
    title = next(part for part in kiosk.window.view.pool.used if part.accessibleName() == kiosk.screen.title)
    assert title.geometry().bottom() < kiosk.window.height() // 2


def test_it_changes_nothing_of_what_was_filled_in(kiosk: Kiosk) -> None:
    kiosk.to_the_id_number()
    kiosk.do(*(("type", digit) for digit in "1101"))
    kiosk.press(LOWER)
    assert (kiosk.name, kiosk.typed) == ("question-resident_id", "1101")


def test_the_next_visitor_finds_the_panel_as_usual(kiosk: Kiosk) -> None:
    kiosk.press(LOWER)
    kiosk.rehearsal.session.wipe()
    assert not reachable(kiosk)
    assert kiosk.button(LOWER)


@pytest.mark.parametrize(("size", "diagonal_mm"), [(LYING, INCH_27), (UPRIGHT, INCH_15), (LYING, INCH_15)])
def test_a_low_panel_does_not_offer_it(
    make_kiosk: Callable[..., Kiosk], size: tuple[int, int], diagonal_mm: float
) -> None:
    kiosk = make_kiosk(size, diagonal_mm, Look(reach="lower"))
    assert kiosk.screen.reach is None
    assert not reachable(kiosk)  # drawn as usual: it is low enough
