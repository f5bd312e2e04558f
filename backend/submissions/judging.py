"""What the hall says of a form, at once or as soon as it has what the form was filled in by."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update

from backend.decisions.log import decided, keep_anew
from backend.events.feed import announce
from backend.hall.hall import Hall
from backend.submissions.indexes import index_of
from backend.submissions.opening import SealedAs, UnopenedError, open_form, sealed_as
from backend.submissions.tables import Submission
from protocol.wire import IntakeStatus

_AT_ONCE = 100  # forms in memory, and in one transaction


@dataclass(frozen=True)
class Judged:
    """`columns` of the form: what to say of it, and under what it is found again. `decision`: that of the log; None
    while it waits for its definition."""

    columns: dict[str, object]
    decision: dict[str, object] | None = None


_UNREAD = Judged({"intake": IntakeStatus.NEEDS_PERSON, "person_index": None, "agent_index": None, "judged": False})


def judge(hall: Hall, sealed: SealedAs) -> Judged:
    """What follows from what is inside.

    What is not judged by its own definition waits for a person, and for that definition.
    """
    try:
        opened = open_form(hall, sealed)
    except UnopenedError:
        return _UNREAD
    is_its_own = opened.rules.are_its_own
    if sealed.definition and not is_its_own:  # another might take somebody else's number for the person's
        return _UNREAD
    rules, report = opened.rules, opened.report
    is_right = is_its_own and report.ok and not report.warnings and not rules.unknown
    intake = IntakeStatus.RECEIVED if is_right else IntakeStatus.NEEDS_PERSON
    columns = {
        "intake": intake,
        "judged": is_its_own,
        "person_index": index_of(hall, opened),
        "agent_index": index_of(hall, opened, "agent"),
    }
    said = decided(hall, rules, report, opened.form.answers, sealed.day) | {"submission": sealed.submission}
    return Judged(columns, said)


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
    found = {submission: one for submission, one in found.items() if one.columns["judged"]}
    with hall.database.write() as session:
        for submission, one in found.items():
            session.execute(update(Submission).where(Submission.id == submission).values(**one.columns))
            if one.decision:
                keep_anew(session, one.decision)
            announce(session, "submission", submission, hall.clock())
    return len(found)
