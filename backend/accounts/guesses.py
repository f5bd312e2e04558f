"""That somebody guesses PINs: each wrong one after which one has to wait is in the audit, and told to admins.

The counts themselves (`tries`) are no record: a right PIN ends them, so whoever guesses it would leave no trace.
"""

from datetime import timedelta

from pydantic import AwareDatetime, BaseModel
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.accounts.tables import StaffMember
from backend.audit.log import note
from backend.audit.tables import Audit
from backend.events.feed import announce
from backend.hall.hall import Hall

TOLD_FOR = timedelta(days=3)  # also to whoever comes after a weekend
_ACTION = "wrong_pin"


class Guesses(BaseModel):
    """`waits`: how many wrong PINs made somebody wait, of the account `name`; None: of no account that there is, as for
    the PIN of the console."""

    name: str | None
    waits: int
    newest: AwareDatetime


def note_guess(hall: Hall, name: str) -> None:
    with hall.database.write() as session:
        member = session.scalar(select(StaffMember.id).where(StaffMember.name == name))
        note(session, hall, "?", _ACTION, member or "")
        announce(session, "guess", member or "", hall.clock())
    hall.feed.wake()


def guesses(session: Session, hall: Hall) -> list[Guesses]:
    """Those of the last days, the newest first."""
    newest = func.max(Audit.at)
    told = (
        select(Audit.subject, func.count(), newest)
        .where(Audit.action == _ACTION, Audit.at > hall.clock() - TOLD_FOR)
        .group_by(Audit.subject)
        .order_by(newest.desc())
    )
    names = {str(one.id): one.name for one in session.scalars(select(StaffMember))}
    return [
        Guesses(name=names.get(subject), waits=waits, newest=at) for subject, waits, at in session.execute(told).all()
    ]
