"""By which names the hall goes. A request under any other is refused: a page from elsewhere may have given the hall's
address a name of its own, to be let in by a browser inside the hall."""

import logging
import socket
from collections.abc import Collection
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from backend.foundation.settings import Settings
from protocol.hall_name import HALL_NAME

log = logging.getLogger("yinling.hall")
_REFUSED = "Ask for the hall by its own name or address; YINLING_HALL_NAMES at the hall adds one."


def own_names(host: str, settings: Settings) -> list[str]:
    """By which names and addresses browsers may reach the hall that listens on `host`."""
    names = [socket.gethostname(), *settings.names, "localhost", "127.0.0.1", "::1"]
    if public := urlsplit(settings.public_url).hostname:
        names.append(public)
    with suppress(ValueError):
        if not ip_address(host).is_unspecified:
            names.insert(0, host)
    if address := _outward_address():
        names.append(address)
    return list(dict.fromkeys(name.lower() for name in names if name))


def names_in(certificate: Path) -> list[str]:
    """Those for which a certificate is; [] when it cannot be read."""
    try:
        found = x509.load_pem_x509_certificate(certificate.read_bytes()).extensions
        return [str(name.value) for name in found.get_extension_for_class(x509.SubjectAlternativeName).value]
    except (OSError, ValueError, x509.ExtensionNotFound):
        return []


def _outward_address() -> str | None:
    """This machine's address on its way to others; nothing is sent. None without a line."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address: str = probe.getsockname()[0]
        return address


class OwnName:
    """421 for what asks for another host. The address that a request came to is always one of the hall's."""

    def __init__(self, app: ASGIApp, names: Collection[str]) -> None:
        self._app, self._names = app, {HALL_NAME, *names}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._is_ours(scope):
            await JSONResponse({"detail": _REFUSED}, 421)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        asked = _host(Headers(scope=scope).get("host", ""))
        return asked in self._names or asked == scope["server"][0]


def _host(header: str) -> str:
    """Without the port: [::1]:8300 is ::1."""
    if header.startswith("["):
        return header[1:].partition("]")[0].lower()
    return header.partition(":")[0].lower()
