"""All answers of a form in full at once, for a reason that is written down."""

from collections import Counter
from uuid import UUID

from backend.accounts.permissions import Staff
from backend.audit.log import note
from backend.hall.hall import Hall
from backend.reading.breaker import take_reading
from backend.reading.limits import Tier
from backend.submissions.opening import open_form, sealed_as
from backend.submissions.review import Form, masked_tiers, read_in_full
from backend.submissions.stored import stored
from protocol.wire import hide_numbers


def uncover_all(hall: Hall, submission: UUID, reason: str, staff: Staff) -> Form:
    """Each answer that was covered counts as a look at it, so a whole form soon counts as many. Nothing is shown when
    one of them is too much. UnknownError, UnreadError, SlowReadingError, ReadingStoppedError."""
    with hall.database.read() as session:
        row = stored(session, submission)
    looks = Counter(masked_tiers(open_form(hall, sealed_as(hall, row))))
    with hall.database.write() as session:
        row = stored(session, submission)
        refusals = [take_reading(session, hall, staff.name, tier, looks[tier]) for tier in Tier if looks[tier]]
        refusal = next((one for one in refusals if one), None)
        if refusal is None:
            note(session, hall, staff.name, "reveal_all", row.id, hide_numbers(reason))
    if refusal:
        hall.feed.wake()
        raise refusal
    return read_in_full(hall, row)
