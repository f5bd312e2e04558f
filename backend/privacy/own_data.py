"""What is kept about a person, for that person: a list, a copy, and taking their consent back.

Staff do it while the person stands there, once they have looked at card and face. People are found by the keyed digest
of their ID number; the audit names a person by the beginning of that digest alone.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.accounts.permissions import Staff
from backend.after_sending.follow_ups import forget_reasons
from backend.audit.log import note
from backend.decisions.log import Decided, decision_of, forget
from backend.decisions.rulings import Past, past
from backend.events.feed import announce
from backend.hall.hall import Hall
from backend.privacy.withdrawn_file import remember, remembered
from backend.reading.breaker import take_reading
from backend.reading.limits import Tier
from backend.submissions import review
from backend.submissions.in_full import in_full
from backend.submissions.indexes import person_index
from backend.submissions.opening import UnopenedError
from backend.submissions.standing import state_words
from backend.submissions.tables import Submission
from backend.work_orders.of_person import KeptOrder, about_forms, kept_order
from backend.work_orders.said import erase_in
from protocol.wire import ProgressStatus, Words

_AT_ONCE = 100  # forms in one transaction


class KeptForm(BaseModel):
    """One form of the person. One that is done is the record of what was decided, and is kept until `kept_until`."""

    id: UUID
    receipt_number: str
    service: Words
    filled_at: AwareDatetime
    status: ProgressStatus
    status_words: Words
    kept_until: AwareDatetime | None


class OwnData(BaseModel):
    """Every form that is found by the person's ID number, the newest first."""

    forms: list[KeptForm]


class CopiedForm(BaseModel):
    """`data` is for programs, `answers` for reading; `problem` says why it cannot be read."""

    form: KeptForm
    data: dict[str, Any]
    answers: list[review.Answer]
    problem: str | None = None
    decision: Decided | None = None
    rulings: list[Past] = []


class Copy(BaseModel):
    """All of it, in full; `orders` are what the person could not get done with these forms."""

    made_at: AwareDatetime
    forms: list[CopiedForm]
    orders: list[KeptOrder]


class Withdrawal(BaseModel):
    """`erased` had not been decided, and nothing of what was filled in is left; `kept` has to stay until its day, and
    is only stored from now on."""

    erased: list[KeptForm]
    kept: list[KeptForm]


def unread_forms(hall: Hall) -> int:
    """Forms that nobody finds by an ID number: this hall cannot read them yet, or none is in them."""
    with hall.database.read() as session:
        wanted = select(func.count()).select_from(Submission).where(Submission.person_index.is_(None), _is_there())
        return session.scalar(wanted) or 0


def look(hall: Hall, resident_id: str, staff: Staff) -> OwnData:
    """What is kept about this person."""
    return OwnData(forms=[_kept(hall, row) for row in _noted(hall, resident_id, staff, "own_data_look", Tier.L3)])


def copy(hall: Hall, resident_id: str, staff: Staff) -> Copy:
    """All that is kept about this person, in full, to be given to them."""
    rows = _noted(hall, resident_id, staff, "own_data_copy", Tier.L4)
    with hall.database.read() as session:
        orders = about_forms(session, [row.receipt_number for row in rows])
    forms = [_copied(hall, row) for row in rows]
    return Copy(made_at=hall.clock(), forms=forms, orders=[kept_order(hall, one) for one in orders])


def withdraw(hall: Hall, resident_id: str, staff: Staff) -> Withdrawal:
    """The person takes their consent back: what is not decided is erased, what is decided is locked. What they could
    not get done with these forms is erased."""
    now, erased, kept = hall.clock(), list[KeptForm](), list[KeptForm]()
    with hall.database.write() as session:
        rows = session.scalars(_of_person(hall, resident_id).with_for_update()).all()
        note(session, hall, staff.name, "consent_withdrawn", _pseudonym(hall, resident_id), f"{len(rows)} forms")
        for row in rows:
            (kept if _is_decided(row) else erased).append(_kept(hall, row))
            _withdraw(session, hall, staff.name, row, now)
        for order in about_forms(session, [row.receipt_number for row in rows]):
            erase_in(session, hall, order, staff.name)
        remember(hall.settings.folder, [row.id for row in rows])
    hall.feed.wake()
    hall.database.fold_log()  # which still holds what was there before
    return Withdrawal(erased=erased, kept=kept)


def withdraw_again(hall: Hall) -> bool:
    """What was withdrawn and is whole again, as the database was put back or a kiosk brought it; False when none is."""
    known = sorted(remembered(hall.settings.folder))
    parts = (known[start : start + _AT_ONCE] for start in range(0, len(known), _AT_ONCE))
    with hall.database.read() as session:
        wanted = (select(Submission.id).where(Submission.id.in_(part), _is_there()) for part in parts)
        back = [one for query in wanted for one in session.scalars(query)]
    if not back:
        return False
    with hall.database.write() as session:
        for row in session.scalars(select(Submission).where(Submission.id.in_(back[:_AT_ONCE]), _is_there())):
            _withdraw(session, hall, "hall", row, hall.clock())
    hall.feed.wake()
    hall.database.fold_log()
    return True


def _withdraw(session: Session, hall: Hall, who: str, row: Submission, now: datetime) -> None:
    is_decided = _is_decided(row)
    note(session, hall, who, "locked" if is_decided else "erased", row.id)
    row.withdrawn_at = now
    if not is_decided:
        _erase(row, now)
        forget(session, row.id)
        forget_reasons(session, row.id)
    announce(session, "submission", row.id, now)


def _is_decided(row: Submission) -> bool:
    """What its person took back, or a correction replaced, is over, and nobody has decided it."""
    return row.status is ProgressStatus.DONE and row.taken_back_at is None and row.replaced_by is None


def _erase(row: Submission, now: datetime) -> None:
    """The row stays, empty: a kiosk that sends the same form again is told that it has arrived, and nothing is kept."""
    row.sealed, row.person_index, row.agent_index, row.note = b"", None, None, ""
    row.judged, row.status, row.updated_at = True, ProgressStatus.DONE, now


def _noted(hall: Hall, resident_id: str, staff: Staff, action: str, tier: Tier) -> Sequence[Submission]:
    """The person's forms, once the look is counted and written down. SlowReadingError, ReadingStoppedError."""
    with hall.database.write() as session:
        refusal = take_reading(session, hall, staff.name, tier)
        rows = session.scalars(_of_person(hall, resident_id)).all()
        if refusal is None:
            note(session, hall, staff.name, action, _pseudonym(hall, resident_id), f"{len(rows)} forms")
    if refusal:
        hall.feed.wake()
        raise refusal
    return rows


def _of_person(hall: Hall, resident_id: str) -> Any:
    of_person = Submission.person_index == person_index(hall, resident_id)
    return select(Submission).where(of_person, _is_there()).order_by(Submission.received_at.desc(), Submission.id)


def _is_there() -> Any:
    return Submission.withdrawn_at.is_(None)


def _pseudonym(hall: Hall, resident_id: str) -> str:
    return person_index(hall, resident_id)[:16]


def _kept(hall: Hall, row: Submission) -> KeptForm:
    days = hall.settings.retention_forms
    return KeptForm(
        id=row.id,
        receipt_number=row.receipt_number,
        service=hall.definitions.title(row.service_id, row.definition),
        filled_at=row.filled_at,
        status=row.status,
        status_words=state_words(hall, row),
        kept_until=row.updated_at + timedelta(days=days) if row.status is ProgressStatus.DONE else None,
    )


def _copied(hall: Hall, row: Submission) -> CopiedForm:
    kept, data = _kept(hall, row), in_full(hall, row)
    with hall.database.read() as session:
        decision, rulings = decision_of(session, hall, row.id), past(session, hall, row.id)
    copied = CopiedForm(form=kept, data=data, answers=[], decision=decision, rulings=rulings)
    try:
        return copied.model_copy(update={"answers": review.read_in_full(hall, row).answers})
    except UnopenedError as error:
        return copied.model_copy(update={"problem": str(error)})
