"""Where a form stands for the person who sent it, and who does what next, in the hall's words."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from backend.hall.hall import Hall
from forms.hall.steps import Standing
from protocol.wire import ProgressStatus, Words


class Row(Protocol):
    """A form, or those columns of it."""

    status: ProgressStatus
    amends: UUID | None
    replaced_by: UUID | None
    taken_back_at: datetime | None


def standing_of(row: Row) -> Standing:
    if row.taken_back_at:
        return Standing.TAKEN_BACK
    if row.replaced_by:
        return Standing.REPLACED
    if row.amends and row.status is ProgressStatus.RECEIVED:
        return Standing.CORRECTION
    return Standing(row.status.value)


def state_words(hall: Hall, row: Row) -> Words:
    return hall.status_words[standing_of(row)]


def next_step(hall: Hall, row: Row) -> Words:
    return hall.next_steps[standing_of(row)]
