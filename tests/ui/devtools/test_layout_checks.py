"""Each promise about a screen, broken once: the inspection finds it, and finds nothing on the screen as it is."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QScrollArea, QWidget
from ui_support import INCH_15, LYING, Kiosk

from kiosk.screens.common.model import Screen
from kiosk.state.look import Look
from kiosk.texts.words import Words
from ui.devtools.geometry import measure
from ui.devtools.layout_checks import Inspection
from ui.look.palette import PALETTES, Paint
from ui.widgets.button import BigButton
from ui.widgets.label import Label


class Inspected:
    """The question for the ID number with a wrong answer, and what the inspection says of it."""

    def __init__(self, kiosk: Kiosk) -> None:
        kiosk.to_the_id_number()
        kiosk.do(*(("type", digit) for digit in "110105194912310020"), "next")
        self.kiosk, self.view, self.screen = kiosk, kiosk.window.view, kiosk.screen
        self.inspection = Inspection(self.view)
        self.said = [self.screen.error]
        assert self.screen.error
        assert not self.problems()
        kiosk.window.refresh()

    def problems(self) -> list[str]:
        measured = measure(self.view, self.kiosk.window.grab().toImage())
        return [str(one) for one in self.inspection.problems("here", self.screen, measured, self.said)]

    def button(self, label: str) -> BigButton:
        return self.kiosk.button(label)

    @property
    def primary(self) -> BigButton:
        return next(one for one in self.view.targets() if one.style_.primary)

    def text(self, string: str) -> Label:
        return next(one for one in self.view.pool.used if isinstance(one, Label) and one.string == string)

    def mm(self, millimetres: float) -> int:
        return self.view.theme.mm(millimetres)


def too_close(shown: Inspected) -> None:
    one, two = shown.button("1"), shown.button("2")
    two.move(one.geometry().right() + shown.mm(2), two.y())


def overlapping(shown: Inspected) -> None:
    shown.button("2").move(shown.button("1").pos())


def too_small(shown: Inspected) -> None:
    shown.button("5").resize(shown.mm(15), shown.mm(15))


def small_primary(shown: Inspected) -> None:
    shown.primary.resize(shown.primary.width(), shown.mm(19))


def too_pale(shown: Inspected) -> None:
    page = PALETTES["default"].roles["page"]
    PALETTES["default"].roles["page"] = Paint("#5a6468", page.fill, page.edge)


def cut(shown: Inspected) -> None:
    title = shown.text(shown.screen.title)
    title.resize(title.width(), title.height() // 2)


def broken_word(shown: Inspected) -> None:
    title = shown.text(shown.screen.title)
    title.theme = replace(title.theme, words=Words())
    title.resize(shown.mm(6 * 10), title.height())


def help_in_another_colour(shown: Inspected) -> None:
    help_button = shown.button("找人帮忙")
    help_button.set(help_button.button, replace(help_button.style_, role="tool"))


def back_in_the_colour_of_help(shown: Inspected) -> None:
    back = shown.button("上一步")
    back.set(back.button, replace(back.style_, role="help"))


def two_sizes_of_small_print(shown: Inspected) -> None:
    step = shown.text(shown.screen.progress.text)
    step.theme = replace(step.theme, text="L")


def two_sizes_of_pictures(shown: Inspected) -> None:
    again = shown.button("再说一遍")
    again.theme = replace(again.theme, text="L")


def in_the_margin(shown: Inspected) -> None:
    help_button = shown.button("找人帮忙")
    help_button.move(help_button.x(), help_button.y() + shown.mm(8))


def small_title(shown: Inspected) -> None:
    shown.text(shown.screen.title).set(shown.screen.title, "detail", readable=True)


def scrolling(shown: Inspected) -> None:
    QScrollArea(shown.kiosk.window)


def no_primary(shown: Inspected) -> None:
    shown.primary.hide()


def two_primaries(shown: Inspected) -> None:
    other = shown.button("1")
    other.style_ = replace(other.style_, primary=True)


def moved_primary(shown: Inspected) -> None:
    shown.primary.move(shown.primary.x(), shown.primary.y() - shown.mm(1))


def moved_back(shown: Inspected) -> None:
    back = shown.button("上一步")
    back.resize(back.width() - shown.mm(5), back.height())


def no_help(shown: Inspected) -> None:
    shown.button("找人帮忙").hide()


def silent(shown: Inspected) -> None:
    shown.screen = replace(shown.screen, say=())


def unspoken_error(shown: Inspected) -> None:
    shown.inspection, shown.said = Inspection(shown.view), []


def unheard_line(shown: Inspected) -> None:
    shown.text(shown.screen.lines[0]).readable = False
    shown.screen = replace(shown.screen, say=("Good morning.",))


def nameless(shown: Inspected) -> None:
    shown.primary.setAccessibleName("")


def other_order(shown: Inspected) -> None:
    targets = shown.view.targets()
    QWidget.setTabOrder(targets[-1], targets[1])


BROKEN: dict[Callable[[Inspected], None], str] = {
    too_close: "wanted: 3 mm or more",
    overlapping: "none, they overlap",
    too_small: "wanted: 16 mm or more each way",
    small_primary: "wanted: 20 mm or more each way",
    too_pale: "wanted: 10:1 or more",
    cut: "is cut off",
    broken_word: "the word “身份证号码” in “身份证号码是多少？” is broken",
    help_in_another_colour: "the colour behind “找人帮忙” is #f1e9d8; wanted: #ffc94d, as of all help",
    back_in_the_colour_of_help: "the colour behind “上一步” is #ffc94d; wanted: another than that of help",
    two_sizes_of_small_print: "the size of small print is 8.7 mm and 11.2 mm; wanted: one.",
    two_sizes_of_pictures: "the size of pictures beside detail words is 10.3 mm and 13.4 mm; wanted: one.",
    in_the_margin: "wanted: inside the margin",
    small_title: "wanted: 12 mm or more",
    scrolling: "something that scrolls",
    no_primary: "the number of primary buttons is 0",
    two_primaries: "the number of primary buttons is 2",
    moved_primary: "the place of the primary button is another",
    moved_back: "the place of the back button is another",
    no_help: "the number of help buttons is 0",
    silent: "what is read aloud is nothing",
    unspoken_error: "shown and not spoken",
    unheard_line: "is never heard",
    nameless: "the accessible name of “下一步” is empty",
    other_order: "the focus order is",
}


@pytest.mark.parametrize(("spoil", "found"), BROKEN.items(), ids=[spoil.__name__ for spoil in BROKEN])
def test_a_broken_promise_is_found(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Inspected], None], found: str
) -> None:
    monkeypatch.setitem(PALETTES["default"].roles, "page", PALETTES["default"].roles["page"])
    shown = Inspected(kiosk)
    spoil(shown)
    assert any(found in problem for problem in shown.problems()), shown.problems()


def test_text_that_could_be_larger_is_found(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Inspected(kiosk)
    monkeypatch.setattr("ui.window.view.largest_step", lambda fits, guess: 0 if fits(0) else None)
    kiosk.window.refresh()
    assert any("wanted: the next larger step, for which there is room" in problem for problem in shown.problems())


def test_a_button_out_of_reach_is_found(make_kiosk: Callable[..., Kiosk]) -> None:
    shown = Inspected(make_kiosk(look=Look(reach="lower")))
    shown.button("5").move(shown.mm(50), shown.mm(50))
    assert any("the target “5” is in the upper half" in problem for problem in shown.problems())


def test_a_notice_that_cannot_be_heard_is_found(kiosk: Kiosk) -> None:
    kiosk.rehearsal.hall.offline = True
    kiosk.do("start")
    kiosk.window.refresh()
    inspection, view, screen = Inspection(kiosk.window.view), kiosk.window.view, kiosk.screen
    assert screen.notices[0] in screen.say, "the home screen says it"
    notice = next(one for one in view.pool.used if isinstance(one, Label) and one.string == screen.notices[0])
    measured = measure(view, kiosk.window.grab().toImage())
    assert not inspection.problems("here", screen, measured, [])
    notice.readable = False
    mute: Screen = replace(screen, say=(screen.title,))
    assert any("never heard" in str(one) for one in inspection.problems("here", mute, measured, []))


def free_to_send(kiosk: Kiosk) -> None:
    primary = next(one for one in kiosk.window.view.targets() if one.style_.primary)
    primary.set(replace(primary.button, enabled=True), primary.style_)


def turned_by_the_primary(kiosk: Kiosk) -> None:
    primary = next(one for one in kiosk.window.view.targets() if one.style_.primary)
    primary.set(kiosk.button("Next page").button, primary.style_)


def two_rows(kiosk: Kiosk) -> None:
    view = kiosk.window.view
    view._page = replace(view._page, starts=(2, 4))  # below what is to be looked at


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (free_to_send, "held back until the last page was shown"),
        (turned_by_the_primary, "never what turns the page"),
        (two_rows, "the number of answers on the page is 2; wanted: 3 or more"),
    ],
)
def test_a_form_that_could_be_sent_unseen_or_by_mistake_is_found(
    make_kiosk: Callable[..., Kiosk], spoil: Callable[[Kiosk], None], found: str
) -> None:
    kiosk = make_kiosk(LYING, INCH_15, Look("en", "L"))
    kiosk.walk_to("check")
    screen, view = kiosk.screen, kiosk.window.view
    assert view.page_left
    spoil(kiosk)
    measured = measure(view, kiosk.window.grab().toImage())
    problems = [str(one) for one in Inspection(view).problems("here", screen, measured, [])]
    assert any(found in one for one in problems), problems


def test_a_button_where_the_page_was_turned_is_found(make_kiosk: Callable[..., Kiosk]) -> None:
    kiosk = make_kiosk(LYING, INCH_15, Look("en", "L"))
    kiosk.walk_to("check")
    view = kiosk.window.view
    inspection, place = Inspection(view), kiosk.button("Next page").geometry()
    assert not inspection.problems("here", kiosk.screen, measure(view, kiosk.window.grab().toImage()), [])
    while view.page_left:
        view.turn_page(1)
        kiosk.window.refresh()
    next(one for one in view.targets() if one.style_.primary).setGeometry(place)
    found = inspection.problems("here", kiosk.screen, measure(view, kiosk.window.grab().toImage()), [])
    assert any("is where the page was turned before; wanted: another" in str(one) for one in found)
