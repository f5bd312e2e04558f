"""Signed requests: HTTP Message Signatures (RFC 9421) by Ed25519 over method, path, digest of the body (RFC 9530) and
the level of the visitor. One form of the three headers is written and read; anything else is no signature.
"""

import re
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from protocol.levels import NOBODY
from protocol.signing import SignatureError

VISITOR = "Yinling-Visitor"
HEADERS = ("Content-Digest", "Signature-Input", "Signature", VISITOR)
WINDOW_S = 300  # that `created` may differ from the hall's clock

_COVERED = '("@method" "@path" "content-digest" "yinling-visitor")'
_DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):")
_SIGNATURE = re.compile(r"kiosk=:([A-Za-z0-9+/]{86}==):")
_PARAMETERS = re.compile(
    re.escape(f"kiosk={_COVERED}")
    + r";created=([1-9]\d{0,11});keyid=\"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\""
    + r";nonce=\"([0-9a-f]{24})\.(0|[1-9]\d{0,14})\";alg=\"ed25519\""
)


@dataclass(frozen=True)
class RequestSignature:
    """What a request says of its signature. `created` is in seconds since 1970; `start` (24 hex digits) and `number`
    are the nonce: `start` is random for each start of a program, `number` counts within it."""

    kiosk: UUID
    created: int
    start: str
    number: int
    digest: str
    signature: bytes
    visitor: str

    @property
    def parameters(self) -> str:
        return (
            f'{_COVERED};created={self.created};keyid="{self.kiosk}";nonce="{self.start}.{self.number}";alg="ed25519"'
        )

    def is_timely(self, now: float) -> bool:
        """Whether `now` (seconds since 1970) lies within the window."""
        return abs(now - self.created) <= WINDOW_S

    def check(self, public_key: bytes, method: str, path: str, body: bytes) -> None:
        """SignatureError unless the holder of this key (32 bytes) signed exactly this. `path` is without a query."""
        if self.digest != _digest(body):
            raise SignatureError("The body is not the one that was signed: it was changed on the way.")
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(self.signature, self._base(method, path))
        except (InvalidSignature, ValueError) as error:
            raise SignatureError("The signature does not fit: another key made it, or a part was changed.") from error

    def _base(self, method: str, path: str) -> bytes:
        """RFC 9421, 2.5: what is signed."""
        lines = [
            f'"@method": {method}',
            f'"@path": {path}',
            f'"content-digest": sha-256=:{self.digest}:',
            f'"yinling-visitor": {self.visitor}',
            f'"@signature-params": {self.parameters}',
        ]
        return "\n".join(lines).encode("latin-1")


class Signer:
    """Signs requests of one start of a program; usable from any thread. `private_key` is raw Ed25519, 32 bytes."""

    def __init__(self) -> None:
        self._start = secrets.token_hex(12)
        self._numbers = count()

    def headers(
        self,
        private_key: bytes,
        kiosk: UUID,
        created: int,
        method: str,
        path: str,
        body: bytes,
        visitor: str = NOBODY,
    ) -> dict[str, str]:
        """The headers to send with this request."""
        unsigned = RequestSignature(kiosk, created, self._start, next(self._numbers), _digest(body), b"", visitor)
        signature = sign_with(private_key, unsigned._base(method, path))
        values = (
            f"sha-256=:{unsigned.digest}:",
            f"kiosk={unsigned.parameters}",
            f"kiosk=:{b64encode(signature).decode()}:",
            visitor,
        )
        return dict(zip(HEADERS, values, strict=True))


def is_signed(headers: Mapping[str, str]) -> bool:
    return "Signature" in headers or "Signature-Input" in headers


def read_signature(headers: Mapping[str, str]) -> RequestSignature:
    """What the headers say (names in any case, one value each); SignatureError when they say it in any other form."""
    digest = _DIGEST.fullmatch(headers.get("Content-Digest", ""))
    parameters = _PARAMETERS.fullmatch(headers.get("Signature-Input", ""))
    signature = _SIGNATURE.fullmatch(headers.get("Signature", ""))
    visitor = headers.get(VISITOR)
    if not digest or not parameters or not signature or visitor is None or not visitor.isascii():
        raise SignatureError("The request has no signature that can be read.")
    created, kiosk, start, number = parameters.groups()
    raw = b64decode(signature[1])
    return RequestSignature(UUID(kiosk), int(created), start, int(number), digest[1], raw, visitor)


def new_private_key() -> bytes:
    """32 random bytes that are an Ed25519 private key."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key_of(private_key: bytes) -> bytes:
    """The 32 bytes by which the hall checks what this key signs."""
    return Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def sign_with(private_key: bytes, message: bytes) -> bytes:
    """64 bytes."""
    return Ed25519PrivateKey.from_private_bytes(private_key).sign(message)


def fingerprint(public_key: bytes) -> str:
    """What two people compare: 16 hex digits of the key's SHA-256, in fours."""
    digits = sha256(public_key).hexdigest()[:16].upper()
    return " ".join(digits[at : at + 4] for at in range(0, 16, 4))


def _digest(body: bytes) -> str:
    return b64encode(sha256(body).digest()).decode()
