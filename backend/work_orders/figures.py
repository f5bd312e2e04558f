"""What people could not get done, by service and step: counts, without anything of anybody."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from backend.foundation.words import words_of
from backend.hall.hall import Hall
from backend.hall.screens import screen_words
from backend.work_orders.stored import UNANSWERED
from backend.work_orders.tables import WorkOrder
from protocol.wire import Words

SMALLEST = 10  # a count below it says too much about somebody to be published
NO_SERVICE = Words(zh="不是办哪件事的时候", en="not at any errand")


@dataclass(frozen=True)
class StepCount:
    """`reason` is None where it was only spoken; `unanswered` of the `count` still wait."""

    service_id: str | None
    service: Words
    screen: str
    step: Words
    reason: str | None
    reason_words: Words | None
    count: int
    unanswered: int


def by_step(hall: Hall, since: datetime) -> list[StepCount]:
    """What was left since then, the most frequent first; a kiosk gone mad does not count."""
    what = (WorkOrder.service_id, WorkOrder.screen, WorkOrder.reason)
    waits = func.sum(case((WorkOrder.state.in_(UNANSWERED), 1), else_=0))
    wanted = (
        select(*what, func.count().label("count"), waits.label("unanswered"))
        .where(WorkOrder.left_at >= since, WorkOrder.one_of_many.is_(False))
        .group_by(*what)
        .order_by(func.count().desc(), *what)
    )
    with hall.database.read() as session:
        rows = session.execute(wanted).all()
    return [
        StepCount(
            service_id=row.service_id,
            service=hall.definitions.title(row.service_id) if row.service_id else NO_SERVICE,
            screen=row.screen,
            step=screen_words(hall, row.screen, row.service_id),
            reason=row.reason,
            reason_words=reason_words(hall, row.reason),
            count=row[3],
            unanswered=row.unanswered,
        )
        for row in rows
    ]


def published(counts: list[StepCount]) -> list[StepCount]:
    """Those that are large enough to be published."""
    return [one for one in counts if one.count >= SMALLEST]


def reason_words(hall: Hall, reason: str | None) -> Words | None:
    """A reason that is unknown here stays as it is."""
    if reason is None:
        return None
    known = hall.catalogue.work_orders.reasons.get(reason)
    return words_of(known.words) if known else Words(zh=reason, en=reason)
