"""A call for help when the store cannot keep it: in memory, and told to the hall by a thread of its own."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Event, Thread

from offline_cache.calls import OPEN_RETRY_S, Calls
from offline_cache.hall_client import HallClient, HallError
from offline_cache.store import Store

log = logging.getLogger(__name__)


class DisklessCalls(Calls):
    """The call of one visit, tried until it is over or this process ends. `store_file` is the store that failed."""

    def __init__(self, store_file: Path, new_client: Callable[[], HallClient], clock: Callable[[], datetime]) -> None:
        super().__init__(Store.in_memory(store_file), None)
        self._new_client, self._clock = new_client, clock
        self._woken = Event()
        self._thread: Thread | None = None

    def _changed(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self._tell_hall, name="call", daemon=True)
            self._thread.start()
        self._woken.set()

    def _tell_hall(self) -> None:
        try:
            self._client = self._new_client()
        except HallError as error:  # no address: the screen says that the call has not arrived
            log.error("%s", error)
            return
        was_over = False
        while view := self.refresh(self._clock()):
            if view.state.is_over and (view.reached_hall or was_over):
                return  # its end was told, or there was one try
            was_over = view.state.is_over
            due_s = self.seconds_until_due(self._clock())
            if not was_over and self._woken.wait(OPEN_RETRY_S if due_s is None else min(due_s, OPEN_RETRY_S)):
                self._woken.clear()
