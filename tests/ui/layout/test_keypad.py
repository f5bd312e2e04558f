"""A keypad does all that a finger does: arrows, Enter, Back, Help and Repeat, on the real widgets."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sampled import sample
from ui_support import Kiosk

from kiosk.screens.common.model import IRREVERSIBLE
from kiosk.screens.common.offered import buttons, offers
from kiosk.session.handlers.idle import Times
from kiosk.state.hall_news import StaffCall
from protocol.calls.states import CallState
from ui.widgets.button import BigButton
from ui.window.keys import LINES, STEPS

Key = Qt.Key
ALLOWANCE = "old-age-allowance"


def focused(kiosk: Kiosk) -> BigButton:
    widget = kiosk.window.focusWidget()
    assert isinstance(widget, BigButton)
    return widget


def pressable(kiosk: Kiosk) -> list[BigButton]:
    return [target for target in kiosk.window.view.targets() if target.isEnabled()]


def reach(kiosk: Kiosk, action: str, value: str | None = None) -> None:
    """Walk to a button with the arrow keys; a finger never touches the glass."""
    wanted = (action, value)
    for _ in range(len(pressable(kiosk)) + 1):  # the first key may only show where one is
        if (focused(kiosk).button.action, focused(kiosk).button.value) == wanted:
            return
        kiosk.key(Key.Key_Right)
    raise AssertionError(f"{wanted} cannot be reached on {kiosk.name}")


def press(kiosk: Kiosk, action: str, value: str | None = None) -> None:
    reach(kiosk, action, value)
    kiosk.key(Key.Key_Return)


def test_the_keys_visit_everything_in_reading_order_on_every_screen(kiosk: Kiosk) -> None:
    """Of a quarter of the services; `make walks` takes all."""
    catalogue = kiosk.rehearsal.catalogue
    for label, screen in kiosk.walk([*sample(catalogue.services, 0, 4), *catalogue.events]):
        ways = pressable(kiosk)
        ways[-1].setFocus()
        kiosk.window._focus.by_keys = True
        for place, way in enumerate(ways, 1):
            if screen.kind in ("practice", "attract"):
                break  # here the keys only tell what they do, or any of them begins
            kiosk.key(Key.Key_Tab)
            assert focused(kiosk) is way, label
            if screen.entry and screen.entry.field == "staff_pin":
                continue  # its keys are not named aloud
            said = kiosk.speaker.heard[-1]
            assert said is not None
            assert said[-1] in (f"第 {place} 个，共 {len(ways)} 个", f"{place} of {len(ways)}"), label


OVERLAYS: dict[str, Callable[[Kiosk], None]] = {
    "settings": lambda kiosk: kiosk.do("settings"),
    "explain": lambda kiosk: kiosk.do("explain"),
    "help": lambda kiosk: kiosk.do("help"),
    "idle": lambda kiosk: kiosk.ticks(int(Times().idle_warning * 2)),
}


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_the_focus_stays_in_what_lies_on_top(kiosk: Kiosk, overlay: str) -> None:
    kiosk.to_the_id_number()
    beneath = {target.button.action for target in kiosk.window.view.targets()}
    OVERLAYS[overlay](kiosk)
    assert kiosk.screen.kind == overlay
    offered = {(button.action, button.value) for button in buttons(kiosk.screen)} | {("talk", None)}
    for key in [*STEPS, *LINES] * len(kiosk.window.view.targets()):
        kiosk.key(key)
        assert (focused(kiosk).button.action, focused(kiosk).button.value) in offered
    assert "type" in beneath - {action for action, _ in offered}


def test_what_cannot_be_taken_back_is_pressed_twice(kiosk: Kiosk) -> None:
    kiosk.walk_to("check")
    press(kiosk, "send")
    assert kiosk.screen.kind == "check"
    assert kiosk.screen.notices[0] == "要“还是交上去”，请再按一次。"
    assert kiosk.speaker.heard[-1] == (kiosk.screen.notices[0],)
    kiosk.key(Key.Key_Return)
    assert kiosk.screen.kind == "receipt"
    press(kiosk, "finish")
    assert kiosk.screen.kind == "receipt"
    kiosk.key(Key.Key_Return)
    assert kiosk.name == "goodbye"


@pytest.mark.parametrize("end", ["home", "receipt-saved"])
def test_the_back_key_ends_no_visit_at_once(kiosk: Kiosk, end: str) -> None:
    kiosk.walk_to(end)
    kiosk.key(Key.Key_Escape)
    assert kiosk.name == end
    assert "请再按一次" in kiosk.screen.notices[0]
    kiosk.seconds[0] -= 1
    kiosk.key(Key.Key_Escape)  # a bouncing key
    assert kiosk.name == end
    kiosk.key(Key.Key_Escape)
    assert kiosk.name == "goodbye"


def test_a_bouncing_key_is_no_second_press(kiosk: Kiosk) -> None:
    kiosk.walk_to("check")
    press(kiosk, "send")
    kiosk.seconds[0] -= 1
    kiosk.key(Key.Key_Return)
    assert kiosk.screen.kind == "check"


def test_who_walks_on_has_not_pressed(kiosk: Kiosk) -> None:
    kiosk.walk_to("check")
    press(kiosk, "send")
    kiosk.key(Key.Key_Right)
    assert not any("请再按一次" in notice for notice in kiosk.screen.notices)
    press(kiosk, "send")
    assert kiosk.screen.kind == "check"


def test_a_first_press_on_an_earlier_screen_does_not_count(kiosk: Kiosk) -> None:
    for _ in range(2):
        kiosk.walk_to("check")
        kiosk.do("send")
        kiosk.key(Key.Key_Return)
        assert "请再按一次" in kiosk.screen.notices[0]
        kiosk.do("finish", "home")  # somebody else, of whom nothing is known yet


def test_a_finger_sees_what_it_presses_and_presses_once(kiosk: Kiosk) -> None:
    kiosk.walk_to("check")
    kiosk.press("还是交上去")
    assert kiosk.screen.kind == "receipt"


def spell(kiosk: Kiosk, name: str) -> None:
    if kiosk.screen.entry and kiosk.screen.entry.kind == "hand":
        press(kiosk, "way", "letters")
    for letter in {"王": "wang", "秀": "xiu", "英": "ying"}[name]:
        press(kiosk, "letter", letter)
    press(kiosk, "pick", name)


def answer(kiosk: Kiosk) -> None:
    """Put in the example of the question on the screen, and go on."""
    visit = kiosk.rehearsal.session.state.visit
    assert visit is not None
    field = visit.field
    if field.type in ("choice", "consent"):
        offered = [choice.button.value for choice in pressable(kiosk) if choice.button.action == "answer"]
        press(kiosk, "answer", field.example if field.example in offered else offered[0])
        return
    if field.type == "date":
        press(kiosk, "way", "digits")
    for character in field.example.replace("-", ""):
        if field.type == "person_name":
            spell(kiosk, character)
        else:
            press(kiosk, "type", character)
    press(kiosk, "next")


def test_a_whole_visit_with_arrows_and_enter_alone(kiosk: Kiosk) -> None:
    kiosk.key(Key.Key_Return)
    press(kiosk, "choose", ALLOWANCE)
    press(kiosk, "next")
    for _ in range(30):
        if kiosk.screen.kind != "question":
            break
        answer(kiosk)
    assert kiosk.screen.kind == "check"
    press(kiosk, "send")
    kiosk.key(Key.Key_Return)
    assert kiosk.screen.kind == "receipt"
    (kept,) = kiosk.rehearsal.hall.kept
    assert kept.answers["resident_id"] == "11010519491231002X"
    press(kiosk, "finish")
    kiosk.key(Key.Key_Return)
    assert kiosk.name == "goodbye"


def test_a_whole_call_for_help_by_key(kiosk: Kiosk) -> None:
    kiosk.to_the_id_number()
    kiosk.key(Key.Key_F1)
    assert kiosk.screen.kind == "help"
    kiosk.rehearsal.hall.call_state = StaffCall(CallState.ACKNOWLEDGED, "李敏", True)
    kiosk.speaker.finish()
    kiosk.ticks()
    assert "李敏" in kiosk.speaker.heard[-1]
    kiosk.key(Key.Key_Escape)
    assert kiosk.name == "question-resident_id"
    press(kiosk, "help")
    assert "李敏" in kiosk.screen.title
    press(kiosk, "cancel_help")
    assert kiosk.rehearsal.hall.call_state is not None
    kiosk.key(Key.Key_Return)
    assert not kiosk.rehearsal.session.state.waits_for_staff
    assert kiosk.name == "question-resident_id"


def test_repeat_speed_and_volume_by_key(kiosk: Kiosk) -> None:
    kiosk.do("start")
    before = kiosk.screen.say
    kiosk.key(Key.Key_F4)
    for wish in ("speed=slow", "volume=loud"):
        press(kiosk, "set", wish)
    press(kiosk, "resume")
    look = kiosk.rehearsal.session.look
    assert (look.speed, look.volume) == ("slow", "loud")
    kiosk.speaker.finish()
    kiosk.key(Key.Key_F3)
    assert kiosk.speaker.heard[-1] == before


def test_who_looks_around_by_key_is_there(kiosk: Kiosk) -> None:
    kiosk.to_the_id_number()
    for _ in range(3):
        kiosk.ticks(int(Times().idle_warning * 2) - 10)
        kiosk.key(Key.Key_Right)
    assert kiosk.name == "question-resident_id"


def test_the_focus_stays_in_sight_while_another_window_is_in_front(kiosk: Kiosk, qtbot: QtBot) -> None:
    kiosk.do("start", ("choose", ALLOWANCE), "next", ("answer", "self"), ("way", "letters"))
    front = QWidget()
    qtbot.addWidget(front)
    front.show()
    front.activateWindow()
    qtbot.waitUntil(lambda: not kiosk.window.isActiveWindow())
    key = kiosk.button("a")
    key.setFocus()
    kiosk.do(("way", "hand"))
    assert not key.isVisible()
    assert kiosk.window.focusWidget() in kiosk.window.view.targets()


def test_when_the_focused_key_is_gone_one_hears_where_one_is(kiosk: Kiosk) -> None:
    kiosk.to_the_id_number()
    press(kiosk, "type", "1")
    press(kiosk, "erase")  # the last digit: there is nothing more to erase
    assert kiosk.speaker.heard[-1] == ("还没有填",)
    kiosk.speaker.finish()
    kiosk.ticks()
    said = kiosk.speaker.heard[-1]
    assert said is not None
    assert said[0] == focused(kiosk).button.label == "0"


# Trying the keys.


@pytest.fixture
def trying(kiosk: Kiosk) -> Kiosk:
    kiosk.do("start")
    kiosk.key(Key.Key_F4)
    press(kiosk, "practice")
    assert kiosk.screen.kind == "practice"
    return kiosk


def tried(kiosk: Kiosk) -> list[str | None]:
    return [choice.value for choice in kiosk.screen.choices if choice.selected]


@pytest.mark.parametrize(
    ("keys", "name", "does"),
    [
        ((*STEPS, *LINES), "arrows", "一处一处往前走，走到哪里念到哪里。"),
        ((Key.Key_Return, Key.Key_Enter, Key.Key_Space), "enter", "走到哪里，就按下哪里。"),
        ((Key.Key_F3,), "repeat", "把这一屏再念一遍。"),
        ((Key.Key_Escape,), "back", "回到上一步。不练了，就再按一次。"),
        ((Key.Key_F1,), "help", "叫工作人员来。真要叫，就再按一次。"),
    ],
)
def test_a_key_that_is_tried_tells_what_it_does_and_does_nothing(
    trying: Kiosk, keys: tuple[Key, ...], name: str, does: str
) -> None:
    for key in keys:
        trying.key(key)
        assert trying.speaker.heard[-1] == (does,)
        assert trying.screen.kind == "practice"
    assert tried(trying) == [name]
    assert trying.rehearsal.hall.call_state is None


def test_back_pressed_again_ends_it(trying: Kiosk) -> None:
    for _ in range(2):
        trying.key(Key.Key_Escape)
    assert trying.name == "home"


def test_help_pressed_again_calls(trying: Kiosk) -> None:
    for _ in range(2):
        trying.key(Key.Key_F1)
    assert trying.screen.kind == "help"
    assert trying.rehearsal.hall.call_state is not None


def test_when_all_were_tried_one_goes_on(trying: Kiosk) -> None:
    for key in (Key.Key_Left, Key.Key_Return, Key.Key_F3, Key.Key_Escape):
        trying.key(key)
    trying.key(Key.Key_F1)
    assert trying.name == "home"
    assert "都试过了，接着办吧。" in trying.speaker.heard[-1]
    assert trying.rehearsal.hall.call_state is None


def test_a_finger_learns_the_same(trying: Kiosk) -> None:
    trying.press("重听键")
    assert tried(trying) == ["repeat"]
    trying.press("好了")
    assert trying.name == "home"


def test_only_what_buttons_can_do_is_asked_for_twice(kiosk: Kiosk) -> None:
    kiosk.rehearsal.session.on_change(None)  # nothing has to be drawn
    screens = [screen for _, screen in kiosk.rehearsal.walk([ALLOWANCE, "progress-query", "queue-ticket"])]
    seen = {button.action for screen in screens for button in buttons(screen)}
    seen |= {action for action in IRREVERSIBLE if any(offers(screen, action, None) for screen in screens)}
    assert set(IRREVERSIBLE) <= seen


@pytest.mark.parametrize(("end", "then"), [("slip", "question"), ("card", "question"), ("idle-visit", "question")])
def test_the_back_key_leads_back_from_what_lies_over_a_question(kiosk: Kiosk, end: str, then: str) -> None:
    kiosk.walk_to(end)
    kiosk.key(Key.Key_Escape)
    assert kiosk.screen.kind == then


def test_the_word_to_press_again_holds_for_the_next_press_only(kiosk: Kiosk) -> None:
    kiosk.walk_to("check")
    press(kiosk, "send")
    kiosk.key(Key.Key_F3)
    kiosk.seconds[0] += 50
    kiosk.key(Key.Key_Return)
    assert kiosk.screen.kind == "check"


def test_a_device_that_presses_for_somebody_is_asked_twice_too(kiosk: Kiosk) -> None:
    kiosk.walk_to("check")
    send = next(one for one in kiosk.window.view.targets() if one.button.action == "send")
    seen = QAccessible.queryAccessibleInterface(send)
    assert seen
    seen.actionInterface().doAction("Press")
    assert kiosk.screen.kind == "check"
