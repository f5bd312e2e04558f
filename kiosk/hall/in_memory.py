"""The twin of kiosk.hall.offline_service that keeps nothing on disk and talks to nobody.

Every screen can be walked with it, and tests say what the hall would answer.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from forms.definition import Definition
from kiosk.hall.service import Answer, CannotKeep, HallAway, NewForm, NewOrder, WhyAway
from kiosk.hall.staff_at_kiosk import Act, NotStaff, Who
from kiosk.state.assistance import Staff
from kiosk.state.draft import Draft
from kiosk.state.hall_news import ReceiptState, StaffCall, TakenBack
from kiosk.state.slip import CODE, Slip, SlipError
from kiosk.texts.languages import Lang
from protocol.after_sending import FollowUpKind, OwnFormAnswer
from protocol.calls.messages import Arrival, Need, Rating
from protocol.calls.reason import with_matter
from protocol.calls.states import CallState
from protocol.levels import Claim
from protocol.staff.here import StaffCheck

RECEIPT_NUMBERS = ("400000000002", "400000000010", "400000000028", "400000000036", "400000000044", "400000000051")
RECEIPT_NUMBER = RECEIPT_NUMBERS[0]
SUBMISSIONS = tuple(UUID(int=number) for number in range(2, 2 + len(RECEIPT_NUMBERS)))
SUBMISSION = SUBMISSIONS[0]
SLIP = Slip(bytes(range(32)), CODE.example, date(2026, 11, 30))


class InMemoryDrafts:
    """Room for one draft."""

    def __init__(self) -> None:
        self.draft: Draft | None = None
        self.full = False
        self.why: Literal["unknown", "wait", "failed"] = "unknown"
        self.slip = SLIP
        self.definitions: dict[str, Definition] = {}

    def save(self, draft: Draft, *definitions: Definition) -> Slip:
        if self.full:
            raise CannotKeep("store_full")
        self.draft = draft
        self.definitions |= {one.hash: one for one in definitions}
        return self.slip

    def by_key(self, key: bytes) -> Draft:
        if self.draft is None or key != self.slip.key:
            raise SlipError(self.why)
        return self.draft

    def by_code(self, code: str) -> Draft:
        return self.by_key(self.slip.key if code == self.slip.code else b"")

    def drop(self, form: str) -> None:
        self.draft = None


class InMemoryUsage:
    def __init__(self) -> None:
        self.done: Counter[str] = Counter()

    def count(self, service_id: str) -> None:
        self.done[service_id] += 1

    def counts(self) -> Mapping[str, float]:
        return self.done


@dataclass
class InMemoryStaff:
    """Set the fields to who is known here."""

    by_badge: dict[str, Staff | NotStaff] = field(default_factory=dict)
    by_pin: dict[str, Staff | NotStaff] = field(default_factory=dict)
    listed: tuple[str, ...] = ()
    here: Staff | None = None
    noted: list[tuple[Who, Act, str, str]] = field(default_factory=list)

    def check(self, shown: StaffCheck) -> Staff | NotStaff:
        known = self.by_badge.get(shown.badge) if shown.badge else self.by_pin.get(shown.pin)
        if isinstance(known, Staff):
            self.here = known
        return known or NotStaff("unknown")

    def names(self) -> tuple[str, ...]:
        return self.listed

    def left(self) -> None:
        self.here = None

    def note(self, who: Who, act: Act, subject: str = "", detail: str = "") -> None:
        self.noted.append((who, act, subject, detail))


@dataclass
class InMemoryHall:
    """Set the fields to what the hall is to say."""

    call_state: StaffCall | None = None
    state: ReceiptState = "saved"
    answers: dict[str, BaseModel] = field(default_factory=dict)  # by query; without one the hall is away
    here: dict[str, ReceiptState] = field(default_factory=dict)  # by receipt number
    why: WhyAway = "offline"
    offline: bool = False
    url: str = ""  # where receipts have a page
    asks: bool = False  # whether it asks other offices
    cannot_call: bool = False
    broken: Literal["store_full", "store_failed", "no_hall_key"] | None = None
    monotonic: Callable[[], float] = lambda: 0.0
    kept: tuple[NewForm, ...] = ()  # of the last sending
    followed_up: dict[UUID, tuple[UUID, FollowUpKind, str | None, Claim]] = field(default_factory=dict)
    outcome: TakenBack = "saved"
    own: OwnFormAnswer | None = None
    asked: tuple[BaseModel, Claim | None] | None = None
    orders: dict[str, NewOrder] = field(default_factory=dict)  # by number
    told_other_ways: int = 0
    number: str = ""  # that staff may phone

    def __post_init__(self) -> None:
        self.drafts = InMemoryDrafts()
        self.usage = InMemoryUsage()
        self.staff = InMemoryStaff()
        self.arrivals: list[Arrival] = []
        self.moves: list[Literal["assist", "resolve"]] = []

    def trouble(self) -> str | None:
        return self.broken

    def notices(self) -> tuple[str, ...]:
        if self.broken == "no_hall_key":
            return ("not_met",)
        return ("offline",) if self.offline else ()

    def definition(self, digest: str) -> Definition | None:
        return self.drafts.definitions.get(digest)

    def public_url(self) -> str:
        return self.url

    def asks_offices(self) -> bool:
        return self.asks

    def keep(self, forms: Sequence[NewForm], lang: Lang, matter: str = "") -> list[str]:
        if self.broken:
            raise CannotKeep(self.broken)
        self.kept = tuple(forms)
        if matter:
            self._call(matter, of_a_form=True)
        return list(RECEIPT_NUMBERS[: len(forms)])

    def keep_order(self, order: NewOrder, lang: Lang) -> None:
        if self.broken:
            raise CannotKeep(self.broken)
        self.orders.setdefault(order.number, order)

    def order_state(self, number: str) -> ReceiptState | None:
        return self.state if number in self.orders else None

    def submission(self, number: str) -> UUID | None:
        return dict(zip(RECEIPT_NUMBERS, SUBMISSIONS[: len(self.kept)], strict=False)).get(number)

    def follow_up(self, name: UUID, submission: UUID, kind: FollowUpKind, field: str | None, claim: Claim) -> None:
        if self.broken:
            raise CannotKeep(self.broken)
        self.followed_up[name] = (submission, kind, field, claim)

    def taken_back(self, submission: UUID) -> TakenBack | None:
        wanted = (submission, FollowUpKind.TAKE_BACK)
        return self.outcome if wanted in [one[:2] for one in self.followed_up.values()] else None

    def own_answers(self, submission: UUID, proof: Mapping[str, str], claim: Claim) -> OwnFormAnswer:
        if self.own is None:
            raise HallAway("There is no hall.", self.why)
        return self.own

    def is_kept(self, number: str) -> bool:
        return number in [form.number for form in self.kept]

    def receipt_state(self, receipt_number: str) -> ReceiptState:
        return self.state

    def form_here(self, receipt_number: str) -> ReceiptState | None:
        return self.here.get(receipt_number)

    def ask(self, query: str, inputs: BaseModel, answer_type: type[Answer], claim: Claim | None = None) -> Answer:
        self.asked = (inputs, claim)
        if query not in self.answers:
            raise HallAway("There is no hall.", self.why)
        return answer_type.model_validate(self.answers[query].model_dump())

    def call(self, screen: str, service_id: str | None, matter: str = "", needs: tuple[Need, ...] = ()) -> None:
        self._call(matter, of_a_form=False)
        self.tell_needs(needs)

    def tell_needs(self, needs: tuple[Need, ...]) -> None:
        if self.call_state and self.call_state.is_open:
            self.call_state = replace(self.call_state, needs=needs)

    def tell_other_ways(self) -> None:
        self.told_other_ways += 1

    def leave_number(self, number: str) -> None:
        if self.broken:
            raise CannotKeep(self.broken)
        if self.call_state:
            self.number, self.call_state = number, replace(self.call_state, has_number=True)

    def rate_call(self, rating: Rating) -> None:
        if self.call_state and self.call_state.state is CallState.RESOLVED:
            self.call_state = replace(self.call_state, state=CallState.CLOSED, rating=rating)

    def _call(self, matter: str, *, of_a_form: bool) -> None:
        call = self.call_state
        if self.cannot_call:
            self.call_state = None
        elif call is None or not call.is_open:
            self.call_state = StaffCall(CallState.REQUESTED, "", not self.offline, matter, self.monotonic())
        else:
            self.call_state = replace(call, matter=with_matter(call.matter, matter, of_a_form=of_a_form))

    def cancel_call(self) -> None:
        if self.call_state and self.call_state.is_open:
            self.call_state = replace(self.call_state, state=CallState.CANCELLED)

    def arrive(self, arrival: Arrival) -> None:
        self.arrivals.append(arrival)

    def assist(self) -> None:
        self.moves.append("assist")

    def resolve(self) -> None:
        self.moves.append("resolve")

    def staff_call(self) -> StaffCall | None:
        return self.call_state

    def visit_over(self) -> None:
        self.call_state = None
