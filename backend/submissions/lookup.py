"""Looking for a form from a kiosk: whose forms a receipt number names, and how often one may guess.

Wrong searches are counted for the kiosk where they are made and for all kiosks together, never for the number that is
looked for: a neighbour's wrong tries do not keep the owner out.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.foundation.limits import give_back, take_try
from backend.hall.hall import Hall
from backend.submissions.tables import Submission
from protocol.lockout import Lockout

F = TypeVar("F")
MOST_TOGETHER = 20  # of one bundle; a kiosk gone mad may put thousands into one
OF_KIOSK = Lockout(free_tries=20, first_wait_s=10, longest_wait_s=60, forgotten_after_s=3600)
IN_ALL = Lockout(free_tries=500, first_wait_s=1, longest_wait_s=5, forgotten_after_s=600)


def looked_for(hall: Hall, kiosk: UUID, find: Callable[[], Sequence[F]]) -> Sequence[F]:
    """What `find` gives; nothing counts as a wrong search. TooManyTriesError while one must wait.

    A search is counted before it is judged, so that many at once gain nothing, and the count is taken back if it was
    right, not forgiven: with a number that is right nobody wins other tries.
    """
    counts = (
        (f"search:kiosk:{kiosk}", OF_KIOSK),
        ("search:all", IN_ALL),
    )  # whom the first stops does not fill the other
    for name, rule in counts:
        take_try(hall.database, name, hall.clock(), rule)
    found = find()
    if found:
        for name, _ in counts:
            give_back(hall.database, name, hall.clock())
    return found


def named_by_receipt(forms: Sequence[Submission], kiosk: UUID) -> Sequence[Submission]:
    """The one form of this kiosk with the number, else the only one there is: a stranger's form with the same number
    hides nobody's where it was sent."""
    own = [one for one in forms if one.kiosk_id == kiosk]
    return next((some for some in (own, forms) if len(some) == 1), [])


def handed_in_with(session: Session, form: Submission) -> Sequence[Submission]:
    """The others that were handed in together with a form, as they came."""
    if form.bundle is None:
        return []
    same = (Submission.bundle == form.bundle, Submission.kiosk_id == form.kiosk_id, Submission.id != form.id)
    wanted = select(Submission).where(*same, Submission.withdrawn_at.is_(None))
    return session.scalars(wanted.order_by(Submission.arrival).limit(MOST_TOGETHER)).all()
