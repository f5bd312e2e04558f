"""By what a kiosk knows its hall on the line: one name, whatever its address."""

from hashlib import sha256
from ssl import PEM_cert_to_DER_cert

HALL_NAME = "yinling-hall"


def fingerprint(certificate: str) -> str:
    """The SHA-256 of a PEM certificate as browsers show it: AB:CD:… . ValueError when it is none."""
    return sha256(PEM_cert_to_DER_cert(certificate)).digest().hex(":").upper()
