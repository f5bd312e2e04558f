"""However much a receipt says, its number, how it ends and the buttons are there; the rest goes over pages."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from ui_support import INCH_15, LYING, UPRIGHT, Kiosk

from kiosk.screens.common.model import Row
from kiosk.state.look import Look
from ui.speech.listener import Hearing

MANY = tuple(Row(f"What is told {at}", f"Words that take up two lines {at}") for at in range(24))


def shown(kiosk: Kiosk) -> list[str]:
    """All that is written on the panel and whole."""
    view = kiosk.window.view
    parts = [one for one in view.pool.used if not one.isHidden() and view.rect().contains(one.geometry())]
    return [text.string for part in parts for text in part.painted() if text.fits]


@pytest.mark.parametrize("look", [Look(lang="en", text="S"), Look(lang="en", text="L")], ids=["S", "L"])
@pytest.mark.parametrize("size", [UPRIGHT, LYING], ids=["upright", "lying"])
def test_many_lines_push_nothing_off(make_kiosk: Callable[..., Kiosk], size: tuple[int, int], look: Look) -> None:
    kiosk = make_kiosk(size, INCH_15, look)
    kiosk.walk_to("check")
    kiosk.do("send")
    screen = replace(kiosk.screen, rows=(*kiosk.screen.rows, *MANY))
    view, told, pages = kiosk.window.view, set[str](), 0
    while pages == 0 or view.page_left:
        if pages:
            view.turn_page(1)
        view.draw(screen, kiosk.window.theme, Hearing("idle"))
        pages += 1
        page = shown(kiosk)
        assert {screen.title, *screen.lines, screen.rows[0].value, "Get help", "Finish"} <= {*page}
        told |= {*page}
    assert pages > 1
    assert {row.value for row in screen.rows} <= told


def test_a_usual_receipt_has_no_pages(make_kiosk: Callable[..., Kiosk]) -> None:
    kiosk = make_kiosk(LYING, INCH_15, Look(lang="en", text="L"))
    kiosk.walk_to("check")
    kiosk.do("send")
    kiosk.window.refresh()
    assert not kiosk.window.view.page_left
    assert {row.value for row in kiosk.screen.rows} <= {*shown(kiosk)}
