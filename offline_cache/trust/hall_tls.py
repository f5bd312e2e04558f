"""By what a kiosk knows its hall on a secure line: the hall's own certificate authority, which it has pinned; or what a
county says, where its own web server stands before the hall."""

import ssl
from typing import Any
from warnings import catch_warnings, simplefilter

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3.exceptions import InsecureRequestWarning

from protocol.hall_name import HALL_NAME

SYSTEM = "system"


class HallTrust(HTTPAdapter):
    """For `https://` of a session: nothing but this context says who is trusted, and under which name."""

    def __init__(self, context: ssl.SSLContext, name: str | None, *, checks: bool = True) -> None:
        self._context, self.name, self._checks = context, name, checks
        super().__init__()

    def build_connection_pool_key_attributes(
        self, request: PreparedRequest, verify: bool | str | None, cert: Any = None
    ) -> tuple[Any, Any]:
        host, _ = super().build_connection_pool_key_attributes(request, True)
        asked = {"server_hostname": self.name} if self.name else {}
        if not self._checks:
            return host, {"ssl_context": self._context, "cert_reqs": "CERT_NONE", "assert_hostname": False} | asked
        name = asked | ({"assert_hostname": self.name} if self.name else {})
        return host, {"ssl_context": self._context, "cert_reqs": "CERT_REQUIRED"} | name

    def send(self, *args: Any, **kwargs: Any) -> Response:
        with catch_warnings():
            if not self._checks:
                simplefilter("ignore", InsecureRequestWarning)
            return super().send(*args, **kwargs)

    def cert_verify(self, *_: Any) -> None:
        """requests would add its own list of authorities."""


def pinned(authority: str) -> HallTrust:
    """Trusts what this PEM certificate has signed for the hall's name, at any address. ValueError when it is none."""
    try:
        return HallTrust(ssl.create_default_context(cadata=authority), HALL_NAME)
    except ssl.SSLError as error:
        raise ValueError("not a certificate") from error


def unchecked() -> HallTrust:
    """Trusts whoever answers: for enrolment alone, where the code proves who it is."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return HallTrust(context, HALL_NAME, checks=False)


def of_county(hall_ca: str) -> HallTrust:
    """The setting `hall_ca`: a PEM file of authorities, or "system" for those of this machine. OSError, ValueError."""
    try:
        return HallTrust(ssl.create_default_context(cafile=None if hall_ca == SYSTEM else hall_ca), None)
    except ssl.SSLError as error:
        raise ValueError("not a certificate") from error
