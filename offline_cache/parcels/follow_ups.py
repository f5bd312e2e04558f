"""Requests about forms that were sent: kept on the disk, and brought to the hall after the form they are about."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import ColumnElement, select

from offline_cache.hall_client import HallClient
from offline_cache.parcels.parcels import Parcels
from offline_cache.tables import FollowUpRow, OutboxRow, OutboxState, ParcelState, SubmissionRow
from protocol.after_sending import FollowUp, FollowUpKind, Outcome


class FollowUps(Parcels[FollowUpRow]):
    kind = FollowUpRow

    def keep(self, name: UUID, submission: UUID, body: FollowUp) -> None:
        """Kept once, however often it is said. StoreError for another one of that name."""
        columns = {"submission": str(submission), "kind": body.kind.value, "body": body.model_dump_json()}
        self.keep_once(name, columns)

    def outcome(self, submission: UUID, kind: FollowUpKind) -> Outcome | ParcelState | None:
        """What has become of the latest request of this kind; its state while the hall has not said, None for none."""
        with self._store.transaction() as session:
            wanted = select(FollowUpRow).where(FollowUpRow.submission == str(submission), FollowUpRow.kind == kind)
            row = session.scalars(wanted.order_by(FollowUpRow.sequence.desc()).limit(1)).first()
            if row is None or not row.is_intact():
                return None
            return Outcome(row.outcome) if row.outcome else ParcelState(row.state)

    def tell(self, client: HallClient, row: FollowUpRow) -> Callable[[FollowUpRow], object] | None:
        """None while the hall does not have the form."""
        body = FollowUp.model_validate_json(row.body)
        answer = client.put_follow_up(UUID(row.submission), UUID(row.uuid), body)
        if answer is None:
            return None

        def write(row: FollowUpRow) -> None:
            row.outcome = answer.outcome.value

        return write

    def noted(self, row: FollowUpRow) -> tuple[str, str, str]:
        return "followed_up", row.submission, row.kind

    def _may_go(self) -> tuple[ColumnElement[bool], ...]:
        """The form is at the hall, or is none of this kiosk's outbox."""
        unsent = (
            select(SubmissionRow.uuid)
            .join(OutboxRow, OutboxRow.sequence == SubmissionRow.sequence)
            .where(OutboxRow.state != OutboxState.DELIVERED.value)
        )
        return (FollowUpRow.submission.not_in(unsent),)
