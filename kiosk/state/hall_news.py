"""News of the hall for this visit: the call for a staff member, how far the form has come, what does not work."""

from dataclasses import dataclass, replace
from typing import Literal

from protocol.calls.messages import Need, Rating
from protocol.calls.states import CallState
from protocol.calls.waiting import offers_other_ways

ReceiptState = Literal["saved", "delivered", "held"]  # waits to be sent, is at the hall, waits here for staff

# Of a form that is wanted no more: the hall has not heard of it, does no more, had decided already, did not take it.
TakenBack = Literal["saved", "taken", "too_late", "refused"]

_HERE = (CallState.ARRIVED, CallState.ASSISTING)


@dataclass(frozen=True)
class StaffCall:
    """The call for a staff member. The last four are as the hall said last, or as this kiosk is set up."""

    state: CallState
    staff: str  # who has it, or had it last; "" until somebody has taken it
    reached_hall: bool
    matter: str = ""  # what staff have to do here, in their words; "" when somebody just pressed for help
    called_at: float = 0.0  # seconds of the clock that kiosk.session has
    needs: tuple[Need, ...] = ()  # as the visitor has said
    rating: Rating | None = None
    has_number: bool = False  # the visitor has left a number to be phoned at
    staff_page_open: bool = True  # whether anybody can see it
    escalation: int = 0  # protocol.calls.waiting
    hall_phone: str = ""  # that the visitor may phone, "" for none
    phone_here: str = ""  # the number of a phone beside the kiosk, "" for none

    @property
    def is_open(self) -> bool:
        """Whether staff are needed."""
        return self.state.is_open

    @property
    def told(self) -> "StaffCall":
        """What of it is said aloud when it changes by itself."""
        return replace(self, needs=(), rating=None, escalation=0, hall_phone="", phone_here="")

    @property
    def is_done(self) -> bool:
        """Whether a person has said that it is done."""
        return self.state in (CallState.RESOLVED, CallState.CLOSED)

    @property
    def is_taken(self) -> bool:
        """Whether a person has it, who is named."""
        return self.is_open and not self.state.is_waiting

    @property
    def is_here(self) -> bool:
        """Whether a person has come, and has not said that it is done."""
        return self.state in _HERE

    @property
    def is_with_somebody(self) -> bool:
        """Whether a person is here or phones."""
        return self.is_here or self.state is CallState.REMOTE

    @property
    def was_handed_back(self) -> bool:
        """Whether it rings again for others."""
        return self.state.is_waiting and bool(self.staff)

    @property
    def is_at_hall(self) -> bool:
        """Whether the hall has the open call, with all that was added to it."""
        return self.is_open and self.reached_hall

    def is_unanswered(self, now: float, after_s: float) -> bool:
        """Whether the hall has it and nobody has taken it for so long, or nobody can see it."""
        waits = self.is_at_hall and self.state.is_waiting
        return waits and (not self.staff_page_open or now - self.called_at >= after_s)

    def offers_other_ways(self, now: float) -> bool:
        """Whether nobody has come for so long that phone, counter and ticket are offered; also where somebody would
        phone, as nobody here can tell whether they did."""
        return self.is_open and not self.is_here and offers_other_ways(now - self.called_at)


@dataclass(frozen=True)
class HallNews:
    """What changes by itself and is shown."""

    call: StaffCall | None = None
    unanswered: bool = False  # nobody has taken the call, and the visitor is told what else to do
    other_ways: bool = False  # nobody has come for five minutes: phone, counter and ticket are offered
    receipts: tuple[ReceiptState, ...] = ()  # of what was sent in this visit, in order
    taken_back: TakenBack | None = None  # of the form whose own page is shown
    order: ReceiptState | None = None  # where that is which could not be done, once it is told
    notices: tuple[str, ...] = ()  # what does not work just now, as `notice.*` text keys

    @property
    def escalation(self) -> int:
        return self.call.escalation if self.call and self.call.state.is_waiting else 0

    @property
    def receipt(self) -> ReceiptState | None:
        """Where the form is that was sent; of several, the one that has come the least far."""
        return next((state for state in ("held", "saved", "delivered") if state in self.receipts), None)
