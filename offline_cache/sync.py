"""Sending kept forms to the hall: oldest first, again and again until each has arrived once."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from offline_cache.hall_client import HallBlocked, HallClient, HallRefused, HallUnreachable
from offline_cache.retry import LONGEST_RETRY_AFTER_S, backoff_s
from offline_cache.store import OutboxState, Store
from protocol.wire import HallKey

PINNED_KEY = "hall_public_key"


@dataclass(frozen=True)
class SyncSummary:
    """What one round did. `left` forms were due and are still unsent; `error` is what ended the round early."""

    delivered: int = 0
    refused: int = 0
    damaged: int = 0
    left: int = 0
    error: HallUnreachable | HallBlocked | None = None


def pin_hall_key(store: Store, client: HallClient) -> HallKey:
    """The hall's key, trusted on first contact and kept; forms can be sealed to it from then on.

    Raises HallBlocked when the hall shows another key than at first contact, and the client's own errors.
    """
    key = client.key()
    pinned = pinned_hall_key(store)
    if pinned is None:
        store.set(PINNED_KEY, key.model_dump_json())
    elif pinned.public_key != key.public_key:
        raise HallBlocked(
            f"The hall at {client.url} shows another key ({key.key_id}) than before ({pinned.key_id}); nothing is "
            "sent to it until a county engineer has checked that it is the right hall."
        )
    return key


def pinned_hall_key(store: Store) -> HallKey | None:
    """The key to seal forms to, which needs no connection; None before the first contact with a hall."""
    kept = store.get(PINNED_KEY)
    return None if kept is None else HallKey.model_validate_json(kept)


class Sync:
    """Delivers the forms that are due. `delay_s(attempts)` gives the seconds until the next try."""

    def __init__(self, store: Store, client: HallClient, delay_s: Callable[[int], float] = backoff_s) -> None:
        self._store, self._client, self._delay_s = store, client, delay_s

    def sync_once(
        self, now: datetime, *, ignore_delays: bool = False, stop: Callable[[], bool] = lambda: False
    ) -> SyncSummary:
        """One round. A form that fails does not stop the others; an unreachable or wrong hall ends the round.

        `ignore_delays` tries every unsent form (a person asked for it, or the hall can be reached again). `stop` is
        asked between two forms. When a round ends early, all forms that were still due wait together. Raises
        StoreError.
        """
        due = self._store.due(now, ignore_delays=ignore_delays)
        if not due:
            return SyncSummary()
        counts: Counter[str] = Counter()
        error: HallUnreachable | HallBlocked | None = None
        try:
            pin_hall_key(self._store, self._client)
            while due and not stop():
                counts[self._deliver(due[0], now)] += 1
                due.pop(0)
        except (HallUnreachable, HallBlocked) as problem:
            error = problem
            self._hold_back(due, now, problem)
        return SyncSummary(
            delivered=counts["delivered"],
            refused=counts["refused"],
            damaged=counts["damaged"],
            left=len(due) + counts["put off"],
            error=error,
        )

    def _deliver(self, sequence: int, now: datetime) -> str:
        kept = self._store.load(sequence)
        if kept is None:
            self._store.refused(sequence, now, "This form was damaged on the kiosk's disk and cannot be sent.")
            return "damaged"
        try:
            receipt = self._client.put_submission(kept.submission, kept.body)
        except HallRefused as refusal:
            self._store.refused(sequence, now, str(refusal))
            return "refused"
        except HallUnreachable as error:
            if error.retry_after is not None:
                raise
            self._client.health()  # raises when no form can be delivered now; else only this one waits
            self._hold_back([sequence], now, error)
            return "put off"
        self._store.delivered(sequence, now, receipt.status)
        return "delivered"

    def _hold_back(self, due: list[int], now: datetime, error: HallUnreachable | HallBlocked) -> None:
        asked, state = 0.0, OutboxState.BLOCKED
        if isinstance(error, HallUnreachable):
            asked, state = min(error.retry_after or 0.0, LONGEST_RETRY_AFTER_S), OutboxState.WAITING
        self._store.hold_back(due, now, str(error), state, lambda attempts: max(asked, self._delay_s(attempts)))
