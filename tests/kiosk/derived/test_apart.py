"""What is worked out apart takes no memory here, and goes wrong as it would here."""

import os
import signal

import pytest

from kiosk.derived.apart import apart


def test_it_is_made_in_another_process_however_large_it_is() -> None:
    large = bytes(3_000_000)
    made = apart(lambda: large + str(os.getpid()).encode())
    assert made[: len(large)] == large
    assert int(made[len(large) :]) != os.getpid()


def test_what_cannot_be_made_is_said_here() -> None:
    def wrong() -> bytes:
        raise ValueError("no such example")

    with pytest.raises(ValueError, match="no such example"):
        apart(wrong)


def test_a_process_that_is_killed_loses_nothing() -> None:
    here = os.getpid()

    def killed_elsewhere() -> bytes:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return b"made here"

    assert apart(killed_elsewhere) == b"made here"
