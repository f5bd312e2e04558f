"""Several processes that serve one listener. Each ends with the one that started them, however that ends."""

import ctypes
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from ctypes import c_double
from multiprocessing import allow_connection_pickling, get_context
from threading import Event
from time import monotonic

from backend.foundation.settings import SetupError
from protocol.process.service_manager import tell_alive

LOOKS_EVERY_S = 0.5
STUCK_S = 60.0  # without a word from a worker that serves; WatchdogSec of the unit is longer
STARTING_S = 170.0  # until its first word, however much else the machine does; TimeoutStartSec of the unit is longer
_PR_SET_PDEATHSIG = 1  # prctl(2)
log = logging.getLogger("yinling.hall")
_spawn = get_context("spawn")

# What a worker does with the listener: it calls the second argument every few seconds while it works.
Work = Callable[[socket.socket, Callable[[], None]], None]


class Worker:
    """One process, and when it last said that it works."""

    def __init__(self, work: Work, listener: socket.socket) -> None:
        self._heard_at = _spawn.RawValue(c_double, 0.0)  # monotonic: one clock for all processes
        self._began = monotonic()
        self.process = _spawn.Process(target=_run, args=(work, listener, os.getpid(), self._heard_at))
        self.process.start()

    @property
    def serves(self) -> bool:
        return self._heard_at.value > 0

    @property
    def stuck(self) -> bool:
        patience = STUCK_S if self.serves else STARTING_S  # who is ended while starting, again and again, never serves
        return monotonic() - max(self._began, self._heard_at.value) > patience


def run_workers(count: int, work: Work, listener: socket.socket) -> None:
    """Run `work` in `count` new processes until SIGTERM or SIGINT. One that is killed or stuck is started anew; when
    one ends by itself, as it cannot serve, all do: exit 1.
    """
    allow_connection_pickling()
    ending = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: ending.set())
    workers = [Worker(work, listener) for _ in range(count)]
    while not ending.wait(LOOKS_EVERY_S):
        for at, worker in enumerate(workers):
            code = worker.process.exitcode
            if code is not None and code < 0:
                log.error("a worker was killed", extra={"fields": {"signal": -code}})
                workers[at] = Worker(work, listener)
            elif code is not None:
                log.error("a worker cannot serve", extra={"fields": {"exit": code}})
                ending.set()
            elif worker.stuck:
                log.error("a worker is stuck and is ended")
                worker.process.kill()  # the next look finds it
        if all(worker.serves for worker in workers):
            tell_alive()
    failed = any(worker.process.exitcode is not None for worker in workers)
    for worker in workers:
        worker.process.terminate()
    for worker in workers:
        worker.process.join()
    sys.exit(1 if failed else 0)


def _run(work: Work, listener: socket.socket, parent: int, heard_at: c_double) -> None:
    """In the new process."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(0)  # it ended before that was asked for
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all of them; the parent ends the workers

    def alive() -> None:
        heard_at.value = monotonic()

    try:
        work(listener, alive)
    except SetupError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
