"""By what a kiosk knows its hall on the line: one name, whatever its address; and where a line needs no TLS."""

from hashlib import sha256
from ipaddress import ip_address
from ssl import PEM_cert_to_DER_cert

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
