"""The first screen is begun without being seen: by any key, or by plugging in a headset."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui_support import Kiosk

Key = Qt.Key
HOW_BY_KEYS = "按方向键往前走，走到哪里念到哪里。按确认键选中，按帮忙键叫人。"


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Down, Key.Key_Tab, Key.Key_5, Key.Key_Escape, Key.Key_F3])
def test_any_key_begins_and_says_how_to_go_on_by_keys(kiosk: Kiosk, key: Qt.Key) -> None:
    kiosk.key(key)
    assert kiosk.name == "home"
    heard = [part for parts in kiosk.speaker.heard for part in parts or ()]
    assert heard[: 1 + len(kiosk.screen.say)] == [HOW_BY_KEYS, *kiosk.screen.say]
    assert HOW_BY_KEYS in kiosk.screen.notices  # all that is said is also written


def test_keys_lead_on_from_there_to_an_errand(kiosk: Kiosk) -> None:
    kiosk.key(Key.Key_Down)
    kiosk.key(Key.Key_Return)
    assert kiosk.name == "prerequisites"


def test_the_help_key_and_the_key_to_speak_stay_what_they_are(kiosk: Kiosk) -> None:
    QTest.keyPress(kiosk.window, Key.Key_F2)
    assert kiosk.name == "attract"
    kiosk.key(Key.Key_F1)
    assert kiosk.name == "help"


def test_a_headset_plugged_in_begins_a_visit_in_the_headset(kiosk: Kiosk) -> None:
    session = kiosk.rehearsal.session
    session.headset_is("unplugged")
    session.headset_is("plugged in")
    assert (kiosk.name, session.look.headset) == ("home", True)
    assert kiosk.speaker.heard[-1][0].startswith("耳机插好了，只有您听得见。按方向键往前走")
    assert kiosk.speaker.in_headset[-1]


def test_a_headset_that_was_there_all_the_time_begins_nothing(kiosk: Kiosk) -> None:
    kiosk.rehearsal.session.headset_is("plugged in")  # a new visitor's process finds it
    assert (kiosk.name, kiosk.rehearsal.session.look.headset) == ("attract", False)


def test_a_headset_plugged_in_during_a_visit_changes_nothing_unasked(kiosk: Kiosk) -> None:
    session = kiosk.rehearsal.session
    session.headset_is("unplugged")
    kiosk.to_the_id_number()
    session.headset_is("plugged in")
    assert (kiosk.name, session.look.headset) == ("question-resident_id", False)
