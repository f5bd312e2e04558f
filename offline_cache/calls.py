"""Calls for staff: kept first, then sent again and again until the hall has them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from offline_cache.hall_client import HallClient, HallError, HallRefused, KioskNotAdmitted
from offline_cache.line import Line
from offline_cache.retry import after, seconds_until_due
from offline_cache.store import Store, intact
from offline_cache.tables import CallRow
from protocol.call_reason import BETWEEN, with_matter
from protocol.wire import CallRequest, CallState, CallStatus

POLL_S = 1.0  # between two questions to the hall about an open call that it has
OPEN_RETRY_S = 2.0  # between two tries to tell the hall of an open call: somebody is waiting
LONGEST_REASON = 200  # characters; a longer reason is cut, since a call for help must not fail for it
OVER_RETRY_S = 60.0  # the same once the call is over: nobody is waiting


@dataclass(frozen=True)
class CallView:
    """What the screen says about a call. `reached_hall` is False until the hall knows its present state.

    `staff_page_open`: whether staff can see it, as the hall said last; known only where the hall is asked.
    """

    call: UUID
    state: CallState
    staff: str | None
    reached_hall: bool
    error: str | None
    reason: str
    requested_at: datetime
    staff_page_open: bool = True


class Calls:
    """The one call that may be open on this kiosk, and earlier ones whose end the hall does not know yet.

    `request`, `cancel`, `close` and `current` only touch the store: they answer at once and from any thread.
    `refresh` talks to the hall, so only the worker's thread calls it; without a client it talks to nobody. It does not
    wait for the line's back-off, as somebody waits for help, and tells the line of an answer. All may raise StoreError.
    """

    def __init__(self, store: Store, client: HallClient | None, line: Line | None = None) -> None:
        self._store, self._client, self._line = store, client, line
        self._unseen: str | None = None  # the call that nobody can see, as no staff page is open

    def request(self, kiosk: str, screen: str, service_id: str | None, reason: str, now: datetime) -> UUID:
        """Keep a call for staff and return its id; while one is open, return that one, with this reason added once."""
        wanted, kept = _request(kiosk, screen, service_id, reason, now), list[UUID]()
        self._store.acknowledge(lambda session: kept.append(self._request(session, wanted, of_a_form=False)))
        return kept[-1]

    def request_in(
        self, session: Session, kiosk: str, screen: str, service_id: str | None, reason: str, now: datetime
    ) -> UUID:
        """The same for a form, in a transaction of the store: form and call are kept together. Its reason is always
        added, as a second person may be sent for by the same words."""
        return self._request(session, _request(kiosk, screen, service_id, reason, now), of_a_form=True)

    def _request(self, session: Session, wanted: CallRequest, *, of_a_form: bool) -> UUID:
        latest = _latest(session)
        if latest is None or CallState(latest.state).is_over:
            return self._open(session, wanted)
        body = CallRequest.model_validate_json(latest.body)
        reason = with_matter(body.reason, wanted.reason, of_a_form=of_a_form)[:LONGEST_REASON]
        if reason != body.reason:  # staff are to hear of it at once, and where it was added
            changed = {"screen": wanted.screen, "service_id": wanted.service_id, "reason": reason}
            latest.body, latest.next_try_at = body.model_copy(update=changed).model_dump_json(), None
        return UUID(latest.uuid)

    def _open(self, session: Session, body: CallRequest) -> UUID:
        call = uuid4()
        session.add(
            CallRow(
                sequence=self._store.next_sequence(session),
                uuid=str(call),
                body=body.model_dump_json(),
                state=body.state.value,
            )
        )
        return call

    def cancel(self, call: UUID) -> None:
        """The person no longer needs anyone."""
        self._end(call, CallState.CANCELLED)

    def close(self, call: UUID) -> None:
        """Staff came, or the visit is over."""
        self._end(call, CallState.CLOSED)

    def current(self) -> CallView | None:
        """The latest call, open or over; None when there never was one."""
        with self._store.transaction() as session:
            latest = _latest(session)
            return None if latest is None else _view(latest, staff_page_open=latest.uuid != self._unseen)

    def refresh(self, now: datetime) -> CallView | None:
        """Tell the hall what it does not know yet, ask it about the open call, and return what `current` does."""
        if self._client is None:
            return self.current()
        with self._store.transaction() as session:
            due = [row for row in _unfinished(session) if seconds_until_due(row.tried_at, row.next_try_at, now) == 0]
        for row in due:
            try:
                self._answered(row, _ask(self._client, row), now)
            except HallRefused as refusal:
                self._failed(row, refusal, now)
            except HallError as error:
                self._failed(row, error, now)
                break  # the hall cannot be reached for the others either
            if self._line:
                self._line.works(now)
        return self.current()

    def seconds_until_due(self, now: datetime) -> float | None:
        """How long until the hall should be asked again; None when no call needs it."""
        with self._store.transaction() as session:
            waits = [seconds_until_due(row.tried_at, row.next_try_at, now) for row in _unfinished(session)]
        return min(waits, default=None)

    def _answered(self, asked: CallRow, answer: CallStatus, now: datetime) -> None:
        with self._store.transaction() as session:
            row = intact(session, CallRow, asked.sequence)
            if row is None:
                return
            known, kept = _reason_at_hall(row, asked, answer), CallRequest.model_validate_json(row.body)
            row.last_error = None
            if CallState(row.state).may_become(answer.state):
                row.state = answer.state.value
                if answer.state is CallState.CLOSED and kept.reason != known:
                    rest = kept.reason.removeprefix(known).removeprefix(BETWEEN)
                    self._open(session, kept.model_copy(update={"reason": rest, "requested_at": now}))
            if CallState(row.state).is_over or known == CallRequest.model_validate_json(asked.body).reason:
                row.sent_body = asked.body
            else:
                row.last_error = "The hall has not taken over what was added to the call."
            row.staff = answer.staff or row.staff
            self._unseen = None if answer.staff_page_open else row.uuid
            _plan(row, asked, now, POLL_S)

    def _failed(self, asked: CallRow, error: HallError, now: datetime) -> None:
        with self._store.transaction() as session:
            row = intact(session, CallRow, asked.sequence)
            if row is None:
                return
            row.last_error = str(error)
            if isinstance(error, HallRefused) and CallState(row.state).is_over:
                row.sent_body = asked.body  # nobody waits for it any more
            _plan(row, asked, now, OVER_RETRY_S if CallState(row.state).is_over else OPEN_RETRY_S)

    def _end(self, call: UUID, state: CallState) -> None:
        with self._store.transaction() as session:
            row = session.scalar(select(CallRow).where(CallRow.uuid == str(call)))
            if row is None or not row.is_intact() or CallState(row.state).is_over:
                return
            body = CallRequest.model_validate_json(row.body).model_copy(update={"state": state})
            row.body, row.state, row.next_try_at = body.model_dump_json(), state.value, None


def _request(kiosk: str, screen: str, service_id: str | None, reason: str, now: datetime) -> CallRequest:
    reason = reason[:LONGEST_REASON]
    return CallRequest(kiosk=kiosk, screen=screen, service_id=service_id, reason=reason, requested_at=now)


def _reason_at_hall(row: CallRow, asked: CallRow, answer: CallStatus) -> str:
    """What staff can read of the call. An older hall does not say, and keeps what it was told first."""
    if answer.reason is not None:
        return answer.reason
    return CallRequest.model_validate_json(row.sent_body or asked.body).reason


def _ask(client: HallClient, row: CallRow) -> CallStatus:
    call = UUID(row.uuid)
    try:
        answer = client.get_call(call) if row.sent_body == row.body else None
    except KioskNotAdmitted:  # which may ask for help all the same, and is told how far it is
        answer = None
    return answer or client.put_call(call, CallRequest.model_validate_json(row.body))


def _plan(row: CallRow, asked: CallRow, now: datetime, delay_s: float) -> None:
    """When to ask again; at once when the person changed the call while the hall was being asked."""
    row.attempts, row.tried_at = row.attempts + 1, now.isoformat()
    row.next_try_at = after(now, delay_s) if row.body == asked.body else None


def _latest(session: Session) -> CallRow | None:
    rows = session.scalars(select(CallRow).order_by(CallRow.sequence.desc()))
    return next((row for row in rows if row.is_intact()), None)


def _unfinished(session: Session) -> list[CallRow]:
    """Calls that are open, and those whose end the hall does not know yet; oldest first."""
    still_open = CallRow.state.not_in([state.value for state in CallState if state.is_over])
    unsent = or_(CallRow.sent_body.is_(None), CallRow.sent_body != CallRow.body)
    rows = session.scalars(select(CallRow).where(or_(still_open, unsent)).order_by(CallRow.sequence))
    return [row for row in rows if row.is_intact()]


def _view(row: CallRow, *, staff_page_open: bool) -> CallView:
    body = CallRequest.model_validate_json(row.body)
    return CallView(
        UUID(row.uuid),
        CallState(row.state),
        row.staff,
        row.sent_body == row.body,
        row.last_error,
        body.reason,
        body.requested_at,
        staff_page_open,
    )
