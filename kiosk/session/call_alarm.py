"""Light and sound at the kiosk itself, for whoever is near, while a call for staff has not reached the hall."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

from kiosk.devices.call_light import CallLight
from kiosk.state.hall_news import StaffCall

LONGEST_S = 600.0  # after the press: then whoever is near has heard it
CHIME_EVERY_S = 8.0
OUT_S = 0.5  # a lamp takes milliseconds; a board that hangs keeps nobody waiting

log = logging.getLogger(__name__)


class CallAlarm:
    """`chime` begins a short sound, or not where that would be in the way. `while_waiting`: on also while the hall has
    the call, and nobody has taken it. The lamp is switched by a thread of its own: a board may be slow."""

    def __init__(
        self,
        light: CallLight | None,
        chime: Callable[[], None],
        monotonic: Callable[[], float],
        *,
        while_waiting: bool = False,
    ) -> None:
        self._light, self._chime, self._monotonic, self._while_waiting = light, chime, monotonic, while_waiting
        self._is_on: bool | None = None  # nobody knows how the process before left the lamp
        self._next_at = 0.0
        self._last: list[Future[None]] = []
        self._switching = ThreadPoolExecutor(max_workers=1, thread_name_prefix="call light")

    def follow(self, call: StaffCall | None) -> None:
        """Call twice a second, with the call as it stands."""
        now = self._monotonic()
        due = call is not None and self._is_due(call, now)
        if due != self._is_on:
            self._is_on, self._next_at = due, now
            self._switch(due)
        if due and now >= self._next_at:
            self._next_at = now + CHIME_EVERY_S
            self._chime()

    def stop(self) -> None:
        """Off, and the last of it: the next visitor's process has its own. Waits for the lamp, OUT_S at most."""
        if self._is_on:
            self._switch(False)
        self._is_on = False
        wait(self._last, OUT_S)
        self._switching.shutdown(wait=False)

    def _is_due(self, call: StaffCall, now: float) -> bool:
        rings = call.state.is_waiting and (self._while_waiting or not call.reached_hall)
        return rings and now - call.called_at < LONGEST_S

    def _switch(self, on: bool) -> None:
        if self._light:
            self._last = [self._switching.submit(_switched, self._light, on)]


def _switched(light: CallLight, on: bool) -> None:
    try:
        light.switch(on)
    except OSError as error:
        log.error("The call light cannot be switched (%s): plug it in, or mend the setting call_light.", error.strerror)
