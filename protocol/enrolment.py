"""How a kiosk's key is taken in by a hall: a code that a person carries, and two messages that it vouches for.

The code never travels. Both ends stretch it (scrypt, RFC 7914) to an id, which is sent, and a key for two HMACs, which
is not: who listens can neither find the code nor put another key or certificate in place.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, ValidationError

from protocol.hall_name import Authority
from protocol.signing import SignatureError
from protocol.wire import Bytes, HallKey, KioskName, WireAnswer, WireRequest

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0/O, 1/I/L
CODE_LENGTH = 12  # 59 bits
CODE_LIVES_S = 15 * 60


class KioskState(StrEnum):
    WAITING = "waiting"  # for a person to approve it
    APPROVED = "approved"
    REVOKED = "revoked"


class NotAdmitted(StrEnum):
    """Why the hall does not take a kiosk's request: the `code` beside the sentence."""

    NOT_ENROLLED = "not_enrolled"
    WAITING_FOR_APPROVAL = "waiting_for_approval"
    REVOKED = "revoked"
    CLOCK = "clock"  # signed at another time than the hall's
    REPLAYED = "replayed"
    BAD_SIGNATURE = "bad_signature"


class CodeError(Exception):
    """It is no enrolment code; the text is one plain sentence."""


@dataclass(frozen=True)
class CodeKeys:
    """What both ends make of a code: `id` is sent, `secret` (32 bytes) never."""

    id: str
    secret: bytes = field(repr=False)


class EnrolmentRequest(WireRequest):
    """A kiosk shows its key (Ed25519, 32 bytes); `proof` is an HMAC by the code over id and key."""

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    public_key: Annotated[Bytes, Field(min_length=32, max_length=32)]
    proof: Annotated[Bytes, Field(min_length=32, max_length=32)]


class Enrolment(WireAnswer):
    """What the hall says to it: who the kiosk is there, how it knows this hall, and `ca` (PEM) that signs the hall's
    certificate; "" where the hall speaks plain HTTP on loopback."""

    kiosk: UUID
    name: KioskName
    state: KioskState
    hall_key: HallKey
    ca: Authority = ""


class EnrolmentAnswer(WireAnswer):
    """`enrolment` is an Enrolment as JSON; `proof` an HMAC by the code over the kiosk's key and exactly that text."""

    enrolment: str
    proof: Bytes


class NewKey(WireRequest):
    """A kiosk's next key, in a request that the present one signs; `proof`: the new key's signature over its id."""

    public_key: Annotated[Bytes, Field(min_length=32, max_length=32)]
    proof: Annotated[Bytes, Field(min_length=64, max_length=64)]


class KioskStanding(WireAnswer):
    """What the hall says of the kiosk that asks."""

    name: KioskName
    state: KioskState


def new_code() -> str:
    """A random code as people read it: three groups of four."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(letters[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def keys_of_code(code: str) -> CodeKeys:
    """Small letters, spaces and hyphens do not matter. CodeError when it cannot be a code."""
    letters = code.upper().replace("-", "").replace(" ", "")
    if len(letters) != CODE_LENGTH or set(letters) - set(ALPHABET):
        raise CodeError(
            f"{code!r} is not an enrolment code: it has {CODE_LENGTH} letters and digits, such as {'ABCD-EFGH-JKMN'}. "
            "Read it again on the hall's console (hall enrol NAME)."
        )
    stretched = hashlib.scrypt(letters.encode(), salt=b"yinling enrolment 1", n=2**14, r=8, p=1, dklen=48)
    return CodeKeys(stretched[:16].hex(), stretched[16:])


def enrolment_request(keys: CodeKeys, public_key: bytes) -> EnrolmentRequest:
    return EnrolmentRequest(id=keys.id, public_key=public_key, proof=_proof(keys.secret, b"kiosk", public_key))


def request_is_proven(request: EnrolmentRequest, secret: bytes) -> bool:
    """Whether who made the request knows the code."""
    return hmac.compare_digest(request.proof, _proof(secret, b"kiosk", request.public_key))


def enrolment_answer(secret: bytes, public_key: bytes, enrolment: Enrolment) -> EnrolmentAnswer:
    text = enrolment.model_dump_json()
    return EnrolmentAnswer(enrolment=text, proof=_proof(secret, b"hall", public_key, text.encode()))


def checked_enrolment(keys: CodeKeys, public_key: bytes, answer: EnrolmentAnswer) -> Enrolment:
    """SignatureError when it does not come from the hall that made the code."""
    if not hmac.compare_digest(answer.proof, _proof(keys.secret, b"hall", public_key, answer.enrolment.encode())):
        raise SignatureError("The answer does not come from the hall that made this code: check the hall's address.")
    try:
        return Enrolment.model_validate_json(answer.enrolment)
    except ValidationError as error:
        raise SignatureError(
            "The hall's answer cannot be read: this program is too old for it, or the hall's ca.pem is damaged."
        ) from error


def _proof(secret: bytes, *parts: bytes) -> bytes:
    """Each part with its length before it, so that no two lists of parts look alike."""
    message = b"".join(len(part).to_bytes(4) + part for part in (b"yinling enrolment 1", *parts))
    return hmac.digest(secret, message, "sha256")
