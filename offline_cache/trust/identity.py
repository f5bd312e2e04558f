"""Who this kiosk is at its hall, as data."""

from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from protocol.request_signature import fingerprint, public_key_of
from protocol.wire import Bytes, HallKey


class Identity(BaseModel):
    """`hall` is the address that `kiosk enrol` was given, "" for the terminal's own hall; `ca` (PEM) signs that hall's
    certificate. `private_key` signs; `next_key` is to take its place and may have done so at the hall already."""

    model_config = ConfigDict(frozen=True)

    kiosk: UUID
    name: str
    hall: str
    hall_key: HallKey
    ca: str = ""
    private_key: Bytes = Field(repr=False)
    next_key: Bytes = Field(default=b"", repr=False)
    key_since: AwareDatetime

    @property
    def fingerprint(self) -> str:
        return fingerprint(public_key_of(self.private_key))
