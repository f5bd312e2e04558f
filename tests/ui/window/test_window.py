"""The window: keys do what hands do, what is drawn follows the visitor's wishes, lists turn pages."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui_support import INCH_15, LYING, UPRIGHT, Kiosk

from kiosk.screens.common.model import Button, Screen
from kiosk.state.look import Look
from ui.look.palette import PALETTES
from ui.speech.listener import Hearing
from ui.widgets.button import BigButton

Key = Qt.Key


def focused(kiosk: Kiosk) -> str:
    widget = kiosk.window.focusWidget()
    assert isinstance(widget, BigButton)
    return widget.button.label


def ring_is_around(kiosk: Kiosk, label: str) -> bool:
    ring = kiosk.window.view.ring
    return ring.isVisible() and ring.geometry().contains(kiosk.button(label).geometry())


def test_a_whole_errand_begins_with_keys_alone(kiosk: Kiosk) -> None:
    kiosk.key(Key.Key_Return)
    assert kiosk.name == "home"
    kiosk.key(Key.Key_Return)
    assert kiosk.name == "prerequisites"
    kiosk.key(Key.Key_Return)
    assert kiosk.name == "question-for_whom"
    kiosk.key(Key.Key_Return)
    assert kiosk.name == "question-name"
    QTest.keyClicks(kiosk.window, "wang1ying")
    kiosk.key(Key.Key_1)
    kiosk.key(Key.Key_Return)
    assert kiosk.name == "question-resident_id"
    QTest.keyClicks(kiosk.window, "11010519491231002x")
    assert kiosk.typed == "11010519491231002X"
    kiosk.key(Key.Key_Backspace)
    assert kiosk.typed == "11010519491231002"
    kiosk.key(Key.Key_Escape)
    assert kiosk.name == "question-name"


def test_tab_is_seen_and_keeps_to_the_window_also_when_a_button_has_the_focus(kiosk: Kiosk) -> None:
    window = kiosk.window.windowHandle()
    kiosk.do("start")
    kiosk.window.activateWindow()
    first = focused(kiosk)
    QTest.keyClick(window, Key.Key_Tab)
    assert ring_is_around(kiosk, first)
    QTest.keyClick(window, Key.Key_Tab)
    assert focused(kiosk) != first
    assert ring_is_around(kiosk, focused(kiosk))
    QTest.keyClick(window, Key.Key_Backtab)
    assert focused(kiosk) == first


def test_the_help_key_calls_from_every_place(kiosk: Kiosk) -> None:
    for steps in ((), ("start",), ("settings",)):
        kiosk.do(*steps)
        kiosk.key(Key.Key_F1)
        assert kiosk.screen.kind == "help"
        kiosk.do("cancel_help")


def test_tab_goes_through_everything_in_reading_order_and_round(kiosk: Kiosk) -> None:
    kiosk.do("start")
    order = [target.button.label for target in kiosk.window.view.targets()]
    kiosk.key(Key.Key_Tab)  # shows where one is
    seen = [focused(kiosk)]
    for _ in order[1:]:
        kiosk.key(Key.Key_Tab)
        seen.append(focused(kiosk))
    start = order.index(seen[0])
    assert seen == order[start:] + order[:start]
    assert order[:4] == ["再说一遍", "字大小和声音", "没办成", "English"]
    assert order[-2:] == ["找人帮忙", "按键放低"]


def test_arrows_move_on_the_pad_as_the_eye_does(kiosk: Kiosk) -> None:
    kiosk.to_the_id_number()
    kiosk.button("1").setFocus()
    kiosk.key(Key.Key_Right)
    kiosk.key(Key.Key_Right)
    assert focused(kiosk) == "2"
    kiosk.key(Key.Key_Down)
    assert focused(kiosk) == "5"
    kiosk.key(Key.Key_Up)
    assert focused(kiosk) == "2"


def test_the_focus_ring_shows_for_keys_and_goes_for_fingers(kiosk: Kiosk) -> None:
    kiosk.do("start")
    assert not kiosk.window.view.ring.isVisible()
    kiosk.key(Key.Key_Tab)
    assert ring_is_around(kiosk, focused(kiosk))
    kiosk.press("再说一遍")
    assert not kiosk.window.view.ring.isVisible()


def test_a_bouncing_enter_key_counts_once(kiosk: Kiosk) -> None:
    kiosk.to_a_whole_name()
    kiosk.button("下一步").setFocus()
    kiosk.key(Key.Key_Return)
    assert kiosk.name == "question-resident_id"
    kiosk.window.focusWidget().clearFocus()
    kiosk.button("下一步").setFocus()
    QTest.keyClick(kiosk.window, Key.Key_Return)
    assert not kiosk.screen.error


def test_text_size_contrast_and_language_change_at_once(kiosk: Kiosk) -> None:
    kiosk.do("start", "settings")
    small = kiosk.window.view.theme.body_mm
    kiosk.press("大")
    assert kiosk.window.view.theme.body_mm > small
    kiosk.press("黄字")
    assert kiosk.window.grab().toImage().pixelColor(2, 2).name() == "#000000"
    kiosk.press("English")
    assert kiosk.button("Get help")


def test_what_does_not_fit_is_turned_to_before_it_can_be_sent(
    make_kiosk: Callable[..., Kiosk],
) -> None:
    kiosk = make_kiosk(LYING, look=Look(text="L"))
    kiosk.walk_to("check")
    assert not kiosk.button("还是交上去").isEnabled()
    to_look_at = {row.label for row in kiosk.screen.rows if row.to_look_at or row.heading}
    answers = {row.label for row in kiosk.screen.rows} - to_look_at
    first = {label for label in answers if shown(kiosk, label)}
    later: set[str] = set()
    while kiosk.window.view.page_left:
        assert not kiosk.button("还是交上去").isEnabled()
        kiosk.press("下一页")
        later |= {label for label in answers if shown(kiosk, label)}
    assert first | later == answers
    assert not first & later
    assert kiosk.button("还是交上去").isEnabled()
    while kiosk.window.view.page.number > 1:
        kiosk.press("上一页")
    assert {label for label in answers if shown(kiosk, label)} == first


def shown(kiosk: Kiosk, string: str) -> bool:
    return any(part.accessibleName() == string and not part.isHidden() for part in kiosk.window.view.pool.used)


def test_the_button_under_a_finger_stays_the_same_while_its_screen_changes(kiosk: Kiosk) -> None:
    kiosk.to_the_id_number()
    key = kiosk.button("1")
    kiosk.press("1")
    assert kiosk.button("1") is key


def test_every_button_has_a_name_for_screen_readers(kiosk: Kiosk) -> None:
    for _label, _screen in kiosk.walk(["progress-query"]):
        assert all(target.accessibleName() for target in kiosk.window.view.targets())


@pytest.mark.parametrize("state", ["idle", "listening", "heard", "blocked"])
def test_the_ears_show_what_they_do(kiosk: Kiosk, state: str) -> None:
    from ui.speech.listener import Hearing

    kiosk.do("start")
    kiosk.listener.shown = Hearing(state, f"now {state}")
    kiosk.listener.changed.emit()
    assert shown(kiosk, f"now {state}")
    talk = [target for target in kiosk.window.view.targets() if target.button.action == "talk"]
    assert len(talk) == (0 if state == "blocked" else 1)


def listened_for(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the ears are told to listen for on the screen as it is drawn now, and what it does."""
    told: list[Screen] = []
    monkeypatch.setattr(kiosk.listener, "follow", lambda screen: told.append(screen) or False)
    kiosk.window.refresh()
    return {phrase.text: phrase.action for phrase in told[-1].phrases}


def test_no_words_send_a_form_that_was_not_seen_to_its_end(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk.walk_to("check")
    kiosk.do("settings", ("set", "text=L"), "resume")
    phrases = listened_for(kiosk, monkeypatch)
    assert phrases["下一页"] == "page"
    assert "send" not in phrases.values()
    kiosk.listener.page_wanted.emit()  # somebody said 下一页
    phrases = listened_for(kiosk, monkeypatch)
    assert phrases["还是交上去"] == "send"
    assert "page" not in phrases.values()


def test_the_settings_look_as_they_would(kiosk: Kiosk) -> None:
    kiosk.do("start", "settings")
    shown = {one.button.value: one for one in kiosk.window.findChildren(BigButton) if one.isVisible()}
    small, medium, large = (shown[f"text={size}"].painted()[0].em_px for size in "SML")
    assert small < medium < large
    dark, yellow = shown["contrast=dark"], shown["contrast=yellow"]
    assert dark.theme.paint(dark.role) == PALETTES["dark"].roles["page"]
    assert yellow.theme.paint(yellow.role) == PALETTES["yellow"].roles["page"]


def test_the_picture_of_the_first_screen_starts_too(kiosk: Kiosk) -> None:
    QTest.mouseClick(kiosk.window, Qt.MouseButton.LeftButton, pos=kiosk.window.rect().center())
    assert kiosk.name == "home"


def test_of_a_long_list_twelve_are_offered_at_a_time_and_none_is_lost(kiosk: Kiosk) -> None:
    provinces = tuple(Button("answer", f"省{at}", f"p{at}") for at in range(31))
    screen = replace(kiosk.screen, kind="question", choices=provinces, primary=None)
    offered: list[str | None] = []
    for page in range(3):
        kiosk.window.view.draw(screen, kiosk.window.theme, Hearing("idle"))
        shown = [one.button.value for one in kiosk.window.view.targets() if one.button.action == "answer"]
        assert len(shown) <= 12
        offered += shown
        if page < 2:
            kiosk.window.view.turn_page(1)
    assert offered == [one.value for one in provinces]


@pytest.mark.parametrize("size", [UPRIGHT, LYING], ids=["upright", "lying"])
def test_who_turns_pages_again_and_again_sends_nothing(make_kiosk: Callable[..., Kiosk], size: tuple[int, int]) -> None:
    kiosk = make_kiosk(size, INCH_15, Look(text="L"))
    kiosk.walk_to("check")
    place = kiosk.button("下一页").geometry().center()
    for _ in range(8):
        assert kiosk.button("还是交上去").isEnabled() != kiosk.window.view.page_left
        kiosk.seconds[0] += 1
        QTest.mouseClick(kiosk.window.view, Qt.MouseButton.LeftButton, pos=place)
    assert (kiosk.name, kiosk.window.view.page_left) == ("check", False)
    kiosk.press("上一页")
    assert kiosk.button("还是交上去").isEnabled(), "all was seen"
    kiosk.press("还是交上去")
    assert kiosk.screen.kind == "receipt"


@pytest.mark.parametrize("text", ["S", "M", "L"])
def test_no_key_moves_when_an_answer_was_not_right(make_kiosk: Callable[..., Kiosk], text: str) -> None:
    kiosk = make_kiosk(look=Look(text=text))
    kiosk.walk_to("question-resident_id")
    kiosk.do(*(("type", digit) for digit in "110105194912310020"))
    before = kiosk.button("1").geometry()
    kiosk.do("next")
    assert kiosk.screen.error
    assert abs(kiosk.button("1").geometry().center().y() - before.center().y()) <= kiosk.window.theme.mm(1)


def test_turning_a_page_is_heard(make_kiosk: Callable[..., Kiosk]) -> None:
    kiosk = make_kiosk(UPRIGHT, INCH_15)
    kiosk.walk_to("check")
    kiosk.press("下一页")
    assert any(said and "第 2 页" in said[0] for said in kiosk.speaker.heard[-2:])
