"""News of the hall for this visit: the call for a staff member, how far the form has come, what does not work."""

from dataclasses import dataclass
from typing import Literal

ReceiptState = Literal["saved", "delivered", "held"]  # waits to be sent, is at the hall, waits here for staff


@dataclass(frozen=True)
class StaffCall:
    """The call for a staff member."""

    state: Literal["requested", "notified", "acknowledged", "closed", "cancelled"]
    staff: str  # "" until somebody acknowledges
    reached_hall: bool
    matter: str = ""  # what staff have to do here, in their words; "" when somebody just pressed for help

    @property
    def is_open(self) -> bool:
        """Whether somebody is called and has not come yet."""
        return self.state in ("requested", "notified", "acknowledged")


@dataclass(frozen=True)
class KeptForm:
    """A form that was sent on this kiosk."""

    service_id: str
    state: ReceiptState


@dataclass(frozen=True)
class HallNews:
    """What changes by itself and is shown."""

    call: StaffCall | None = None
    receipt: ReceiptState | None = None  # of the form that was sent in this visit
    notices: tuple[str, ...] = ()  # what does not work just now, as `notice.*` text keys
