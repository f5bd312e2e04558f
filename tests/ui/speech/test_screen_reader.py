"""Everything is read aloud, nothing private key by key, and any action silences it."""

from collections.abc import Callable

import pytest
from project import ASSETS
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui_support import Kiosk

from kiosk.session.handlers.idle import Times
from kiosk.state.hall_news import StaffCall
from kiosk.state.look import Look
from kiosk.texts.speech_kinds import MANNERS
from protocol.calls.states import CallState
from ui.widgets.label import Label


def test_a_screen_is_read_when_it_opens(kiosk: Kiosk) -> None:
    kiosk.press("点这里开始")
    assert kiosk.speaker.heard[-1] == kiosk.screen.say


def test_a_finger_on_the_glass_silences_at_once(kiosk: Kiosk) -> None:
    kiosk.do("start")
    assert kiosk.speaker.speaking
    target = kiosk.button("再说一遍")
    QTest.mousePress(target, Qt.MouseButton.LeftButton, pos=target.rect().center())
    assert not kiosk.speaker.speaking


def test_again_reads_again(kiosk: Kiosk) -> None:
    kiosk.do("start")
    kiosk.press("再说一遍")
    assert kiosk.speaker.heard[-1] == kiosk.screen.say


def test_the_arrow_keys_read_what_they_reach(kiosk: Kiosk) -> None:
    kiosk.do("start")
    kiosk.key(Qt.Key.Key_Tab)
    service, of = kiosk.screen.choices[0], len(kiosk.window.view.targets())
    assert kiosk.speaker.heard[-1] == (service.label, service.detail, "按钮", f"第 5 个，共 {of} 个")


def test_what_the_keys_reach_is_read_with_its_state(make_kiosk: Callable[..., Kiosk]) -> None:
    kiosk = make_kiosk(look=Look(lang="en"))
    kiosk.do("start", "settings")
    kiosk.button("Medium").setFocus()
    kiosk.key(Qt.Key.Key_Tab)
    of = len(kiosk.window.view.targets())
    assert kiosk.speaker.heard[-1] == ("Text", "Medium", "button", "chosen", f"5 of {of}")


def test_a_touched_button_that_cannot_be_pressed_says_so(kiosk: Kiosk) -> None:
    kiosk.to_the_id_number()
    kiosk.press("删一个")
    assert kiosk.speaker.heard[-1] == ("删一个", "按钮", "现在不能按")


def test_keys_of_a_number_are_never_said_when_pressed(kiosk: Kiosk) -> None:
    kiosk.to_the_id_number()
    before = len(kiosk.speaker.heard)
    for digit in "1101":
        kiosk.press(digit)
    assert all(said is None for said in kiosk.speaker.heard[before:])


def test_who_types_by_key_hears_how_much_there_is(kiosk: Kiosk) -> None:
    kiosk.to_the_id_number()
    for digit in (Qt.Key.Key_1, Qt.Key.Key_9, Qt.Key.Key_Backspace):
        kiosk.key(digit)
    assert [said for said in kiosk.speaker.heard if said][-3:] == [("已填1位",), ("已填2位",), ("已填1位",)]
    kiosk.key(Qt.Key.Key_F3)
    assert kiosk.speaker.heard[-1] == (*kiosk.screen.say, "已填1位")


def test_a_touched_question_is_read_but_not_a_touched_answer(kiosk: Kiosk) -> None:
    kiosk.to_the_id_number()
    title = next(part for part in kiosk.window.view.pool.used if part.accessibleName() == kiosk.screen.title)
    QTest.mouseClick(title, Qt.MouseButton.LeftButton)
    assert kiosk.speaker.heard[-1] == (kiosk.screen.title,)
    kiosk.walk_to("check")
    before = len(kiosk.speaker.heard)
    for part in kiosk.window.view.pool.used:
        if isinstance(part, Label) and part.string in {row.value for row in kiosk.screen.rows}:
            QTest.mouseClick(part, Qt.MouseButton.LeftButton)
    assert kiosk.speaker.heard[before:] == []


# Each kind of speech in its manner: the table is kiosk.texts.speech_kinds.MANNERS.


@pytest.fixture
def asked(kiosk: Kiosk) -> Kiosk:
    """A question was read to its end."""
    kiosk.to_the_id_number()
    kiosk.speaker.finish()
    return kiosk


def in_error(kiosk: Kiosk) -> tuple[str, ...]:
    """The empty answer is not taken; the error, as it is being spoken."""
    kiosk.press("下一步")
    said = kiosk.speaker.heard[-1]
    assert said is not None
    assert said[0] == kiosk.screen.error
    assert kiosk.speaker.speaking
    return said


def call_coming(kiosk: Kiosk, staff: str = "李敏") -> None:
    """Somebody at the hall has taken the call."""
    kiosk.rehearsal.hall.call_state = StaffCall(CallState.ACKNOWLEDGED, staff, True)
    kiosk.ticks()


def comes(kiosk: Kiosk) -> bool:
    """Whether the last that was said is who comes."""
    return "李敏" in (kiosk.speaker.heard[-1] or ())


def test_news_of_the_call_waits_for_the_end_of_an_error(asked: Kiosk) -> None:
    error = in_error(asked)
    call_coming(asked)
    asked.ticks(9)
    assert asked.speaker.heard[-1] == error
    asked.speaker.finish()
    asked.ticks()
    assert comes(asked)


def test_news_that_a_press_cuts_short_is_said_again_when_it_is_quiet(asked: Kiosk) -> None:
    call_coming(asked)
    assert comes(asked)
    asked.press("1")
    assert not asked.speaker.speaking
    asked.ticks()
    assert not asked.speaker.speaking  # the next key may be on its way
    asked.ticks(3)
    assert comes(asked)
    asked.speaker.finish()
    before = len(asked.speaker.heard)
    asked.ticks(9)
    assert len(asked.speaker.heard) == before  # and once it was heard, no more


def test_news_that_waits_survives_every_press(asked: Kiosk) -> None:
    in_error(asked)
    call_coming(asked)
    error = in_error(asked)
    asked.ticks(9)
    assert asked.speaker.heard[-1] == error
    asked.speaker.finish()
    asked.ticks()
    assert comes(asked)


def test_later_news_takes_the_place_of_news_that_waits(asked: Kiosk) -> None:
    in_error(asked)
    call_coming(asked)
    asked.rehearsal.hall.call_state = StaffCall(CallState.CLOSED, "李敏", True)
    asked.ticks()
    asked.speaker.finish()
    asked.ticks(9)
    assert asked.speaker.heard[-1] == ("这次帮完了。还要帮忙，请再按“找人帮忙”。",)
    assert not any("李敏" in (said or ()) for said in asked.speaker.heard)


def test_news_is_not_carried_over_to_the_next_visitor(asked: Kiosk) -> None:
    in_error(asked)
    call_coming(asked)
    asked.rehearsal.session.wipe()
    asked.ticks(9)
    assert asked.speaker.heard == []


@pytest.mark.parametrize("busy", [True, False])
def test_the_countdown_talks_over_nothing(asked: Kiosk, busy: bool) -> None:
    times = Times()
    quietly(asked, times.idle_warning)
    assert asked.speaker.heard[-1] == asked.screen.say
    asked.speaker.finish()
    if busy:
        asked.rehearsal.session._presenter.speak(("请再看一遍号码。",), "error")
        asked.ticks(int(times.idle_countdown * 2) - 25)
    else:
        quietly(asked, times.idle_countdown - 12.5)
    countdown = [("还有三十秒。",), ("还有二十秒。",)]
    assert [said for said in asked.speaker.heard if said in countdown] == ([] if busy else countdown)


def quietly(kiosk: Kiosk, seconds: float) -> None:
    """Time passes, and whatever is said is heard to its end."""
    for _ in range(int(seconds * 2)):
        kiosk.speaker.finish()
        kiosk.ticks()


def test_the_idle_question_waits_for_an_error(asked: Kiosk) -> None:
    quietly(asked, Times().idle_warning - 0.5)
    asked.rehearsal.session._presenter.speak(("请再看一遍号码。",), "error")
    asked.ticks()
    assert asked.name == "idle"
    assert asked.speaker.heard[-1] == ("请再看一遍号码。",)
    asked.speaker.finish()
    asked.ticks()
    assert asked.speaker.heard[-1] == asked.screen.say


def test_what_was_found_waits_and_a_press_drops_it(asked: Kiosk) -> None:
    session = asked.rehearsal.session
    session._presenter.speak(("正在查，请等一下。",))
    session._presenter.speak(("查到了",), "progress")
    asked.press("1")
    asked.ticks(9)
    assert ("查到了",) not in asked.speaker.heard


def test_an_item_reached_never_queues(kiosk: Kiosk) -> None:
    kiosk.do("start")
    for _ in range(4):
        kiosk.key(Qt.Key.Key_Tab)
        assert kiosk.speaker.speaking
    last = kiosk.speaker.heard[-1]
    kiosk.speaker.finish()
    kiosk.ticks(9)
    assert kiosk.speaker.heard[-1] == last


def test_who_walks_by_key_hears_where_a_new_screen_puts_them(kiosk: Kiosk) -> None:
    kiosk.key(Qt.Key.Key_Return)
    assert kiosk.speaker.heard[-1][1:] == kiosk.screen.say  # after how to go on by keys
    kiosk.speaker.finish()
    kiosk.ticks()
    assert kiosk.speaker.heard[-1][0] == kiosk.screen.choices[0].label


def test_an_error_is_not_lost_to_a_bouncing_key(asked: Kiosk) -> None:
    asked.button("下一步").setFocus()
    asked.key(Qt.Key.Key_Return)
    assert asked.speaker.heard[-1] == (asked.screen.error,)
    QTest.keyClick(asked.window, Qt.Key.Key_Return)
    assert asked.speaker.speaking


def test_nobody_listens_while_something_waits_to_be_said(asked: Kiosk) -> None:
    call_coming(asked)
    asked.press("1")
    assert not asked.speaker.audible
    assert asked.window.reader.audible


def test_every_kind_of_speech_is_explained() -> None:
    page = (ASSETS.parent / "docs" / "reader.md").read_text("utf-8")
    for kind, manner in MANNERS.items():
        line = next(line for line in page.splitlines() if line.startswith(f"| {kind} |"))
        assert f"| {manner.while_speaking} |" in line
        assert ("| kept |" in line) == manner.kept
