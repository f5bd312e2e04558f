"""Heads that hall and kiosks keep of each other's audit, exchanged with each heartbeat.

The hall signs its own, so that no kiosk can make one up; a kiosk that shows one proves that the hall's audit had come
that far. A kiosk whose own audit goes back has lost records, or had its disk made anew: that is on the hall's record.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.audit.log import head_of, note
from backend.audit.tables import Audit, AuditHead
from backend.hall.hall import Hall
from backend.hall.state import state_of
from protocol.chain import Head
from protocol.signing import SignatureError, sign, verify
from protocol.wire import AuditHeads, ChainHead, HallChainHead

TOLD_FOR = timedelta(days=7)
_WENT_BACK = "audit_went_back"
log = logging.getLogger("yinling.hall")


def exchange(session: Session, hall: Hall, kiosk: str, told: AuditHeads) -> AuditHeads:
    """Keep what the kiosk tells; what it is told in turn. Call it in the transaction of its heartbeat."""
    held = session.get(AuditHead, kiosk) or AuditHead(kiosk=kiosk, sequence=0, hash=Head().hash)
    session.add(held)
    if told.kiosk:
        before, now = Head(held.sequence, held.hash), Head(told.kiosk.sequence, told.kiosk.hash)
        if now.sequence < before.sequence or (now.sequence == before.sequence and now != before):
            note(session, hall, kiosk, _WENT_BACK, detail=f"from {before.sequence} {before.hash}")
        held.sequence, held.hash = now.sequence, now.hash
    if told.hall and _is_ours(hall, told.hall) and not _is_older(told.hall, held):
        held.hall_generation, held.hall_sequence = told.hall.generation, told.hall.sequence
        held.hall_hash = told.hall.hash
    return AuditHeads(kiosk=ChainHead(sequence=held.sequence, hash=held.hash), hall=_signed(session, hall))


def held_by_kiosks(session: Session) -> Sequence[Head]:
    """Heads of this hall's audit that kiosks have shown, since the database was last put back."""
    here = select(AuditHead.hall_sequence, AuditHead.hall_hash).where(
        AuditHead.hall_generation == state_of(session).generation
    )
    return [Head(row.hall_sequence, row.hall_hash) for row in session.execute(here)]


def went_back(session: Session, now: datetime) -> Mapping[str, datetime]:
    """Which kiosks' audits have lost records in the last days, and when that was noticed last."""
    noticed = select(Audit.who, func.max(Audit.at).label("newest")).where(
        Audit.action == _WENT_BACK, Audit.at > now - TOLD_FOR
    )
    return {one.who: one.newest for one in session.execute(noticed.group_by(Audit.who))}


def _signed(session: Session, hall: Hall) -> HallChainHead:
    head, generation = head_of(session), state_of(session).generation
    unsigned = HallChainHead(sequence=head.sequence, hash=head.hash, generation=generation, signature=b"")
    return unsigned.model_copy(update={"signature": sign(hall.keys.private, unsigned.signed())})


def _is_older(told: HallChainHead, held: AuditHead) -> bool:
    """A kiosk whose disk was put back shows what it saw long ago, which takes nothing back."""
    return held.hall_generation == told.generation and (held.hall_sequence or 0) > told.sequence


def _is_ours(hall: Hall, head: HallChainHead) -> bool:
    try:
        verify(hall.keys.verify_key, head.signature, head.signed())
    except SignatureError:
        log.warning("a kiosk shows a head of the audit that this hall has not signed")
        return False
    return True
