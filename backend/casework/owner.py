"""Who deals with a form: whoever has taken it, until they hand it to a colleague or give it back to all."""

from uuid import UUID

from backend.accounts.members import names_of_staff
from backend.accounts.permissions import Staff
from backend.audit.log import note
from backend.events.feed import announce
from backend.foundation.errors import RequestError
from backend.hall.hall import Hall
from backend.submissions.stored import stored, take_change


class NoColleagueError(RequestError):
    """Nobody of this name can log in here."""

    status = 422
    code = "no_colleague"

    def __init__(self) -> None:
        super().__init__("Nobody of this name works here: choose somebody of the list.")


def colleagues(hall: Hall) -> list[str]:
    """Those to whom a form can be handed."""
    with hall.database.read() as session:
        return names_of_staff(session)


def give(hall: Hall, submission: UUID, to: str | None, version: int, staff: Staff) -> None:
    """The form is `to`'s from now on, None for nobody's. NoColleagueError, and all that `take_change` raises."""
    if to not in (None, staff.name, *colleagues(hall)):
        raise NoColleagueError
    now = hall.clock()
    with hall.database.write() as session:
        row = stored(session, submission, to_change=True)
        take_change(session, row, version, staff)
        row.owner = to
        note(session, hall, staff.name, "owner", row.id, to or "")
        announce(session, "submission", row.id, now)
    hall.feed.wake()
