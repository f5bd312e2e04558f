"""By what a kiosk knows its hall on the line: one name, whatever its address; and where a line needs no TLS."""

from hashlib import sha256
from ipaddress import ip_address
from ssl import PROTOCOL_TLS_CLIENT, PEM_cert_to_DER_cert, SSLContext, SSLError
from typing import Annotated

from pydantic import AfterValidator

HALL_NAME = "yinling-hall"


def fingerprint(certificate: str) -> str:
    """The SHA-256 of a PEM certificate as browsers show it: AB:CD:… . ValueError when it is none."""
    return sha256(PEM_cert_to_DER_cert(certificate)).digest().hex(":").upper()


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens there."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _checked(authority: str) -> str:
    try:
        if authority:
            SSLContext(PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=authority)
    except (SSLError, TypeError) as error:  # TypeError: not ASCII
        raise ValueError("this is no certificate") from error
    return authority


Authority = Annotated[str, AfterValidator(_checked)]  # a certificate (PEM) that has signed the hall's; "" for none
