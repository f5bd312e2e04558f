"""What is too old goes by itself, a small piece at a time, so that forms and calls never wait for it.

So does what a person has withdrawn, should it come back.

A form or work order that is open never goes: somebody waits for it.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, CursorResult, and_, delete, exists, inspect, select, tuple_
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from backend.accounts.tables import KnownBrowser, OneTimeCode, StaffSession
from backend.after_sending.tables import FollowUp
from backend.audit.log import note
from backend.audit.pruning import prune_audit
from backend.calls.tables import Call, CallChange
from backend.decisions.tables import Decision, DecisionStep, Ruling
from backend.events.tables import Event
from backend.foundation.settings import Settings
from backend.foundation.tables import Limit, Table
from backend.hall.hall import Hall
from backend.privacy.export import GOOD as EXPORT_GOOD
from backend.privacy.own_data import withdraw_again
from backend.privacy.tables import ExportRequest
from backend.queue.tables import QueueTicket
from backend.reading.breaker import REMEMBERED
from backend.reading.tables import Reading
from backend.submissions.tables import Submission, Witness
from backend.work_orders.tables import WorkOrder, WorkOrderChange
from protocol.wire import ProgressStatus
from protocol.work_orders.order import OrderState

FIRST_AFTER_S, EVERY_S, PAUSE_S = 60.0, 3600.0, 0.2
QUEUE_DAYS = 7  # a number is good for one day, and a kiosk that did not hear it asks again within minutes
PIECE = 500  # rows in one transaction
log = logging.getLogger("yinling.hall")


@dataclass(frozen=True)
class Rule:
    """Which rows of a table are too old."""

    table: type[Table]
    too_old: Callable[[Settings, datetime], ColumnElement[bool]]


def _before(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)


RULES = (
    Rule(
        Submission,
        lambda keep, now: and_(
            Submission.status == ProgressStatus.DONE, Submission.updated_at < _before(now, keep.retention_forms)
        ),
    ),
    Rule(Witness, lambda _keep, _now: Witness.submission.not_in(select(Submission.id))),
    Rule(Decision, lambda _keep, _now: ~exists().where(Submission.id == Decision.submission)),
    Rule(DecisionStep, lambda _keep, _now: ~exists().where(Submission.id == DecisionStep.submission)),
    Rule(Ruling, lambda _keep, _now: ~exists().where(Submission.id == Ruling.submission)),
    Rule(FollowUp, lambda _keep, _now: ~exists().where(Submission.id == FollowUp.submission)),
    Rule(
        WorkOrder,
        lambda keep, now: and_(
            WorkOrder.state.in_((OrderState.ANSWERED, OrderState.CLOSED)),
            WorkOrder.updated_at < _before(now, keep.retention_orders),
        ),
    ),
    Rule(WorkOrderChange, lambda _keep, _now: ~exists().where(WorkOrder.id == WorkOrderChange.work_order)),
    Rule(Call, lambda keep, now: Call.updated_at < _before(now, keep.retention_calls)),
    Rule(CallChange, lambda _keep, _now: ~exists().where(Call.id == CallChange.call)),
    Rule(Event, lambda keep, now: Event.at < _before(now, keep.retention_events)),
    Rule(Limit, lambda keep, now: Limit.retry_at < _before(now, keep.retention_limits)),
    Rule(ExportRequest, lambda _keep, now: ExportRequest.asked_at < now - EXPORT_GOOD * 2),
    Rule(StaffSession, lambda _keep, now: StaffSession.ends_at < now),
    Rule(KnownBrowser, lambda _keep, now: KnownBrowser.ends_at < now),
    Rule(OneTimeCode, lambda _keep, now: OneTimeCode.ends_at < now),
    Rule(QueueTicket, lambda _keep, now: QueueTicket.drawn_at < _before(now, QUEUE_DAYS)),
    Rule(Reading, lambda _keep, now: Reading.at < now - REMEMBERED),
)


async def keep_pruning(hall: Hall) -> None:
    """Run this for as long as the hall runs."""
    await asyncio.sleep(FIRST_AFTER_S)
    while True:
        try:
            while await asyncio.to_thread(prune_a_piece, hall):
                await asyncio.sleep(PAUSE_S)
        except (SQLAlchemyError, OSError) as error:  # also when no connection is free in time
            log.error("what is too old stays for now", extra={"fields": {"error": type(error).__name__}})
        await asyncio.sleep(EVERY_S)


def prune_a_piece(hall: Hall) -> bool:
    """Delete a piece of what is to go; False when nothing is left."""
    if withdraw_again(hall):
        return True
    settings, now = hall.settings, hall.clock()
    for rule in RULES:
        with hall.database.write() as session:
            count = _delete_piece(session, rule.table, rule.too_old(settings, now))
            if count:
                note(session, hall, "hall", "prune", rule.table.__tablename__, str(count))
                return True
    return prune_audit(hall, _before(now, settings.retention_audit))


def _delete_piece(session: Session, table: type[Table], too_old: ColumnElement[bool]) -> int:
    key = inspect(table).primary_key
    piece = select(*key).where(too_old).limit(PIECE)
    of_piece = delete(table).where(tuple_(*key).in_(piece))
    deleted = session.execute(of_piece, execution_options={"synchronize_session": False})
    assert isinstance(deleted, CursorResult)
    return deleted.rowcount
