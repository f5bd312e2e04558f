"""How the hall speaks TLS: to kiosks, who ask for the name yinling-hall, by its own authority; to all others, who are
browsers, by the county's certificate where it gives one.
"""

import logging
import ssl
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from backend.foundation.settings import Settings, SetupError
from backend.server.certificates import Certificates
from backend.server.own_name import own_names
from protocol.hall_name import HALL_NAME

LOOKS_EVERY_S = 3600.0
log = logging.getLogger("yinling.hall")


class HallTls:
    """`context` is for the server; call `look` now and then. SetupError in one plain sentence when it cannot speak."""

    def __init__(self, settings: Settings, host: str, clock: Callable[[], datetime]) -> None:
        self._settings, self._clock = settings, clock
        self._names = own_names(host, settings)
        self._certificates = Certificates(settings.folder)
        self.context, self._kiosks = _context(), _context()
        self.context.sni_callback = self._by_name
        self._loaded: dict[ssl.SSLContext, bytes] = {}
        self._load()

    def look(self) -> None:
        """Renew what ends soon, and take what the county has put in place of its old one."""
        try:
            self._load()
        except SetupError as error:
            log.error("certificates", extra={"fields": {"error": str(error)}})

    def _by_name(self, connection: ssl.SSLObject | ssl.SSLSocket, name: str | None, _context: ssl.SSLContext) -> None:
        if name == HALL_NAME:
            connection.context = self._kiosks

    def _load(self) -> None:
        now = self._clock()
        kiosks = self._certificates.for_server("kiosks.pem", [HALL_NAME], now, always=True)
        self._take(self._kiosks, kiosks, kiosks)
        if self._settings.cert is not None and self._settings.cert_key is not None:
            self._take(self.context, self._settings.cert, self._settings.cert_key)
        else:
            browsers = self._certificates.for_server("browsers.pem", self._names, now)
            self._take(self.context, browsers, browsers)

    def _take(self, context: ssl.SSLContext, certificate: Path, key: Path) -> None:
        """Connections from now on show it; those that are open stay as they are."""
        try:
            content = certificate.read_bytes() + key.read_bytes()
            if self._loaded.get(context) != content:
                context.load_cert_chain(certificate, key)
        except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
            raise SetupError(
                f"The certificate {certificate} with the key {key} cannot be used: both have to be PEM files that the "
                "hall may read, and belong together."
            ) from error
        self._loaded[context] = content


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    return context
