"""What one terminal is doing. Plain data: kiosk.session writes it, kiosk.screens makes screens of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from forms.field import Whose
from kiosk.devices.cards import Card
from kiosk.devices.printers import Printing
from kiosk.entry.answer_entry import AnswerEntry
from kiosk.state.answers.known_answers import KnownAnswers
from kiosk.state.answers.on_record import Wanted
from kiosk.state.assistance import Assistance, SigningIn
from kiosk.state.bundle import Bundle
from kiosk.state.disambiguation import Disambiguation
from kiosk.state.hall_news import HallNews, ReceiptState
from kiosk.state.look import Look
from kiosk.state.maintenance import MaintenanceState
from kiosk.state.order import OrderInHand
from kiosk.state.query_answer import Left, OwnForm, QueryAnswer
from kiosk.state.sent_forms import SentForms
from kiosk.state.shown import Shown
from kiosk.state.slip import Slip
from kiosk.state.visit import Visit
from protocol.calls.messages import Need

Location = Literal[
    "attract", "home", "group", "errands", "errand", "event", "papers", "visit", "own-form", "slip", "come-back",
    "goodbye",
]  # fmt: skip
OUTSIDE: tuple[Location, ...] = ("attract", "home", "group", "errands", "errand")  # here an errand may be begun
Overlay = Literal[
    "help", "settings", "idle", "trouble", "which", "explain", "declined", "card", "on_record", "practice",
    "maintenance", "order", "number", "staff_names", "staff_pin", "consent", "steps", "covered", "reasons",
]  # fmt: skip
HeadsetState = Literal["none", "unplugged", "plugged in"]  # none: this kiosk has no socket for one
Found = QueryAnswer | Literal["looking", "offline", "office", "staff"]


@dataclass(frozen=True)
class Remark:
    """A text key, what stands in its braces, and which member of a repeat it is about: "members.2"."""

    key: str
    values: Mapping[str, str] = field(default_factory=dict)
    member: str = ""


@dataclass
class IdleState:
    """Since when nobody has done anything; seconds of the clock that kiosk.session has."""

    since: float = 0.0
    warned_at: float = 0.0
    offered_help: bool = False
    seconds_left: int = 0  # of the countdown once it has begun
    covered: tuple[Overlay | None, Remark | None] = (None, None)  # what stood there before the warning


@dataclass
class SessionState:
    look: Look
    usual_look: Look  # what every visitor finds
    entry: AnswerEntry  # of the present question, or of the code of a slip
    location: Location = "attract"
    overlay: Overlay | None = None  # what lies over the location
    most_used: tuple[str, ...] = ()  # services that stand first on a home screen of many
    group: str = ""  # of services: whose list is shown, or was when the visit began
    errand: str = ""  # of the counter errand that is shown
    bundle: Bundle | None = None  # of a life event: `visit` is one of its forms
    visit: Visit | None = None
    shown: Shown | None = None  # how this visitor has shown who they are
    known: KnownAnswers = field(default_factory=KnownAnswers)  # of the forms of this stay
    hall: HallNews = field(default_factory=HallNews)
    number_typed: str = field(default="", repr=False)  # that staff may phone, until it is left
    needs: tuple[Need, ...] = ()  # what this visitor has said of themselves, for staff who come
    remark: Remark | None = None  # about what just happened, until the next action
    left: Left | None = None  # of the choices of a question, as the hall has told
    code_error: Remark | None = None  # the same about the digits of a slip

    # overlays
    trouble: str = ""  # the last part of a `trouble.*` text key
    question: Disambiguation | None = None  # about what was just said
    card: Card | None = None  # laid on the reader, until the visitor has said yes or no
    card_whose: Whose | None = None  # None: the visitor has to say so
    wanted: Wanted | None = None  # on record: the visitor is asked whether the hall may look
    order: OrderInHand | None = None  # what somebody could not get done
    tried_keys: frozenset[str] = frozenset()  # on the practice screen
    maintenance: MaintenanceState | None = None
    signing_in: SigningIn | None = None  # of staff, by name and PIN
    assistance: Assistance | None = None  # by staff who are here, until it ends

    # how the errand ends
    receipt_numbers: tuple[str, ...] = ()  # of the `forms`
    receipt_page: str = field(default="", repr=False)  # its address at the hall, "" where it has none
    sent_on: date | None = None  # the day on which they were sent
    sent_at: float = 0.0  # the same of the clock of kiosk.session
    sent: SentForms = field(default_factory=SentForms)
    found: Found = "looking"
    own_form: OwnForm | None = None  # whose page is shown
    asked: int = 0  # counts: what is asked last is shown
    slip: Slip | None = None
    printing: Printing = ""
    to_drop: str = ""  # what would lose something that was put in ("goodbye", a service …), once the visitor was warned

    # what stands around the screen
    card_reader: bool = False
    scanner: bool = False
    prints: bool = False  # there is a printer
    microphone: bool = False  # there is one
    tall_panel: bool = False  # so tall that its upper half is out of reach for who sits
    headset: HeadsetState = "none"
    reading_strokes: bool = False  # what was written by hand is being read
    idle: IdleState = field(default_factory=IdleState)
    unheard: int = 0  # how often in a row words were not understood
    visitors: int = 0  # how many there were: an answer that comes after its visitor has gone is dropped

    @property
    def beneath(self) -> Overlay | None:
        """What is there again once an overlay goes: what they are asked about staff who have come, or what somebody was
        telling when they opened it, unless staff would see it."""
        if self.assistance:
            return None if self.assistance.agreed else "consent"
        return "order" if self.order else None

    @property
    def forms(self) -> Sequence[Visit]:
        """What is filled in and sent together: one form, or those of a life event."""
        return self.bundle.taken if self.bundle else [self.visit] if self.visit else []

    @property
    def drafted(self) -> Sequence[Visit]:
        """What a draft keeps of them: with those of a life event that are left out, which may be taken again."""
        return self.bundle.visits if self.bundle else self.forms

    @property
    def draft_name(self) -> str:
        """By what a draft of them is found again: the number of the first."""
        return next((one.number for one in self.drafted), "")

    @property
    def receipt_number(self) -> str:
        """That of the form, or of the first of them; "" until they were sent."""
        return next(iter(self.receipt_numbers), "")

    @property
    def receipt_states(self) -> Mapping[str, ReceiptState]:
        """Where each form is that was sent, by its number."""
        return dict(zip(self.receipt_numbers, self.hall.receipts, strict=True))

    @property
    def waits_for_staff(self) -> bool:
        """Whether somebody is called and has not come yet."""
        return self.hall.call is not None and self.hall.call.is_open

    @property
    def promise_is_open(self) -> bool:
        """Whether staff still have to do here what follows from the form that was sent.

        They have done it when they have closed the call about it; a later call has no matter.
        """
        call = self.hall.call
        return self._promised and (call is None or (bool(call.matter) and not call.is_done))

    @property
    def staff_have_to_come(self) -> bool:
        """Whether a promise is open, of this form or of an earlier one of the visit that has the open call."""
        return self.promise_is_open or (
            self.waits_for_staff and self.hall.call is not None and bool(self.hall.call.matter)
        )

    @property
    def promise_is_kept(self) -> bool:
        """Whether staff have done here what follows from the form that was sent."""
        return self._promised and not self.promise_is_open

    @property
    def _promised(self) -> bool:
        """Whether anything to be done here follows from what was sent."""
        return any(one.stage == "sent" and one.due_here for one in self.forms)

    @property
    def staff_are_coming(self) -> bool:
        """Whether the hall has the open call, and somebody can be expected soon."""
        return self.hall.call is not None and self.hall.call.is_at_hall and not self.hall.unanswered

    @property
    def assisted(self) -> Assistance | None:
        """Staff who help on the screen now, as the visitor lets them."""
        return self.assistance if self.assistance and self.assistance.agreed else None

    @property
    def can_save(self) -> bool:
        """Whether the visit can be saved for another day."""
        return self.location == "visit" and self.visit is not None and self.visit.can_be_saved

    @property
    def errand_under_way(self) -> bool:
        """Whether something was filled in that would be lost if another service began."""
        forms = [one for one in self.forms if one.stage != "sent" and one.service.kind == "application"]
        return any(value for one in forms for value in (*one.answers.values(), *one.typed.values()))
