"""A badge of a member of staff: text in a QR code that the hall has signed. Without a line it is good until the shift
ends; the hall itself takes a fresh one only, so the staff page makes it anew every few minutes.

`YLB1.BODY.SIGNATURE`, both base64url without padding; the body is UTF-8 JSON. It names nobody but the member of staff,
and opens nothing by itself: the hall, or the list of staff (`roster`), must still know them.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from protocol.signing import SignatureError, sign, verify

PREFIX = "YLB1"
LONGEST = 400  # characters
_PURPOSE = b"yinling badge 1\n"
CLOCKS_DIFFER_S = 300  # at most, of a kiosk and its hall
FRESH_S = 300  # the hall takes it for so long: what somebody has photographed is soon worth nothing


@dataclass(frozen=True)
class Badge:
    """Times are seconds since 1970, by the hall's clock."""

    member: UUID
    name: str
    made_at: int
    ends_at: int

    def signed(self, private: bytes) -> str:
        """The text of the code, signed by the hall with this private key."""
        body = json.dumps([str(self.member), self.name, self.made_at, self.ends_at], ensure_ascii=False).encode()
        return f"{PREFIX}.{_written(body)}.{_written(sign(private, _PURPOSE + body))}"

    def is_fresh(self, now: float) -> bool:
        """By the clock of the hall, which has made it."""
        return self.is_good(now) and now - self.made_at <= FRESH_S

    def is_good(self, now: float) -> bool:
        return self.made_at - CLOCKS_DIFFER_S <= now < self.ends_at


def is_badge(text: str) -> bool:
    """Whether this wants to be one; whether it is says `read`."""
    return text.startswith(f"{PREFIX}.")


def read(text: str, verify_key: bytes) -> Badge:
    """What a scanned code says. SignatureError unless the hall of this key has signed just this."""
    if len(text) > LONGEST or text.count(".") != 2 or not is_badge(text):
        raise SignatureError("This is no badge of the hall's staff.")
    try:
        _, written, signature = text.split(".")
        body = _bytes(written)
        verify(verify_key, _bytes(signature), _PURPOSE + body)
        member, name, made_at, ends_at = json.loads(body)
        return Badge(UUID(member), str(name), int(made_at), int(ends_at))
    except (ValueError, TypeError, AttributeError) as error:
        raise SignatureError("This is no badge of the hall's staff.") from error


def _written(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
