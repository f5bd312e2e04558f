"""Who this kiosk is at its hall, as data."""

from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from protocol.hall_name import Authority
from protocol.request_signature import fingerprint, public_key_of
from protocol.wire import Bytes, HallKey

_PrivateKey = Annotated[Bytes, Field(min_length=32, max_length=32)]
_NoKey = Annotated[Bytes, Field(max_length=0)]


class Identity(BaseModel):
    """`hall` is the address that `kiosk enrol` was given, "" for the terminal's own hall; `ca` (PEM) signs that hall's
    certificate. `private_key` signs; `next_key` is to take its place and may have done so at the hall already."""

    model_config = ConfigDict(frozen=True)

    kiosk: UUID
    name: str
    hall: str
    hall_key: HallKey
    ca: Authority = ""
    private_key: _PrivateKey = Field(repr=False)
    next_key: _PrivateKey | _NoKey = Field(default=b"", repr=False)
    key_since: AwareDatetime

    @property
    def fingerprint(self) -> str:
        return fingerprint(public_key_of(self.private_key))
