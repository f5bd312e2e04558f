"""The staff PIN: hashed with a salt, and guessing takes ever longer, whatever is restarted."""

import re
from dataclasses import dataclass, field

import pytest

from kiosk.commands.common import CommandError
from kiosk.commands.pin import run
from kiosk.operations.staff_pin import HASH_PATTERN, LOCKOUT, StaffLock, hashed
from offline_cache.store import StoreFull

PIN = "246810"
FREE_TRIES, FIRST_WAIT_S, LONGEST_WAIT_S = LOCKOUT.free_tries, LOCKOUT.first_wait_s, LOCKOUT.longest_wait_s


@dataclass
class Remembered:
    facts: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str | None:
        return self.facts.get(name)

    def set(self, name: str, value: str) -> None:
        self.facts[name] = value


@pytest.fixture(scope="module")
def pin_hash() -> str:
    return hashed(PIN)


def test_the_hash_is_salted_and_fits_the_setting(pin_hash: str) -> None:
    assert re.match(HASH_PATTERN, pin_hash)
    assert PIN not in pin_hash
    assert hashed(PIN) != pin_hash


@pytest.mark.parametrize("pin", ["12345", "1" * 13, "12345a", "１２３４５６", ""])
def test_what_is_no_pin_is_refused(pin: str) -> None:
    with pytest.raises(ValueError, match="6 to 12 digits"):
        hashed(pin)


def test_only_the_pin_opens_and_forgives_the_tries_before(pin_hash: str) -> None:
    memory, seconds = Remembered(), [100.0]
    lock = StaffLock(pin_hash, memory, lambda: seconds[0])
    for _ in range(FREE_TRIES - 1):
        assert not lock.opens("111111")
    assert lock.opens(PIN)
    assert not lock.opens("111111")
    assert lock.wait_s() == 0


def test_no_pin_opens_nothing() -> None:
    lock = StaffLock("", Remembered())
    assert not lock.is_set
    assert not lock.opens("")


def test_guesses_wait_longer_and_longer_also_after_a_restart(pin_hash: str) -> None:
    memory, seconds = Remembered(), [100.0]
    lock = StaffLock(pin_hash, memory, lambda: seconds[0])
    for _ in range(FREE_TRIES):
        assert not lock.opens("111111")
    assert lock.wait_s() == FIRST_WAIT_S
    assert not lock.opens(PIN), "not even the right one"
    seconds[0] += FIRST_WAIT_S - 0.5
    again = StaffLock(pin_hash, memory, lambda: seconds[0])  # another process
    assert again.wait_s() == 1
    seconds[0] += 0.5
    assert not again.opens("111111")
    assert again.wait_s() == 2 * FIRST_WAIT_S
    seconds[0] = 3.0  # switched off and on: the clock begins anew, and so does the wait
    assert again.wait_s() == 2 * FIRST_WAIT_S
    for _ in range(20):
        seconds[0] += LONGEST_WAIT_S
        again.opens("111111")
    assert again.wait_s() == LONGEST_WAIT_S
    seconds[0] += LONGEST_WAIT_S
    assert again.opens(PIN)


def test_the_command_prints_the_line_for_the_settings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", __import__("io").StringIO(f"{PIN}\n"))
    assert run(None) == 0  # type: ignore[arg-type]
    name, _, value = capsys.readouterr().out.strip().partition(" = ")
    assert name == "staff_pin"
    assert StaffLock(value.strip('"'), Remembered()).opens(PIN)
    monkeypatch.setattr("sys.stdin", __import__("io").StringIO("123\n"))
    with pytest.raises(CommandError, match="6 to 12 digits"):
        run(None)  # type: ignore[arg-type]


class Full(Remembered):
    """A store on a full disk."""

    def set(self, name: str, value: str) -> None:
        raise StoreFull("The disk is full: free some space.")


def test_staff_come_in_on_a_full_disk_but_nobody_guesses_freely(pin_hash: str) -> None:
    seconds = [100.0]
    lock = StaffLock(pin_hash, Full(), lambda: seconds[0])
    assert not lock.opens("111111")
    assert lock.wait_s() == FIRST_WAIT_S
    assert not lock.opens(PIN), "it was too early"
    seconds[0] += FIRST_WAIT_S + 1
    assert lock.opens(PIN)
