"""What the hall says of a form, at once or as soon as it has what the form was filled in by."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, update

from backend.events.feed import announce
from backend.hall.hall import Hall
from backend.submissions.indexes import index_of
from backend.submissions.opening import SealedAs, UnopenedError, open_form, sealed_as
from backend.submissions.tables import Submission
from protocol.wire import IntakeStatus

_AT_ONCE = 100  # forms in memory, and in one transaction

_UNREAD: dict[str, object] = {
    "intake": IntakeStatus.NEEDS_PERSON,
    "person_index": None,
    "agent_index": None,
    "judged": False,
}


def judge(hall: Hall, sealed: SealedAs) -> dict[str, object]:
    """The columns that follow from what is inside: what to say of the form, and under what it is found again.

    What is not judged by its own definition waits for a person, and for that definition.
    """
    try:
        opened = open_form(hall, sealed)
    except UnopenedError:
        return _UNREAD
    is_its_own = opened.rules.are_its_own
    if sealed.definition and not is_its_own:  # another might take somebody else's number for the person's
        return _UNREAD
    is_right = is_its_own and opened.report.ok and not opened.report.warnings
    intake = IntakeStatus.RECEIVED if is_right else IntakeStatus.NEEDS_PERSON
    return {
        "intake": intake,
        "judged": is_its_own,
        "person_index": index_of(hall, opened),
        "agent_index": index_of(hall, opened, "agent"),
    }


def judge_waiting(hall: Hall, definition: str | None = None) -> int:
    """Judge the forms that could not be judged before: of that definition, or all. How many could be now."""
    wanted = select(Submission.id).where(Submission.judged.is_(False)).order_by(Submission.received_at)
    if definition is not None:
        wanted = wanted.where(Submission.definition == definition)
    with hall.database.read() as session:
        waiting = session.scalars(wanted).all()
    parts = [waiting[start : start + _AT_ONCE] for start in range(0, len(waiting), _AT_ONCE)]
    judged = sum(_judge_these(hall, part) for part in parts)
    if judged:
        hall.feed.wake()
    return judged


def _judge_these(hall: Hall, waiting: Sequence[UUID]) -> int:
    with hall.database.read() as session:
        rows = session.scalars(select(Submission).where(Submission.id.in_(waiting))).all()
        found = {row.id: judge(hall, sealed_as(hall, row)) for row in rows}
    found = {submission: columns for submission, columns in found.items() if columns["judged"]}
    with hall.database.write() as session:
        for submission, columns in found.items():
            session.execute(update(Submission).where(Submission.id == submission).values(**columns))
            announce(session, "submission", submission, hall.clock())
    return len(found)
