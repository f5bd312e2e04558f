"""A real terminal: forms go sealed into the store; a worker brings them and the calls to the hall."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Protocol
from uuid import UUID, uuid4

from pydantic import BaseModel
from sqlalchemy.orm import Session

from forms.definition import Definition
from kiosk.hall.checked_staff import CheckedStaff
from kiosk.hall.draft_repository import DraftRepository
from kiosk.hall.sealed_order import sealed_order
from kiosk.hall.service import Answer, CannotKeep, HallAway, NewForm, NewOrder
from kiosk.hall.staff_at_kiosk import StaffAtKiosk
from kiosk.hall.stored_drafts import StoredDrafts
from kiosk.hall.stored_usage import StoredUsage
from kiosk.hall.usage import Usage
from kiosk.state.hall_news import ReceiptState, StaffCall, TakenBack
from kiosk.texts.languages import Lang
from offline_cache.calls import Calls, CallView, new_call
from offline_cache.diskless import DisklessCalls
from offline_cache.hall_client import HallClient, HallError, HallUnreachable
from offline_cache.http.hall_told import asks_offices, public_url
from offline_cache.parcels.follow_ups import FollowUps
from offline_cache.parcels.work_orders import WorkOrders
from offline_cache.store import OutboxItem, OutboxState, Store, StoreError, StoreFull
from offline_cache.sync import pin_hall_key, pinned_hall_key
from offline_cache.tables import ParcelState
from offline_cache.versions.definitions import Definitions, keep_definition
from offline_cache.worker import HallState
from protocol.after_sending import FollowUp, FollowUpKind, Outcome, OwnFormAnswer, OwnFormRequest
from protocol.calls.messages import Arrival, Need, Rating, number_context
from protocol.calls.states import CallState
from protocol.levels import Claim
from protocol.receipts.phone_page import page_key
from protocol.sealing import SealError, seal
from protocol.wire import HallKey, SealedForm, Submission, sealing_context

log = logging.getLogger(__name__)
_ORDER_STATES: Mapping[ParcelState, ReceiptState] = {
    ParcelState.WAITING: "saved",
    ParcelState.TOLD: "delivered",
    ParcelState.REFUSED: "held",
}
_TAKEN_BACK: Mapping[Outcome | ParcelState, TakenBack] = {
    Outcome.TAKEN: "taken",
    Outcome.TOO_LATE: "too_late",
    ParcelState.WAITING: "saved",
    ParcelState.REFUSED: "refused",
}


class BackgroundSync(Protocol):
    """What brings forms and calls to the hall: a thread (offline_cache.worker) or kiosk.processes.sync_process."""

    calls: Calls

    @property
    def state(self) -> HallState: ...

    def wake(self) -> None:
        """Something was kept or a call changed: look now."""


class OfflineHallService:
    """Errors of the store and the line become states that screens show, or CannotKeep and HallAway."""

    def __init__(
        self,
        kiosk: str,
        store: Store,
        sync: BackgroundSync,
        new_client: Callable[[], HallClient],
        damaged_store: Path | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        monotonic: Callable[[], float] = time.monotonic,
        draft_days: int = 7,
        phone: str = "",  # of a phone beside the kiosk
    ) -> None:
        self.drafts: DraftRepository = StoredDrafts(store, draft_days, clock)
        self.usage: Usage = StoredUsage(store, lambda: clock().astimezone().date())
        self.staff: StaffAtKiosk = CheckedStaff(store, new_client, clock)
        self._kiosk, self._store, self._sync, self._phone = kiosk, store, sync, phone
        self._new_client, self._damaged_store = new_client, damaged_store
        self._clock, self._monotonic = clock, monotonic
        self._submissions: dict[str, UUID] = {}  # of this visit, by receipt number
        self._calls = sync.calls
        self._call = self._call_of_before()
        self._called_at: tuple[UUID, float] | None = None
        self._met_hall = False

    def trouble(self) -> str | None:
        try:
            if not self._store.free_space_ok():
                return "store_full"
            return None if pinned_hall_key(self._store) else "no_hall_key"
        except StoreError as error:
            log.error("%s", error)
            return "store_failed"

    def notices(self) -> tuple[str, ...]:
        state = self._sync.state
        found = []
        if state.reached is False and not self._has_met_hall():
            found.append("not_met")
        elif state.not_admitted:
            found.append("not_let_in")
        elif state.blocked:
            found.append("hall_blocked")
        elif state.reached is False:
            found.append("offline")
        if self._damaged_store:
            found.append("store_new")
        return tuple(found)

    def _has_met_hall(self) -> bool:
        """Whether a hall's key was pinned. This is asked at every tick, so the store is asked no more after a yes."""
        if not self._met_hall:
            trouble = self.trouble()
            self._met_hall = trouble is None
            return trouble != "no_hall_key"
        return True

    def is_kept(self, number: str) -> bool:
        try:
            return self._submission(number) is not None
        except StoreError as error:
            log.error("%s", error)
            return False

    def definition(self, digest: str) -> Definition | None:
        try:
            document = Definitions(self._store).get(digest)
        except StoreError as error:
            log.error("%s", error)
            return None
        return Definition(document) if document else None

    def public_url(self) -> str:
        try:
            return public_url(self._store)
        except StoreError as error:
            log.error("%s", error)
            return ""

    def asks_offices(self) -> bool:
        try:
            return asks_offices(self._store)
        except StoreError as error:
            log.error("%s", error)
            return False

    def keep(self, forms: Sequence[NewForm], lang: Lang, matter: str = "") -> list[str]:
        ids = {uuid4(): form for form in forms}
        bundle = uuid4() if len(forms) > 1 else None
        with self._keeping() as key:
            bodies = {name: self._sealed(key, name, form, lang, bundle) for name, form in ids.items()}
            self._store.keep(bodies, lambda session: self._keep_with_them(session, forms, matter))
        for name, form in ids.items():
            self._store.audit.note("visitor", "kept", form.number, form.definition.head.id)
            self._submissions[form.number] = name
        self._sync.wake()
        return [form.number for form in forms]

    @contextmanager
    def _keeping(self) -> Iterator[HallKey]:
        """The key to seal to; what fails in the store is CannotKeep."""
        try:
            key = pinned_hall_key(self._store)
            if key is None:
                raise CannotKeep("no_hall_key")
            yield key
        except StoreFull as error:
            log.error("%s", error)
            raise CannotKeep("store_full") from error
        except (StoreError, SealError) as error:
            log.error("%s", error)
            raise CannotKeep("store_failed") from error

    def keep_order(self, order: NewOrder, lang: Lang) -> None:
        with self._keeping() as key:
            orders = WorkOrders(self._store)
            if orders.state(order.number) is not None:
                return
            name = uuid4()
            orders.keep(name, sealed_order(key, name, self._kiosk, order, lang, self._clock()))
        self._store.audit.note("visitor", "order_kept", order.number, order.reason or "")
        self._sync.wake()

    def order_state(self, number: str) -> ReceiptState | None:
        try:
            state = WorkOrders(self._store).state(number)
        except StoreError as error:
            log.error("%s", error)
            return "held"
        return _ORDER_STATES[state] if state else None

    def _sealed(self, key: HallKey, name: UUID, form: NewForm, lang: Lang, bundle: UUID | None) -> Submission:
        definition, head = form.definition, form.definition.head
        context = sealing_context(name, head.id, str(head.version), form.number, definition.hash)
        sources = dict(form.sources) if key.takes_sources else {}
        filled_in = SealedForm(answers=dict(form.answers), lang=lang, sources=sources)
        sealed = seal(key.public_key, filled_in.model_dump_json(exclude_defaults=True).encode(), context)
        return Submission(
            service_id=head.id,
            service_version=str(head.version),
            kiosk=self._kiosk,
            receipt_number=form.number,
            created_at=self._clock(),
            sealed=sealed,
            sha256=sha256(sealed).hexdigest(),
            definition=definition.hash,
            page_key=page_key(form.number, form.page_code) if form.page_code else None,
            amends=form.amends,
            bundle=bundle,
        )

    def submission(self, number: str) -> UUID | None:
        try:
            return self._submission(number)
        except StoreError as error:
            log.error("%s", error)
            return None

    def follow_up(self, name: UUID, submission: UUID, kind: FollowUpKind, field: str | None, claim: Claim) -> None:
        now = self._clock()
        body = FollowUp(kind=kind, field=field, made_at=now, visitor=claim.header(int(now.timestamp())))
        try:
            FollowUps(self._store).keep(name, submission, body)
        except StoreError as error:
            log.error("%s", error)
            raise CannotKeep("store_full" if isinstance(error, StoreFull) else "store_failed") from error
        self._store.audit.note("visitor", kind.value, str(submission))
        self._sync.wake()

    def taken_back(self, submission: UUID) -> TakenBack | None:
        try:
            found = FollowUps(self._store).outcome(submission, FollowUpKind.TAKE_BACK)
        except StoreError as error:
            log.error("%s", error)
            return None
        return _TAKEN_BACK[found] if found else None

    def own_answers(self, submission: UUID, proof: Mapping[str, str], claim: Claim) -> OwnFormAnswer:
        return self._asked(lambda client: client.own_answers(submission, OwnFormRequest.model_validate(proof), claim))

    def receipt_state(self, receipt_number: str) -> ReceiptState:
        try:
            submission = self._submission(receipt_number)
            item = self._store.outbox_item(submission) if submission else None
        except StoreError as error:
            log.error("%s", error)
            return "held"
        return _state(item) if item else "held"

    def form_here(self, receipt_number: str) -> ReceiptState | None:
        try:
            item = self._item_of(receipt_number)
        except StoreError as error:
            log.error("%s", error)
            raise HallAway(str(error), "staff") from error
        return _state(item) if item else None

    def ask(self, query: str, inputs: BaseModel, answer_type: type[Answer], claim: Claim | None = None) -> Answer:
        return self._asked(lambda client: client.query(query, inputs, answer_type, claim))

    def _asked(self, ask: Callable[[HallClient], Answer]) -> Answer:
        try:
            client = self._new_client()
            pin_hall_key(self._store, client)  # an ID number goes to the hall that was met first, and to no other
            return ask(client)
        except (HallError, StoreError) as error:
            log.warning("%s", error)
            no_line = isinstance(error, HallUnreachable) and error.retry_after is None
            raise HallAway(str(error), "offline" if no_line else "staff") from error

    def call(self, screen: str, service_id: str | None, matter: str = "", needs: tuple[Need, ...] = ()) -> None:
        wanted = new_call(self._kiosk, screen, service_id, matter, self._clock(), needs=needs, phone_here=self._phone)
        try:
            self._call = self._calls.request(wanted)
        except StoreError as error:
            log.error("%s The call goes without it.", error)
            self._calls = DisklessCalls(self._store.path, self._new_client, self._clock)
            self._call = self._calls.request(wanted)
        self._sync.wake()

    def tell_needs(self, needs: tuple[Need, ...]) -> None:
        self._change_call(lambda calls, view: calls.tell(view.call, needs=needs))

    def tell_other_ways(self) -> None:
        def tell(calls: Calls, view: CallView) -> None:
            if not view.other_way:
                calls.tell(view.call, other_way=True)

        self._change_call(tell)

    def leave_number(self, number: str) -> None:
        with self._keeping() as key:
            if view := self._newest_call():
                sealed = seal(key.public_key, number.encode(), number_context(view.call))
                self._calls.tell(view.call, call_back=sealed)
        self._sync.wake()

    def rate_call(self, rating: Rating) -> None:
        self._change_call(lambda calls, view: calls.rate(view.call, rating))

    def cancel_call(self) -> None:
        self._change_call(lambda calls, view: calls.cancel(view.call))

    def arrive(self, arrival: Arrival) -> None:
        self._change_call(lambda calls, view: calls.arrive(view.call, arrival))

    def assist(self) -> None:
        self._change_call(lambda calls, view: calls.assist(view.call))

    def resolve(self) -> None:
        self._change_call(lambda calls, view: calls.resolve(view.call))

    def _change_call(self, change: Callable[[Calls, CallView], None]) -> None:
        if self._call:
            try:
                if view := self._newest_call():
                    change(self._calls, view)
            except StoreError as error:
                log.error("%s", error)
            self._sync.wake()

    def staff_call(self) -> StaffCall | None:
        try:
            view = self._newest_call()
        except StoreError as error:
            log.error("%s", error)
            return None
        if view is None:
            return None
        on_its_way = view.error is None and self._sync.state.reached is True
        reached = view.reached_hall or on_its_way
        heard = self._sync.state.call
        told = heard if heard and heard.call == view.call else view
        return StaffCall(
            view.state,
            view.staff or "",
            reached,
            view.reason,
            self._pressed_at(view),
            view.needs,
            view.rating,
            view.has_number,
            told.staff_page_open,
            told.escalation,
            told.phone,
            view.phone_here,
        )

    def _newest_call(self) -> CallView | None:
        """This visit's call: another one is opened for what was added to a call that staff were just closing."""
        view = self._calls.current() if self._call else None
        if view is None or (view.call != self._call and not view.state.is_open):
            return None  # the newest is of an earlier visit, as this one's could not be kept
        self._call = view.call
        return view

    def _pressed_at(self, view: CallView) -> float:
        """When help was pressed, by the clock that only runs forward.

        The other clock is asked once for each call: it may be set while somebody waits.
        """
        if self._called_at is None or self._called_at[0] != view.call:
            waited_s = max(0.0, (self._clock() - view.requested_at).total_seconds())
            self._called_at = view.call, self._monotonic() - waited_s
        return self._called_at[1]

    def visit_over(self) -> None:
        self._change_call(lambda calls, view: calls.leave(view.call))
        self._call, self._calls = None, self._sync.calls
        self._submissions.clear()

    def _submission(self, number: str) -> UUID | None:
        """The form of this visit with that receipt number; the store is asked once, after a crash."""
        if number not in self._submissions and (item := self._item_of(number)):
            self._submissions[number] = UUID(item.submission)
        return self._submissions.get(number)

    def _item_of(self, number: str) -> OutboxItem | None:
        return next((item for item in self._store.outbox() if item.receipt_number == number), None)

    def _call_of_before(self) -> UUID | None:
        """A call that was open when the terminal was switched off is still this person's call, and one that staff have
        closed may have been; one that was cancelled, or whose visitor has gone, is nobody's."""
        view = self._calls.current()
        is_nobodys = view is None or view.has_gone or view.state in (CallState.CANCELLED, CallState.ABANDONED)
        return None if view is None or is_nobodys else view.call

    def _keep_with_them(self, session: Session, forms: Sequence[NewForm], matter: str) -> None:
        for form in forms:
            keep_definition(session, form.definition.hash, form.definition.document)
        if matter:
            service = forms[0].definition.head.id
            wanted = new_call(self._kiosk, "receipt", service, matter, self._clock(), phone_here=self._phone)
            self._call = self._calls.request_in(session, wanted)


def _state(item: OutboxItem) -> ReceiptState:
    if item.state == OutboxState.DELIVERED:
        return "delivered"
    return "saved" if item.state in (OutboxState.WAITING, OutboxState.BLOCKED) else "held"
