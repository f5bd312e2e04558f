"""`hall work-orders`: what people could not get done; `--by-step` counts it by service and step."""

import argparse
import json
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from backend.foundation.command_line import common_options
from backend.foundation.settings import Settings
from backend.hall.hall import Hall, open_hall
from backend.hall.screens import screen_words
from backend.work_orders.figures import NO_SERVICE, SMALLEST, StepCount, by_step, published, reason_words
from backend.work_orders.listing import COLUMNS
from backend.work_orders.stored import UNANSWERED, is_overdue
from backend.work_orders.tables import WorkOrder

if TYPE_CHECKING:
    from backend.foundation.command_line import Commands

DAYS, LONGEST_DAYS = 90, 36500


def register(commands: "Commands") -> None:
    orders = commands.add_parser(
        "work-orders",
        help="what people could not get done and nobody has answered yet, or how often what could not be done",
        description="What people could not get done (办不成事): the orders that nobody has answered yet, the most "
        "urgent first, with number, day, owner, service, step, reason. With --by-step how often what could not be "
        "done, by service and step; with --publish only counts that are large enough to be published.",
        epilog="example: hall work-orders --by-step --days 90 --json",
    )
    orders.add_argument("--by-step", action="store_true", help="how often what could not be done")
    orders.add_argument("--days", type=_days, metavar="N", help=f"the same, how far back ({DAYS})")
    orders.add_argument("--publish", action="store_true", help=f"the same, no count below {SMALLEST}")
    common_options(orders, "print one JSON document")
    orders.set_defaults(run=_run)


def _run(settings: Settings, options: argparse.Namespace) -> int:
    hall = open_hall(settings)
    if options.by_step or options.publish or options.days:
        days = options.days or DAYS
        counts = by_step(hall, hall.clock() - timedelta(days=days))
        _show_counts(published(counts) if options.publish else counts, days, options)
    else:
        _show_orders(_unanswered(hall), options)
    return 0


def _days(text: str) -> int:
    """The type of an argument."""
    if not text.isdecimal() or not 1 <= int(text) <= LONGEST_DAYS:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days: give 1 to {LONGEST_DAYS}")
    return int(text)


def _unanswered(hall: Hall) -> list[dict[str, Any]]:
    wanted = select(*COLUMNS).where(WorkOrder.state.in_(UNANSWERED))
    with hall.database.read() as session:
        rows = session.execute(wanted.order_by(WorkOrder.due, WorkOrder.left_at)).all()
    return [_told(hall, row) for row in rows]


def _told(hall: Hall, row: Any) -> dict[str, Any]:
    reason = reason_words(hall, row.reason)
    return {
        "number": row.number,
        "kiosk": row.kiosk,
        "service": row.service_id,
        "service_title": (hall.definitions.title(row.service_id) if row.service_id else NO_SERVICE).model_dump(),
        "step": row.screen,
        "step_title": screen_words(hall, row.screen, row.service_id).model_dump(),
        "reason": row.reason,
        "reason_title": reason.model_dump() if reason else None,
        "left_at": row.left_at.isoformat(),
        "due": row.due.isoformat(),
        "overdue": is_overdue(hall, row),
        "owner": row.owner,
        "state": row.state.value,
        "to_be_heard": row.has_sound,
    }


def _show_orders(orders: list[dict[str, Any]], options: argparse.Namespace) -> None:
    if options.json:
        print(json.dumps({"work_orders": orders}, ensure_ascii=False))
        return
    if not orders:
        print("Nobody waits for an answer.")
    for one in orders:
        title = "(spoken)" if one["reason_title"] is None else one["reason_title"]["zh"]
        late = "OVERDUE" if one["overdue"] else ""
        owner = one["owner"] or "nobody yet"
        told = (one["number"], one["due"], late, owner, one["service_title"]["zh"], one["step_title"]["zh"], title)
        print("\t".join(told))


def _show_counts(counts: list[StepCount], days: int, options: argparse.Namespace) -> None:
    if options.json:
        listed = [
            {**asdict(one), **{name: _plain(getattr(one, name)) for name in ("service", "step", "reason_words")}}
            for one in counts
        ]
        print(json.dumps({"days": days, "by_step": listed}, ensure_ascii=False))
        return
    if not counts:
        print(f"No count reaches {SMALLEST}: nothing to publish." if options.publish else "Nothing to count.")
    for one in counts:
        reason = one.reason_words.zh if one.reason_words else "(spoken)"
        print(f"{one.count}\t{one.service.zh}\t{one.step.zh}\t{reason}")


def _plain(words: Any) -> Any:
    return words.model_dump() if words else None
