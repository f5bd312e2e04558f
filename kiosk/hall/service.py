"""What the session needs of the hall: keeping forms, asking, calling staff. It knows only this protocol."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeVar
from uuid import UUID

from pydantic import BaseModel

from forms.definition import Definition
from kiosk.hall.draft_repository import DraftRepository
from kiosk.hall.staff_at_kiosk import StaffAtKiosk
from kiosk.hall.usage import Usage
from kiosk.state.hall_news import ReceiptState, StaffCall, TakenBack
from kiosk.texts.languages import Lang
from protocol.after_sending import FollowUpKind, OwnFormAnswer
from protocol.calls.messages import Arrival, Need, Rating
from protocol.levels import Claim
from protocol.wire import AnswerSource

WhyAway = Literal["offline", "office", "staff"]
Answer = TypeVar("Answer", bound=BaseModel)


class CannotKeep(Exception):
    """The form could not be kept; `reason` is the last part of a `trouble.*` text key. Nothing was lost."""

    def __init__(self, reason: Literal["store_full", "store_failed", "no_hall_key"]) -> None:
        super().__init__(reason)
        self.reason = reason


class HallAway(Exception):
    """There is no answer. `why`: the line is down (offline), another office did not answer the hall, or for another
    reason staff have to look."""

    def __init__(self, message: str, why: WhyAway = "offline") -> None:
        super().__init__(message)
        self.why: WhyAway = why


@dataclass(frozen=True)
class NewForm:
    """A form that is handed in under the receipt number `number`, with what it was filled in by.

    With a `page_code` the receipt has a page at the hall (protocol.receipts). It corrects the form `amends`.
    """

    definition: Definition
    answers: Mapping[str, str] = field(repr=False)
    number: str
    page_code: str = field(default="", repr=False)
    amends: UUID | None = None
    sources: Mapping[str, AnswerSource] = field(default_factory=dict)  # of what was not put in here today


@dataclass(frozen=True)
class NewOrder:
    """What somebody could not get done, left under the number `number` of their slip (protocol.work_orders).

    `screen` is where they stood, as calls say it; `reason` one of the catalogue's, None where it was only spoken.
    `sound`: a file as voice.audio.spoken_file makes it, b"" for none; `name` and `phone` where they were left.
    `form` is the receipt number of the form that it is about. With a `page_code` the number has a page at the hall.
    """

    number: str
    screen: str
    service_id: str | None = None
    reason: str | None = None
    sound: bytes = field(default=b"", repr=False)
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    form: str | None = None
    page_code: str = field(default="", repr=False)


class HallService(Protocol):
    """All but `ask` answer within milliseconds; `ask` waits for the hall and is called off the GUI thread."""

    @property
    def drafts(self) -> DraftRepository:
        """Where what somebody saved for another day is kept."""

    @property
    def usage(self) -> Usage:
        """How often each service is done on this kiosk."""

    @property
    def staff(self) -> StaffAtKiosk:
        """Who of staff comes to this kiosk."""

    def trouble(self) -> str | None:
        """Why no form can be taken now, as the last part of a `trouble.*` text key; None when all is well."""

    def notices(self) -> tuple[str, ...]:
        """What does not work just now, as `notice.*` text keys."""

    def definition(self, digest: str) -> Definition | None:
        """What a form or draft of this kiosk was filled in by; None when it is not here."""

    def public_url(self) -> str:
        """The address under which receipts have a page at the hall, "" for none."""

    def asks_offices(self) -> bool:
        """Whether the hall asks other offices what they know."""

    def keep(self, forms: Sequence[NewForm], lang: Lang, matter: str = "") -> list[str]:
        """Seal and keep what is handed in at once; its receipt numbers. CannotKeep when that failed.

        With a `matter` staff are called to the receipt as by `call`: all forms and the call are kept, or nothing is.
        """

    def keep_order(self, order: NewOrder, lang: Lang) -> None:
        """Seal and keep what somebody could not get done; nobody on this kiosk can read it again. CannotKeep.

        The same number again changes nothing, so that a second press leaves one order.
        """

    def order_state(self, number: str) -> ReceiptState | None:
        """Where the order left here under `number` is; None for none. What has become of it the query progress says."""

    def submission(self, number: str) -> UUID | None:
        """The hall's id of the form that was kept here under `number`; None for none."""

    def follow_up(self, name: UUID, submission: UUID, kind: FollowUpKind, field: str | None, claim: Claim) -> None:
        """Keep what is wanted of a form that was sent; it goes to the hall after the form. CannotKeep.

        The same `name` again changes nothing.
        """

    def taken_back(self, submission: UUID) -> TakenBack | None:
        """What came of taking a form back; None where that was not wanted here."""

    def own_answers(self, submission: UUID, proof: Mapping[str, str], claim: Claim) -> OwnFormAnswer:
        """What was filled in, asked for as `ask` is. HallAway."""

    def is_kept(self, number: str) -> bool:
        """Whether the form with this number was kept already."""

    def receipt_state(self, receipt_number: str) -> ReceiptState:
        """Where a form kept here is: waiting, at the hall, or held until staff look at it."""

    def form_here(self, receipt_number: str) -> ReceiptState | None:
        """Where the form with this number is, if it was sent on this kiosk. HallAway when the store cannot be read."""

    def ask(self, query: str, inputs: BaseModel, answer_type: type[Answer], claim: Claim | None = None) -> Answer:
        """What the hall answers to one of protocol.queries: that module's Inputs and Answer. HallAway.

        `claim`: how the visitor has shown who they are, as the hall is told.
        """

    def call(self, screen: str, service_id: str | None, matter: str = "", needs: tuple[Need, ...] = ()) -> None:
        """Call a staff member; while a call is open this only adds the `matter`, what staff have to do here, and the
        `needs`, what they should know before they come."""

    def tell_needs(self, needs: tuple[Need, ...]) -> None:
        """The open call has these, and no others."""

    def tell_other_ways(self) -> None:
        """The visitor was told of phone, counter and ticket, while the open call goes on; told once."""

    def leave_number(self, number: str) -> None:
        """Staff may phone the visitor of the open call at this number; it is sealed before it is kept. CannotKeep."""

    def rate_call(self, rating: Rating) -> None:
        """The visitor says how it went, which closes a call that is done."""

    def cancel_call(self) -> None: ...

    def arrive(self, arrival: Arrival) -> None:
        """Somebody has come, and the open call, if there is one, says who."""

    def assist(self) -> None:
        """The visitor lets who has come help on the screen."""

    def resolve(self) -> None:
        """Who has come says that it is done."""

    def staff_call(self) -> StaffCall | None:
        """The latest call of this visit, None when there is none."""

    def visit_over(self) -> None:
        """The visitor has left: close what is still open for them."""
