"""What is sealed in an order: the sound, which staff hear and write down, and the contact, which is shown by act alone.

Each look is in the audit and counts for the circuit breaker. Once it is written down the sound is gone for good.
"""

from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from backend.accounts.permissions import Staff
from backend.audit.log import note
from backend.audit.tables import Audit
from backend.foundation.errors import RequestError, UnknownError
from backend.hall.hall import Hall
from backend.reading.breaker import take_reading
from backend.reading.limits import Tier
from backend.work_orders.stored import stored, write_down
from backend.work_orders.tables import OrderAct, WorkOrder, WorkOrderChange
from protocol.sealing import SealError, open_sealed
from protocol.wire import hide_numbers
from protocol.work_orders.order import Contact, OrderPart, OrderState, sealing_context
from protocol.work_orders.sound import SoundError, seconds_of

_LOOK = "order_{}"  # the action of a look, in the audit


class UnplayableError(RequestError):
    """It was sealed to another key, or is no sound."""

    status = 409
    code = "unplayable"

    def __init__(self) -> None:
        super().__init__(
            "What was said cannot be played: write that down, and ask the person who comes with the number."
        )


class NotHeardError(RequestError):
    """Nobody has heard what would be deleted for good."""

    status = 409
    code = "not_heard"

    def __init__(self) -> None:
        super().__init__("Hear what was said first: once it is written down the sound is deleted for good.")


def sound(hall: Hall, order: UUID, staff: Staff) -> bytes:
    """What the person said. UnknownError for none any more, UnplayableError, SlowReadingError, ReadingStoppedError."""
    sealed = _looked_at(hall, order, OrderPart.SOUND, staff)
    try:
        plain = open_part(hall, order, OrderPart.SOUND, sealed)
        seconds_of(plain)
    except (SealError, SoundError) as error:
        raise UnplayableError from error
    return plain


def contact(hall: Hall, order: UUID, staff: Staff) -> Contact:
    """How the person may be reached. UnknownError for none; SlowReadingError, ReadingStoppedError."""
    sealed = _looked_at(hall, order, OrderPart.CONTACT, staff)
    return contact_in(hall, order, sealed) or Contact()


def contact_in(hall: Hall, order: UUID, sealed: bytes | None) -> Contact | None:
    """None for none that can be read."""
    try:
        return Contact.model_validate_json(open_part(hall, order, OrderPart.CONTACT, sealed)) if sealed else None
    except (SealError, ValueError):
        return None


def open_part(hall: Hall, order: UUID, part: OrderPart, sealed: bytes) -> bytes:
    """SealError."""
    return open_sealed(hall.keys.private, sealed, sealing_context(order, part))


def write_words(hall: Hall, order: UUID, seen: int, words: str, staff: Staff) -> None:
    """What was said, as text, long numbers hidden; the sound is deleted in the same transaction. UnknownError,
    ChangedMeanwhileError; NotHeardError while nobody has asked to hear it."""
    with hall.database.write() as session:
        row = stored(session, order, seen)
        heard = exists().where(Audit.subject == str(order), Audit.action == _LOOK.format(OrderPart.SOUND))
        if row.sound is not None and not session.scalar(select(heard)):
            raise NotHeardError
        row.words, row.sound = hide_numbers(words), None
        write_down(session, hall, row, staff.name, OrderAct.WRITTEN_DOWN, row.words)
    hall.feed.wake()
    hall.database.fold_log()  # which still holds what was said


def erase(hall: Hall, order: UUID, staff: Staff) -> None:
    """As its person wishes, who has come with the number. UnknownError."""
    with hall.database.write() as session:
        erase_in(session, hall, stored(session, order), staff.name)
    hall.feed.wake()
    hall.database.fold_log()


def erase_in(session: Session, hall: Hall, row: WorkOrder, who: str) -> None:
    """The row stays, empty: a kiosk that brings the same order again is told that it has arrived."""
    row.sound = row.contact = None
    row.words, row.answer, row.change, row.office = "", "", None, ""
    row.state = OrderState.CLOSED
    session.execute(update(WorkOrderChange).where(WorkOrderChange.work_order == row.id).values(text=""))
    write_down(session, hall, row, who, OrderAct.ERASED)


def _looked_at(hall: Hall, order: UUID, part: OrderPart, staff: Staff) -> bytes:
    """The sealed part, once the look is counted and written down."""
    with hall.database.write() as session:
        row = stored(session, order)
        sealed = row.sound if part is OrderPart.SOUND else row.contact
        if sealed is None:
            raise UnknownError
        refusal = take_reading(session, hall, staff.name, Tier.L3)
        if refusal is None:
            note(session, hall, staff.name, _LOOK.format(part), order)
    if refusal:
        hall.feed.wake()
        raise refusal
    return sealed
