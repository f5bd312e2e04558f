"""Is the hall's audit as it was written?"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound

from backend.audit.heads import held_by_kiosks
from backend.audit.log import entries, head_of, start_of
from backend.audit.tables import Audit
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
        restores = state_of(session).generations - 1
        newest = session.scalar(select(func.max(Audit.sequence))) or 0  # before the end, which others may move on
        try:
            start, end = start_of(session), head_of(session)
        except NoResultFound:
            return Verdict(0, BadEntry(newest, f"Where the chain ends is gone, after record {newest}."), restores)
        bad = first_bad(entries(session, start.sequence), [end, *held_by_kiosks(session)], start)
    if bad is None and newest > end.sequence:
        bad = BadEntry(end.sequence + 1, f"Record {end.sequence + 1} stands after the end of the chain.")
    return Verdict(end.sequence - start.sequence, bad, restores)
