"""What a program says to the service manager (systemd) that started it and waits for its word (sd_notify(3))."""

import logging
import os
import socket

SOCKET_VARIABLE = "NOTIFY_SOCKET"
log = logging.getLogger(__name__)


def tell_alive() -> None:
    """That it works, and is ready if it was not before; nothing where nobody waits. Say it well within WatchdogSec."""
    address = os.environ.get(SOCKET_VARIABLE)
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]  # an address without a file, as unix(7) writes it
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as to:
            to.sendto(b"READY=1\nWATCHDOG=1", address)
    except OSError as error:
        log.warning("The service manager was not told that this program works: %s.", error.strerror)
