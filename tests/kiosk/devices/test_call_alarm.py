"""The alarm at the kiosk itself: on exactly while a call needs it, off again whatever happens."""

import os
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from kiosk.devices.call_light import CallLight, LineLight, RelayLight, checked, light_for, light_problem
from kiosk.operations import doctor
from kiosk.operations.settings import Settings
from kiosk.session import call_alarm
from kiosk.session.call_alarm import CHIME_EVERY_S, LONGEST_S, CallAlarm
from kiosk.state.hall_news import StaffCall
from protocol.calls.states import CallState

PRESSED = StaffCall(CallState.REQUESTED, "", False)


class PlayedLight:
    """The simulator: what was switched, in order."""

    def __init__(self) -> None:
        self.switched: list[bool] = []

    def switch(self, on: bool) -> None:
        self.switched.append(on)


class Room:
    """An alarm, its clock, and what is heard and seen."""

    def __init__(self, light: CallLight | None = None, *, while_waiting: bool = False) -> None:
        self.seconds, self.chimes, self.light = 0.0, 0, PlayedLight()
        self.alarm = CallAlarm(light or self.light, self.chime, lambda: self.seconds, while_waiting=while_waiting)

    def chime(self) -> None:
        self.chimes += 1

    def burns(self, call: StaffCall | None) -> bool:
        self.alarm.follow(call)
        self.alarm._switching.submit(lambda: None).result()
        return self.light.switched[-1]


@pytest.fixture
def room() -> Room:
    return Room()


def test_it_burns_while_the_hall_does_not_have_the_call(room: Room) -> None:
    assert not room.burns(None), "and is put out at first, as nobody knows how it was left"
    assert room.burns(PRESSED)
    assert room.burns(PRESSED)
    assert not room.burns(replace(PRESSED, reached_hall=True))
    assert room.burns(PRESSED), "it is on again when the line is gone before the hall has what was added"
    assert room.light.switched == [False, True, False, True], "switched only when it changes"


@pytest.mark.parametrize("state", [one for one in CallState if not one.is_waiting])
def test_it_is_off_once_somebody_comes_or_the_call_is_over(room: Room, state: CallState) -> None:
    assert room.burns(PRESSED)
    assert not room.burns(replace(PRESSED, state=state))


def test_it_goes_off_by_itself_in_the_end(room: Room) -> None:
    room.seconds = LONGEST_S - 1
    assert room.burns(PRESSED)
    room.seconds = LONGEST_S
    assert not room.burns(PRESSED)


def test_by_setting_also_until_somebody_has_taken_it() -> None:
    room, waiting = Room(while_waiting=True), replace(PRESSED, state=CallState.NOTIFIED, reached_hall=True)
    assert room.burns(waiting)
    assert not room.burns(replace(waiting, state=CallState.ACKNOWLEDGED, staff="李芳"))


def test_the_chime_is_repeated_gently(room: Room) -> None:
    for _ in range(int(2 * CHIME_EVERY_S) + 1):
        room.burns(PRESSED)
        room.seconds += 0.5
    assert room.chimes == 2
    room.burns(None)
    assert room.chimes == 2


def test_it_is_put_out_with_the_visit(room: Room) -> None:
    room.burns(PRESSED)
    room.alarm.stop()
    assert room.light.switched[-1] is False


def test_a_board_that_hangs_keeps_no_visitor_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    goes_on, room, done = Event(), Room(), list[bool]()

    def hangs(on: bool) -> None:
        goes_on.wait(2)
        done.append(on)

    monkeypatch.setattr(call_alarm, "OUT_S", 0.01)
    monkeypatch.setattr(room.light, "switch", hangs)
    room.alarm.follow(PRESSED)
    room.alarm.stop()
    assert done == [], "it was not waited for"
    goes_on.set()


def test_a_lamp_that_is_gone_disturbs_nobody(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    room = Room(RelayLight(tmp_path / "gone"))
    room.alarm.follow(PRESSED)
    room.alarm.stop()
    assert room.chimes == 1
    assert "plug it in" in caplog.text


def test_a_relay_is_told_its_four_bytes() -> None:
    board, port = os.openpty()
    try:
        light = RelayLight(Path(os.ttyname(port)))
        light.switch(True)
        assert os.read(board, 16).hex() == "a00101a2"
        light.switch(False)
        assert os.read(board, 16).hex() == "a00100a1"
    finally:
        os.close(board)
        os.close(port)


def test_a_line_takes_1_and_0(tmp_path: Path) -> None:
    value = tmp_path / "value"
    LineLight(value).switch(True)
    assert value.read_text() == "1\n"
    LineLight(value).switch(False)
    assert value.read_text() == "0\n"


@pytest.mark.parametrize("setting", ["/dev/ttyUSB0", "lamp:/dev/ttyUSB0", "relay:ttyUSB0"])
def test_a_setting_that_names_no_lamp_is_refused(setting: str) -> None:
    with pytest.raises(ValueError, match="no call light"):
        checked(setting)


def test_doctor_tells_of_the_lamp(tmp_path: Path) -> None:
    def found(setting: str) -> doctor.Finding:
        settings = Settings(call_light=setting, data=tmp_path)
        return doctor._call_light(settings, doctor.Sentences(settings.assets, "en"))

    assert (light_for(""), found("").status) == (None, "ok")
    (tmp_path / "value").write_text("0")
    assert found(f"line:{tmp_path}/value").status == "ok"
    gone = found(f"line:{tmp_path}/gone")
    assert (gone.status, "call_light" in gone.mend) == ("degraded", True)
    assert "no serial device" in light_problem(f"relay:{tmp_path}/value")
