"""How often staff have done as the rules advise: by service and rule, of nobody in particular.

A form counts once, by the decision on it that counts. Small numbers would tell of single people, so they are not told:
where fewer than `LEAST` forms stand behind a line, or behind any part of it, only how many are there is told, or not
even that.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from pydantic import BaseModel
from sqlalchemy import select

from backend.decisions.tables import COUNTS, Ruling
from backend.hall.hall import Hall
from protocol.after_sending import RulingKind

LEAST = 10
USUAL_DAYS = 90


class Line(BaseModel):
    """One rule of a service, or with `rule` "" all that the rules of the service advised together.

    `advised`: how many decisions there were against which the rule spoke (for "": where anything was advised);
    `followed` were as advised, and the others by how they were decided. None: too few to be told.
    """

    service: str
    rule: str
    version: int
    advised: int | None
    followed: int | None
    accepted: int | None
    more: int | None
    refused: int | None


class Report(BaseModel):
    """`since` and `until` are days, both included."""

    since: date
    until: date
    fewest: int = LEAST
    lines: list[Line]


Key = tuple[str, str, int]  # service, rule, version


def usual_days(hall: Hall, since: date | None, until: date | None) -> tuple[date, date]:
    """The first and the last day: what was not said is 90 days before the last, and today."""
    last = until or hall.today
    return since or last - timedelta(days=USUAL_DAYS), last


def report(hall: Hall, since: date, until: date) -> Report:
    (begins, _), (_, ends) = hall.moments_of(since), hall.moments_of(until)
    columns = (Ruling.service_id, Ruling.kind, Ruling.followed, Ruling.rules)
    with hall.database.read() as session:
        rows = session.execute(select(*columns).where(COUNTS, Ruling.at >= begins, Ruling.at < ends)).all()
    found: defaultdict[Key, list[tuple[RulingKind, bool]]] = defaultdict(list)
    for service, kind, followed, rules in rows:
        if followed is not None:
            found[service, "", 0].append((kind, followed))
        for rule, version in {(one["rule"], one["version"]) for one in json.loads(rules) if one["holds"] is False}:
            found[service, rule, version].append((kind, kind is not RulingKind.ACCEPTED))
    return Report(since=since, until=until, lines=[_line(key, found[key]) for key in sorted(found)])


def _line(key: Key, decided: Iterable[tuple[RulingKind, bool]]) -> Line:
    kinds, ways = list(RulingKind), list(decided)
    parts = [sum(kind is one for one, _ in ways) for kind in kinds]
    followed = sum(was for _, was in ways)
    may_tell = not any(0 < one < LEAST for one in (*parts, followed, len(ways) - followed))
    told = dict(zip((kind.value for kind in kinds), parts, strict=True)) | {"followed": followed}
    service, rule, version = key
    return Line(
        service=service,
        rule=rule,
        version=version,
        advised=len(ways) if len(ways) >= LEAST else None,
        **{name: count if may_tell else None for name, count in told.items()},
    )
