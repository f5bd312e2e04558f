"""Running the hall: bind first, say where (and with which PIN, where there is one), then serve until SIGTERM."""

import json
import logging
import signal
import socket
import sys
from base64 import b64encode
from collections.abc import Callable
from functools import partial

from backend.accounts.console_pin import next_pin
from backend.app import create_app
from backend.foundation.logs import set_up_logs
from backend.foundation.settings import Settings, SetupError, prepare_folder
from backend.hall.hall import Hall, open_hall
from backend.hall.running import runs
from backend.kiosks.enrolment import give_code
from backend.queries.routes import check_data
from backend.server.certificates import Certificates
from backend.server.memory import keep_small
from backend.server.own_name import names_in, own_names
from backend.server.server import HallServer
from backend.server.tls import HallTls
from backend.server.workers import run_workers
from protocol.hall_name import is_loopback
from protocol.process.core_dumps import leave_no_core_dump
from protocol.process.service_manager import tell_alive

log = logging.getLogger("yinling.hall")
_VANISHED_MS = 10_000


def serve(settings: Settings, host: str, port: int, workers: int) -> None:
    """Serve until SIGTERM or SIGINT; SetupError in one plain sentence when the hall cannot start."""
    set_up_logs()
    prepare_folder(settings)
    with runs(settings.folder), listen_on(host, port) as listener:
        check_data(settings)
        hall = open_hall(settings)
        Certificates(settings.folder).authority(hall.clock())  # enrolled kiosks keep it, wherever the hall listens
        url = (
            f"{'https' if _tls(settings, listener, hall) else 'http'}://{_reachable(host)}:{listener.getsockname()[1]}"
        )
        settings = settings.model_copy(update={"staff_url": f"{url}/staff"})
        _announce(settings, url, hall)
        hall.database.close()
        _end_quietly_on_signals()
        serving = partial(_serve_on, settings)
        if workers == 1:
            serving(listener, tell_alive)
        else:
            run_workers(workers, serving, listener)


def _serve_on(settings: Settings, listener: socket.socket, tell: Callable[[], None]) -> None:
    """What one serving process does. `tell` is told every few seconds that it works."""
    set_up_logs()
    leave_no_core_dump()
    hall = open_hall(settings)
    tls = _tls(settings, listener, hall)
    # Staff pages hold streams that never end; uvicorn would wait for them.
    app = create_app(hall, _pin_printer(settings), _names(settings, listener))

    def alive() -> None:
        if hall.watch.lives:
            tell()

    keep_small()
    HallServer(app, tls, hall.feed.close, alive).run([listener])


def _names(settings: Settings, listener: socket.socket) -> list[str]:
    names = own_names(listener.getsockname()[0], settings)
    return [*names, *names_in(settings.cert)] if settings.cert else names


def _tls(settings: Settings, listener: socket.socket, hall: Hall) -> HallTls | None:
    """None where only this machine can reach the hall."""
    host = listener.getsockname()[0]
    return None if is_loopback(host) else HallTls(settings, host, hall.clock)


def listen_on(host: str, port: int) -> socket.socket:
    """A socket on which one may serve; SetupError when there is none to be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise SetupError(
            f"The hall cannot listen on {host} port {port} ({error.strerror or error}): "
            "stop what uses it, or choose another --host or --port."
        ) from error
    # Connections inherit it: without it each answer on a kept connection waits 40 ms for the kiosk's acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    # Inherited too: what is not acknowledged ends the connection, so that a staff page whose computer was switched off
    # does not count as open. A stream says something every 15 s.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _VANISHED_MS)
    return listener


def _reachable(host: str) -> str:
    """A host that a browser on this machine can use: 0.0.0.0 means every address, this machine's own among them."""
    if host in ("0.0.0.0", "::", ""):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _announce(settings: Settings, url: str, hall: Hall) -> None:
    pin = next_pin(hall)
    if settings.json_lines:
        public_key = b64encode(hall.keys.public).decode()
        told = {"url": url, "staff_url": settings.staff_url, "pin": pin, "public_key": public_key}
        _print_json(told | ({"code": _code(settings, hall)} if settings.enrol else {}))
        return
    if pin:
        _pin_printer(settings)(pin)
    else:
        print(f"工作人员页面 / staff page: {settings.staff_url}", flush=True)
    if settings.enrol:
        print(f"自助机登记码 / code for {settings.enrol}: {_code(settings, hall)}", flush=True)


def _code(settings: Settings, hall: Hall) -> str:
    return give_code(hall, settings.enrol, approved=True)[0]


def _pin_printer(settings: Settings) -> Callable[[str], None]:
    def show_pin(pin: str) -> None:
        try:
            if settings.json_lines:
                _print_json({"staff_url": settings.staff_url, "pin": pin})
            else:
                print(f"工作人员页面 / staff page: {settings.staff_url}  PIN: {pin}", flush=True)
        except BrokenPipeError:
            log.warning("nobody reads the hall's output: start it again to see the next PIN")

    return show_pin


def _print_json(line: dict[str, str | None]) -> None:
    print(json.dumps(line), flush=True)


def _end_quietly_on_signals() -> None:
    """uvicorn raises the signal again once it has shut down, or not yet begun: stopping on request is success, 0."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: sys.exit(0))
