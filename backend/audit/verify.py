"""Is the hall's audit as it was written?"""

from dataclasses import dataclass

from backend.audit.heads import held_by_kiosks
from backend.audit.log import entries, head_of, start_of
from backend.hall.hall import Hall
from backend.hall.state import state_of
from protocol.chain import BadEntry, first_bad


@dataclass(frozen=True)
class Verdict:
    """How many records there are, and the first that is not as it was written.

    `restores`: how often an older database was put in this one's place, each time without what was written down since.
    """

    records: int
    first_bad: BadEntry | None
    restores: int


def verify(hall: Hall) -> Verdict:
    """Every record against the one before, and the end against the heads that the hall and its kiosks hold."""
    with hall.database.read() as session:
        start, end = start_of(session), head_of(session)
        bad = first_bad(entries(session, start.sequence), [end, *held_by_kiosks(session)], start)
        restores = state_of(session).generations - 1
    return Verdict(end.sequence - start.sequence, bad, restores)
