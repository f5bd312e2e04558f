"""With the headset one hears one's own answers; without it, or when it goes, nobody does."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from test_private_speech import ANSWERS, somebody_comes, told
from ui_support import Kiosk

from kiosk.session.handlers.settings import use_headset
from kiosk.walk.save_and_return import type_code

__all__ = ["somebody_comes"]
ID = ANSWERS["resident_id"]


@pytest.fixture
def private(kiosk: Kiosk) -> Kiosk:
    """Somebody at the ID number has chosen the headset."""
    kiosk.rehearsal.session.headset_is("plugged in")
    kiosk.to_the_id_number()
    kiosk.do("settings", ("set", "headset=on"), "resume")
    assert kiosk.rehearsal.session.look.headset
    return kiosk


def accessible(kiosk: Kiosk) -> str:
    return " ".join(part.accessibleName() for part in kiosk.window.view.pool.used)


def test_no_headset_is_offered_where_there_is_none(kiosk: Kiosk) -> None:
    kiosk.do("start", "settings")
    assert "用耳机听" not in accessible(kiosk)


def test_an_unplugged_headset_is_told_of_and_nothing_changes(kiosk: Kiosk) -> None:
    kiosk.rehearsal.session.headset_is("unplugged")
    kiosk.do("start", "settings")
    kiosk.press("用耳机听")
    assert "耳机插口现在用不了" in kiosk.screen.notices[0]
    assert kiosk.speaker.in_headset[-1] is False
    assert not kiosk.rehearsal.session.look.headset


def test_in_the_headset_the_keys_of_a_number_are_said_and_what_there_is(private: Kiosk) -> None:
    for digit in ID:
        private.press(digit)
    assert private.speaker.heard[-1] == (ID[-1],)
    private.key(Qt.Key.Key_F3)
    assert private.speaker.heard[-1] == (*private.screen.say, " ".join(ID))
    assert " ".join(ID) in accessible(private)
    assert all(private.speaker.in_headset[-len(ID) :])


def test_answers_are_read_in_full_to_the_headset_only(kiosk: Kiosk) -> None:
    kiosk.rehearsal.session.headset_is("plugged in")
    kiosk.walk_to("check")
    assert not told(" ".join(kiosk.screen.say), ID)
    kiosk.rehearsal.session.headset_is("plugged in")
    kiosk.do("settings", ("set", "headset=on"), "resume")
    assert told(" ".join(kiosk.speaker.heard[-1] or ()), ID)
    assert kiosk.speaker.in_headset[-1]


def test_when_it_goes_it_says_so_and_nothing_private_is_heard(kiosk: Kiosk) -> None:
    kiosk.walk_to("check")
    kiosk.rehearsal.session.headset_is("plugged in")
    kiosk.do("settings", ("set", "headset=on"), "resume")
    assert kiosk.speaker.speaking
    before = len(kiosk.speaker.heard)
    kiosk.rehearsal.session.headset_is("unplugged")
    assert kiosk.speaker.heard[before] is None  # first of all: silence
    assert "耳机断开了" in kiosk.screen.notices[0]
    assert kiosk.speaker.in_headset[-1] is False
    assert "耳机断开了" in kiosk.speaker.heard[-1][0]
    for _ in kiosk.window.view.targets():
        kiosk.key(Qt.Key.Key_Tab)
    kiosk.key(Qt.Key.Key_F3)
    after = " ".join(part for said in kiosk.speaker.heard[before:] if said for part in said)
    assert [answer for answer in ANSWERS.values() if told(after, answer)] == []
    assert [answer for answer in ANSWERS.values() if told(accessible(kiosk), answer)] == []
    kiosk.rehearsal.session.headset_is("plugged in")
    assert not kiosk.rehearsal.session.look.headset  # only the visitor turns it on again


def test_on_no_screen_is_anything_private_heard_in_the_room(kiosk: Kiosk) -> None:
    """The headset is put on and pulled out on every screen, while all of it is read."""
    session, heard = kiosk.rehearsal.session, {True: "", False: ""}

    def say(parts: tuple[str, ...], lang: str, speed: str, volume: str, privately: bool) -> None:
        heard[privately] += "|".join(parts)

    kiosk.speaker.say = say  # type: ignore[method-assign]
    for label, _ in kiosk.walk(["old-age-allowance"]):
        for state in ("plugged in", "unplugged"):
            session.headset_is(state)
            if state == "plugged in":
                use_headset(session._presenter, on=True)  # on every screen, also where it is not offered
            session.do("repeat")
            if kiosk.screen.kind != "practice":
                for _ in kiosk.window.view.targets():
                    kiosk.key(Qt.Key.Key_Tab)
        assert [answer for answer in ANSWERS.values() if told(heard[False], answer)] == [], label
    assert [told(heard[True], answer) for answer in ANSWERS.values()] == [True] * len(ANSWERS)


def test_it_ends_with_the_visit(private: Kiosk) -> None:
    private.rehearsal.session.wipe()
    private.do("start")
    assert private.speaker.in_headset[-1] is False
    assert not private.rehearsal.session.look.headset


def test_it_goes_on_after_a_crash_while_it_is_there(private: Kiosk, make_kiosk: Callable[..., Kiosk]) -> None:
    draft = private.rehearsal.session.draft()
    for state, goes_on in (("plugged in", True), ("unplugged", False)):
        kiosk = make_kiosk()
        kiosk.rehearsal.session.headset_is(state)
        kiosk.rehearsal.session.restore(draft)
        assert kiosk.speaker.in_headset[-1] is goes_on


def test_a_slip_does_not_bring_it_back(private: Kiosk) -> None:
    private.do("back", "save", "finish", "home")
    private.rehearsal.session.wipe()
    private.do("start", "come_back")
    type_code(private.rehearsal, private.rehearsal.hall.drafts.slip.code)
    assert private.name.startswith("question")
    assert not private.rehearsal.session.look.headset
