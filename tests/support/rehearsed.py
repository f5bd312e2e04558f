"""What happens by itself at a rehearsed terminal."""

from dataclasses import replace
from typing import Any

from kiosk.testing.rehearsal import Rehearsal
from protocol.calls.states import CallState


def wait(rehearsal: Rehearsal, seconds: float) -> None:
    """Time passes as it does at the terminal: a tick twice a second."""
    for _ in range(int(seconds * 2)):
        rehearsal.seconds += 0.5
        rehearsal.session.tick()


def hall_says(rehearsal: Rehearsal, **changes: Any) -> None:
    """The open call has changed at the hall, and the terminal sees it."""
    call = rehearsal.hall.call_state
    assert call
    if "state" in changes:
        changes["state"] = CallState(changes["state"])
    rehearsal.hall.call_state = replace(call, **changes)
    rehearsal.session.tick()
