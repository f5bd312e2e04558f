"""News of the hall for this visit: the call for a staff member, how far the form has come, what does not work."""

from dataclasses import dataclass
from typing import Literal

ReceiptState = Literal["saved", "delivered", "held"]  # waits to be sent, is at the hall, waits here for staff

# Of a form that is wanted no more: the hall has not heard of it, does no more, had decided already, did not take it.
TakenBack = Literal["saved", "taken", "too_late", "refused"]

# How far the call for a staff member has come, as screens have words for it.
CallWords = Literal["requested", "notified", "acknowledged", "closed", "cancelled"]


@dataclass(frozen=True)
class StaffCall:
    """The call for a staff member."""

    state: CallWords
    staff: str  # "" until somebody acknowledges
    reached_hall: bool
    matter: str = ""  # what staff have to do here, in their words; "" when somebody just pressed for help
    called_at: float = 0.0  # seconds of the clock that kiosk.session has
    staff_page_open: bool = True  # whether anybody can see it, as the hall said last

    @property
    def is_open(self) -> bool:
        """Whether somebody is called and has not come yet."""
        return self.state in ("requested", "notified", "acknowledged")

    @property
    def is_at_hall(self) -> bool:
        """Whether the hall has the open call, with all that was added to it."""
        return self.is_open and self.reached_hall

    def is_unanswered(self, now: float, after_s: float) -> bool:
        """Whether the hall has it and nobody has taken it for so long, or nobody can see it."""
        waits = self.is_at_hall and self.state != "acknowledged"
        return waits and (not self.staff_page_open or now - self.called_at >= after_s)


@dataclass(frozen=True)
class HallNews:
    """What changes by itself and is shown."""

    call: StaffCall | None = None
    unanswered: bool = False  # nobody has taken the call, and the visitor is told what else to do
    receipts: tuple[ReceiptState, ...] = ()  # of what was sent in this visit, in order
    taken_back: TakenBack | None = None  # of the form whose own page is shown
    notices: tuple[str, ...] = ()  # what does not work just now, as `notice.*` text keys

    @property
    def receipt(self) -> ReceiptState | None:
        """Where the form is that was sent; of several, the one that has come the least far."""
        return next((state for state in ("held", "saved", "delivered") if state in self.receipts), None)
