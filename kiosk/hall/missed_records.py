"""Records that a crash kept out of the audit: a form is kept, sent or laid by a moment before that is written down."""

import logging

from sqlalchemy import select

from offline_cache.store import OutboxState, Store
from offline_cache.tables import DraftRow, OutboxRow, SubmissionRow

_WHY = "written down after a restart"
log = logging.getLogger(__name__)


def note_missed(store: Store) -> None:
    """Write them down now, at the start. A form that is older than the oldest record is left: its own was pruned.
    StoreError."""
    try:
        records = [one.record for one in store.audit.entries() if one.record]
    except OSError as error:
        log.error("The audit cannot be read (%s).", error.strerror)
        return
    if not records:
        return
    noted = {(one["action"], one["subject"]) for one in records}
    forms = select(SubmissionRow.receipt_number, OutboxRow.state).join(OutboxRow).order_by(SubmissionRow.sequence)
    with store.transaction() as session:
        kept = session.execute(forms.where(SubmissionRow.created_at >= records[0]["at"])).all()
        drafts = session.scalars(select(DraftRow.form)).all()  # no draft is as old as what is pruned
    for number, state in kept:
        if ("kept", number) not in noted:
            store.audit.note("kiosk", "kept", number, _WHY)
        if state == OutboxState.DELIVERED and noted.isdisjoint({("sent", number), ("received", number)}):
            store.audit.note("kiosk", "sent", number, _WHY)
    for number in drafts:
        if ("draft_saved", number) not in noted:
            store.audit.note("kiosk", "draft_saved", number, _WHY)
