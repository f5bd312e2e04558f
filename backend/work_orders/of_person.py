"""Orders of a person, as far as they can be found: those that were left about one of their forms.

Whoever has left one about nothing of their own comes with the number of its slip.
"""

from collections.abc import Collection, Sequence

from pydantic import AwareDatetime, BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.foundation.words import words_of
from backend.hall.hall import Hall
from backend.work_orders.said import contact_in
from backend.work_orders.tables import WorkOrder
from protocol.wire import Words
from protocol.work_orders.order import Contact

_MOST = 200


class KeptOrder(BaseModel):
    """`about` is the number of the form; `words` what staff wrote down, `unheard` where only the sound is there."""

    number: str
    about: str
    left_at: AwareDatetime
    state: Words
    words: str
    unheard: bool
    answer: str
    contact: Contact | None


def about_forms(session: Session, receipt_numbers: Collection[str]) -> Sequence[WorkOrder]:
    """The newest first."""
    wanted = select(WorkOrder).where(WorkOrder.form.in_(receipt_numbers))
    return session.scalars(wanted.order_by(WorkOrder.left_at.desc()).limit(_MOST)).all()


def kept_order(hall: Hall, row: WorkOrder) -> KeptOrder:
    return KeptOrder(
        number=row.number,
        about=row.form or "",
        left_at=row.left_at,
        state=words_of(hall.catalogue.work_orders.states[row.state].words),
        words=row.words,
        unheard=row.has_sound,
        answer=row.answer,
        contact=contact_in(hall, row.id, row.contact),
    )
