"""Sending kept forms to the hall: oldest first, again and again until each has arrived once."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from offline_cache.copies import offer_again
from offline_cache.hall_client import HallBlocked, HallClient, HallError, HallRefused, HallUnreachable
from offline_cache.line import Line
from offline_cache.parcels.bringing import BringingParcels
from offline_cache.parcels.kinds import all_parcels
from offline_cache.retry import backoff_s
from offline_cache.store import OutboxState, OutgoingForm, Store
from offline_cache.versions.bringing import Bringing
from protocol.wire import HallKey, SubmissionReceipt

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

    What an earlier generation of the hall confirmed is due again. Raises HallBlocked when the hall shows another key
    than at first contact, and the client's own errors.
    """
    key = client.key()
    pinned = pinned_hall_key(store)
    is_another = pinned is not None and pinned.public_key != key.public_key
    if pinned is None or (is_another and _is_vouched_for(key, client)) or not (is_another or pinned.verify_key):
        store.set(PINNED_KEY, key.model_dump_json())
    elif is_another:
        raise HallBlocked(
            f"The hall at {client.url} shows another key ({key.key_id}) than before ({pinned.key_id}); nothing is "
            "sent to it until a county engineer has checked that it is the right hall."
        )
    elif pinned.takes_sources != key.takes_sources:  # another release of the same hall
        store.set(PINNED_KEY, pinned.model_copy(update={"takes_sources": key.takes_sources}).model_dump_json())
    offer_again(store, key.generation)
    for parcels in all_parcels(store):
        parcels.offer_again(key.generation)
    return key


def _is_vouched_for(key: HallKey, client: HallClient) -> bool:
    """Whether this kiosk was enrolled with that hall: the power may have gone before its key was pinned."""
    enrolled = client.key_of_enrolment()
    return enrolled is not None and enrolled.public_key == key.public_key


def pinned_hall_key(store: Store) -> HallKey | None:
    """The key to seal forms to, which needs no connection; None before the first contact with a hall."""
    kept = store.get(PINNED_KEY)
    return None if kept is None else HallKey.model_validate_json(kept)


class Sync:
    """Delivers the forms that are due, in one stream. `delay_s(tries)` gives the seconds until the next try.

    `answers` asks the hall for something that a form needs too, and raises the client's errors: it tells whether a
    form alone has failed.
    """

    def __init__(
        self,
        store: Store,
        client: HallClient,
        delay_s: Callable[[int], float] = backoff_s,
        answers: Callable[[], object] | None = None,
    ) -> None:
        self.line = Line(delay_s)
        self._store, self._client, self._delay_s = store, client, delay_s
        self._answers = answers or client.health
        self._definitions = Bringing(store, client, self._answers, delay_s)
        self._parcels = [BringingParcels(one, store, client, self._answers, delay_s) for one in all_parcels(store)]
        self._failed_once: int | None = None  # the form that is tried once more before it is put off

    def sync_once(self, now: datetime, *, stop: Callable[[], bool] = lambda: False) -> SyncSummary:
        """One round, unless the line is to be left alone until later. `stop` is asked before each try of a form.

        A form that fails alone does not stop the others; a hall that cannot be reached, is busy or is the wrong one
        ends the round, and then all forms wait for the line together. Raises StoreError.
        """
        may_send = self.line.seconds_until_forms_are_due(now) == 0
        due = self._store.due(now) if may_send else []
        others = may_send and (self._definitions.are_due(now) or any(one.are_due(now) for one in self._parcels))
        if not due and not others:
            return SyncSummary()
        counts: Counter[str] = Counter()
        error: HallUnreachable | HallBlocked | None = None
        try:
            generation = pin_hall_key(self._store, self._client).generation
            self.line.works(now)
            due = self._store.due(now)
            self._definitions.bring(now)
            while due and not stop():
                outcome = self._deliver(due[0], now)
                counts[outcome] += 1
                if outcome != "once more":
                    due.pop(0)
                self._definitions.bring(now)
            for parcels in self._parcels:
                parcels.bring(now, generation, stop)
        except (HallUnreachable, HallBlocked) as problem:
            error = problem
            self.line_failed(now, problem)
        return SyncSummary(
            delivered=counts["delivered"],
            refused=counts["refused"],
            damaged=counts["damaged"],
            left=len(due) + counts["put off"],
            error=error,
        )

    def line_failed(self, now: datetime, error: HallError) -> None:
        """No form can be sent just now."""
        if isinstance(error, HallUnreachable) and error.retry_after is not None:
            self.line.hold_forms(now, error.retry_after)
        if not isinstance(error, _HallBusy):
            self.line.failed(now, error)
        state = OutboxState.BLOCKED if self.line.is_blocked else OutboxState.WAITING
        self._store.wait_for_line(state, str(error))

    def _deliver(self, sequence: int, now: datetime) -> str:
        kept = self._store.load(sequence)
        if kept is None:
            self._store.refused(sequence, now, "This form was damaged on the kiosk's disk and cannot be sent.")
            return "damaged"
        try:
            receipt = self._put(kept)
        except HallRefused as refusal:
            self._store.refused(sequence, now, str(refusal))
            self._store.audit.note("kiosk", "refused", kept.body.receipt_number)
            return "refused"
        except _FormFailed as error:
            if self._failed_once != sequence:  # an answer may get lost, and that is to change no order
                self._failed_once = sequence
                return "once more"
            self._store.put_off(sequence, now, str(error), self._delay_s)
            return "put off"
        if receipt.lacks_definition and kept.body.definition:  # noted first: who is cut off here sends the form again
            self._definitions.hall_lacks(kept.body.definition)
        self._store.delivered(sequence, now, receipt.status, receipt.generation, receipt.arrival)
        self._store.audit.note("kiosk", "sent", kept.body.receipt_number)
        return "delivered"

    def _put(self, kept: OutgoingForm) -> SubmissionReceipt:
        try:
            return self._client.put_submission(kept.submission, kept.body)
        except HallUnreachable as error:
            if error.retry_after is not None:
                raise _HallBusy(str(error), error.retry_after) from error
            with suppress(HallRefused):  # which is an answer too
                self._answers()  # raises when no form can be delivered now
            raise _FormFailed(str(error)) from error


class _HallBusy(HallUnreachable):
    """The hall works, and asks that no form comes for a while."""


class _FormFailed(Exception):
    """The hall works, and this one form did not get an answer."""
