"""Calls for staff: kept first, then sent again and again until the hall has them.

What a call is, is worked out of two things that are kept apart: how it stands at the hall, as that said last, and the
kiosk's own moves that the hall has not taken yet. Without a line the kiosk's own moves carry it on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from offline_cache.hall_client import HallClient, HallError, HallRefused, KioskNotAdmitted
from offline_cache.line import Line
from offline_cache.retry import after as due_after
from offline_cache.retry import seconds_until_due
from offline_cache.store import Store, intact
from offline_cache.tables import CallRow
from protocol.calls.messages import Arrival, CallRequest, CallStatus, Need, Rating
from protocol.calls.reason import BETWEEN, with_matter
from protocol.calls.states import CallState, Move, after

POLL_S = 1.0  # between two questions to the hall about an open call that it has
OPEN_RETRY_S = 2.0  # between two tries to tell the hall of an open call: somebody is waiting
OVER_RETRY_S = 60.0  # the same once nobody is waiting here: it is over, or its visitor has gone
LONGEST_REASON = 200  # characters; a longer reason is cut, since a call for help must not fail for it
_OVER = [state.value for state in CallState if not state.is_open]
_DONE = (CallState.RESOLVED, CallState.CLOSED)


@dataclass(frozen=True)
class CallView:
    """What the screen says about a call. `reached_hall` is False until the hall has taken all that happened here.

    `staff`: who has it, or had it last. `arrival`: who has come, as was checked here. `has_number`: the visitor has
    left a number to be phoned at. `phone_here`: of a phone beside the kiosk. What follows is as the hall said last:
    `staff_page_open`, whether staff can see it; `escalation`, 0 to 2; `phone`, the hall's number, "" for none.
    """

    call: UUID
    state: CallState
    staff: str | None
    reached_hall: bool
    error: str | None
    reason: str
    requested_at: datetime
    needs: tuple[Need, ...] = ()
    other_way: bool = False
    arrival: Arrival | None = None
    has_number: bool = False
    has_gone: bool = False
    rating: Rating | None = None
    phone_here: str = ""
    staff_page_open: bool = True
    escalation: int = 0
    phone: str = ""


def new_call(
    kiosk: str,
    screen: str,
    service_id: str | None,
    reason: str,
    now: datetime,
    *,
    needs: tuple[Need, ...] = (),
    phone_here: str = "",
) -> CallRequest:
    """What a visitor wants of staff who presses for help `now`, as `request` takes it."""
    return CallRequest(
        kiosk=kiosk,
        screen=screen,
        service_id=service_id,
        reason=reason[:LONGEST_REASON],
        requested_at=now,
        needs=needs,
        phone_here=phone_here,
    )


class Calls:
    """The one call that may be open on this kiosk for who stands there, and earlier ones that the hall has not all of.

    All but `refresh` only touch the store: they answer at once and from any thread. `refresh` talks to the hall, so
    only the worker's thread calls it; without a client it talks to nobody. It does not wait for the line's back-off, as
    somebody waits for help, and tells the line of an answer. All may raise StoreError.
    """

    def __init__(self, store: Store, client: HallClient | None, line: Line | None = None) -> None:
        self._store, self._client, self._line = store, client, line
        self._told: CallStatus | None = None  # the hall's last answer

    def request(self, wanted: CallRequest) -> UUID:
        """Keep a call for staff and return its id; while one is open, return that one, with what is new added once."""
        kept = list[UUID]()
        self._store.acknowledge(lambda session: kept.append(self._request(session, wanted, of_a_form=False)))
        self._changed()
        return kept[-1]

    def request_in(self, session: Session, wanted: CallRequest) -> UUID:
        """The same for a form, in a transaction of the store: form and call are kept together. Its reason is always
        added, as a second person may be sent for by the same words."""
        return self._request(session, wanted, of_a_form=True)

    def _request(self, session: Session, wanted: CallRequest, *, of_a_form: bool) -> UUID:
        latest = _latest(session)
        if latest is None:
            return self._open(session, wanted)
        body, state = _body(latest), CallState(latest.state)
        if not state.is_open:
            _make(latest, Move.LEAVE)  # of one that is done: nobody will say any more how it went
        if not state.is_open or body.has_gone:
            return self._open(session, wanted)
        reason = with_matter(body.reason, wanted.reason, of_a_form=of_a_form)[:LONGEST_REASON]
        needs = tuple(need for need in Need if need in (*body.needs, *wanted.needs))
        if (reason, needs) != (body.reason, body.needs):  # staff are to hear of it at once, and where it was added
            where = {"screen": wanted.screen, "service_id": wanted.service_id}
            _make(latest, Move.PRESS, reason=reason, needs=needs, **where)
        return UUID(latest.uuid)

    def _open(self, session: Session, body: CallRequest) -> UUID:
        call = uuid4()
        session.add(
            CallRow(
                sequence=self._store.next_sequence(session),
                uuid=str(call),
                body=body.model_dump_json(),
                state=CallState.REQUESTED.value,
            )
        )
        return call

    def tell(self, call: UUID, **news: Any) -> None:
        """More of an open call: `needs`, `other_way` (the screen has told of phone, counter and ticket), `call_back`
        (a number sealed by protocol.calls.messages.number_context)."""
        self._change(call, lambda row: _make(row, Move.PRESS, **news))

    def arrive(self, call: UUID, arrival: Arrival) -> None:
        """Somebody has come, and has shown who they are."""
        self._change(call, lambda row: _arrive(row, arrival))

    def assist(self, call: UUID) -> None:
        """The visitor lets who has come help on the screen."""
        self._change(call, lambda row: _make(row, Move.ASSIST))

    def resolve(self, call: UUID, arrival: Arrival | None = None) -> None:
        """Who has come says at the kiosk that it is done; `arrival` where they have shown who they are just now.
        Nothing where nobody has come."""
        self._change(call, lambda row: _resolve(row, arrival))

    def rate(self, call: UUID, rating: Rating) -> None:
        """The visitor says how it went, which closes a call that is done."""
        self._change(call, lambda row: _make(row, Move.LEAVE, rating=rating))

    def cancel(self, call: UUID) -> None:
        """The person no longer needs anyone."""
        self._change(call, lambda row: _make(row, Move.CANCEL))

    def leave(self, call: UUID) -> None:
        """The visitor has gone. One who has left a number is still phoned."""
        self._change(call, _leave)

    def _change(self, call: UUID, change: Callable[[CallRow], None]) -> None:
        with self._store.transaction() as session:
            row = session.scalar(select(CallRow).where(CallRow.uuid == str(call)))
            if row is not None and row.is_intact():
                change(row)
        self._changed()

    def _changed(self) -> None:
        """The hall is to hear of something."""

    def current(self) -> CallView | None:
        """The latest call, open or over; None when there never was one."""
        with self._store.transaction() as session:
            latest = _latest(session)
            return None if latest is None else _view(latest, self._told)

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
            row.last_error, self._told = None, answer
            if answer.turn >= row.turn:  # else it comes late
                was_open, body = CallState(row.state).is_open, _body(row)
                row.turn, row.hall_step, row.hall_state = answer.turn, answer.step, answer.state.value
                row.staff = answer.staff
                row.state = _state(row, body).value
                if was_open and answer.state in _DONE and answer.reason != body.reason:
                    rest = body.reason.removeprefix(answer.reason).removeprefix(BETWEEN)
                    self._open(session, _anew(body, rest, now))
            _plan(row, asked, now, POLL_S)

    def _failed(self, asked: CallRow, error: HallError, now: datetime) -> None:
        with self._store.transaction() as session:
            row = intact(session, CallRow, asked.sequence)
            if row is None:
                return
            row.last_error = str(error)
            if isinstance(error, HallRefused) and CallState(row.state).is_over:
                row.hall_step = row.own_step  # nobody waits for it any more
            _plan(row, asked, now, OPEN_RETRY_S)


def _anew(body: CallRequest, reason: str, now: datetime) -> CallRequest:
    """A call about what staff, who were just done with another one, have not heard of."""
    kept = body.model_dump(include={"kiosk", "screen", "service_id", "needs", "phone_here"})
    return CallRequest(**kept, reason=reason, requested_at=now)


def _body(row: CallRow) -> CallRequest:
    return CallRequest.model_validate_json(row.body)


def _state(row: CallRow, body: CallRequest) -> CallState:
    """Where the call stands at the hall, with the kiosk's own moves that the hall has not taken yet."""
    own = body.moves[row.hall_step or 0 :]
    return reduce(lambda state, move: after(state, move) or state, own, CallState(row.hall_state))


def _make(row: CallRow, move: Move, **news: Any) -> None:
    """One more of the kiosk's own moves; nothing where it does not fit."""
    state, body = after(CallState(row.state), move), _body(row)
    if state is None:
        return
    changed = body.model_copy(update={**news, "moves": (*body.moves, move)})
    row.body, row.own_step, row.state, row.next_try_at = changed.model_dump_json(), changed.step, state.value, None
    if arrival := news.get("arrival"):
        row.staff = arrival.staff


def _arrive(row: CallRow, arrival: Arrival) -> None:
    if row.state != CallState.ARRIVED or _body(row).arrival != arrival:  # once, however often the badge is shown
        _make(row, Move.ARRIVE, arrival=arrival)


def _resolve(row: CallRow, arrival: Arrival | None) -> None:
    known = arrival or _body(row).arrival
    if known or row.staff:  # whom a page has named
        _make(row, Move.RESOLVE, arrival=known)


def _leave(row: CallRow) -> None:
    if _body(row).call_back and CallState(row.state).is_open:
        _make(row, Move.PRESS, has_gone=True)
    else:
        _make(row, Move.LEAVE)


def _ask(client: HallClient, row: CallRow) -> CallStatus:
    """A hall that has fewer steps or turns than this kiosk knows of was put back to an older state: it is told all."""
    call, body = UUID(row.uuid), _body(row)
    try:
        answer = client.get_call(call) if row.hall_step == body.step else None
    except KioskNotAdmitted:  # which may ask for help all the same, and is told how far it is
        answer = None
    if answer and answer.step >= body.step and answer.turn >= row.turn:
        return answer
    return client.put_call(call, body.model_copy(update={"heard": row.turn}))


def _plan(row: CallRow, asked: CallRow, now: datetime, delay_s: float) -> None:
    """When to ask again; at once when the person changed the call while the hall was being asked."""
    if not CallState(row.state).is_open or _body(row).has_gone:
        delay_s = OVER_RETRY_S
    row.attempts, row.tried_at = row.attempts + 1, now.isoformat()
    row.next_try_at = due_after(now, delay_s) if row.body == asked.body else None


def _latest(session: Session) -> CallRow | None:
    rows = session.scalars(select(CallRow).order_by(CallRow.sequence.desc()))
    return next((row for row in rows if row.is_intact()), None)


def _unfinished(session: Session) -> list[CallRow]:
    """Calls for which staff are needed, and those of which the hall has not taken all; oldest first."""
    still_open = CallRow.state.not_in(_OVER)
    unsent = or_(CallRow.hall_step.is_(None), CallRow.hall_step != CallRow.own_step)
    rows = session.scalars(select(CallRow).where(or_(still_open, unsent)).order_by(CallRow.sequence))
    return [row for row in rows if row.is_intact()]


def _view(row: CallRow, told: CallStatus | None) -> CallView:
    body, of_this = _body(row), told if told and str(told.call) == row.uuid else None
    return CallView(
        call=UUID(row.uuid),
        state=CallState(row.state),
        staff=row.staff,
        reached_hall=row.hall_step == row.own_step,
        error=row.last_error,
        reason=body.reason,
        requested_at=body.requested_at,
        needs=body.needs,
        other_way=body.other_way,
        arrival=body.arrival,
        has_number=body.call_back is not None,
        has_gone=body.has_gone,
        rating=body.rating,
        phone_here=body.phone_here,
        staff_page_open=of_this.staff_page_open if of_this else True,
        escalation=of_this.escalation if of_this else 0,
        phone=of_this.phone if of_this else "",
    )
