"""Who did what with a form and when: out of the audit, and of the steps that staff took with it."""

from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel
from sqlalchemy import select

from backend.audit.tables import Audit
from backend.decisions.log import steps_of
from backend.foundation.words import filled
from backend.hall.hall import Hall
from backend.submissions.stored import stored
from backend.submissions.tables import Submission
from protocol.wire import Words

MOST = 200  # records, the newest
_STEP = "status"  # is told by the step, with what staff wrote
_OF_FIELDS = ("reveal", "witness", "brought", "seen")  # whose detail is the name of a question


class Done(BaseModel):
    """`who` is a member of staff, a kiosk, or the hall itself; `why` what they wrote, if anything."""

    at: AwareDatetime
    who: str
    words: Words
    why: str = ""


def history(hall: Hall, submission: UUID) -> list[Done]:
    """The newest first, down to when it came. UnknownError, WithdrawnError."""
    with hall.database.read() as session:
        row = stored(session, submission)
        of_form = select(Audit.at, Audit.who, Audit.action, Audit.detail).where(Audit.subject == str(submission))
        records = session.execute(
            of_form.where(Audit.action != _STEP).order_by(Audit.sequence.desc()).limit(MOST)
        ).all()
        done = [_done(hall, row, one) for one in records]
        done += [Done(at=one.at, who=one.who, words=one.words, why=one.why) for one in steps_of(session, hall, row.id)]
    done.sort(key=lambda one: one.at, reverse=True)
    return [*done, Done(at=row.received_at, who=row.kiosk, words=hall.page_words["did_arrive"])]


def _done(hall: Hall, row: Submission, record: Any) -> Done:
    words, detail, why = hall.page_words.get(f"did_{record.action}"), record.detail, ""
    if words is None:
        return Done(at=record.at, who=record.who, words=Words(zh=record.action, en=record.action))
    if record.action == "owner":
        words = filled(hall.page_words["did_owner" if detail else "did_owner_nobody"], what=detail)
    elif record.action in _OF_FIELDS:
        words = filled(words, what=hall.definitions.label(row.service_id, row.definition, detail))
    elif record.action == "reveal_all":
        why = detail
    return Done(at=record.at, who=record.who, words=words, why=why)
