"""The papers that a form lacked when it was sent: which the person says they have brought, which staff have seen."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from pydantic import AwareDatetime, BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.after_sending.family import ancestors
from backend.after_sending.tables import FollowUp
from backend.foundation.words import words_of
from backend.hall.hall import Hall
from backend.submissions.opening import Opened, UnopenedError, open_form, sealed_as
from backend.submissions.tables import Submission
from forms.fields.material import to_bring
from protocol.after_sending import FollowUpKind, Outcome
from protocol.wire import Words


class Paper(BaseModel):
    """`brought_at`: the person has said so. `seen_by` is who of staff has looked at it, None as long as nobody has."""

    field: str
    label: Words
    brought_at: AwareDatetime | None = None
    seen_by: str | None = None
    seen_at: AwareDatetime | None = None


def papers(hall: Hall, session: Session, form: Submission) -> list[Paper]:
    """All that were to be brought when it was sent; none for a form that cannot be read. What was brought for a form
    that it corrects was brought for it too."""
    try:
        opened = open_form(hall, sealed_as(hall, form))
    except UnopenedError:
        return []
    return papers_of(session, form, opened)


def papers_of(session: Session, form: Submission, opened: Opened) -> list[Paper]:
    """The same of a form that is open already."""
    lacking = to_bring(opened.service.possible_fields, opened.report.normalised)
    if not lacking:
        return []
    family = [form.id, *(one.id for one in ancestors(session, form))]
    brought, seen = (_told(session, family, kind) for kind in (FollowUpKind.BROUGHT, FollowUpKind.SEEN))
    return [
        Paper(
            field=one.id,
            label=words_of(one.label),
            brought_at=brought[one.id].received_at if one.id in brought else None,
            seen_by=seen[one.id].who if one.id in seen else None,
            seen_at=seen[one.id].received_at if one.id in seen else None,
        )
        for one in lacking
    ]


def missing(hall: Hall, session: Session, form: Submission) -> list[Paper]:
    """Those that staff have not looked at yet."""
    return [one for one in papers(hall, session, form) if one.seen_by is None]


def _told(session: Session, family: Sequence[UUID], kind: FollowUpKind) -> Mapping[str, FollowUp]:
    """What was said last of each paper."""
    wanted = select(FollowUp).where(
        FollowUp.submission.in_(family), FollowUp.kind == kind, FollowUp.outcome == Outcome.TAKEN
    )
    return {row.field: row for row in session.scalars(wanted.order_by(FollowUp.received_at))}
