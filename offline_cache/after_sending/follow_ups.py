"""Requests about forms that were sent: kept on the disk, and brought to the hall after the form they are about."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from offline_cache.hall_client import HallBlocked, HallClient, HallRefused, HallUnreachable
from offline_cache.retry import after, seconds_until_due
from offline_cache.store import Store, StoreError
from offline_cache.tables import FollowUpRow, FollowUpState, OutboxRow, OutboxState, SubmissionRow
from protocol.after_sending import FollowUp, FollowUpAnswer, FollowUpKind, Outcome

log = logging.getLogger(__name__)
KEPT = timedelta(days=30)  # once the hall has it: a backup there has it too by then


class FollowUps:
    """Those of one store. StoreError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, name: UUID, submission: UUID, body: FollowUp) -> None:
        """Kept once, however often it is said; then it may be told to the person. StoreError for another one of that
        name."""
        text = body.model_dump_json()

        def write(session: Session) -> None:
            known = session.get(FollowUpRow, str(name))
            if known is None:
                sequence = self._store.next_sequence(session)
                session.add(
                    FollowUpRow(
                        uuid=str(name), sequence=sequence, submission=str(submission), kind=body.kind.value, body=text
                    )
                )
            elif known.submission != str(submission) or known.kind != body.kind:
                raise StoreError(f"Request {name} is kept already with other content; give the new one a new id.")

        self._store.acknowledge(write)

    def outcome(self, submission: UUID, kind: FollowUpKind) -> Outcome | FollowUpState | None:
        """What has become of the latest request of this kind; its state while the hall has not said, None for none."""
        with self._store.transaction() as session:
            wanted = select(FollowUpRow).where(FollowUpRow.submission == str(submission), FollowUpRow.kind == kind)
            row = session.scalars(wanted.order_by(FollowUpRow.sequence.desc()).limit(1)).first()
            if row is None or not row.is_intact():
                return None
            return Outcome(row.outcome) if row.outcome else FollowUpState(row.state)

    def due(self, now: datetime) -> list[tuple[str, UUID, FollowUp]]:
        """What can be sent now: the form is at the hall, or is none of this kiosk's outbox."""
        unsent = (
            select(SubmissionRow.uuid)
            .join(OutboxRow, OutboxRow.sequence == SubmissionRow.sequence)
            .where(OutboxRow.state != OutboxState.DELIVERED.value)
        )
        wanted = select(FollowUpRow).where(
            FollowUpRow.state == FollowUpState.WAITING.value, FollowUpRow.submission.not_in(unsent)
        )
        with self._store.transaction() as session:
            rows = [row for row in session.scalars(wanted.order_by(FollowUpRow.sequence)) if row.is_intact()]
            return [
                (row.uuid, UUID(row.submission), FollowUp.model_validate_json(row.body))
                for row in rows
                if seconds_until_due(row.tried_at, row.next_try_at, now) == 0
            ]

    def answered(self, name: str, now: datetime, answer: FollowUpAnswer, generation: UUID | None) -> None:
        def change(row: FollowUpRow) -> None:
            row.state, row.outcome = FollowUpState.TOLD.value, answer.outcome.value
            row.told_at, row.generation = now.isoformat(), str(generation) if generation else None

        self._tried(name, now, change)

    def refused(self, name: str, now: datetime, error: str) -> None:
        """The hall does not do it; it stays, for staff to look at."""

        def change(row: FollowUpRow) -> None:
            row.state, row.last_error = FollowUpState.REFUSED.value, error

        self._tried(name, now, change)

    def put_off(self, name: str, now: datetime, error: str, delay_s: Callable[[int], float]) -> None:
        def change(row: FollowUpRow) -> None:
            row.last_error, row.next_try_at = error, after(now, delay_s(row.attempts))

        self._tried(name, now, change)

    def offer_again(self, generation: UUID | None) -> None:
        """What another generation of the hall was told is told again: this one may not know it."""
        if generation is None:
            return
        told = FollowUpRow.state == FollowUpState.TOLD.value
        with self._store.transaction() as session:
            for row in session.scalars(
                select(FollowUpRow).where(told, FollowUpRow.generation.is_distinct_from(str(generation)))
            ):
                if row.is_intact():
                    row.state, row.next_try_at = FollowUpState.WAITING.value, None

    def drop_old(self, now: datetime) -> None:
        """What the hall has known for long."""
        with self._store.transaction() as session:
            for row in session.scalars(select(FollowUpRow).where(FollowUpRow.told_at.is_not(None))):
                if row.is_intact() and row.told_at and now - datetime.fromisoformat(row.told_at) > KEPT:
                    session.delete(row)

    def _tried(self, name: str, now: datetime, change: Callable[[FollowUpRow], None]) -> None:
        with self._store.transaction() as session:
            row = session.get(FollowUpRow, name)
            if row is not None and row.is_intact():
                row.attempts, row.tried_at = row.attempts + 1, now.isoformat()
                change(row)


class BringingFollowUps:
    """Brings what is due. One that fails while the hall works holds nothing up: `delay_s(tries)` says in how many
    seconds it is tried again. `answers` asks the hall for something else, and raises the client's errors."""

    def __init__(
        self, store: Store, client: HallClient, answers: Callable[[], object], delay_s: Callable[[int], float]
    ) -> None:
        self._follow_ups = FollowUps(store)
        self._audit, self._client, self._answers, self._delay_s = store.audit, client, answers, delay_s

    def are_due(self, now: datetime) -> bool:
        return bool(self._follow_ups.due(now))

    def bring(self, now: datetime, generation: UUID | None) -> None:
        """HallUnreachable and HallBlocked when the line is down; StoreError."""
        for name, submission, body in self._follow_ups.due(now):
            try:
                answer = self._client.put_follow_up(submission, UUID(name), body)
            except HallUnreachable as error:
                if error.retry_after is not None:
                    raise
                with suppress(HallRefused):  # which is an answer too
                    self._answers()
                self._follow_ups.put_off(name, now, str(error), self._delay_s)
            except HallBlocked as error:
                self._follow_ups.put_off(name, now, str(error), self._delay_s)
                raise
            except HallRefused as refusal:
                log.error("The hall does not do what was asked of a form: %s", refusal)
                self._follow_ups.refused(name, now, str(refusal))
            else:
                if answer is None:
                    self._follow_ups.put_off(name, now, "The hall does not have the form yet.", self._delay_s)
                else:
                    self._follow_ups.answered(name, now, answer, generation)
                    self._audit.note("kiosk", "followed_up", str(submission), body.kind.value)
