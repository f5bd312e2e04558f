"""A form with its corrections, and the corrections of these: of all of them one counts."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.submissions.tables import Submission
from protocol.wire import ProgressStatus

_MOST = 50  # generations; kiosks choose the ids, so that one gone mad could make a circle


def ancestors(session: Session, row: Submission) -> list[Submission]:
    """What it corrects, and what that corrects, the nearest first; none that never came."""
    found: list[Submission] = []
    seen = {row.id}
    while row.amends and row.amends not in seen and len(found) < _MOST:
        above = session.get(Submission, row.amends, with_for_update=True)
        if above is None:
            break
        found.append(above)
        seen.add(above.id)
        row = above
    return found


def corrections(session: Session, row: Submission) -> list[Submission]:
    """Its corrections and theirs, as they came."""
    found: list[Submission] = []
    seen, layer = {row.id}, [row.id]
    for _ in range(_MOST):
        wanted = select(Submission).where(Submission.amends.in_(layer)).order_by(Submission.arrival).limit(_MOST)
        new = [one for one in session.scalars(wanted.with_for_update()) if one.id not in seen]
        if not new:
            break
        found += new
        layer = [one.id for one in new]
        seen.update(layer)
    return sorted(found, key=lambda one: one.arrival)


def waits_to_be_taken(session: Session, row: Submission) -> bool:
    """Whether it is a correction that nobody has looked at yet."""
    return row.status is ProgressStatus.RECEIVED and bool(row.amends) and bool(ancestors(session, row))


def counts_now(session: Session, row: Submission) -> Submission:
    """The one that counts of this form's family: the first, or what staff took in its place."""
    above = ancestors(session, row)
    now, seen = (above[-1] if above else row), set()
    while now.replaced_by and now.id not in seen and (newer := session.get(Submission, now.replaced_by)):
        seen.add(now.id)
        now = newer
    return now
