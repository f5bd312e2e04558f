"""Where a form stands for the person who sent it, and who does what next, in the hall's words."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from backend.hall.hall import Hall
from forms.hall.steps import Standing
from protocol.after_sending import RulingKind
from protocol.wire import ProgressStatus, Words


class Row(Protocol):
    """A form, or those columns of it."""

    status: ProgressStatus
    amends: UUID | None
    replaced_by: UUID | None
    taken_back_at: datetime | None
    taken_up_at: datetime | None
    ruled: RulingKind | None


def standing_of(row: Row) -> Standing:
    """As its person may know it, who has shown whose form it is."""
    if row.taken_back_at:
        return Standing.TAKEN_BACK
    if row.replaced_by:
        return Standing.REPLACED
    if row.amends and row.status is ProgressStatus.RECEIVED:
        return Standing.CORRECTION
    if row.ruled is RulingKind.REFUSED:
        return Standing.NOT_GRANTED
    if row.taken_up_at:
        return Standing.TAKEN_UP
    return Standing(row.status.value)


def known_by_number(row: Row) -> Standing:
    """What whoever has nothing but its number may know: not how it was decided."""
    standing = standing_of(row)
    return Standing.DECIDED if standing in (Standing.DONE, Standing.NOT_GRANTED) else standing


def state_words(hall: Hall, row: Row) -> Words:
    return hall.status_words[standing_of(row)]


def next_step(hall: Hall, row: Row) -> Words:
    return hall.next_steps[standing_of(row)]
