"""Records of the audit that are too old go from its beginning; that they went is a record too."""

import logging
from datetime import datetime
from itertools import islice

from sqlalchemy import delete, func, select

from backend.audit.log import entries, note
from backend.audit.tables import Audit, AuditChain
from backend.hall.hall import Hall
from protocol.chain import PRUNE, Head, first_bad, told_of_pruning

PIECE = 500  # records in one transaction
log = logging.getLogger("yinling.hall")


def prune_audit(hall: Hall, before: datetime) -> bool:
    """Drop a piece of the records of before that time; False when there is none left to drop.

    A chain that is not as it was written stays whole, as somebody will have to look at it.
    """
    with hall.database.write() as session:
        chain = session.scalars(select(AuditChain).with_for_update()).one()
        start = Head(chain.pruned_sequence, chain.pruned_hash)
        kept_from = session.scalar(select(func.min(Audit.sequence)).where(Audit.at >= before))
        last = (kept_from or chain.sequence + 1) - 1
        piece = list(islice(entries(session, start.sequence), min(last - start.sequence, PIECE)))
        if not piece:
            return False
        if bad := first_bad(piece, start=start, to_the_end=False):
            log.error("the audit is not pruned, as it was changed", extra={"fields": {"record": bad.sequence}})
            return False
        end = piece[-1].head
        session.execute(delete(Audit).where(Audit.sequence <= end.sequence))
        chain.pruned_sequence, chain.pruned_hash = end.sequence, end.hash
        note(session, hall, "hall", PRUNE, "audit", told_of_pruning(end))
    return True
