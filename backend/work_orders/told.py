"""What the person who left an order is told: where it stands, who does what next, the answer.

The number on the slip is all that somebody has who left neither name nor phone: it alone opens the answer then, which
therefore never holds anything of a person. Where a phone was left its last four digits are asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select

from backend.foundation.words import words_of
from backend.hall.hall import Hall
from backend.work_orders.said import contact_in
from backend.work_orders.tables import WorkOrder
from forms.hall.work_orders import OFFICE
from protocol.wire import Words

_MOST = 20  # of one number; a kiosk gone mad may have made up thousands


@dataclass(frozen=True)
class Told:
    """`changed` is what was done because of it, None while there is no answer."""

    state: Words
    next: Words
    changed: Words | None
    answer: str


def told(hall: Hall, row: WorkOrder) -> Told:
    rules = hall.catalogue.work_orders
    of_state = rules.states[row.state]
    changed = rules.changes.get(row.change or "")
    return Told(
        state=words_of(of_state.words),
        next=words_of(of_state.next),
        changed=_with_office(words_of(changed), row.office) if changed and not row.state.is_unanswered else None,
        answer="" if row.state.is_unanswered else row.answer,
    )


def of_number(hall: Hall, number: str, kiosk: UUID) -> Sequence[WorkOrder]:
    """The one order of this kiosk with the number, else the only one that there is."""
    found = _found(hall, WorkOrder.number == number)
    own = [one for one in found if one.kiosk_id == kiosk]
    return next((some for some in (own, found) if len(some) == 1), [])


def of_page(hall: Hall, number: str, key: str) -> WorkOrder | None:
    """The order whose page has this key."""
    found = _found(hall, WorkOrder.number == number, WorkOrder.page_key == key)
    return found[0] if found else None


def opens(hall: Hall, row: WorkOrder, phone_last4: str | None) -> bool:
    """Whether the answer may be told to whoever has the number and knows these digits."""
    left = contact_in(hall, row.id, row.contact)
    if row.contact is not None and left is None:
        return False  # somebody has left something that cannot be read
    phone = "".join(one for one in (left.phone if left else "") if one.isdigit())
    return not phone or phone[-4:] == phone_last4


def _found(hall: Hall, *wanted: ColumnElement[bool]) -> list[WorkOrder]:
    with hall.database.read() as session:
        return list(session.scalars(select(WorkOrder).where(*wanted).limit(_MOST)))


def _with_office(words: Words, office: str) -> Words:
    return Words(zh=words.zh.replace(OFFICE, office), en=words.en.replace(OFFICE, office))
