"""The idle clock: who does nothing for long is offered help, then asked, and at last taken to have gone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.session.session import Overlay, Remark, Session

_SECONDS_SAID = (30, 20, 10)  # of the countdown: idle.left_30 …


@dataclass(frozen=True)
class Times:
    """Seconds of doing nothing after which something happens."""

    idle_warning: float = 120
    idle_countdown: float = 45
    offer_help: float = 40
    goodbye: float = 20
    waiting_for_staff: float = 1800  # with a call open nobody is hurried, but a forgotten screen is cleared


class IdleClock:
    """How long nobody has done anything; `seconds_left` of the countdown once it has begun."""

    def __init__(self, times: Times, monotonic: Callable[[], float]) -> None:
        self.seconds_left = 0
        self._times = times
        self._monotonic = monotonic
        self._warned_at = 0.0
        self.covered: tuple[Overlay | None, Remark | None] = (None, None)  # what stood there before the warning
        self.restart()

    def restart(self) -> None:
        """Somebody is there: they did something, or somebody does something for them."""
        self._since = self._warned_at = self._monotonic()
        self._offered_help = False

    def tick(self, session: "Session") -> None:
        times, quiet = self._times, self._monotonic() - self._since
        if session.place == "goodbye" and not session.overlay:
            if quiet >= times.goodbye:
                session.wipe()  # and nobody has to come any more
        elif session.overlay == "idle":
            self._count_down(session)
        elif session.place == "attract" and not session.overlay and not session.waits_for_staff():
            if session.remarked and quiet >= times.goodbye:
                session.remind("")
            if quiet >= times.idle_warning and not session.looks_as_usual():
                session.wipe()  # somebody chose English and went on
        elif quiet >= (times.waiting_for_staff if session.waits_for_staff() else times.idle_warning):
            self._warn(session)
        elif quiet >= times.offer_help and not self._offered_help and _is_asked_something(session):
            self._offered_help = True
            session.speak((session.said("voice.take_your_time"),), "progress")

    def _warn(self, session: "Session") -> None:
        self._warned_at = self._monotonic()
        self.seconds_left = round(self._times.idle_countdown)
        self.covered = (None if session.overlay == "maintenance" else session.overlay, session.remarked)
        session.overlay, session.remarked = "idle", None
        session.read_screen("progress")
        self._count_down(session)

    def _count_down(self, session: "Session") -> None:
        left = self._warned_at + self._times.idle_countdown - self._monotonic()
        before, self.seconds_left = self.seconds_left, max(0, round(left))
        if left <= 0:
            session.wipe()
            return
        for seconds in _SECONDS_SAID:
            if self.seconds_left <= seconds < before:
                session.speak((session.said(f"idle.left_{seconds}"),), "countdown")
        session.show()


def _is_asked_something(session: "Session") -> bool:
    visit = session.visit
    waits = session.overlay or session.waits_for_staff()
    return session.place == "visit" and visit is not None and visit.stage != "sent" and not waits
