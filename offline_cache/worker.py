"""The one thread that talks to the hall: calls first, then the hall's key and the heartbeat, then forms.

It also deletes expired drafts and what is too old of the audit, since nobody else does while the kiosk is not used.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from threading import Event, Thread
from time import monotonic

from offline_cache.audit.heads import heads_to_tell, keep_heads
from offline_cache.calls import Calls, CallView
from offline_cache.copies import drop_safe, note_backup
from offline_cache.drafts import Drafts
from offline_cache.hall_client import HallClient, HallError, HallRefused, KioskNotAdmitted
from offline_cache.http.hall_told import keep_told
from offline_cache.parcels.kinds import all_parcels
from offline_cache.retry import after, backoff_s, seconds_until_due
from offline_cache.status import note_admission, stuck_forms
from offline_cache.store import Store, StoreError
from offline_cache.sync import Sync, pin_hall_key
from protocol.printable import printable
from protocol.wire import MAX_REASONS, Heartbeat

HEARTBEAT_S = 60.0
STORE_RETRY_S = 60.0
SHORTEST_WAIT_S = 0.2  # so that no mistake makes this a busy loop
ROUND_S = 1.0  # of forms, before calls and the heartbeat have their turn
LONGEST_WAIT_S = 2.0  # `kiosk call`, another process, may have kept a call and cannot wake this thread

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class HallState:
    """What the kiosk knows of its hall. `reached` is None before the first try; `error` is one plain sentence.

    `unsent` forms wait in the store. `delivered` counts since this start: when it grows, a receipt on the screen may
    have to change. `not_admitted`: the hall works, and does not take what this kiosk signs (yet).
    """

    reached: bool | None = None
    blocked: bool = False
    error: str | None = None
    not_admitted: bool = False
    unsent: int = 0
    delivered: int = 0
    call: CallView | None = None
    store_error: str | None = None


class SyncWorker:
    """Runs `step` again and again in its own thread; `on_change` is called from there with each new state."""

    def __init__(
        self,
        store: Store,
        client: HallClient,
        *,
        kiosk: str,
        version: str,
        degraded: Callable[[], list[str]] = list,
        on_change: Callable[[HallState], None] = lambda state: None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        delay_s: Callable[[int], float] = backoff_s,
        catalogue: Callable[[], int | None] = lambda: None,
        audit_days: int = 365,
        after_beat: Callable[[datetime], None] = lambda now: None,
    ) -> None:
        """`catalogue`: the number of the hall's that is in use here. `audit_days`: how long the audit is kept.
        `after_beat`: what else is to be done once the hall has answered; it raises the client's errors."""
        sync = Sync(store, client, delay_s, self._beat)
        self.calls = Calls(store, client, sync.line)
        self._drafts = Drafts(store)
        self.state = HallState()
        self._store, self._client, self._sync, self._line = store, client, sync, sync.line
        self._kiosk, self._version, self._degraded, self._catalogue = kiosk, version, degraded, catalogue
        self._on_change, self._clock = on_change, clock
        self._audit_days, self._after_beat = audit_days, after_beat
        self._pruned_on: date | None = None
        self._contact_at: str | None = None
        self._next_contact_at: str | None = None
        self._woken, self._stopped = Event(), Event()
        self._thread = Thread(target=self._run, name="hall", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """Something was kept or a call has changed: look now. A round of forms stops for it."""
        self._woken.set()

    def stop(self, timeout_s: float = 10.0) -> None:
        """Let the thread finish its present request and end; wait for that at most `timeout_s`."""
        self._stopped.set()
        self._woken.set()
        self._thread.join(timeout_s)

    def step(self, now: datetime) -> float:
        """Do all that is due at `now`; the seconds until something is due again."""
        self._woken.clear()
        try:
            call = self.calls.refresh(now)
            if self._seconds_until_contact(now) == 0:
                self._drop_what_is_too_old(now)
                self._contact(now)
            if self._line.reached and not self.state.reached:
                self._store.all_due()
            summary = self._sync.sync_once(now, stop=self._round_is_over())
            line = self._line
            state = HallState(
                reached=line.reached,
                blocked=line.is_blocked,
                error=str(line.error) if line.error else None,
                not_admitted=isinstance(line.error, KioskNotAdmitted),
                unsent=self._store.unsent(),
                delivered=self.state.delivered + summary.delivered,
                call=call,
            )
            if line.error is None or isinstance(line.error, KioskNotAdmitted):  # no answer changes nothing
                note_admission(self._store, line.error)
            self._publish(state)
            return self._seconds_until_next(now)
        except StoreError as error:
            log.error("%s", error)
            self._publish(replace(self.state, store_error=str(error)))
            return STORE_RETRY_S

    def _drop_what_is_too_old(self, now: datetime) -> None:
        self._drafts.drop_expired(now)
        for parcels in all_parcels(self._store):
            parcels.drop_old(now)
        self._store.reserve.hold()
        if self._pruned_on != now.date():
            self._store.audit.prune(now - timedelta(days=self._audit_days))
            self._pruned_on = now.date()

    def _contact(self, now: datetime) -> None:
        """Check the hall's key and say that this kiosk is alive."""
        try:
            pin_hall_key(self._store, self._client)
            self._beat()
            drop_safe(self._store, now)
            self._after_beat(now)
        except HallRefused as refusal:
            log.error("The hall does not take this kiosk's heartbeat: %s", refusal)
        except HallError as error:
            self._sync.line_failed(now, error)
            self._next_contact_at = None  # again as soon as the line may be tried
            return
        self._line.works(now)
        self._contact_at, self._next_contact_at = now.isoformat(), after(now, HEARTBEAT_S)

    def _beat(self) -> None:
        degraded = [printable(text)[:200] for text in self._degraded()[:20]]  # the most that the wire model allows
        stuck = stuck_forms(self._store)
        beat = Heartbeat(
            version=self._version,
            waiting=self._store.unsent(),
            degraded=degraded,
            catalogue=self._catalogue(),
            refused=stuck.refused,
            held=stuck.held,
            refused_because=[printable(reason)[:200] for reason in stuck.because[:MAX_REASONS]],
            audit=heads_to_tell(self._store.audit, self._store),
        )
        answer = self._client.heartbeat(self._kiosk, beat)
        if answer is None:
            return
        note_backup(self._store, answer, self._clock())
        keep_told(self._store, answer)
        if answer.audit:
            keep_heads(self._store, answer.audit)

    def _round_is_over(self) -> Callable[[], bool]:
        """A round of forms stops for a new call, and soon enough for news of an open call and for the heartbeat."""
        until = monotonic() + ROUND_S
        return lambda: self._woken.is_set() or monotonic() > until

    def _seconds_until_contact(self, now: datetime) -> float:
        return max(self._line.seconds_until_due(now), seconds_until_due(self._contact_at, self._next_contact_at, now))

    def _seconds_until_next(self, now: datetime) -> float:
        forms_s = self._store.seconds_until_due(now)
        waits = [
            self._seconds_until_contact(now),
            None if forms_s is None else max(forms_s, self._line.seconds_until_forms_are_due(now)),
            self.calls.seconds_until_due(now),
        ]
        return max(SHORTEST_WAIT_S, min([LONGEST_WAIT_S, *(wait for wait in waits if wait is not None)]))

    def _publish(self, state: HallState) -> None:
        if state != self.state:
            self.state = state
            self._on_change(state)

    def _run(self) -> None:
        while not self._stopped.is_set():
            wait_s = self.step(self._clock())
            if not self._stopped.is_set():  # `stop` may have woken us just before `step` cleared that
                self._woken.wait(wait_s)
