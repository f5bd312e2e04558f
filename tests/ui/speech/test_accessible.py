"""What a screen reader from outside finds: every button by name, role and state, pressed as by a finger."""

import gc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget
from ui_support import Kiosk

from kiosk.state.look import Look
from kiosk.texts.languages import Lang
from ui.speech.accessible import PRESS, words_for
from ui.widgets.button import BigButton

ID = "11010519491231002X"  # the example of the rehearsal


def seen(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def name(widget: QWidget) -> str:
    return seen(widget).text(QAccessible.Text.Name)


def press(widget: QWidget) -> None:
    seen(widget).actionInterface().doAction(PRESS)


def test_every_button_of_every_screen_is_told_as_it_is(kiosk: Kiosk) -> None:
    for label, _ in kiosk.walk(["old-age-allowance"]):
        for target in kiosk.window.view.targets():
            state = seen(target).state()
            assert seen(target).role() == QAccessible.Role.Button, label
            assert target.button.label, label
            assert target.button.label in name(target), label
            assert bool(state.disabled) == (not target.button.enabled), label
            assert bool(state.checked) == target.button.selected, label


class Curious(QObject):
    """A screen reader that asks about every button in the moment in which it comes up."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, BigButton):
            assert seen(watched).state().focusable
            self.told.append(name(watched))
        return False


def test_a_button_is_told_in_the_moment_it_comes_up(kiosk: Kiosk, qapp: QApplication) -> None:
    curious = Curious()
    qapp.installEventFilter(curious)
    kiosk.do("start")
    qapp.removeEventFilter(curious)
    assert curious.told
    assert all(curious.told)


@pytest.mark.parametrize(
    ("lang", "button", "chosen", "not_now"),
    [("zh", "按钮", "已选", "现在不能按"), ("en", "button", "chosen", "not available")],
)
def test_our_own_voice_says_what_a_screen_reader_is_told(
    make_kiosk: Callable[..., Kiosk], lang: Lang, button: str, chosen: str, not_now: str
) -> None:
    kiosk = make_kiosk(look=Look(lang=lang))
    for label, _ in kiosk.walk(["old-age-allowance"]):
        for target in kiosk.window.view.targets():
            said = words_for(target, kiosk.window.view.translate)
            told = f"{name(target)} {seen(target).text(QAccessible.Text.Description)}"
            state = seen(target).state()
            states = [*([chosen] if state.checked else []), *([not_now] if state.disabled else [])]
            assert [part for part in said if part not in told] == [button, *states], label


def test_places_are_counted_over_what_can_be_pressed(kiosk: Kiosk) -> None:
    kiosk.to_the_id_number()
    able = [target for target in kiosk.window.view.targets() if target.isEnabled()]
    assert 0 < len(able) < len(kiosk.window.view.targets())
    assert [target.standing for target in able] == [f"第 {at} 个，共 {len(able)} 个" for at in range(1, len(able) + 1)]


def test_answers_are_told_to_no_screen_reader(kiosk: Kiosk) -> None:
    kiosk.to_the_id_number()
    for digit in ID:
        kiosk.do(("type", digit))
    names = [name(part) for part in kiosk.window.view.pool.used]
    assert "已填18位" in names
    kiosk.walk_to("check")
    names += [name(part) for part in kiosk.window.view.pool.used]
    assert any("最后两位" in one for one in names)
    assert not [one for one in names if ID in one.replace(" ", "") or "王秀英" in one]


def test_the_window_bears_the_name_of_its_screen(kiosk: Kiosk) -> None:
    kiosk.do("start")
    assert name(kiosk.window) == kiosk.screen.title
    kiosk.to_the_id_number()
    assert name(kiosk.window) == kiosk.screen.title


def test_a_press_from_outside_is_a_press(kiosk: Kiosk) -> None:
    press(kiosk.button("点这里开始"))
    assert kiosk.name == "home"


def test_a_disabled_button_has_nothing_to_press(kiosk: Kiosk) -> None:
    kiosk.to_the_id_number()
    disabled = [target for target in kiosk.window.view.targets() if not target.isEnabled()]
    for target in disabled:
        assert seen(target).actionInterface().actionNames() == []


def test_the_focused_button_is_told(kiosk: Kiosk) -> None:
    kiosk.do("start")
    kiosk.window.activateWindow()
    target = kiosk.window.view.targets()[2]
    target.setFocus()
    assert kiosk.window.focusWidget() is target
    assert seen(target).state().focusable


@pytest.fixture
def only_what_is_new_is_collected() -> Iterator[None]:
    """What is there already is not looked through again at each collection."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("only_what_is_new_is_collected")
def test_what_is_asked_for_survives_that_screens_come_and_go(kiosk: Kiosk) -> None:
    for _ in range(20):
        for action in ("start", "settings", "resume", "home"):
            kiosk.do(action)
            for part in kiosk.window.view.pool.used:
                assert seen(part).isValid()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # what the last screen had
            gc.collect()
