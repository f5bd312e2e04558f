"""A member of staff shows at a kiosk who they are: by badge, or by name and PIN, which only the hall can judge."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from protocol.staff.badge import LONGEST
from protocol.wire import ShortName, WireAnswer, WireRequest


class StaffCheck(WireRequest):
    """One of the two: the text of a badge, or a name and the PIN of 6 to 12 digits."""

    badge: Annotated[str, Field(max_length=LONGEST, repr=False)] = ""
    name: ShortName = ""
    pin: Annotated[str, Field(pattern=r"^([0-9]{6,12})?$", repr=False)] = ""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.badge) == bool(self.name and self.pin) or bool(self.name) != bool(self.pin):
            raise ValueError("give a badge, or else a name and a pin")
        return self


class StaffHere(WireAnswer):
    """Who stands at the kiosk, as the hall knows them."""

    member: UUID
    name: str
