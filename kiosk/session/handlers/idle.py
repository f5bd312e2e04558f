"""The idle clock: a visitor who does nothing is offered help, then asked if they are there, then taken to have gone."""

from dataclasses import dataclass

from kiosk.session.assisting import helping
from kiosk.session.common.presenter import Presenter

_SECONDS_SAID = (30, 20, 10)  # of the countdown: idle.left_30 …


@dataclass(frozen=True)
class Times:
    """Seconds of doing nothing after which something happens."""

    idle_warning: float = 120
    idle_countdown: float = 45
    offer_help: float = 40
    goodbye: float = 20
    unanswered: float = 60  # since help was called, and nobody has taken the call
    assisted: float = 600  # without a touch: staff have gone without a word
    waiting_for_staff: float = 1800  # with a call open nobody is hurried, but a forgotten screen is cleared


def tick(p: Presenter, times: Times) -> None:
    """Call twice a second."""
    if helping.tick(p, times.assisted):
        return  # two people talk
    state, quiet = p.state, p.monotonic() - p.state.idle.since
    if state.location == "goodbye" and not state.overlay:
        if quiet >= times.goodbye:
            p.wipe()  # which also ends an open call
    elif state.overlay == "idle":
        _count_down(p, times)
    elif state.location == "attract" and not state.overlay and not state.waits_for_staff:
        if state.remark and quiet >= times.goodbye:
            state.remark = None
            p.show()
        if quiet >= times.idle_warning and state.look != state.usual_look:
            p.wipe()  # somebody chose English, say, and walked on
    elif quiet >= _longest_quiet(p, times):
        _warn(p, times)
    elif quiet >= times.offer_help and not state.idle.offered_help and _is_asked_something(p):
        state.idle.offered_help = True
        p.mention("voice.take_your_time")


def _longest_quiet(p: Presenter, times: Times) -> float:
    """Who has staff beside them may talk for as long as help on the screen lasts: then both have gone."""
    call = p.state.hall.call
    if call is None or not call.is_open:
        return times.idle_warning
    return min(times.assisted, times.waiting_for_staff) if call.is_here else times.waiting_for_staff


def still_here(p: Presenter) -> None:
    """Back to what the warning covered; staff have to show their PIN anew."""
    p.state.overlay, p.state.remark = p.state.idle.covered


def _warn(p: Presenter, times: Times) -> None:
    state = p.state
    state.idle.warned_at = p.monotonic()
    state.idle.seconds_left = round(times.idle_countdown)
    state.idle.covered = (None if state.overlay == "maintenance" else state.overlay, state.remark)
    state.overlay, state.remark = "idle", None
    p.read_screen("progress")
    _count_down(p, times)


def _count_down(p: Presenter, times: Times) -> None:
    idle = p.state.idle
    left = idle.warned_at + times.idle_countdown - p.monotonic()
    before, idle.seconds_left = idle.seconds_left, max(0, round(left))
    if left <= 0:
        p.wipe()
        return
    for seconds in _SECONDS_SAID:
        if idle.seconds_left <= seconds < before:
            p.speak((p.said(f"idle.left_{seconds}"),), "countdown")
    p.show()


def _is_asked_something(p: Presenter) -> bool:
    visit = p.state.visit
    waits = p.state.overlay or p.state.waits_for_staff
    return p.state.location == "visit" and visit is not None and visit.stage != "sent" and not waits
