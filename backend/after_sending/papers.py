"""The papers that a form still lacks, and which of them the person says they have brought."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from pydantic import AwareDatetime, BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.after_sending.tables import FollowUp
from backend.hall.hall import Hall
from backend.submissions.opening import UnopenedError, open_form, sealed_as
from backend.submissions.tables import Submission
from forms.fields.material import to_bring
from protocol.after_sending import FollowUpKind, Outcome
from protocol.wire import Words


class Paper(BaseModel):
    """`brought_at`: the person has said so, and staff have not looked at it yet."""

    field: str
    label: Words
    brought_at: AwareDatetime | None = None


def missing(hall: Hall, session: Session, form: Submission) -> list[Paper]:
    """None for a form that cannot be read."""
    try:
        opened = open_form(hall, sealed_as(hall, form))
    except UnopenedError:
        return []
    lacking = to_bring(opened.service.possible_fields, opened.report.normalised)
    if not lacking:
        return []
    brought, seen = (_told(session, form.id, kind) for kind in (FollowUpKind.BROUGHT, FollowUpKind.SEEN))
    return [
        Paper(field=one.id, label=Words(zh=one.label.zh, en=one.label.en), brought_at=brought.get(one.id))
        for one in lacking
        if one.id not in seen
    ]


def _told(session: Session, submission: UUID, kind: FollowUpKind) -> Mapping[str, datetime]:
    wanted = select(FollowUp.field, FollowUp.received_at).where(
        FollowUp.submission == submission, FollowUp.kind == kind, FollowUp.outcome == Outcome.TAKEN
    )
    rows = session.execute(wanted.order_by(FollowUp.received_at))
    return {row.field: row.received_at for row in rows}
