"""Several processes that serve one listener. Each ends with the one that started them, however that ends."""

import ctypes
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from multiprocessing import allow_connection_pickling, get_context
from multiprocessing.process import BaseProcess
from threading import Event

from backend.foundation.settings import SetupError

LOOKS_EVERY_S = 0.5
_PR_SET_PDEATHSIG = 1  # prctl(2)
log = logging.getLogger("yinling.hall")


def run_workers(count: int, work: Callable[[socket.socket], None], listener: socket.socket) -> None:
    """Run `work(listener)` in `count` new processes until SIGTERM or SIGINT. One that is killed is started anew; when
    one ends by itself, as it cannot serve, all do: exit 1.
    """
    allow_connection_pickling()
    ending = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: ending.set())
    workers = [_start(work, listener) for _ in range(count)]
    while not ending.wait(LOOKS_EVERY_S):
        for at, worker in enumerate(workers):
            if worker.exitcode is not None and worker.exitcode < 0:
                log.error("a worker was killed", extra={"fields": {"signal": -worker.exitcode}})
                workers[at] = _start(work, listener)
            elif worker.exitcode is not None:
                log.error("a worker cannot serve", extra={"fields": {"exit": worker.exitcode}})
                ending.set()
    failed = any(worker.exitcode is not None for worker in workers)
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.join()
    sys.exit(1 if failed else 0)


def _start(work: Callable[[socket.socket], None], listener: socket.socket) -> BaseProcess:
    worker = get_context("spawn").Process(target=_run, args=(work, listener, os.getpid()))
    worker.start()
    return worker


def _run(work: Callable[[socket.socket], None], listener: socket.socket, parent: int) -> None:
    """In the new process."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(0)  # it ended before that was asked for
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all of them; the parent ends the workers
    try:
        work(listener)
    except SetupError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
