"""Is the hall's audit as it was written? It is asked by hand, and by the hall itself once a day."""

import logging
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound

from backend.audit.heads import held_by_kiosks
from backend.audit.log import entries, head_of, start_of
from backend.audit.tables import Audit
from backend.hall.hall import Hall
from backend.hall.state import state_of
from protocol.chain import BadEntry, first_bad

FIRST_AFTER_S, EVERY_S = 600.0, 86_400.0  # a hall may be switched off every evening
log = logging.getLogger("yinling.hall")


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
    with hall.database.snapshot() as session:  # else what is pruned meanwhile would be missing
        restores = state_of(session).generations - 1
        newest = session.scalar(select(func.max(Audit.sequence))) or 0
        try:
            start, end = start_of(session), head_of(session)
        except NoResultFound:
            return Verdict(0, BadEntry(newest, f"Where the chain ends is gone, after record {newest}."), restores)
        bad = first_bad(entries(session, start.sequence), [end, *held_by_kiosks(session)], start)
    if bad is None and newest > end.sequence:
        bad = BadEntry(end.sequence + 1, f"Record {end.sequence + 1} stands after the end of the chain.")
    return Verdict(end.sequence - start.sequence, bad, restores)


def verify_and_tell(hall: Hall) -> None:
    """Staff read on their page that it is not, and the log names the record. 100,000 of them take a second."""
    bad = verify(hall).first_bad
    hall.watch.audit_is_whole = bad is None
    if bad:
        log.error("the audit is not as it was written", extra={"fields": {"record": bad.sequence}})
