"""Work in a process of its own: the memory that it takes goes back whole when it is done."""

import multiprocessing
from collections.abc import Callable

_fork = multiprocessing.get_context("fork")


def apart(make: Callable[[], bytes]) -> bytes:
    """What `make` returns. When that process fails it is made here, with the same error if it is one of `make`."""
    receive, send = _fork.Pipe(duplex=False)
    process = _fork.Process(target=lambda: send.send_bytes(make()))
    process.start()
    send.close()
    with receive:
        try:
            return receive.recv_bytes()
        except EOFError:
            return make()
        finally:
            process.join()
