"""Lists of many lines, and lines of many characters: all of it is on the panel, as large as there is room for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from ui_support import INCH_15, INCH_27, LYING, UPRIGHT, Kiosk

from kiosk.screens.common.model import Row
from kiosk.state.look import Look
from ui.devtools.geometry import measure
from ui.look.theme import BODY_MM
from ui.speech.listener import Hearing

ENDLESS = "W" * 200  # as much as an office may tell, without a space


def pages(kiosk: Kiosk, rows: Sequence[Row] = ()) -> Iterator[str]:
    """Where we are on each page of the screen, with these rows instead of its own, which is drawn. Nothing is cut."""
    view, screen = kiosk.window.view, replace(kiosk.screen, name="long", rows=tuple(rows) or kiosk.screen.rows)
    view.draw(screen, kiosk.window.theme, Hearing("idle"))
    while True:
        shown = measure(view, kiosk.window.grab().toImage())
        assert not [text.string for text in shown.texts if text.clipped], view.where
        yield view.where
        if not view.page_left:
            return
        view.turn_page(1)
        view.draw(screen, kiosk.window.theme, Hearing("idle"))


def at_the_check(kiosk: Kiosk) -> Kiosk:
    kiosk.walk_to("check")
    return kiosk


@pytest.mark.parametrize(("size", "text"), [(UPRIGHT, "L"), (LYING, "S")], ids=["upright", "lying"])
def test_the_number_of_a_late_page_is_whole(make_kiosk: Callable[..., Kiosk], size: tuple[int, int], text: str) -> None:
    kiosk = at_the_check(make_kiosk(size, INCH_15, Look(text=text)))
    lines = [Row(f"第 {at} 个问题", "回答", ("回答",)) for at in range(64)]
    shown = [(where, kiosk.window.view.theme.tightness) for where in pages(kiosk, lines)]
    assert any(where.startswith("第 10 页") for where, _ in shown)
    assert len({tightness for _, tightness in shown}) == 1, "none is drawn tighter for its number"


def test_long_lines_at_the_end_make_the_text_of_all_no_smaller(make_kiosk: Callable[..., Kiosk]) -> None:
    kiosk = at_the_check(make_kiosk(UPRIGHT, INCH_27, Look("en", "L")))
    short = [Row(f"Question {at}", "Yes", ("Yes",)) for at in range(13)]
    long = [Row(f"Question {at}", "This is a reason of many words. " * 3, ("Reasons",)) for at in range(13, 16)]
    view = kiosk.window.view
    sizes = [view.theme.em_mm(view.meaning.font_role) for _ in pages(kiosk, [*short, *long])]
    assert len(sizes) > 1
    assert min(sizes) >= BODY_MM["L"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [UPRIGHT, LYING], ids=["upright", "lying"])
def test_what_an_office_tells_without_a_space_is_whole(
    make_kiosk: Callable[..., Kiosk], size: tuple[int, int], lang: str
) -> None:
    kiosk = make_kiosk(size, INCH_15, Look(lang, "L"))
    kiosk.walk_to("answer-found", "medical-insurance-balance")
    first, *rest = kiosk.screen.rows
    assert any(pages(kiosk, [replace(first, value=ENDLESS), *rest]))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_how_it_was_decided_is_read_page_by_page_and_no_line_twice(make_kiosk: Callable[..., Kiosk], lang: str) -> None:
    """Each line is as high as it needs, and all pages are in the sizes of the first."""
    kiosk = make_kiosk(LYING, INCH_15, Look(lang, "L"))
    kiosk.walk_to("answer-refused", "progress-query")
    view, starts = kiosk.window.view, []
    for _ in pages(kiosk):
        starts.append((view.page.starts, view.page.first))
    assert starts == [(starts[0][0], first) for first in starts[0][0]]
    assert starts[0][0][1] > 1, "what was decided and why stand on the first page"
